"""Rows of a table as the text of their sheet: openpyxl makes what stands round them, and nothing makes a cell.

A sheet of a hundred thousand rows has millions of cells; as openpyxl's objects they take five times as long as their
text, and the memory of all of them at once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.compat import NUMERIC_TYPES
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from app.spreadsheets.cell_text import clean, lines_in

#: Rows that are written in one piece.
_PIECE = 500
#: A sheet of more cells may pass two gigabytes before it is packed.
_MANY_CELLS = 8_000_000
_MANY_BYTES = 2**30
#: So much of kept rows is read at once.
_READ = 2**20


@dataclass(frozen=True, slots=True)
class CellStyles:
    """The styles of a column's cells by openpyxl's numbers: of texts, of anything else; `width` where texts wrap, `day`
    where days have a style of their own.
    """

    text: int
    other: int
    width: Callable[[], int] | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of values from row `first` of a sheet on, which are its own: it holds no cell there."""

    first: int
    values: Sequence[Sequence[Any]]
    styles: Sequence[CellStyles]

    @property
    def many(self) -> bool:
        """Whether they may pass two gigabytes."""
        return len(self.values) * len(self.styles) > _MANY_CELLS

    def pieces(self) -> Iterator[bytes]:
        """Their text, piece by piece."""
        return (piece.encode() for piece in texts(self.values, self.first, self.styles))

    def losing(self) -> Iterator[str]:
        """The cells whose text loses something, like "A7"."""
        for number, values in enumerate(self.values, start=self.first):
            for place, value in enumerate(values, start=1):
                if isinstance(value, str) and clean(value) != value:
                    yield f"{get_column_letter(place)}{number}"


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows that have been written into a file, for whoever does not know beforehand how many there are; `check` may
    raise between two pieces.
    """

    first: int
    path: Path
    check: Callable[[], None]

    @property
    def many(self) -> bool:
        """Whether they may pass two gigabytes."""
        return self.path.stat().st_size > _MANY_BYTES

    def pieces(self) -> Iterator[bytes]:
        """Their text, piece by piece."""
        with self.path.open("rb") as held:
            while piece := held.read(_READ):
                self.check()
                yield piece


def day_style(sheet: Worksheet) -> int:
    """The number of the style of a day, "2026-05-22", in the sheet's workbook."""
    cell = Cell(sheet, 1, 1)
    cell.number_format = "yyyy-mm-dd"
    found: int = cell.style_id
    return found


def save(workbook: Workbook, path: Path, rows: Mapping[Worksheet, Sequence[Rows | Kept]]) -> None:
    """Save the workbook with these rows in its sheets; they are asked for while they are written. Raises OSError,
    TypeError or ValueError for what no cell can hold.
    """
    with ZipFile(path, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        _Writer(workbook, archive, rows).save()


class _Writer(ExcelWriter):  # type: ignore[misc]  # openpyxl has no types
    """openpyxl's writer, which puts rows into a sheet where these belong."""

    def __init__(self, workbook: Workbook, archive: ZipFile, rows: Mapping[Worksheet, Sequence[Rows | Kept]]) -> None:
        super().__init__(workbook, archive)
        self._rows = rows

    def write_worksheet(self, sheet: Worksheet) -> None:
        if not self._rows.get(sheet):
            super().write_worksheet(sheet)
            return
        for part in self._rows[sheet]:
            sheet.row_dimensions[part.first].height = None  # an empty row of that number, which marks the place
        writer = WorksheetWriter(sheet)
        writer.write()
        sheet._rels = writer._rels
        whole = Path(writer.out).read_bytes()
        many = any(part.many for part in self._rows[sheet])
        with self._archive.open(sheet.path[1:], "w", force_zip64=many) as out:
            for part in self._rows[sheet]:
                before, whole = _split(whole, part.first)
                out.write(before)
                for piece in part.pieces():
                    out.write(piece)
            out.write(whole)
        self.manifest.append(sheet)
        writer.cleanup()


def _split(sheet: bytes, row: int) -> tuple[bytes, bytes]:
    """What stands before and after the empty row of that number."""
    before, _, rest = sheet.partition(f'<row r="{row}"'.encode())
    opening, _, after = rest.partition(b">")
    return before, after if opening.endswith(b"/") else after.removeprefix(b"</row>")


def texts(rows: Iterable[Sequence[Any]], first: int, styles: Sequence[CellStyles]) -> Iterator[str]:
    """The text of rows from row `first` on, some hundred at a time. Raises TypeError or ValueError for what no cell can
    hold.
    """
    letters = [get_column_letter(place + 1) for place in range(len(styles))]
    columns = [
        (
            f'<c r="{letter}',
            f'" s="{style.text}" t="inlineStr">',
            f'" s="{style.text}"/>',
            f'" s="{style.other}"/>',
            f'" s="{style.other}" t="n"><v>',
            f'" s="{style.other}" t="b"><v>',
            f'" s="{style.other if style.day is None else style.day}" t="n"><v>',
            style.width() if style.width else 0,
        )
        for letter, style in zip(letters, styles, strict=True)
    ]
    numbered = enumerate(rows, start=first)
    while piece := "".join(_row(number, values, columns) for number, values in islice(numbered, _PIECE)):
        yield piece


def _row(number: int, values: Sequence[Any], columns: Sequence[tuple[str, str, str, str, str, str, str, int]]) -> str:
    cells = []
    lines = 1
    for (cell, text, no_text, empty, plain, truth, day, width), value in zip(columns, values, strict=True):
        if isinstance(value, str):
            inner = _inner(value)
            cells.append(f"{cell}{number}{text}{inner}</c>" if inner else f"{cell}{number}{no_text}")
            if width:
                lines = max(lines, lines_in(clean(value), width))
        elif value is None:
            cells.append(f"{cell}{number}{empty}")
        elif isinstance(value, bool):
            cells.append(f"{cell}{number}{truth}{int(value)}</v></c>")
        elif isinstance(value, NUMERIC_TYPES):
            # As openpyxl writes it: what is no number is an empty cell.
            cells.append(
                f"{cell}{number}{plain}{float(value):.16g}</v></c>" if isfinite(value) else f"{cell}{number}{empty}"
            )
        else:
            cells.append(f"{cell}{number}{day}{_serial(value)}</v></c>")
    height = f' ht="{13.5 * lines + 2}" customHeight="1"' if lines > 1 else ""
    return f'<row r="{number}"{height}>{"".join(cells)}</row>'


@lru_cache(maxsize=20_000)
def _inner(text: str) -> str:
    """A text inside its cell, which makes it a text whatever it begins with; "" for none."""
    held = clean(text)
    if not held:
        return ""
    kept = ' xml:space="preserve"' if held != held.strip() else ""
    return f"<is><t{kept}>{escape(held)}</t></is>"


@lru_cache(maxsize=20_000)
def _serial(day: Any) -> str:
    if isinstance(day, datetime):
        raise TypeError("an instant is written as words, in the reader's zone")
    if not isinstance(day, date):
        raise ValueError(f"no cell can hold {day!r}")
    return f"{to_excel(day):.16g}"
