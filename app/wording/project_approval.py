"""The words of stricter project approval (L5): figures, reasons, conditions, criteria, why it is empty."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording.formats import money, number
from app.wording.marks import mark
from app.wording.terms import country

Values = Mapping[str, Any]


def stage(code: str) -> str:
    """A stage before the first draw."""
    return {
        "planned": _("Planned"),
        "in_approval": _("In approval"),
        "approved": _("Approved, not signed"),
        "signed": _("Signed"),
        "unknown": _("Not known"),
    }[code]


def facts() -> dict[str, str]:
    """The figures of an item."""
    return {
        "project_amount": _("Amount"),
        "project_stage": _("Stage"),
        "use_before": _("Limit used"),
        "use_after": _("With the project"),
        "tiers_up": _("Tiers up"),
        "tier_normal": _("Normal tier"),
        "tier_needed": _("Tier needed"),
        "tenor": _("Tenor"),
    }


def reasons() -> dict[str, str]:
    """What a reason is about; a condition says what the approval is to be bound to."""
    return {
        "project_stage": _("Stage before the first draw"),
        "limit_after": _("Country limit with the project"),
        "renewal": _("Renewal: what it adds to the line that it replaces"),
        "approval_old": _("Approval lapsed: age in days"),
        "approval_before_tier": _("Approval lapsed: given before the tier rose"),
        "needs_hedge": _("Local revenue: hedge or offshore account"),
        "needs_insurance": _("Tenor beyond its limit: credit insurance"),
        "needs_opinion": _("Depends on the sovereign: legal opinion"),
        "needs_cure": _("Class finding on the borrower or group: cure first"),
    }


def briefs() -> dict[str, str]:
    """A reason in two or three words with its figure."""
    return {
        "project_stage": _("{value}"),
        "limit_after": _("Limit {value}"),
        "renewal": _("Renewal, {value} more"),
        "approval_old": _("Approved {value} days ago"),
        "approval_before_tier": _("Approved {value}"),
        "needs_hedge": _("Hedge"),
        "needs_insurance": _("Insurance, {value}"),
        "needs_opinion": _("Legal opinion"),
        "needs_cure": _("Cure {value}"),
    }


def families() -> dict[str, str]:
    """Families of reasons that this list adds."""
    return {"approval": _("Approval"), "condition": _("Condition")}


def missing() -> dict[str, str]:
    """What could not be judged, and what to do; {grade} is the value that belongs to it."""
    return {
        "renewal_in_full": _(
            "The renewal counts in full: its old line is not in the book, is another's, or has no fitting end."
        ),
        "approval_tiers_blank": _("Which tier is needed is not known: set reviews.approval_tiers."),
        "tenor_limit_blank": _("Whether the tenor needs credit insurance is not known: set reviews.tenor_limit."),
        "no_limit_for_use": _("The use with the project is not known: set a limit for {grade}."),
        "no_approval_date": _("The book gives no date of the approval: whether it has lapsed is not known."),
        "sector_unknown": _("The book gives no sector: whether the project depends on the sovereign is not known."),
    }


def _countries(v: Values) -> str:
    return _(", ").join(country(code) for code in v["countries"])


def _stages(v: Values) -> str:
    return ngettext(
        "{waiting} of {items} project needs a decision; {amount}. {approved} approved and not signed, {signed} signed, "
        "{earlier} at earlier stages.",
        "{waiting} of {items} projects need a decision; {amount}. {approved} approved and not signed, {signed} signed, "
        "{earlier} at earlier stages.",
        v["items"],
    ).format(
        amount=money(v["amount"], v["currency"]),
        **{name: number(v[name]) for name in ("waiting", "items", "approved", "signed", "earlier")},
    )


#: Findings and criteria of the list.
SENTENCES: dict[str, Callable[[Values], str]] = {
    "l5.stages": _stages,
    "l5.empty.no_flags": lambda _v: _("Nothing qualifies: no country or region is flagged."),
    "l5.empty.none": lambda v: _("Nothing qualifies: no project in {countries} is before its first draw.").format(
        countries=_countries(v)
    ),
    "l5.empty.small": lambda v: _("Nothing qualifies: every project in {countries} is below the minimum.").format(
        countries=_countries(v)
    ),
    "l5.universe": lambda v: _(
        "Projects of which nothing is drawn and that are planned, in approval, approved or signed, in a flagged "
        "country or region by the immediate or the guarantor country. What is approved and not signed stands "
        "apart from what is signed. Emerging markets are all but the home country, international organisations and "
        "the advanced economies of {source}."
    ).format(source=v["em_source"]),
    "l5.minimum": lambda v: _("Projects below {amount} of the reporting currency are not screened.").format(
        amount=number(v["amount"])
    ),
    "l5.approval": lambda v: _(
        "One of {tiers} tiers by amount, raised by {a} in tier A and by {b} in tier B, at most to the top. The "
        "country's limit with the project: above 90 % the top tier, above 100 % decline or hold."
    ).format(tiers=number(v["tiers"]), a=mark(v, "a", "l5.raised_a"), b=mark(v, "b", "l5.raised_b")),
    "l5.approval_blank": lambda v: _(
        "Raised by {a} in tier A and by {b} in tier B; which tier that is needs the bank's tiers (as shipped blank). "
        "The country's limit with the project: above 90 % the top tier, above 100 % decline or hold."
    ).format(a=mark(v, "a", "l5.raised_a"), b=mark(v, "b", "l5.raised_b")),
    "l5.conditions": lambda v: _(
        "Local revenue: hedge or offshore account. Tenor beyond {years} years: credit insurance. Sovereign, central "
        "bank or public sector: legal opinion. A class finding on the borrower or its group: cure first."
    ).format(years=_("(not set)") if v["years"] is None else number(v["years"])),
    "l5.lapse": lambda v: _(
        "An approval older than {days} days at the book's date, or given before the country's tier rose, is to be "
        "given again. Its date is the date of signing that the book gives for what is approved; signed contracts need "
        "none."
    ).format(days=number(v["days"])),
    "l5.priority": lambda v: _(
        "High where the limit would be passed; medium at the top tier or where the approval lapsed; otherwise low. Due "
        "in bank business days: high {high}, medium {medium}, low {low}."
    ).format(**{name: number(v[name]) for name in ("high", "medium", "low")}),
    "l5.rank": lambda _v: _(
        "Use of the limit with the project, then the amount. Items without an owner are shown first."
    ),
}
