"""One column of raw cells becomes one column of values; what cannot be read is told cell by cell."""

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

import numpy as np

from exposures import amounts, countries, currencies, synonyms
from exposures.coded import Coded, Objects, code, spread
from exposures.exposure import Field, Kind
from exposures.issues import Rule, Severity
from exposures.spelling import letters

_MOST = 2**63 - 1
#: Wide enough for every digit of an amount that fits the store.
_WIDE = Context(prec=90)
_LONGEST_DASH = max(map(len, amounts.DASHES))
#: What whole numbers of a field may be.
_WHOLE = {"days_past_due": (0, 36_500), "ifrs_stage": (1, 3), "instalment_months": (1, 600)}
#: Fields that are held as ratios, 0 to 1.
_RATIOS = ("hard_currency_share", "pd", "lgd")
_YEARS_TO_1904 = 1462  # days
#: Stage 1, 第一阶段, 阶段二, S3.
_STAGE = re.compile(r"(?:stage|s|第)?(?:阶段|階段)?([123一二三]|i{1,3})(?:阶段|階段)?")
_STAGES = {"1": 1, "2": 2, "3": 3, "一": 1, "二": 2, "三": 3, "i": 1, "ii": 2, "iii": 3}
_QUESTION = re.compile("[?\uff1f]")
_IDENTITIES = frozenset({"line_id", "replaces_line_id", "counterparty_id", "counterparty_name", "group_id"})
#: Amounts that may be negative: a swap's value, interest paid ahead, a loss.
_SIGNED = frozenset({"market_exposure", "accrued_interest", "income"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value, wherever it stands."""

    rule: Rule
    severity: Severity = Severity.ERROR
    suggestion: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


#: The value (None: nothing usable) and the fault, if any.
Outcome = tuple[Any, Fault | None]
Faults = list[tuple[int, Fault]]


def read(column: Coded, parse: Callable[[Any], Outcome]) -> tuple[Objects, Faults]:
    """Every cell through `parse`, each distinct value once; blank cells are None."""
    outcomes = [parse(value) for value in column.values]
    return spread([outcome[0] for outcome in outcomes], column.codes), told(column, [fault for _, fault in outcomes])


def told(column: Coded, faults: Sequence[Fault | None]) -> Faults:
    """What is wrong with each cell, from what is wrong with each distinct value."""
    faulty = np.array([fault is not None for fault in faults] + [False], dtype=bool)
    found: Faults = []
    for index in np.flatnonzero(faulty[column.codes]).tolist():
        fault = faults[column.codes[index]]
        assert fault is not None
        found.append((index, fault))
    return found


def read_texts(column: Coded, name: str, words: Mapping[str, str]) -> tuple[Objects, Faults]:
    """A column of texts, most of which are as they should be: a dash where an identity belongs is nothing."""
    if words or not set(map(type, column.values)) <= {str}:
        replaced = {word.strip(): code for word, code in words.items()}
        return read(column, lambda cell: _text(name, replaced, cell))
    texts = list(map(str.strip, column.values))
    if name not in _IDENTITIES:
        return spread(texts, column.codes), []
    said = [None if len(text) <= _LONGEST_DASH and text.casefold() in amounts.DASHES else text for text in texts]
    return spread(said, column.codes), []


def text_of(cell: Any) -> str:
    """A cell as a person reads it: 12345.0 is 12345, a date is ISO."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell - cell == 0 and cell == int(cell):
            return str(int(cell)) if abs(cell) < 1e15 else format(Decimal(repr(cell)), "f").removesuffix(".0")
        case float() if cell - cell == 0:
            written = repr(cell)
            return format(Decimal(written), "f") if "e" in written else written
        case float():
            return ""
        case datetime() if not cell.time().replace(tzinfo=None):  # pragma: no cover - calamine gives a date there
            return cell.date().isoformat()
        case date():
            return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell).strip()


def number_reader(decimal_mark: str) -> Callable[[Any], Outcome]:
    """Exact numbers; dashes and n/a are nothing."""

    def parse(cell: Any) -> Outcome:
        if isinstance(cell, str) and cell.strip().casefold() in amounts.DASHES:
            return None, None
        number = amounts.number_of(cell, decimal_mark)
        if number is None:
            text = cell if isinstance(cell, str) else ""
            return None, Fault(Rule.TEXT_IN_NUMBER, suggestion=amounts.meant_number(text, decimal_mark))
        return number, None

    return parse


def to_minor(
    name: str, number: Decimal, factor: Decimal, currency: str, tolerance: Decimal
) -> tuple[int | None, Fault | None]:
    """An amount in the currency's minor unit, rounded half to even where the file has more decimals."""
    digits = currencies.minor_units(currency)
    written = len(number.as_tuple().digits)
    if number and (number.adjusted() > 19 or written > 60):
        return None, Fault(Rule.AMOUNT_TOO_LARGE)
    amount = _WIDE.multiply(number, factor)
    exact = amount.scaleb(digits, _WIDE)
    rounded = exact.to_integral_value(ROUND_HALF_EVEN, _WIDE)
    minor = int(rounded)
    if abs(minor) > _MOST:
        return None, Fault(Rule.AMOUNT_TOO_LARGE)
    if amount < 0 and name not in _SIGNED:
        if amount < -tolerance:
            return None, Fault(Rule.NEGATIVE_AMOUNT, values={"amount": amount, "tolerance": tolerance})
        return minor, Fault(Rule.NEGATIVE_WITHIN_TOLERANCE, Severity.WARNING, values={"amount": amount})
    long = written > 15 and len(number.normalize().as_tuple().digits) > 15
    if not long and exact == rounded:
        return minor, None
    rule = Rule.MORE_DIGITS if long else Rule.MORE_DECIMALS
    said = {"amount": amount, "stored": rounded.scaleb(-digits, _WIDE), "currency": currency, "decimals": digits}
    return minor, Fault(rule, Severity.WARNING, values=said)


def reader(
    spec: Field, words: Mapping[str, str], date_format: str, decimal_mark: str, *, since_1904: bool = False
) -> Callable[[Any], Outcome]:
    """How a cell of that field is read; money, countries and currencies have their own."""
    match spec.kind:
        case Kind.DATE:
            return lambda cell: _date(cell, date_format, since_1904=since_1904)
        case Kind.FLAG:
            return _flag
        case Kind.INTEGER:
            return lambda cell: _integer(spec.name, cell, decimal_mark)
        case Kind.NUMBER:
            return lambda cell: _number(cell, decimal_mark)
        case Kind.CURRENCY:
            return lambda cell: currency_reader(words.get(text_of(cell), cell))
        case Kind.CODE:
            own = {letters(word): code for word, code in words.items()}
            return lambda cell: _code(spec, own, cell)
    replaced = {word.strip(): code for word, code in words.items()}
    return lambda cell: _text(spec.name, replaced, cell)


def _text(name: str, replaced: Mapping[str, str], cell: Any) -> Outcome:
    """A text; a dash where an identity belongs is nothing, a number of sixteen digits is no longer the one typed."""
    text = text_of(cell)
    if name in _IDENTITIES and text.casefold() in amounts.DASHES:
        return None, None
    rounded = name.endswith("_id") and isinstance(cell, float) and abs(cell) >= 1e15
    return replaced.get(text, text) or None, Fault(Rule.ID_ROUNDED, Severity.WARNING) if rounded else None


def _date(cell: Any, date_format: str, *, since_1904: bool = False) -> Outcome:
    match cell:
        case datetime():
            return cell.date(), None
        case date():
            return cell, None
        case str():
            if cell.strip().casefold() in amounts.DASHES:
                return None, None
            try:
                day = amounts.date_of(cell, date_format)
            except amounts.Ambiguous:
                return None, Fault(Rule.AMBIGUOUS_DATE)
            return day, None if day else Fault(Rule.IMPOSSIBLE_DATE)
        case float() | int() if not isinstance(cell, bool) and cell - cell == 0:
            day = amounts.date_from_serial(cell + (_YEARS_TO_1904 if since_1904 and cell < 100_000 else 0))
            if day:
                return day, Fault(Rule.DATE_FROM_NUMBER, Severity.WARNING, values={"date": day})
    return None, Fault(Rule.IMPOSSIBLE_DATE)


def _flag(cell: Any) -> Outcome:
    flag = amounts.flag_of(cell)
    return flag, Fault(Rule.UNREADABLE_FLAG) if flag is None else None


def _integer(name: str, cell: Any, decimal_mark: str) -> Outcome:
    text = cell.removesuffix("天").removesuffix("days") if isinstance(cell, str) else cell
    if name == "ifrs_stage" and isinstance(cell, str) and (stage := _STAGE.fullmatch(letters(cell))):
        text = str(_STAGES[stage[1]])
    number, fault = number_reader(decimal_mark)(text)
    if number is None:
        return None, fault
    if number != number.to_integral_value() or abs(number) > 10**9:
        return None, Fault(Rule.NOT_WHOLE_NUMBER)
    low, high = _WHOLE.get(name, (-(10**9), 10**9))
    if not low <= number <= high:
        return None, Fault(Rule.OUT_OF_RANGE, values={"low": low, "high": high})
    return int(number), None


def _number(cell: Any, decimal_mark: str) -> Outcome:
    """A Decimal; a text with % keeps it, as a negative exponent would be lost: the caller scales whole columns."""
    if isinstance(cell, str) and cell.strip().endswith(("%", "\uff05")):
        number, fault = number_reader(decimal_mark)(cell.strip()[:-1])
        return (None if number is None else Percent(number)), fault
    return number_reader(decimal_mark)(cell)


@dataclass(frozen=True, slots=True)
class Percent:
    """A number that was written with a percent sign."""

    number: Decimal


def shares_fault(name: str, values: Objects) -> Fault | None:
    """How a column of plain shares was read, where a person may have meant the other.

    A default probability of 0.35 may be 35 % or 0.35 %; of a cover of 0.95 beside others of 80 nobody knows.
    """
    plain = {value for value in set(values.tolist()) if isinstance(value, Decimal) and value}
    if name not in ("guarantee_percent", *_RATIOS) or not plain:
        return None
    small = min(plain, key=abs)
    in_ratios = all(abs(value) <= 1 for value in plain)
    if name == "pd" and in_ratios:
        return Fault(Rule.SHARES_READ, Severity.INFO, values={"example": small, "percent": small * 100})
    if name == "pd" or in_ratios or abs(small) >= 1:
        return None
    return Fault(Rule.SHARES_READ, Severity.WARNING, values={"example": small, "percent": small})


def scale_shares(name: str, values: Objects) -> Objects:
    """A column of shares in one measure: guarantee_percent 0 to 100, the others 0 to 1; None stays.

    A column whose every plain number is at most 1 was formatted as a percentage in the workbook.
    """
    column = code(values)
    plain = [value for value in column.values if isinstance(value, Decimal)]
    share = name in ("guarantee_percent", *_RATIOS)
    in_ratios = not share or all(abs(value) <= 1 for value in plain)
    factor = Decimal(100) if name == "guarantee_percent" else Decimal(1)

    def scaled(value: Any) -> float:
        ratio = value.number / 100 if isinstance(value, Percent) else value if in_ratios else value / 100
        return float(ratio * factor)

    return spread([scaled(value) for value in column.values], column.codes)


def _code(spec: Field, own: Mapping[str, str], cell: Any) -> Outcome:
    text = text_of(cell)
    plain = letters(text)
    known = {**synonyms.code_words(spec.name), **{letters(code): code for code in spec.codes}, **own}
    if plain in known and not _QUESTION.search(text):
        return known[plain], None
    if not plain:
        return None, None
    near = [plain] if plain in known else difflib.get_close_matches(plain, known, 1, 0.6)
    return None, Fault(Rule.UNKNOWN_CODE, suggestion=known[near[0]] if near else "", values={"codes": spec.codes})


def currency_reader(cell: Any) -> Outcome:
    """ISO code; an alias such as CNH is told."""
    code, alias = currencies.resolve(text_of(cell))
    if code is None:
        return None, Fault(Rule.UNKNOWN_CURRENCY, suggestion=currencies.suggest(text_of(cell)))
    return code, Fault(Rule.CURRENCY_ALIAS, Severity.INFO, values={"code": code}) if alias else None


def country_reader(areas: Mapping[str, str], further: Mapping[str, str]) -> Callable[[Any], Outcome]:
    """ISO code or declared area; a misspelt name suggests the code it may mean."""

    def parse(cell: Any) -> Outcome:
        text = text_of(cell)
        if not letters(text):
            return None, None
        code = countries.resolve(text, areas, further)
        if code is None:
            meant = countries.suggest(text)
            return None, Fault(Rule.UNKNOWN_COUNTRY, suggestion=meant or "")
        return code, None

    return parse
