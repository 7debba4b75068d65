"""Reads a workbook or a CSV file, guarded; to be called inside the child process."""

import io
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from app.jobs import Job
from app.refusals import Refused
from app.spreadsheets import ahead, child, guard
from app.spreadsheets.ahead import Loading
from app.spreadsheets.guard import Inspection
from app.spreadsheets.scan import Scan
from app.spreadsheets.text_tables import read_text_table
from exposures.cells import Sheet, Workbook
from exposures.coded import Coded, CodedRows, Coding
from exposures.issues import Issue, Rule, Severity

#: Rows that are held as rows at one time: what they are made of fits the processor's cache (a third of the time).
_ROWS = 512
#: Rows between two reports.
_TOLD = 20_000
#: Rows that are held so at first.
_HEAD = 64
#: What every program writes and nobody needs to be told of.
_PLAIN = {"encoding": "UTF-8", "delimiter": ",", "decimal_mark": "."}


def read_workbook(path: Path, job: Job, password: str | None = None) -> Workbook:
    """Every sheet of the file, after `guard.inspect` let it pass; raises Refused or Misused (no such file)."""
    job.report("inspect", 0, 1)
    inspection = guard.inspect(path, password)
    child.guarded()
    job.report("inspect", 1, 1)
    if inspection.kind == "csv":
        child.allow_rows(path.stat().st_size // 100)
        sheet, note = read_text_table(path)
        plain = dict(note.values) == _PLAIN
        return Workbook((sheet,), "csv", () if plain else (note,))
    child.allow_rows(inspection.rows)
    try:
        book = _open(path, inspection)
        sheets = []
        notes = list(inspection.notes)
        told = _Told(job, sum(scan.last_row for scan in inspection.scans))
        for name, scan in zip(_names(path, book, inspection), inspection.scans, strict=True):
            sheet, blanks = _sheet(path, book, name, scan, told)
            sheets.append(replace(sheet, since_1904=any(note.rule is Rule.DATES_FROM_1904 for note in notes)))
            if blanks > 0:
                notes.append(Issue(scan.name, "", Rule.BLANK_TEXTS, Severity.INFO, values={"count": blanks}))
        told.end()
    except PasswordError:
        raise Refused("importing.unknown_encryption", file=path.name, error="") from None
    except (CalamineError, OSError, ValueError) as error:
        raise Refused("importing.damaged", file=path.name, error=str(error)) from None
    return Workbook(tuple(sheets), inspection.kind, tuple(notes))


class _Told:
    """How many rows of all sheets were read, told every so often; a cancel is heard as often."""

    def __init__(self, job: Job, whole: int) -> None:
        self._job, self._whole, self._done, self._said = job, max(whole, 1), 0, 0
        job.report("read", 0, self._whole)

    def more(self, rows: int) -> None:
        """So many more."""
        self._done += rows
        if self._done >= self._said + _TOLD and self._done < self._whole:
            self._job.report("read", self._done, self._whole)
            self._said = self._done

    def end(self) -> None:
        """All of them."""
        self._job.report("read", self._whole, self._whole)


def _open(path: Path, inspection: Inspection) -> CalamineWorkbook | Loading:
    if (begun := ahead.taken(path)) is not None:
        return begun
    if inspection.content is not None:
        return CalamineWorkbook.from_filelike(io.BytesIO(inspection.content))
    return CalamineWorkbook.from_path(str(path))


def _names(path: Path, book: CalamineWorkbook | Loading, inspection: Inspection) -> list[str]:
    """What the reader calls each scanned sheet: its name; in old workbooks, whose names have a code page, its place."""
    if inspection.kind != "xls":
        return [scan.name for scan in inspection.scans]
    names = [sheet.name for sheet in book.sheets_metadata]
    if len(names) != len(inspection.scans):
        error = f"{len(names)} / {len(inspection.scans)}"
        raise Refused("importing.damaged", file=path.name, error=error)
    return names


def _sheet(path: Path, book: CalamineWorkbook | Loading, name: str, scan: Scan, told: _Told) -> tuple[Sheet, int]:
    """One sheet's values beside what the scan saw of it, and how many texts were blank.

    Refuses where reader and scan disagree on the extent.
    """
    columns: list[Coded] = []
    if scan.cells and name in book.sheet_names:
        columns = _columns(book.get_sheet_by_name(name), told)
    elif scan.cells:
        raise Refused("importing.damaged", file=path.name, error=name)
    last = max((int(np.flatnonzero(column.filled)[-1]) + 1 for column in columns if column.filled.any()), default=0)
    if last > scan.last_row:
        raise Refused("importing.damaged", file=path.name, error=f"{name}: {last} > {scan.last_row}")
    columns = [_of_height(column, scan.last_row) for column in columns]
    for (row, place), _ in scan.errors:
        if place < len(columns):
            columns[place].codes[row - 1] = -1
    blanks = 0
    if scan.valued:
        blanks = scan.valued - len(scan.errors) - sum(int(column.filled.sum()) for column in columns)
    return Sheet(
        name=name,
        rows=CodedRows(columns, scan.last_row),
        visible=scan.visible,
        errors=dict(scan.errors),
        uncached=scan.uncached,
        hidden_rows=scan.hidden_rows,
        hidden_columns=scan.hidden_columns,
        merged=scan.merged,
    ), blanks


def _columns(sheet: CalamineSheet, told: _Told) -> list[Coded]:
    """A sheet by columns, some rows at a time: what they hold is looked at while it is near, and then let go."""
    columns: list[Coding] = []
    rows = sheet.iter_rows()
    held = list(islice(rows, _HEAD))  # titles and headers stand above columns of numbers
    while held:
        told.more(len(held))
        columns = columns or [Coding() for _ in held[0]]
        for column, cells in zip(columns, zip(*held, strict=True), strict=True):
            column.add(cells)
        held = list(islice(rows, _ROWS))
    found = [column.column() for column in columns]
    height = len(found[0].codes) if found else 0
    blank = Coded(np.full(height, -1, dtype=np.int32), np.empty(0, dtype=object))
    return [blank] * (sheet.start or (0, 0))[1] + found  # its rows begin where its first cell's column does


def _of_height(column: Coded, count: int) -> Coded:
    """The column with so many rows: blank ones are added, or taken away."""
    missing = np.full(max(0, count - len(column.codes)), -1, dtype=np.int32)
    return Coded(np.concatenate([column.codes[:count], missing]), column.values)
