"""The words of new-lending restraint (L4): its figures, reasons, criteria, and why nothing qualifies."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.wording.formats import number, percent
from app.wording.terms import country

Values = Mapping[str, Any]


def facts() -> dict[str, str]:
    """The figures of an item; the uses of the limit are the whole country's."""
    return {
        "released_30": _("Free in 30 days"),
        "released_90": _("Free in 90 days"),
        "locked": _("Cannot be cut"),
        "locked_until": _("Not before"),
        "use_now": _("Limit used"),
        "use_cancelled": _("When cancelled"),
        "use_lapsed": _("When lapsed"),
        "use_not_renewed": _("Not renewed"),
        "room": _("Room to lend"),
    }


def reasons() -> dict[str, str]:
    """What a reason is about."""
    return {
        "undrawn": _("Undrawn"),
        "renewal_90": _("Renewal or maturity within 90 days"),
        "renewal_asked": _("Renewal asked for"),
        "pending_draw": _("Draw asked for"),
    }


def briefs() -> dict[str, str]:
    """A reason in two or three words with its figure."""
    return {
        "undrawn": _("{value} undrawn"),
        "renewal_90": _("{value} due in 90 days"),
        "renewal_asked": _("{value} asked for as renewal"),
        "pending_draw": _("{value} asked for"),
    }


def families() -> dict[str, str]:
    """Families of reasons that this list adds."""
    return {"facility": _("Facility")}


def missing() -> dict[str, str]:
    """What could not be judged, and what to do."""
    return {
        "undrawn_kind_missing": _(
            "The book does not say whether what is undrawn can be cancelled or stopped: read the contract."
        ),
        "no_limit_for_room": _("Room for new lending is not known: set a limit for this country or region."),
    }


def _countries(v: Values) -> str:
    return _(", ").join(country(code) for code in v["countries"])


def _exempt(v: Values) -> str:
    names = {"trade": _("self-liquidating trade finance up to 180 days"), "cash": _("what cash covers in full")}
    return _("Exempt by the bank's setting: {what}.").format(what=_(", ").join(names[code] for code in v["exempt"]))


#: Findings and criteria of the list.
SENTENCES: dict[str, Callable[[Values], str]] = {
    "l4.empty.no_flags": lambda _v: _("Nothing qualifies: no country or region is flagged."),
    "l4.empty.nothing": lambda v: _(
        "Nothing qualifies: in {countries} nothing above the minimum is undrawn, asked for, or due within 90 days."
    ).format(countries=_countries(v)),
    "l4.empty.exempt": lambda v: _("Nothing qualifies: what could be cut in {countries} is exempt.").format(
        countries=_countries(v)
    ),
    "l4.universe": lambda v: _(
        "Facilities in a flagged country or region, by the immediate or the guarantor country, that have an undrawn "
        "amount, a renewal or maturity within 90 days, or a pending draw. Bonds, derivatives and repos are no "
        "facilities. One item is one borrower; its facilities stand beneath it, each with its own action. Emerging "
        "markets are all but the home country, international organisations and the advanced economies of {source}."
    ).format(source=v["em_source"]),
    "l4.minimum": lambda v: _(
        "Borrowers below {amount} of the reporting currency are not screened and stand in one row."
    ).format(amount=number(v["amount"])),
    "l4.kinds": lambda _v: _(
        "Cancellable at will; committed with draw-stop; committed without, which cannot be cut before its maturity. "
        "Where the book does not give the kind, nothing is counted as released."
    ),
    "l4.tiers": lambda _v: _(
        "Tier A: cancel; invoke the draw-stop or let lapse; no renewal; hold pending draws. Tier B: no increase; "
        "a renewal goes one approval tier higher. Non-performing claims are not renewals."
    ),
    "l4.exempt": _exempt,
    "l4.exempt_blank": lambda _v: _("Nothing is exempt: the bank has set no exemption."),
    "l4.room": lambda v: _(
        "The country's limit is held against each step in turn, as far as it takes effect within 90 days. Room for new "
        "lending is the target less used and pending, never below zero; the target is {limit} of the limit and, in "
        "tier A, at most {exposure} of what is used."
    ).format(limit=percent(v["limit"], 0), exposure=percent(v["exposure"], 0)),
    "l4.priority": lambda v: _(
        "Tier A: high where the minimum amount or more can be released within 30 days, otherwise medium. Tier B: low. "
        "Due in bank business days: high {high}, medium {medium}, low {low}."
    ).format(**{name: number(v[name]) for name in ("high", "medium", "low")}),
    "l4.rank": lambda _v: _(
        "What can be released within 30 days, then exposure. Items without an owner are shown first."
    ),
}
