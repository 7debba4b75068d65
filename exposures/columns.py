"""One column of raw cells becomes one column of values; what cannot be read is told cell by cell."""

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures import amounts, countries, currencies, synonyms
from exposures.exposure import Field, Kind
from exposures.issues import Rule, Severity
from exposures.spelling import letters

Objects = npt.NDArray[np.object_]
Mask = npt.NDArray[np.bool_]
_MOST = 2**63 - 1
#: What whole numbers of a field may be.
_WHOLE = {"days_past_due": (0, 36_500), "ifrs_stage": (1, 3), "instalment_months": (1, 600)}
#: Fields that are held as ratios, 0 to 1.
_RATIOS = ("hard_currency_share", "pd", "lgd")
_QUESTION = re.compile("[?\uff1f]")
_IDENTITIES = frozenset({"line_id", "counterparty_id", "counterparty_name", "group_id"})
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


def read(raw: Objects, parse: Callable[[Any], Outcome]) -> tuple[list[Any], Faults]:
    """Every cell through `parse`, each distinct value once; blank cells are None."""
    codes, distinct = pd.factorize(raw)
    if any(value.__class__ is not str and value in (0, 1) for value in distinct):
        return _read_each(raw, parse)  # 1, 1.0 and TRUE count as one value there, and are not
    outcomes = [parse(value) for value in distinct]
    table = np.empty(len(distinct) + 1, dtype=object)
    table[:-1] = [outcome[0] for outcome in outcomes] if len(outcomes) else table[:-1]
    table[-1] = None  # where the code is -1: blank
    faults: Faults = []
    faulty = np.array([outcome[1] is not None for outcome in outcomes] + [False], dtype=bool)
    for index in np.flatnonzero(faulty[codes]).tolist():
        fault = outcomes[codes[index]][1]
        assert fault is not None
        faults.append((index, fault))
    return table[codes].tolist(), faults


def _read_each(raw: Objects, parse: Callable[[Any], Outcome]) -> tuple[list[Any], Faults]:
    """As `read`, with an eye on each value's type."""
    known: dict[tuple[type, Any], Outcome] = {}
    values: list[Any] = [None] * len(raw)
    faults: Faults = []
    for index, cell in enumerate(raw):
        if cell is None:
            continue
        key = (cell.__class__, cell)
        outcome = known.get(key)
        if outcome is None:
            outcome = known[key] = parse(cell)
        values[index] = outcome[0]
        if outcome[1] is not None:
            faults.append((index, outcome[1]))
    return values, faults


def text_of(cell: Any) -> str:
    """A cell as a person reads it: 12345.0 is 12345, a date is ISO."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell - cell == 0 and cell == int(cell):
            return str(int(cell)) if abs(cell) < 1e15 else format(Decimal(repr(cell)), "f").removesuffix(".0")
        case float():
            return format(Decimal(repr(cell)), "f") if cell - cell == 0 else ""
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


def plain_minors(
    cells: Objects, factor: Decimal, currencies_of: Sequence[str | None]
) -> tuple[npt.NDArray[np.int64], Mask]:
    """Amounts in minor units of the cells that are plain, and which those are; the others go through `to_minor`.

    Plain is a float, not negative, that is the nearest one to a decimal of at most fifteen digits without a part of a
    minor unit: then that decimal is what its shortest form writes, and rounding it is exact.
    """
    plain = np.fromiter((cell.__class__ is float for cell in cells), dtype=bool, count=len(cells))
    amounts_of = np.zeros(len(cells))
    amounts_of[plain] = cells[plain].astype(np.float64)
    scale = np.zeros(len(cells))
    power = factor.normalize().as_tuple().digits == (1,)  # of ten: the quotient below is then a short decimal
    per_currency = {
        code: float(factor.scaleb(currencies.minor_units(code or ""))) if power else 0.0 for code in set(currencies_of)
    }
    scale[:] = [per_currency[code] for code in currencies_of]
    with np.errstate(invalid="ignore", over="ignore"):
        minor = np.rint(amounts_of * scale)
        whole = minor / np.where(scale == 0, 1, scale) == amounts_of
        plain &= (amounts_of >= 0) & (minor < 1e15) & (scale >= 1) & whole
    return np.where(plain, minor, 0).astype(np.int64), plain


def to_minor(
    name: str, number: Decimal, factor: Decimal, currency: str, tolerance: Decimal
) -> tuple[int | None, Fault | None]:
    """An amount in the currency's minor unit, rounded half to even where the file has more decimals."""
    digits = currencies.minor_units(currency)
    if number and (number.adjusted() > 19 or len(number.as_tuple().digits) > 60):
        return None, Fault(Rule.AMOUNT_TOO_LARGE)
    with localcontext(prec=90):
        amount = number * factor
        exact = amount.scaleb(digits)
        rounded = exact.to_integral_value(ROUND_HALF_EVEN)
        minor = int(rounded)
        if abs(minor) > _MOST:
            return None, Fault(Rule.AMOUNT_TOO_LARGE)
        if amount < 0 and name not in _SIGNED:
            if amount < -tolerance:
                return None, Fault(Rule.NEGATIVE_AMOUNT, values={"amount": amount, "tolerance": tolerance})
            return minor, Fault(Rule.NEGATIVE_WITHIN_TOLERANCE, Severity.WARNING, values={"amount": amount})
        said = {"amount": amount, "stored": rounded.scaleb(-digits), "currency": currency, "decimals": digits}
        if _significant(number) > 15:
            return minor, Fault(Rule.MORE_DIGITS, Severity.WARNING, values=said)
        if exact != rounded:
            return minor, Fault(Rule.MORE_DECIMALS, Severity.WARNING, values=said)
    return minor, None


def _significant(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits) if len(number.as_tuple().digits) > 15 else 0


def reader(spec: Field, words: Mapping[str, str], date_format: str, decimal_mark: str) -> Callable[[Any], Outcome]:
    """How a cell of that field is read; money, countries and currencies have their own."""
    match spec.kind:
        case Kind.DATE:
            return lambda cell: _date(cell, date_format)
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


def _date(cell: Any, date_format: str) -> Outcome:
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
            day = amounts.date_from_serial(cell)
            if day:
                return day, Fault(Rule.DATE_FROM_NUMBER, Severity.WARNING, values={"date": day})
    return None, Fault(Rule.IMPOSSIBLE_DATE)


def _flag(cell: Any) -> Outcome:
    flag = amounts.flag_of(cell)
    return flag, Fault(Rule.UNREADABLE_FLAG) if flag is None else None


def _integer(name: str, cell: Any, decimal_mark: str) -> Outcome:
    text = cell.removesuffix("天").removesuffix("days") if isinstance(cell, str) else cell
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


def scale_shares(name: str, values: Sequence[Any]) -> list[float | None]:
    """A column of shares in one measure: guarantee_percent 0 to 100, the others 0 to 1.

    A column whose every plain number is at most 1 was formatted as a percentage in the workbook.
    """
    plain = [value for value in values if isinstance(value, Decimal)]
    if name not in ("guarantee_percent", *_RATIOS):
        return [None if v is None else float(v.number / 100 if isinstance(v, Percent) else v) for v in values]
    in_ratios = all(abs(value) <= 1 for value in plain)
    factor = Decimal(100) if name == "guarantee_percent" else Decimal(1)
    ratio = [
        None if v is None else v.number / 100 if isinstance(v, Percent) else v if in_ratios else v / 100 for v in values
    ]
    return [None if v is None else float(v * factor) for v in ratio]


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
