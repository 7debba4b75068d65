"""Sheets of what the bank supplies beside its book become rows; every fault is told with its cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from exposures import countries, currencies
from exposures.amounts import date_of, number_of
from exposures.cells import Sheet, address
from exposures.spelling import letters
from exposures.supplied import BANK_FIGURES, LINK_KINDS, SYSTEM_FIGURES, Capital, Link, Soundness

Row = Link | Capital | Soundness
#: Headings stand within the first rows; titles may stand above them.
_SEARCHED = 20
#: Spellings of the words for a kind of link.
_KINDS = {
    "claim": ("claim", "loan", "placement", "债权"),
    "control": ("control", "ownership", "控股", "控制"),
    "guarantee": ("guarantee", "担保"),
}


@dataclass(frozen=True, slots=True)
class SuppliedColumn:
    """A column: its field, the headings it may have (the first in English, the second in Chinese), what it holds.

    Forms: text, kind, country, currency, amount (at least 0), number, percent (62 is 62 %), date.
    """

    name: str
    headings: tuple[str, ...]
    form: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class SuppliedTable:
    """A kind of sheet: its id, its columns, and how a row of values becomes what it says."""

    id: str
    columns: tuple[SuppliedColumn, ...]
    make: Callable[[Mapping[str, Any]], Row]

    @property
    def needed(self) -> frozenset[str]:
        """Columns without which a sheet is not of this kind."""
        return frozenset(column.name for column in self.columns if column.needed)


@dataclass(frozen=True, slots=True)
class SuppliedFault:
    """What is wrong with a cell: no_table, missing, bad_date, bad_number, bad_kind, bad_country, bad_currency,
    negative, future, itself, twice (value: the other cell), no_figure.
    """

    cell: str
    problem: str
    value: str = ""


def _link(row: Mapping[str, Any]) -> Link:
    return Link(row["kind"], row["source"], row["target"], row["amount"], row["currency"], row["date"], row["origin"])


def _capital(row: Mapping[str, Any]) -> Capital:
    return Capital(row["counterparty"], row["capital_amount"], row["currency"], row["date"], row["origin"])


def _soundness(subject: str, figures: Sequence[str]) -> Callable[[Mapping[str, Any]], Soundness]:
    def make(row: Mapping[str, Any]) -> Soundness:
        given = {name: row[name] for name in figures if row[name] is not None}
        return Soundness(row[subject], given, row["date"], row["origin"], row.get("rating"))

    return make


_CURRENCY = SuppliedColumn("currency", ("Currency", "币种"), "currency", needed=True)
_DATE = SuppliedColumn("date", ("Date", "日期", "as of", "数据日期"), "date", needed=True)
_ORIGIN = SuppliedColumn("origin", ("Source", "来源", "数据来源"), "text", needed=True)
_WHO = SuppliedColumn("counterparty", ("Counterparty", "交易对手", "客户", "name", "名称"), "text", needed=True)
_NPL = SuppliedColumn("non_performing", ("Non-performing loans %", "不良贷款率%", "npl %"), "percent")
_LIQUID = SuppliedColumn("liquid", ("Liquid assets to short liabilities %", "流动性比例%", "liquidity %"), "percent")
_FX = SuppliedColumn("fx_loans", ("Foreign-currency loans %", "外币贷款占比%", "fx loans %"), "percent")

#: Every kind of sheet.
TABLES: tuple[SuppliedTable, ...] = (
    SuppliedTable(
        "links",
        (
            SuppliedColumn("kind", ("Kind", "种类", "类型"), "kind", needed=True),
            SuppliedColumn("source", ("Who loses, owns or guarantees", "债权人、控股方或担保人"), "text", needed=True),
            SuppliedColumn("target", ("Who owes or is owned", "债务人或被控股方", "debtor"), "text", needed=True),
            SuppliedColumn("amount", ("Amount", "金额"), "amount"),
            SuppliedColumn("currency", ("Currency", "币种"), "currency"),
            _DATE,
            _ORIGIN,
        ),
        _link,
    ),
    SuppliedTable(
        "capital",
        (
            _WHO,
            SuppliedColumn("capital_amount", ("Capital", "资本", "equity", "权益"), "amount", needed=True),
            _CURRENCY,
            _DATE,
            _ORIGIN,
        ),
        _capital,
    ),
    SuppliedTable(
        "banks",
        (
            SuppliedColumn("counterparty", ("Bank", "银行", "bank counterparty"), "text", needed=True),
            SuppliedColumn("cet1", ("CET1 capital", "核心一级资本"), "amount"),
            SuppliedColumn("sovereign", ("Holdings of own sovereign", "持有本国主权债"), "amount"),
            SuppliedColumn("rwa", ("Risk-weighted assets", "风险加权资产"), "amount"),
            _NPL,
            _LIQUID,
            _FX,
            SuppliedColumn("rating", ("Rating", "评级"), "text"),
            SuppliedColumn("equity", ("Share price, 3 months %", "股价三个月涨跌%"), "number"),
            _DATE,
            _ORIGIN,
        ),
        _soundness("counterparty", BANK_FIGURES),
    ),
    SuppliedTable(
        "systems",
        (
            SuppliedColumn("country", ("Banking system of", "银行体系", "country or region"), "country", needed=True),
            SuppliedColumn("capital", ("Capital ratio %", "资本充足率%"), "percent"),
            _NPL,
            _LIQUID,
            _FX,
            SuppliedColumn("roll_over", ("External debt rolled over %", "外债展期率%"), "percent"),
            _DATE,
            _ORIGIN,
        ),
        _soundness("country", SYSTEM_FIGURES),
    ),
)


def rows_of(sheet: Sheet, today: date) -> tuple[str | None, list[Row], list[SuppliedFault]]:
    """The kind of a sheet, its rows and every fault; an empty sheet and one of explanations have no kind."""
    head = _head(sheet.rows)
    if head is None:
        return None, [], []
    number, table, places = head
    found: list[Row] = []
    faults: list[SuppliedFault] = []
    seen: dict[tuple[str, ...], str] = {}
    for row, cells in enumerate(sheet.rows[number + 1 :], start=number + 2):
        if not any(cells[place] is not None for place in places.values() if place < len(cells)):
            continue
        values, wrong = _read(table, places, cells, sheet, row, today)
        if wrong:
            faults += wrong
            continue
        made = table.make(values)
        where = f"{sheet.name}!{address(row, min(places.values()))}"
        if problem := _doubt(made):
            faults.append(SuppliedFault(where, problem))
        elif (other := seen.get(_key(made))) is not None:
            faults.append(SuppliedFault(where, "twice", other))
        else:
            seen[_key(made)] = where
            found.append(made)
    return table.id, found, faults


def _head(rows: Sequence[Sequence[Any]]) -> tuple[int, SuppliedTable, dict[str, int]] | None:
    """The row of the headings, the kind of table whose needed columns are all there, and where each column is."""
    for number, row in enumerate(rows[:_SEARCHED]):
        best: tuple[int, SuppliedTable, dict[str, int]] | None = None
        for table in TABLES:
            names = {letters(text): column.name for column in table.columns for text in (column.name, *column.headings)}
            places: dict[str, int] = {}
            for place, cell in enumerate(row):
                name = names.get(letters(str(cell))) if isinstance(cell, str) else None
                if name is not None:
                    places.setdefault(name, place)
            if table.needed <= places.keys() and (best is None or len(places) > len(best[2])):
                best = number, table, places
        if best is not None:
            return best
    return None


def _read(
    table: SuppliedTable, places: Mapping[str, int], cells: Sequence[Any], sheet: Sheet, row: int, today: date
) -> tuple[dict[str, Any], list[SuppliedFault]]:
    values: dict[str, Any] = {}
    faults = []
    for column in table.columns:
        place = places.get(column.name)
        raw = cells[place] if place is not None and place < len(cells) else None
        if raw is None:
            values[column.name] = None
            if column.needed:
                faults.append(SuppliedFault(f"{sheet.name}!{address(row, place or 0)}", "missing", column.name))
            continue
        value, problem = _parse(column.form, raw, sheet.decimal_mark, today)
        values[column.name] = value
        if problem:
            faults.append(SuppliedFault(f"{sheet.name}!{address(row, place or 0)}", problem, str(raw)))
    return values, faults


def _parse(form: str, raw: Any, mark: str, today: date) -> tuple[Any, str]:
    """The value and what is wrong with it ("" where nothing is)."""
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw).strip()
    match form:
        case "text":
            return text, ""
        case "kind":
            plain = letters(text)
            kind = next((kind for kind in LINK_KINDS if plain in map(letters, _KINDS[kind])), None)
            return kind, "" if kind else "bad_kind"
        case "country":
            code = countries.resolve(text)
            return code, "" if code else "bad_country"
        case "currency":
            code = currencies.resolve(text)[0]
            return code, "" if code else "bad_currency"
        case "date":
            day = raw.date() if isinstance(raw, datetime) else raw if isinstance(raw, date) else date_of(text)
            return day, "bad_date" if day is None else "future" if day > today else ""
    if isinstance(raw, str):
        raw = raw.strip().removesuffix("%").removesuffix("\uff05").strip()
    number: Decimal | None = None if isinstance(raw, bool) else number_of(raw, mark)
    if number is None:
        return None, "bad_number"
    return number, "negative" if form != "number" and number < 0 else ""


def _doubt(made: Row) -> str:
    """What is wrong with a row whose cells can all be read."""
    match made:
        case Link() if letters(made.source) == letters(made.target):
            return "itself"
        case Link() if made.kind != "control" and (made.amount is None or made.currency is None):
            return "missing"
        case Soundness() if not made.figures and made.rating is None:
            return "no_figure"
    return ""


def _key(made: Row) -> tuple[str, ...]:
    """What may stand in a sheet once."""
    match made:
        case Link():
            return made.kind, letters(made.source), letters(made.target)
        case Capital():
            return (letters(made.counterparty),)
    return (letters(made.subject),)
