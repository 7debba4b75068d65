"""A table as a sheet of a finished workbook."""

from collections.abc import Sequence
from pathlib import Path

from app.i18n import gettext as _
from app.spreadsheets import workbook
from app.spreadsheets.workbook import ColumnKind, SheetContent, SheetTable
from ui.tables import plain
from ui.tables.column import Column, Kind
from ui.tables.copying import table
from ui.tables.model import TableModel


def sheet_kind(column: Column) -> ColumnKind:
    """How a column of a table is written into a workbook."""
    if column.kind is Kind.DATE:
        return ColumnKind.DATE
    if column.kind is Kind.BAR:
        return ColumnKind.PERCENT
    if column.right:
        return ColumnKind.MONEY if column.decimals else ColumnKind.COUNT
    return ColumnKind.TEXT


def sheet(
    model: TableModel, name: str, title: str, *, answer: str = "", facts: Sequence[tuple[str, str]] = ()
) -> SheetContent:
    """The rows as shown (every column, also those without room on the screen) with their totals."""
    _headers, rows = table(model)
    heads: list[workbook.Column] = []
    for column in model.columns:
        if column.kind is Kind.SPARK:
            continue
        kind = sheet_kind(column)
        heads.append(workbook.Column(column.heading, kind))
        if column.kind is Kind.TWO_LINE:
            heads.append(workbook.Column("", ColumnKind.TEXT))
    totals = {}
    if model.totals is not None:
        totals = {place: value for place, value in enumerate(rows.pop()) if value is not None}
    return SheetContent(name, title, answer, facts, (SheetTable(heads, rows, totals=totals),))


def write(place: Path, sheets: Sequence[SheetContent], *, sample: bool) -> tuple[str, ...]:
    """Write the workbook, or a CSV file where the name ends so; the notes name texts that lost characters.

    Raises OSError where it cannot be written.
    """
    if place.suffix.lower() == plain.SUFFIX:
        plain.write_csv(place, sheets, mark=_("SAMPLE") if sample else "")
        return ()
    return workbook.write_workbook(
        place,
        sheets,
        mark=_("SAMPLE") if sample else "",
        page_text=_("Page {page} of {pages}").format(page="&P", pages="&N"),
    )
