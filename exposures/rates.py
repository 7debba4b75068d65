"""Exchange rates that come with a book: a `rates` sheet or a file of currency, per USD, date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from exposures import columns
from exposures.cells import Cells, Sheet
from exposures.columns import Fault, text_of
from exposures.exposure import FIELD, MONEY_FIELDS
from exposures.headers import find_table, parse
from exposures.issues import Issue, Rule, Severity
from exposures.spelling import letters
from exposures.sums import EXACT

#: Names under which a workbook carries its exchange rates, as `spelling.letters` writes them.
_SHEETS = frozenset(
    ("rate", "rates", "fx", "forex", "fxrate", "fxrates", "exchangerate", "exchangerates", "currencyrates", "汇率",
     "匯率", "汇率表", "匯率表", "外汇牌价", "外匯牌價", "折算率", "折算汇率", "折算匯率", "汇率折算表")
)  # fmt: skip
_HEADERS = {
    "currency": ("currency", "currency code", "ccy", "code", "币种", "货币", "幣種", "貨幣", "币种代码", "货币代码"),
    "per_usd": ("per USD", "per US dollar", "units per USD", "rate", "local per USD", "per dollar", "兑美元", "每美元",
                "汇率", "匯率", "1美元兑", "1美元", "对美元汇率", "對美元匯率", "exchange rate", "fx rate",
                "units per dollar"),
    "date": ("date", "on", "as of", "rate date", "value date", "日期", "汇率日期", "匯率日期",
             "生效日期"),
}  # fmt: skip
#: A rate of more days before the book's date is told [choice]: a week and a long holiday.
OLD = 10
_LOOK = 60  # rows from which a sheet's headers are known
#: A table with one of these is of lines, whatever else stands in it.
_OF_LINES = frozenset((*MONEY_FIELDS, "line_id", "counterparty_id", "counterparty_name", "country"))


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of `currency` for one dollar on `on`."""

    currency: str
    per_usd: Decimal
    on: date


def in_force(stored: Iterable[Rate], on: date) -> dict[str, Decimal]:
    """The newest rate of each currency that is not later than `on`."""
    return {rate.currency: rate.per_usd for rate in sorted(stored, key=lambda rate: rate.on) if rate.on <= on}


def worth(currency: str | None, into: str, per_usd: Mapping[str, Decimal]) -> Decimal | None:
    """What one unit of `currency` is worth in the currency `into`; None without a rate."""
    if currency is None:
        return None
    if currency == into:
        return Decimal(1)
    one, other = (Decimal(1) if code == "USD" else per_usd.get(code) for code in (into, currency))
    return None if one is None or other is None else EXACT.divide(one, other)


def read_rates(sheet: Sheet, date_format: str = "") -> tuple[tuple[Rate, ...], tuple[Issue, ...]]:
    """The rates of a sheet, and what in it could not be read (each an error: that rate is not there).

    A sheet in which a dollar is not one dollar quotes something else, such as renminbi for a unit: none is taken.
    """
    cells = _table(sheet)
    if cells is None:
        return (), (Issue(sheet.name, "", Rule.FIELD_MISSING, Severity.ERROR, field="per_usd"),)
    where = _columns(cells)
    missing = [name for name, column in where.items() if column < 0]
    if missing:
        return (), tuple(Issue(sheet.name, "", Rule.FIELD_MISSING, Severity.ERROR, field=name) for name in missing)
    parsers = {
        "currency": columns.currency_reader,
        "per_usd": columns.number_reader(cells.decimal_mark),
        "date": columns.reader(FIELD["maturity"], {}, date_format, cells.decimal_mark),
    }
    rates: list[Rate] = []
    issues: list[Issue] = []
    first: dict[tuple[str, date], tuple[Decimal, str]] = {}
    for index in range(cells.count):
        read = {name: _cell(cells, index, where[name], parse) for name, parse in parsers.items()}
        for name, (value, fault) in read.items():
            usable = value is not None and not (name == "per_usd" and value <= 0)
            if not usable:
                issues.append(_issue(cells, index, where[name], name, fault))
        currency, per_usd, on = (read[name][0] for name in ("currency", "per_usd", "date"))
        if currency and per_usd is not None and per_usd > 0 and on:
            cell = cells.address(index, where["per_usd"])
            if currency == "USD" and per_usd != 1:
                said = Issue(
                    sheet.name, cell, Rule.RATES_NOT_PER_USD, Severity.ERROR, text_of(float(per_usd)), "per_usd"
                )
                return (), (*issues, said)
            known = first.setdefault((currency, on), (per_usd, cell))
            if known[0] != per_usd:
                said = Issue(sheet.name, cell, Rule.RATE_TWICE, Severity.ERROR, currency, "per_usd",
                             values={"first": known[1]})  # fmt: skip
                issues.append(said)
                continue
            rates.append(Rate(currency, per_usd, on))
    return tuple(rates), tuple(issues)


def check_rates(sheet: str, used: Iterable[str], rates: Iterable[Rate], on: date) -> list[Issue]:
    """Currencies of lines for which no rate counts on the book's day, and those whose newest rate is old by then."""
    newest: dict[str, date] = {}
    later: dict[str, date] = {}
    for rate in rates:
        if rate.on <= on:
            newest[rate.currency] = max(rate.on, newest.get(rate.currency, rate.on))
        else:
            later[rate.currency] = rate.on
    found = []
    for code in sorted(set(used) - {"USD"}):
        day = newest.get(code)
        if day is None and code in later:
            said = {"code": code, "date": later[code], "reporting_date": on}
            found.append(Issue(sheet, "", Rule.RATE_LATER, Severity.WARNING, code, "currency", values=said))
        elif day is None:
            found.append(Issue(sheet, "", Rule.NO_RATE, Severity.WARNING, code, "currency", values={"code": code}))
        elif (on - day).days > OLD:
            said = {"code": code, "date": day, "reporting_date": on}
            found.append(Issue(sheet, "", Rule.RATE_OLD, Severity.INFO, code, "currency", values=said))
    return found


def holds_rates(sheet: Sheet) -> bool:
    """Whether a sheet is one of exchange rates: it is called so, or has their three headers and none of a line's."""
    if letters(sheet.name) in _SHEETS:
        return True
    cells = _table(replace(sheet, rows=sheet.rows[:_LOOK]))
    if cells is None or min(_columns(cells).values()) < 0:
        return False
    return not {parse(header).field for header in cells.headers} & _OF_LINES


def _table(sheet: Sheet) -> Cells | None:
    return find_table(sheet, wanted=[name for names in _HEADERS.values() for name in names])


def _columns(cells: Cells) -> dict[str, int]:
    """Where each of the three stands; -1 where it is missing."""
    return {
        name: next((c for c, header in enumerate(cells.headers) if letters(header) in {letters(n) for n in names}), -1)
        for name, names in _HEADERS.items()
    }


def _cell(cells: Cells, index: int, column: int, parse: Any) -> columns.Outcome:
    value = cells.columns[column][index]
    outcome: columns.Outcome = (None, None) if value is None else parse(value)
    return outcome


def _issue(cells: Cells, index: int, column: int, name: str, fault: Fault | None) -> Issue:
    place = (int(cells.rows[index]), column)
    value = cells.errors.get(place) or text_of(cells.columns[column][index])
    suggestion = fault.suggestion if fault else ""
    return Issue(
        cells.sheet, cells.address(index, column), Rule.RATE_UNREADABLE, Severity.ERROR, value, name, suggestion
    )
