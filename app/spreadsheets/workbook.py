"""Workbooks that leave the program looking finished: one place for title, styles, widths, print set-up and safety.

Every text is stored with an explicit string type, so that none becomes a formula or a link; characters that a
workbook cannot hold are taken out and noted. The file appears whole or not at all.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.spreadsheets.cell_text import clean, display_width, lines_in, sheet_name, widest
from app.spreadsheets.printing import set_up_print
from app.spreadsheets.sheet_rows import CellStyles, Rows, save

#: Of columns, in letters.
NARROWEST, WIDEST = 6.0, 60.0

# Colours of the visual system's light theme.
_INK, _MUTED, _LINE, _HEAD, _SUNKEN = "FF1A2733", "FF5B6B79", "FFC9D3DB", "FFE3EAF0", "FFF1F4F7"
_THIN = Side(style="thin", color=_LINE)
_FONT = "Calibri"


class ColumnKind(StrEnum):
    """What a column holds; it decides number format and alignment."""

    TEXT = "text"
    WRAPPED = "wrapped"
    FIGURE = "figure"  # a figure with its unit, as words
    MONEY = "money"  # major units, two decimals
    COUNT = "count"
    PERCENT = "percent"  # already in percent: 92 means 92 %
    DATE = "date"


_FORMATS = {
    ColumnKind.TEXT: "@",
    ColumnKind.WRAPPED: "@",
    ColumnKind.FIGURE: "@",
    ColumnKind.MONEY: "#,##0.00;\u2212#,##0.00;0.00",
    ColumnKind.COUNT: "#,##0;\u2212#,##0;0",
    ColumnKind.PERCENT: '#,##0.0" %";\u2212#,##0.0" %";0.0" %"',
    ColumnKind.DATE: "yyyy-mm-dd",
}
_RIGHT = (ColumnKind.MONEY, ColumnKind.COUNT, ColumnKind.PERCENT, ColumnKind.FIGURE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header (with the unit) and what it holds."""

    header: str
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table with an optional heading; `rows` hold None where nothing is known; `totals` are keyed by column."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    heading: str = ""
    totals: Mapping[int, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetContent:
    """One sheet: title, the sentence that answers it, facts (label, value), then tables one below the other.

    A sheet with one table gets a frozen header and filters; with several it is a page to read.
    """

    name: str
    title: str
    answer: str = ""
    facts: Sequence[tuple[str, str]] = ()
    tables: Sequence[SheetTable] = ()


def write_workbook(
    path: Path,
    sheets: Sequence[SheetContent],
    *,
    mark: str = "",
    page_text: str,
    finish: Callable[[Workbook], None] | None = None,
) -> tuple[str, ...]:
    """Write the sheets; returns notes "sheet!cell" of texts that lost characters or were too long.

    `finish` may add to the workbook before it is saved.
    `mark` (SAMPLE) stands in every title and print header; `page_text` is the footer with &P and &N for the numbers.
    Raises OSError where the file cannot be written.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)
    notes: list[str] = []
    taken: set[str] = set()
    rows: dict[Worksheet, list[Rows]] = {}
    for content in sheets:
        sheet = workbook.create_sheet(sheet_name(content.name, taken))
        writer = _Writer(sheet, notes, mark)
        writer.write(content)
        rows[sheet] = writer.rows
        set_up_print(sheet, clean(content.title), mark, page_text)
    if finish is not None:
        finish(workbook)
    # openpyxl stamps the file with the machine's clock; what the export says of time stands on its first sheet.
    workbook.properties.creator = "Tidewatch"
    draft = path.with_name(f".{path.name}.part")
    try:
        save(workbook, draft, rows)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return tuple(notes)


class _Writer:
    def __init__(self, sheet: Worksheet, notes: list[str], mark: str) -> None:
        self.sheet, self.notes, self.mark = sheet, notes, mark
        self.row = 0
        self.widths: dict[int, float] = {}
        self.wrapped: set[int] = set()
        self.styles: dict[tuple[ColumnKind, bool, bool], Any] = {}
        self.rows: list[Rows] = []

    def write(self, content: SheetContent) -> None:
        title = f"{content.title}    {self.mark}" if self.mark else content.title
        self._line(title, Font(name=_FONT, size=16, bold=True, color=_INK), height=24)
        if content.answer:
            self._line(content.answer, Font(name=_FONT, size=11, bold=True, color=_INK), height=18)
        if content.facts:
            self.row += 1
        for label, value in content.facts:
            self._fact(label, value)
        for table in content.tables:
            self.row += 1
            self._table(table, alone=len(content.tables) == 1)
        for column, width in self.widths.items():
            letter = get_column_letter(column)
            self.sheet.column_dimensions[letter].width = min(WIDEST, max(NARROWEST, width + 3.0))
        self._grow_rows()
        self.sheet.sheet_view.showGridLines = False

    def _line(self, text: str, font: Font, height: float) -> None:
        self.row += 1
        cell = self._put(1, text)
        cell.font = font
        cell.alignment = Alignment(vertical="center")
        self.sheet.row_dimensions[self.row].height = height

    def _fact(self, label: str, value: str) -> None:
        self.row += 1
        self._put(1, label).font = Font(name=_FONT, size=10, color=_MUTED)
        self._measure(1, label)
        cell = self._put(2, value)
        cell.font = Font(name=_FONT, size=10, color=_INK)

    def _table(self, table: SheetTable, *, alone: bool) -> None:
        if table.heading:
            self._line(table.heading, Font(name=_FONT, size=12, bold=True, color=_INK), height=20)
        self.row += 1
        head = self.row
        self.wrapped.add(head)
        for place, column in enumerate(table.columns, start=1):
            cell = self._put(place, column.header)
            cell.font = Font(name=_FONT, size=10, bold=True, color=_INK)
            cell.fill = PatternFill("solid", fgColor=_HEAD)
            cell.border = Border(bottom=_THIN)
            cell.alignment = _aligned(column.kind, vertical="center", wrap=True)
            self._measure(place, column.header, room=2 if alone else 0)
        self.sheet.row_dimensions[head].height = 20
        self._body(table)
        last = self.row
        if table.totals:
            self._values(table.columns, [table.totals.get(place) for place in range(len(table.columns))], total=True)
        if alone:
            self.sheet.freeze_panes = f"B{head + 1}"
            self.sheet.print_title_rows = f"{head}:{head}"
            if table.rows:
                self.sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(table.columns))}{last}"

    def _body(self, table: SheetTable) -> None:
        """The rows: all but the last are written as text when the workbook is saved."""
        if not table.rows:
            return
        *before, last = table.rows
        if before:
            first = self.row + 1
            self.row += len(before)
            styles = [self._styles(place, column.kind) for place, column in enumerate(table.columns, start=1)]
            self.rows.append(Rows(first, before, styles))
            self.notes += (f"{self.sheet.title}!{cell}" for cell in self.rows[-1].losing())
            for place, column in enumerate(table.columns):
                self._measure_all(place + 1, column.kind, [values[place] for values in before])
        self._values(table.columns, last)

    def _styles(self, place: int, kind: ColumnKind) -> CellStyles:
        """The styles of a column, from cells that stand nowhere; how wide it is, is known once all is measured."""
        found = []
        for numeric in (False, True):
            cell = Cell(self.sheet, row=1, column=1)
            self._style(cell, kind, numeric=numeric, total=False)
            found.append(cell.style_id)
        wraps = kind is ColumnKind.WRAPPED
        return CellStyles(found[0], found[1], (lambda: self._letters(place)) if wraps else None)

    def _letters(self, place: int) -> int:
        """How many letters stand in a line of a column."""
        return int(self.sheet.column_dimensions[get_column_letter(place)].width - 1.0)

    def _measure_all(self, place: int, kind: ColumnKind, values: Sequence[Any]) -> None:
        texts = {value for value in values if isinstance(value, str)}
        found = widest(texts)
        others = [value for value in values if value is not None and not isinstance(value, str)]
        if others and kind is ColumnKind.COUNT and not all(type(value) is int for value in others):
            found = max(found, *(display_width(_shown(value, kind)) for value in others))
        elif others:  # of numbers with as many decimals the least and the most are the longest
            found = max(found, *(display_width(_shown(value, kind)) for value in (min(others), max(others))))
        self.widths[place] = max(self.widths.get(place, 0.0), found)

    def _values(self, columns: Sequence[Column], values: Sequence[Any], *, total: bool = False) -> None:
        self.row += 1
        for place, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
            cell = self._put(place, value)
            if column.kind is ColumnKind.WRAPPED:
                self.wrapped.add(self.row)
            self._style(cell, column.kind, numeric=not isinstance(value, str), total=total)
            if value is not None:
                self._measure(place, _shown(value, column.kind))

    def _style(self, cell: Cell, kind: ColumnKind, *, numeric: bool, total: bool) -> None:
        """Style a value; every cell of a kind takes the style of the first, because making one costs far more."""
        known = self.styles.get((kind, numeric, total))
        if known is not None:
            cell._style = copy(known)  # openpyxl's own way of giving a cell another's style
            return
        cell.number_format = _FORMATS[kind if numeric else ColumnKind.TEXT]
        cell.font = Font(name=_FONT, size=10, bold=total, color=_INK)
        cell.border = Border(top=_THIN if total else None, bottom=_THIN)
        if total:
            cell.fill = PatternFill("solid", fgColor=_SUNKEN)
        cell.alignment = _aligned(kind, vertical="top", wrap=kind is ColumnKind.WRAPPED)
        self.styles[kind, numeric, total] = copy(cell._style)

    def _put(self, column: int, value: Any) -> Cell:
        cell = self.sheet.cell(self.row, column)
        if isinstance(value, str):
            held = clean(value)
            if held != value:
                self.notes.append(f"{self.sheet.title}!{cell.coordinate}")
            if held:
                cell.value = held
                # "=1+1" is a name here, never a formula.
                cell.data_type = "s"
        elif isinstance(value, datetime):
            raise TypeError("an instant is written as words, in the reader's zone")
        elif value is not None:
            cell.value = value
        return cell

    def _measure(self, column: int, text: str, room: int = 0) -> None:
        self.widths[column] = max(self.widths.get(column, 0.0), display_width(text) + room)

    def _grow_rows(self) -> None:
        """Give wrapped cells the height that their lines need; readers do not all do it by themselves."""
        for number in sorted(self.wrapped):
            row = self.sheet[number]
            wrapped = [cell for cell in row if isinstance(cell.value, str) and cell.alignment.wrap_text]
            lines = max((lines_in(cell.value, self._letters(cell.column)) for cell in wrapped), default=1)
            if lines > 1:
                self.sheet.row_dimensions[row[0].row].height = 13.5 * lines + 2


def _aligned(kind: ColumnKind, *, vertical: str, wrap: bool) -> Alignment:
    # The indent keeps a right-aligned figure away from the text that follows it.
    right = kind in _RIGHT
    return Alignment(horizontal="right" if right else "left", vertical=vertical, wrap_text=wrap, indent=int(right))


def _shown(value: Any, kind: ColumnKind) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if kind is ColumnKind.COUNT:
        return f"{value:,}"
    return f"{Decimal(value):,.1f} %" if kind is ColumnKind.PERCENT else f"{Decimal(value):,.2f}"
