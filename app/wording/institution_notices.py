"""The words of the notices to institutions (L6): figures, criteria, and why nothing qualifies."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording.formats import number
from app.wording.marks import shown
from app.wording.terms import country

Values = Mapping[str, Any]


def facts() -> dict[str, str]:
    """The figures of an item."""
    return {
        "clients": _("Clients"),
        "due_30": _("Due in 30 days"),
    }


def reasons() -> dict[str, str]:
    """What a reason is about: an institution is told why its country is flagged, nothing of its own."""
    return {}


def briefs() -> dict[str, str]:
    """A reason in two or three words with its figure."""
    return {}


def families() -> dict[str, str]:
    """Families of reasons that this list adds."""
    return {}


def missing() -> dict[str, str]:
    """What could not be judged, and what to do."""
    return {}


def _countries(v: Values) -> str:
    return _(", ").join(country(code) for code in v["countries"])


#: Findings and criteria of the list.
SENTENCES: dict[str, Callable[[Values], str]] = {
    "l6.empty.no_flags": lambda _v: _("Nobody is to be told: no country or region is flagged."),
    "l6.empty.no_lines": lambda v: _("Nobody is to be told: the book has no live claim in flagged {countries}.").format(
        countries=_countries(v)
    ),
    "l6.empty.no_entity": lambda v: _(
        "Nobody can be told: the book gives no booking entity for its lines in flagged {countries}."
    ).format(countries=_countries(v)),
    "l6.empty.all_small": lambda v: _(
        "Nobody is to be told: business in flagged {countries} is booked at head office or below the minimum amount."
    ).format(countries=_countries(v)),
    "l6.universe": lambda v: _(
        "Every branch and subsidiary with live claims in a flagged country or region, by the immediate or the "
        "guarantor country; head office itself gets none. Emerging markets are all but the home country, international "
        "organisations and the advanced economies of {source}."
    ).format(source=v["em_source"]),
    "l6.minimum": lambda v: _(
        "An institution's business in a country below {amount} of the reporting currency gets no notice."
    ).format(amount=number(v["amount"])),
    "l6.content": lambda _v: _(
        "A notice says why the country is flagged with dates, the institution's own exposure, what lists L1 to L5 "
        "decided about it, what it must do and by when, and whom to ask. A subsidiary reads of its own clients only."
    ),
    "l6.again": lambda v: _(
        "In one episode it is issued again only if the tier rises or the exposure moves by {moved} or more."
    ).format(moved=shown("percent", v["moved"])),
    "l6.answer": lambda v: _(
        "To be acknowledged within {acknowledge} bank business days, escalated on the next; measures taken are to be "
        "reported within {reply}."
    ).format(acknowledge=number(v["acknowledge"]), reply=number(v["reply"])),
    "l6.priority": lambda v: _(
        "Tier A is high, tier B medium. To be issued within bank business days: high {high}, medium {medium}."
    ).format(high=number(v["high"]), medium=number(v["medium"])),
    "l6.rank": lambda _v: pgettext("list L6", "Tier, then exposure. Items without an owner are shown first."),
}
