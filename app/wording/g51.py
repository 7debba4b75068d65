"""The table in the shape of the return G51 in words: its columns, its finding, and what it leaves open."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import formats, terms
from exposures.g51 import Table

Values = Mapping[str, Any]
#: The columns after the country, in their order.
COLUMNS = (
    *("on_balance", "off_balance", "immediate", "sovereign", "bank", "other", "short"),
    *("outward", "inward", "guarantor", "liabilities", "required", "held"),
)


def column(name: str) -> str:
    """A column's heading."""
    return {
        "on_balance": _("On balance sheet"),
        "off_balance": _("Off balance sheet"),
        "immediate": _("Claims, immediate"),
        "sovereign": _("On sovereigns"),
        "bank": _("On banks"),
        "other": _("On others"),
        "short": _("Up to a year"),
        "outward": _("Transferred out"),
        "inward": _("Transferred in"),
        "guarantor": _("Claims, guarantor"),
        "liabilities": _("Liabilities"),
        "required": pgettext("reserve", "Required"),
        "held": pgettext("reserve", "Held"),
    }[name]


def unit() -> str:
    """The unit of every amount: 万元."""
    return _("CNY 10,000")


def notes(found: Table) -> tuple[str, ...]:
    """What a reader of the table must know."""
    said = [_("Renminbi at the book's rates, which are to be those of the period's end; liabilities reduce no claim.")]
    if found.not_converted:
        said.append(
            ngettext(
                "{lines} line has no exchange rate and stands in no row.",
                "{lines} lines have no exchange rate and stand in no row.",
                found.not_converted,
            ).format(lines=formats.number(found.not_converted))
        )
    return tuple(said)


def _say(text: str, v: Values) -> str:
    return text.format(
        country=terms.country(v["country"]),
        amount=formats.number(v["amount"], 2),
        unit=unit(),
        funding=terms.country(v.get("funding")),
        debts="" if "debts" not in v else formats.number(v["debts"], 2),
    )


SENTENCES: dict[str, Callable[[Values], str]] = {
    "book.g51.no_rate": lambda _v: _("Cannot be computed: the book's rates have none for the renminbi."),
    "book.g51.empty": lambda _v: _("The book names no country or region."),
    "book.g51.claims": lambda v: _say(_("{country} has the largest claims, {amount} ({unit}); no debts are told."), v),
    "book.g51.both": lambda v: _say(
        _("{country} has the largest claims, {amount} ({unit}), and {funding} lends the most, {debts}."), v
    ),
}

REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "risk.no_renminbi": lambda v: (
        _("The book of {date} has no rate for the renminbi, so that nothing can be told in it.").format(
            date=formats.day(v["date"])
        ),
        _("Put a rate of CNY into the book's sheet of rates, and import it again."),
    ),
}
