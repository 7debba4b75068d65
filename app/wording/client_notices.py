"""The words of the notices to clients (L7): reasons, criteria, and why nobody qualifies."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording.formats import number
from app.wording.terms import country

Values = Mapping[str, Any]


def facts() -> dict[str, str]:
    """The figures of an item."""
    return {"due_30": _("Due in 30 days"), "due_90": _("Due in 90 days")}


def reasons() -> dict[str, str]:
    """What a reason is about."""
    return {"approved_measure": _("An approved measure touches an undrawn amount")}


def briefs() -> dict[str, str]:
    """A reason in two or three words with its figure."""
    return {"approved_measure": _("Measure on {value}")}


def families() -> dict[str, str]:
    """Families of reasons that this list adds."""
    return {"measure": pgettext("client notice", "Measure")}


def missing() -> dict[str, str]:
    """What could not be judged, and what to do."""
    return {}


def _countries(v: Values) -> str:
    return _(", ").join(country(code) for code in v["countries"])


#: Findings and criteria of the list.
SENTENCES: dict[str, Callable[[Values], str]] = {
    "l7.empty.no_flags": lambda _v: _("No client is to be told: no country or region is flagged."),
    "l7.empty.no_lines": lambda v: _(
        "No client is to be told: the book has no live claim in flagged {countries}."
    ).format(countries=_countries(v)),
    "l7.empty.no_client": lambda v: _(
        "No client is to be told in flagged {countries}: {no_client_reason} lines give no reason that concerns the "
        "client, {in_recovery} are in recovery, {on_hold} on hold, {by_call} told by a call, {not_screened} too small."
    ).format(countries=_countries(v), **{name: number(count) for name, count in v.items() if isinstance(count, int)}),
    "l7.universe": lambda v: _(
        "Every client with live claims in a flagged country or region, by the immediate or the guarantor country. "
        "Emerging markets are all but the home country, international organisations and the advanced economies of "
        "{source}."
    ).format(source=v["em_source"]),
    "l7.minimum": lambda v: _("Clients below {amount} of the reporting currency get no letter.").format(
        amount=number(v["amount"])
    ),
    "l7.selection": lambda _v: _(
        "Selected by what concerns the client: foreign-currency debt under a currency alert, the minimum amount due "
        "within 30 days, cover below half, or an approved measure of L4 or L5 on one of its lines."
    ),
    "l7.excluded": lambda _v: _(
        "Left out with the reason: in recovery, litigation or sanctions hold (reviews.holds), and sovereigns and "
        "central banks, who are told by a call."
    ),
    "l7.content": lambda _v: _(
        "A letter never says a class, grade, limit or score, that the client is on a list, or anything of other "
        "clients. It leaves only after a second person approved it."
    ),
    "l7.priority": lambda v: _(
        "High where the minimum amount is due within 30 days, otherwise medium. To be sent within bank business days: "
        "high {high}, medium {medium}."
    ).format(high=number(v["high"]), medium=number(v["medium"])),
    "l7.rank": lambda _v: _("What is due within 30 days, then exposure. Items without an owner are shown first."),
}
