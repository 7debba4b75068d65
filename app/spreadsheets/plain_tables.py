"""Large tables as they are stored, one sheet each, written row by row: for other programs and for looking things up."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from app.spreadsheets.cell_text import clean, sheet_name

#: Rows of one sheet, a little below what a workbook can hold; a longer table goes on in the next one.
MOST_ROWS = 1_000_000
#: Whole numbers beyond it are not exact in a workbook and are written as text.
_EXACT = 10**15


@dataclass(frozen=True)
class PlainTable:
    """A table: name, headers, and rows of text, numbers, dates, yes or no, or None."""

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write_tables(
    path: Path, tables: Iterable[PlainTable], *, title: str, check: Callable[[], None] = lambda: None
) -> tuple[str, ...]:
    """Write the workbook, whole or not at all; returns the names of sheets in which a text lost characters.

    `check` may raise until the file takes its place. Raises OSError where the file cannot be written.
    """
    workbook = Workbook(write_only=True)
    workbook.properties.creator, workbook.properties.title = "Tidewatch", title
    taken: set[str] = set()
    changed: set[str] = set()
    draft = path.with_name(f".{path.name}.part")
    try:
        for table in tables:
            _write(workbook, table, taken, changed)
        check()
        workbook.save(draft)
        check()
        os.replace(draft, path)
    except BaseException:
        _drop(workbook)
        raise
    finally:
        draft.unlink(missing_ok=True)
    return tuple(sorted(changed))


def _drop(workbook: Workbook) -> None:
    """Close the sheets and delete the files in which they were being written: they are as large as the workbook."""
    for sheet in workbook.worksheets:
        if isinstance(sheet, WriteOnlyWorksheet):
            sheet.close()
            held = sheet._writer.out
            if isinstance(held, str) and os.path.exists(held):
                sheet._writer.cleanup()


def _write(workbook: Workbook, table: PlainTable, taken: set[str], changed: set[str]) -> None:
    sheet = _begin(workbook, table, taken)
    written = 0
    for row in table.rows:
        if written == MOST_ROWS:
            sheet, written = _begin(workbook, table, taken), 0
        sheet.append([_cell(sheet, value, changed) for value in row])
        written += 1


def _begin(workbook: Workbook, table: PlainTable, taken: set[str]) -> WriteOnlyWorksheet:
    sheet = workbook.create_sheet(sheet_name(table.name, taken))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(table.headers)))}1"
    heads = []
    for place, header in enumerate(table.headers, 1):
        cell = WriteOnlyCell(sheet, clean(header))
        cell.font = Font(bold=True)
        heads.append(cell)
        sheet.column_dimensions[get_column_letter(place)].width = max(11.0, len(header) + 3.0)
    sheet.append(heads)
    return sheet


def _cell(sheet: WriteOnlyWorksheet, value: Any, changed: set[str]) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _EXACT:
        value = str(value)
    if isinstance(value, str):
        held = clean(value)
        if held != value:
            changed.add(sheet.title)
        if held[:1] not in ("=", "#"):
            return held
        cell = WriteOnlyCell(sheet, held)
        cell.data_type = "s"  # "=1+1" is a name here, never a formula, and "#N/A" no error
        return cell
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    return float(value) if isinstance(value, Decimal) else value
