"""The words of the Fed's holdings and their maturities."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.wording.formats import day, dollars, percent
from app.wording.months import month_name

Values = Mapping[str, Any]
_BILLION = 10**9


def security_type(kind: str) -> str:
    """A kind of security of the open market account."""
    return {
        "bill": _("Bills"),
        "note_bond": _("Notes and bonds"),
        "tips": _("Inflation-linked"),
        "frn": _("Floating-rate notes"),
        "agency": _("Federal agency debt"),
        "mbs": _("Agency MBS"),
        "cmbs": _("Commercial MBS"),
    }[kind]


def bucket_name(bucket: str) -> str:
    """A stretch of remaining life."""
    return {
        "to_1y": _("Up to 1 year"),
        "1y_to_5y": _("1 to 5 years"),
        "5y_to_10y": _("5 to 10 years"),
        "over_10y": _("Over 10 years"),
    }[bucket]


def _maturing(text: str, v: Values) -> str:
    return text.format(
        share=percent(v["share"], 1),
        amount=dollars(float(v["amount"]) / _BILLION, 0),
        month=month_name(v["month"]),
        coupons=dollars(v["coupons"] / _BILLION, 0),
    )


SENTENCES: dict[str, Callable[[Values], str]] = {
    "soma.no_treasuries": lambda v: _("The holdings of {day} have no Treasuries.").format(day=day(v["date"])),
    "soma.front": lambda v: _maturing(
        _("{share} of the Treasuries, {amount}, fall due within a year; most coupons in {month}, {coupons}."), v
    ),
    "soma.long": lambda v: _maturing(
        _("Only {share} of the Treasuries, {amount}, fall due within a year; most coupons in {month}, {coupons}."), v
    ),
}
