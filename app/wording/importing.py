"""What an import found, cell by cell, in words."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import files, formats, import_checks, terms
from exposures.issues import Issue, Severity


def message(issue: Issue) -> str:
    """What is wrong with a cell, a row or a header, in one sentence."""
    return _MESSAGES[issue.rule](issue)


def severity(value: Severity) -> str:
    """How serious an issue is, as the import page's second column says it."""
    return {
        Severity.ERROR: _("Must fix"),
        Severity.WARNING: _("Please check"),
        Severity.INFO: _("For information"),
    }[value]


def marked_heads() -> tuple[str, str, str, str]:
    """The columns of the list that goes back with a marked workbook."""
    return _("Cell"), _("Level"), _("Value in file"), _("What is wrong")


def phase(code: str) -> str:
    """What the import is doing."""
    return {
        "inspect": _("Looking at the file"),
        "read": _("Reading sheets"),
        "checking": _("Checking lines"),
        "storing": _("Storing"),
    }.get(code, _("Working"))


def _amount(value: Any) -> str:
    """Exactly, with as many decimals as it has."""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    exponent = number.as_tuple().exponent
    return formats.number(number, max(0, -exponent) if isinstance(exponent, int) else 0)


def _day(value: Any) -> str:
    return formats.day(value if isinstance(value, date) else date.fromisoformat(str(value)))


def _field(issue: Issue) -> str:
    return terms.column(issue.field) if issue.field else _("this column")


def _hidden(issue: Issue) -> str:
    count = int(issue.values["count"])
    return ngettext(
        "A hidden row was read like the others.",
        "{count} hidden rows, to row {last}, were read like the others.",
        count,
    ).format(count=count, last=issue.values["last"])


def _decimals(issue: Issue) -> str:
    v = issue.values
    return _("{amount} has more decimals than {currency} has ({decimals}); stored as {stored}.").format(
        amount=_amount(v["amount"]), currency=v["currency"], decimals=v["decimals"], stored=_amount(v["stored"])
    )


def _digits(issue: Issue) -> str:
    v = issue.values
    return _("More digits than a spreadsheet keeps exactly (15); {amount} was stored as {stored}.").format(
        amount=_amount(v["amount"]), stored=_amount(v["stored"])
    )


def _unit(issue: Issue) -> str:
    v = issue.values
    if v.get("currency"):
        return _("Amounts under this header are in {currency}, counted in units of {factor}.").format(
            currency=v["currency"], factor=_amount(v["factor"])
        )
    return _("Amounts under this header are counted in units of {factor}.").format(factor=_amount(v["factor"]))


def _total(issue: Issue) -> str:
    v = issue.values
    if issue.rule == "total_agrees":
        return _("A total row, not a line: it agrees with the rows above ({stated}).").format(
            stated=_amount(v["stated"])
        )
    return _("A total row, not a line: it says {stated}, the rows above make {computed}.").format(
        stated=_amount(v["stated"]), computed=_amount(v["computed"])
    )


def _mentioned(issue: Issue) -> str:
    others = list(issue.values["others"])
    return _("The same line number stands in {cells}; none of them was imported.").format(
        cells=_(", ").join(others[:5])
    )


def _counterparty(issue: Issue) -> str:
    if issue.severity == Severity.ERROR:
        return _("No counterparty, and the line has an amount.")
    return _("No counterparty; the line has no amount.")


def _uncached(issue: Issue) -> str:
    return _("A formula that was never computed: open the file in Excel, save it and import it again.")


def _not_here(issue: Issue) -> str:
    header = issue.values["header"]
    if issue.severity == Severity.ERROR:
        return _("The column “{header}” for {field} is missing; nothing can be imported without it.").format(
            header=header, field=_field(issue)
        )
    return _("The column “{header}” for {field} is missing; the field stays empty.").format(
        header=header, field=_field(issue)
    )


def _negative(issue: Issue) -> str:
    if issue.values["tolerance"]:
        return _("{field} is negative, beyond the tolerance of {tolerance}.").format(
            field=_field(issue), tolerance=_amount(issue.values["tolerance"])
        )
    return _("{field} is negative.").format(field=_field(issue))


def _codes(issue: Issue) -> str:
    if issue.field == "loan_class":
        return _("Not one of the five classes.")
    return _("Not a known word for {field}.").format(field=_field(issue))


def _doubled(issue: Issue) -> str:
    return _("A second column for the same thing; the one at {first} was read, this one was not.").format(
        first=issue.values["first"]
    )


