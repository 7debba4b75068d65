"""Large tables as they are stored, one sheet each, written row by row: for other programs and for looking things up."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.spreadsheets.cell_text import clean, sheet_name
from app.spreadsheets.sheet_rows import CellStyles, Kept, day_style, save, texts

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
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.creator, workbook.properties.title = "Tidewatch", title
    taken: set[str] = set()
    changed: set[str] = set()
    draft = path.with_name(f".{path.name}.part")
    with TemporaryDirectory() as folder:
        kept: dict[Worksheet, list[Kept]] = {}
        for table in tables:
            rows = iter(table.rows)
            begun = False
            while (first := next(rows, None)) is not None or not begun:
                sheet, begun = _begin(workbook, table, taken), True
                held = Path(folder) / f"{len(kept)}.xml"
                some = chain([] if first is None else [first], islice(rows, MOST_ROWS - 1))
                style = CellStyles(0, 0, day=day_style(sheet))
                values = _values(some, sheet.title, changed)
                with held.open("wb") as out:
                    for piece in texts(values, 2, [style] * len(table.headers)):
                        out.write(piece.encode())
                kept[sheet] = [Kept(2, held, check)]
        check()
        try:
            save(workbook, draft, kept)
            check()
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    return tuple(sorted(changed))


def _begin(workbook: Workbook, table: PlainTable, taken: set[str]) -> Worksheet:
    sheet = workbook.create_sheet(sheet_name(table.name, taken))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(table.headers)))}1"
    for place, header in enumerate(table.headers, 1):
        cell = sheet.cell(1, place, clean(header))
        cell.data_type = "s"  # a header that begins with "=" is no formula
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = max(11.0, len(header) + 3.0)
    return sheet


def _values(rows: Iterable[Sequence[Any]], sheet: str, changed: set[str]) -> Iterator[list[Any]]:
    """The rows as a workbook can hold them; `sheet` is added to `changed` where a text loses something."""
    for row in rows:
        values: list[Any] = []
        for value in row:
            if isinstance(value, str):
                if sheet not in changed and clean(value) != value:
                    changed.add(sheet)
            elif isinstance(value, int):
                value = value if abs(value) < _EXACT else str(value)
            elif isinstance(value, Decimal):
                value = float(value)
            values.append(value)
        yield values
