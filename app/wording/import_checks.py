"""What checks of an import say that look at a whole column, or at several cells and lines at once."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import formats, terms
from exposures.issues import Issue, Severity


def _amount(value: Any) -> str:
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    exponent = number.as_tuple().exponent
    return formats.number(number, max(2, -exponent) if isinstance(exponent, int) else 2)


def _alike(issue: Issue, *names: str) -> dict[str, str]:
    """Amounts of one sentence with the same number of decimals: two, or as many as one of them needs."""
    amounts = [Decimal(str(issue.values[name])) for name in names]
    needed = (amount.normalize().as_tuple().exponent for amount in amounts)
    places = max(2, *(-exponent for exponent in needed if isinstance(exponent, int)))
    return {name: formats.number(amount, places) for name, amount in zip(names, amounts, strict=True)}


def _day(value: Any) -> str:
    return formats.day(value if isinstance(value, date) else date.fromisoformat(str(value)))


def _day_order(issue: Issue) -> str:
    if issue.values["order"] == "dmy":
        return _("The dates of this column have the day first, as its later days show; all were read so.")
    return _("The dates of this column have the month first, as its later days show; all were read so.")


def _shares(issue: Issue) -> str:
    said = {"example": _amount(issue.values["example"]), "percent": _amount(issue.values["percent"])}
    if issue.severity == Severity.WARNING:
        return _(
            "Shares in this column go above 1, so that {example} was read as {percent} %. If a share of all was meant,"
            " write the column in one way."
        ).format(**said)
    return _("In this column {example} was read as {percent} %.").format(**said)


def _jumped(issue: Issue) -> str:
    said = {"times": formats.number(issue.values["times"]), "date": _day(issue.values["date"])}
    if issue.values["larger"]:
        return _("{times} times what it was in the book of {date}: look at the unit.").format(**said)
    return _("It was {times} times as much in the book of {date}: look at the unit.").format(**said)


def _mark(issue: Issue) -> str:
    if not issue.values["certain"]:
        if issue.values["mark"] == ",":
            return _(
                "Point or comma could be the decimal mark of this column; read with a comma. Name it in the layout."
            )
        return _("Point or comma could be the decimal mark of this column; read with a point. Name it in the layout.")
    if issue.values["mark"] == ",":
        return _("The numbers of this column have a decimal comma; all were read so.")
    return _("The numbers of this column have a decimal point; all were read so.")


def _elsewhere(issue: Issue) -> str:
    return ngettext(
        "{count} line is {stage}: its amount here counts as {target}.",
        "{count} lines are {stage}: their amounts here count as {target}.",
        issue.values["count"],
    ).format(
        count=formats.number(issue.values["count"]),
        stage=terms.stage(issue.values["stage"]),
        target=terms.field(issue.values["target"]),
    )


MESSAGES: Mapping[str, Callable[[Issue], str]] = {
    "counted_elsewhere": _elsewhere,
    "control_agrees": lambda i: _("The control total of {field} agrees: {currency} {stated}.").format(
        field=terms.field(i.field), currency=i.value, stated=_amount(i.values["stated"])
    ),
    "control_differs": lambda i: _(
        "The control total of {field} is {currency} {stated}; the file adds up to {computed}, {difference} apart."
    ).format(field=terms.field(i.field), currency=i.value, **_alike(i, "stated", "computed", "difference")),
    "day_order": _day_order,
    "hidden_left_out": lambda i: _("Hidden, and left out as the layout says: rows {rows}, columns {columns}.").format(
        rows=formats.number(i.values["rows"]), columns=formats.number(i.values["columns"])
    ),
    "decimal_mark": _mark,
    "amount_jumped": _jumped,
    "amounts_jumped": lambda i: _(
        "{count} amounts of this column are at least {times} times as large or as small as in the book of {date}:"
        " look at the unit."
    ).format(
        count=formats.number(i.values["count"]),
        times=formats.number(i.values["times"]),
        date=_day(i.values["date"]),
    ),
    "name_changed": lambda i: _("The number {number} stood for {name} in the book of {date}.").format(
        number=i.values["number"], name=i.values["name"], date=_day(i.values["date"])
    ),
    "shares_read": _shares,
    "lei_wrong": lambda i: _("No legal entity identifier: its length or its check digits are wrong."),
    "maturity_before_signing": lambda i: _("Before the signing date, {date}.").format(date=_day(i.values["date"])),
    "maturity_passed": lambda i: _("Due before the reporting date, and not said to be overdue."),
    "ended_with_amount": lambda i: _("The line is {stage} and still has an amount.").format(
        stage=terms.stage(i.values["stage"])
    ),
    "guarantor_missing": lambda i: _("A guarantee without a guarantor: it moves nothing."),
    "override_without_reason": lambda i: _("Another risk country without a reason."),
    "renewal_orphan": lambda i: _(
        "Replaces a line that this book does not have; what is pending counts in full. Check the number."
    ),
    "renewal_other_party": lambda i: _(
        "Replaces a line of another counterparty, or itself; what is pending counts in full."
    ),
    "renewal_overlaps": lambda i: _(
        "The line that it replaces ends after this one begins; what is pending counts in full."
    ),
    "renewal_no_dates": lambda i: _(
        "The end of the old line or the beginning of this one is missing; what is pending counts in full."
    ),
    "counterparty_differs": lambda i: _("The same counterparty number stands at {first} with {value}.").format(
        first=i.values["first"], value=i.values["value"]
    ),
}
