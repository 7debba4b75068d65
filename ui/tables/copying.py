"""A table as text for a spreadsheet: tab-separated, headers with units, plain numbers, ISO dates."""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from ui.tables.column import Column, Kind
from ui.tables.model import TableModel


def cell(model: TableModel, row: int, column: Column) -> Any:
    """A cell's value for another program: a number, a date, a text; None where it is missing."""
    value = model.value(row, column.id)
    if column.kind in (Kind.SEVERITY, Kind.TICK):
        return model.text(row, column) or None
    if column.kind is Kind.SPARK:
        return None
    return value


def written(value: Any, column: Column) -> str:
    """A value as a spreadsheet reads it back: no thousands separators, a plain minus, ISO dates."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float | Decimal):
        return format(value, f".{column.decimals}f")
    # a text that another program would take for a formula is kept a text
    text = str(value).replace("\t", " ").replace("\r", " ").replace("\n", " ")
    return f"'{text}" if isinstance(value, str) and text[:1] in ("=", "+", "@", "-") and len(text) > 1 else text


def table(model: TableModel, places: np.ndarray | None = None) -> tuple[list[str], list[list[Any]]]:
    """Headers and rows as shown (every column, also those for which the screen has no room), totals last.

    With `places` only those rows, by their places in the arrays as loaded, without the totals.
    """
    columns = [column for column in model.columns if column.kind is not Kind.SPARK]
    headers: list[str] = []
    parts: list[list[Any]] = []
    for column in columns:
        headers.append(column.heading)
        parts.append(model.values(column, model.order if places is None else places))
        if column.kind is Kind.TWO_LINE:
            headers.append("")
            parts.append(model.values(column, model.order if places is None else places, column.detail))
    rows = [list(row) for row in zip(*parts, strict=True)]
    if places is None and model.totals is not None:
        rows.append([value for column in columns for value in _totals(model, column)])
    return headers, rows


def _totals(model: TableModel, column: Column) -> list[Any]:
    value = cell(model, model.total_row, column)
    return [value, model.value(model.total_row, column.detail)] if column.kind is Kind.TWO_LINE else [value]


def as_text(model: TableModel, title: str, context: str = "", places: np.ndarray | None = None) -> str:
    """The table with its title and what it says of itself (dates, source), a line a row; `places` as in `table`."""
    columns = [column for column in model.columns if column.kind is not Kind.SPARK]
    spread = [c for column in columns for c in ([column, column] if column.kind is Kind.TWO_LINE else [column])]
    headers, rows = table(model, places)
    lines = [title, *([context] if context else []), "\t".join(headers)]
    lines += ["\t".join(written(v, column) for v, column in zip(row, spread, strict=True)) for row in rows]
    return "\n".join(lines) + "\n"
