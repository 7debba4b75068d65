"""A table as text for a spreadsheet: tab-separated, headers with units, plain numbers, ISO dates."""

from datetime import date
from decimal import Decimal
from typing import Any

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


def table(model: TableModel) -> tuple[list[str], list[list[Any]]]:
    """Headers and rows as shown (every column, also those for which the screen has no room), totals last."""
    columns = [column for column in model.columns if column.kind is not Kind.SPARK]
    headers, rows = [], []
    for column in columns:
        headers.append(column.heading)
        if column.kind is Kind.TWO_LINE:
            headers.append("")
    for row in range(model.rowCount() + (model.totals is not None)):
        line: list[Any] = []
        for column in columns:
            line.append(cell(model, row, column))
            if column.kind is Kind.TWO_LINE:
                line.append(model.value(row, column.detail))
        rows.append(line)
    return headers, rows


def as_text(model: TableModel, title: str, context: str = "") -> str:
    """The table with its title and what it says of itself (dates, source), a line a row."""
    columns = [column for column in model.columns if column.kind is not Kind.SPARK]
    spread = [c for column in columns for c in ([column, column] if column.kind is Kind.TWO_LINE else [column])]
    headers, rows = table(model)
    lines = [title, *([context] if context else []), "\t".join(headers)]
    lines += ["\t".join(written(v, column) for v, column in zip(row, spread, strict=True)) for row in rows]
    return "\n".join(lines) + "\n"
