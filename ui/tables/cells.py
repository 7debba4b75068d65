"""What a cell's value is: as an array, in which order, as Python knows it, and as text."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np

from app.wording import formats
from ui.marks import severity_word
from ui.tables.column import NUMERIC, SEVERITIES, Column, Kind

MISSING = "–"
RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}


def array_of(kind: Kind | None, values: Sequence[Any] | np.ndarray) -> np.ndarray:
    """The values as an array of their kind: floats with NaN, days with NaT, or objects with None."""
    if isinstance(values, np.ndarray) and values.dtype != object:
        return values.astype("datetime64[D]") if kind is Kind.DATE else values
    values = list(values)
    if kind is Kind.DATE:
        return np.array([np.datetime64("NaT") if v is None else np.datetime64(v, "D") for v in values], "datetime64[D]")
    if (kind in NUMERIC or kind is Kind.BAR) and all(v is None or isinstance(v, int | float) for v in values):
        return np.array([np.nan if v is None else v for v in values], float)
    out = np.empty(len(values), object)
    out[:] = values
    return out


def sort_keys(values: np.ndarray, kind: Kind | None) -> np.ndarray:
    """Numbers that sort the values: numbers never as text, NaN for what is missing."""
    if values.dtype.kind == "M":
        days = values.astype("datetime64[D]").astype(float)
        return np.where(np.isnat(values), np.nan, days)
    if values.dtype.kind in "iufb":
        return values.astype(float) if values.dtype.kind != "i" else values
    if kind is Kind.SEVERITY or kind is Kind.TICK:
        return np.array([RANK.get(v, len(RANK)) for v in values], float)
    if kind in NUMERIC or kind is Kind.BAR:
        # a word in place of a number ("no source") is a missing number
        return np.array([np.nan if v is None or isinstance(v, str) else float(v) for v in values], float)
    if kind is Kind.SPARK:
        return np.array([np.nan if v is None or len(v) == 0 else float(v[-1]) for v in values], float)
    texts = np.array(["" if v is None else str(v).casefold() for v in values], dtype=object)
    __, codes = np.unique(texts, return_inverse=True)
    return np.where(texts == "", np.nan, codes.astype(float))


def day_of(column: Column) -> Callable[[date], str]:
    """How a column writes a day."""
    return formats.short_day if column.short_date else formats.day


def plain(value: Any) -> Any:
    """A value of an array as Python knows it; None where it is missing."""
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else value.astype("datetime64[D]").astype(date)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and value != value:
        return None
    return value


def text_of(column: Column, value: Any, word: str) -> str:
    """A cell as it is shown; `word` is the one that stands beside a mark where it differs from the severity's own."""
    if column.kind in (Kind.SEVERITY, Kind.TICK):
        return word or severity_word(value or "")
    if column.kind is Kind.SPARK:
        return ""
    if value is None:
        return "" if column.kind is Kind.LINK else MISSING
    if isinstance(value, str):
        return value
    if column.kind is Kind.BAR:
        return formats.percent(value, column.decimals)
    if isinstance(value, date):
        return day_of(column)(value)
    if column.kind in NUMERIC:
        return formats.number(value, column.decimals, sign=column.sign)
    return str(value)
