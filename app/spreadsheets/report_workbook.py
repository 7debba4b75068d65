"""A report as a workbook: a sheet with the cover and the day's answers, then one for each section."""

from pathlib import Path

from app.i18n import gettext as _
from app.spreadsheets.workbook import Column, ColumnKind, SheetContent, SheetTable, write_workbook
from app.wording.formats import currency
from app.wording.report import document as words
from app.wording.report.document import Cell, Document, Kind, Marked, Section, Table

_KINDS = {
    Kind.TEXT: ColumnKind.TEXT,
    Kind.LONG: ColumnKind.WRAPPED,
    Kind.FIGURE: ColumnKind.FIGURE,
    Kind.MONEY: ColumnKind.MONEY,
    Kind.COUNT: ColumnKind.COUNT,
    Kind.PERCENT: ColumnKind.PERCENT,
    Kind.DATE: ColumnKind.DATE,
}


def write(path: Path, document: Document) -> tuple[str, ...]:
    """Write the report; returns the cells whose text lost characters. Raises OSError.

    A sheet says what the report's page says; where the page has a chart, the sheet has the date of its data. A part
    of nothing but charts has no sheet.
    """
    first, *rest = document.sections
    cover = SheetContent(
        first.title,
        f"{document.title} {document.day}",
        first.answer,
        [*document.facts, (_("Data"), document.dates), *_meaning(document)],
        [_table(table) for table in first.tables],
    )
    sheets = [cover, *(_sheet(section) for section in rest if section.tables or not section.charts)]
    page_text = _("Page {page} of {pages}").format(page="&P", pages="&N")
    return write_workbook(path, sheets, mark=document.mark, page_text=page_text)


def _meaning(document: Document) -> list[tuple[str, str]]:
    return [(document.mark, document.mark_meaning)] if document.mark else []


def _sheet(section: Section) -> SheetContent:
    notes = [(chart.title, chart.note) for chart in section.charts if chart.note]
    return SheetContent(
        section.title, section.title, section.answer, [*section.facts, *notes], [_table(one) for one in section.tables]
    )


def _table(table: Table) -> SheetTable:
    rows = [[_value(cell) for cell in row] for row in table.rows]
    columns = [_column(column) for column in table.columns]
    if not rows and table.empty:
        rows = [[table.empty, *[None] * (len(columns) - 1)]]
    totals = {place: _value(cell) for place, cell in table.totals.items()}
    return SheetTable(columns, rows, table.heading, totals)


def _column(column: words.Column) -> Column:
    header = column.header
    if column.kind is Kind.MONEY:
        header = _("{amount}, {currency}").format(amount=header, currency=currency(column.currency))
    return Column(header, _KINDS[column.kind])


def _value(cell: Cell) -> Cell:
    return cell.text if isinstance(cell, Marked) else cell