_MESSAGES: Mapping[str, Callable[[Issue], str]] = {
    **files.MESSAGES,
    **import_checks.MESSAGES,
    "header_missing": _not_here,
    "header_duplicate": _doubled,
    "field_missing": lambda i: _("No column for {field} was found; nothing can be imported without it.").format(
        field=_field(i)
    ),
    "merged_header": lambda i: _("Merged header cells {range}: check that each column was understood.").format(
        range=i.values["range"]
    ),
    "merged_cells": lambda i: _("Merged cells {range}: only the first of them holds the value.").format(
        range=i.values["range"]
    ),
    "header_unit": _unit,
    "column_not_read": lambda i: ngettext(
        "This column was not read ({count} cell); perhaps it is {field}. Say in the layout what it is, or that it is"
        " none.",
        "This column was not read ({count} cells); perhaps it is {field}. Say in the layout what it is, or that it is"
        " none.",
        i.values["count"],
    ).format(count=formats.number(i.values["count"]), field=_field(i)),
    "other_currency": lambda i: ngettext(
        "The header or the title says {currency}; this line is in another currency and was counted in that.",
        "The header or the title says {currency}; this line and others, {count} in all, are in other currencies and"
        " were counted in those.",
        i.values["count"],
    ).format(currency=i.values["currency"], count=i.values["count"]),
    "unit_unclear": lambda i: _(
        "The title names the unit “{unit}”, which is not clear: amounts were counted in units of {factor}. Say the unit"
        " of the columns in the layout."
    ).format(unit=i.value, factor=_amount(i.values["factor"])),
    "hidden_row": _hidden,
    "hidden_column": lambda i: _("A hidden column was read."),
    "reporting_date_differs": lambda i: _("The row is of {date}, the import is for {reporting_date}.").format(
        date=_day(i.values["date"]), reporting_date=_day(i.values["reporting_date"])
    ),
    "total_agrees": _total,
    "total_differs": _total,
    "repeated_header": lambda i: _("The headers again, not a line; left out."),
    "note_row": lambda i: _("A note, not a line; left out."),
    "error_cell": lambda i: _("Formula error in the workbook."),
    "no_cached_value": _uncached,
    "outside_columns": lambda i: _("Values under no header (cells: {count}); not read.").format(
        count=i.values["count"]
    ),
    "row_shifted": lambda i: _(
        "More cells than headers, so that nobody knows what stands where: a text with a separator in it needs quotes."
    ),
    "missing_id": lambda i: _("Empty; every line needs its number."),
    "duplicate_id": _mentioned,
    "id_rounded": lambda i: _("A number this long is rounded by spreadsheets; keep numbers of lines as text."),
    "missing_counterparty": _counterparty,
    "ambiguous_number": lambda i: _(
        "Point or comma could be the decimal mark; name the decimal mark of the file in the layout."
    ),
    "text_in_number": lambda i: _("Not a number."),
    "negative_amount": _negative,
    "negative_within_tolerance": lambda i: _("Negative within the tolerance; kept as it is."),
    "more_decimals": _decimals,
    "more_digits": _digits,
    "amount_too_large": lambda i: _("Larger than any amount can be."),
    "impossible_date": lambda i: _("No such date."),
    "ambiguous_date": lambda i: _("Day and month could be either; name the date form in the mapping."),
    "date_from_number": lambda i: _("A number where a date belongs; read as {date}.").format(
        date=_day(i.values["date"])
    ),
    "missing_country": lambda i: _("Empty; every line needs a country or region."),
    "unknown_country": lambda i: _("Unknown country or region."),
    "country_from_name": lambda i: _("The code is empty; taken from the name ({code}).").format(code=i.values["code"]),
    "missing_currency": lambda i: _("Empty; every line needs a currency."),
    "unknown_currency": lambda i: _("Unknown currency."),
    "currency_alias": lambda i: _("Read as {code}.").format(code=i.values["code"]),
    "unknown_code": _codes,
    "unreadable_flag": lambda i: _("Neither yes nor no."),
    "not_whole_number": lambda i: _("Not a whole number."),
    "out_of_range": lambda i: _("Outside {low} to {high}.").format(low=i.values["low"], high=i.values["high"]),
    "no_rate": lambda i: _(
        "No exchange rate for {code}: its lines are stored, shown “not converted”, never added."
    ).format(code=i.values["code"]),
    "rate_later": lambda i: _(
        "The rate of {code} is of {date}, after the book: its lines are stored, shown “not converted”, never added."
    ).format(code=i.values["code"], date=_day(i.values["date"])),
    "rate_old": lambda i: _("The newest rate of {code} is of {date}; the book is of {reporting_date}.").format(
        code=i.values["code"], date=_day(i.values["date"]), reporting_date=_day(i.values["reporting_date"])
    ),
    "rates_not_per_usd": lambda i: _(
        "A dollar is not one dollar here, so these are no units for one dollar: none of these rates was taken."
    ),
    "rate_twice": lambda i: _("Another rate of that currency and day stands at {first}; that one was taken.").format(
        first=i.values["first"]
    ),
    "rate_unreadable": lambda i: _("This rate cannot be read; it was left out."),
}
