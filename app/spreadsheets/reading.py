"""Reads a workbook or a CSV file, guarded; to be called inside the child process."""

import io
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from app.jobs import Job
from app.refusals import Refused
from app.spreadsheets import child, guard
from app.spreadsheets.guard import Inspection
from app.spreadsheets.scan import Scan
from app.spreadsheets.text_tables import read_text_table
from exposures.cells import Sheet, Workbook
from exposures.issues import Issue, Rule, Severity

#: What every program writes and nobody needs to be told of.
_PLAIN = {"encoding": "UTF-8", "delimiter": ",", "decimal_mark": "."}


def read_workbook(path: Path, job: Job, password: str | None = None) -> Workbook:
    """Every sheet of the file, after `guard.inspect` let it pass; raises Refused or Misused (no such file)."""
    job.report("inspect", 0, 1)
    inspection = guard.inspect(path, password)
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
        for number, (name, scan) in enumerate(zip(_names(path, book, inspection), inspection.scans, strict=True)):
            job.report("read", number, len(inspection.scans))
            sheet, blanks = _sheet(path, book, name, scan)
            sheets.append(sheet)
            if blanks > 0:
                notes.append(Issue(scan.name, "", Rule.BLANK_TEXTS, Severity.INFO, values={"count": blanks}))
        job.report("read", len(sheets), len(sheets))
    except PasswordError:
        raise Refused("importing.unknown_encryption", file=path.name, error="") from None
    except (CalamineError, OSError, ValueError) as error:
        raise Refused("importing.damaged", file=path.name, error=str(error)) from None
    return Workbook(tuple(sheets), inspection.kind, tuple(notes))


def _open(path: Path, inspection: Inspection) -> CalamineWorkbook:
    if inspection.content is not None:
        return CalamineWorkbook.from_filelike(io.BytesIO(inspection.content))
    return CalamineWorkbook.from_path(str(path))


def _names(path: Path, book: CalamineWorkbook, inspection: Inspection) -> list[str]:
    """What the reader calls each scanned sheet: its name; in old workbooks, whose names have a code page, its place."""
    if inspection.kind != "xls":
        return [scan.name for scan in inspection.scans]
    names = [sheet.name for sheet in book.sheets_metadata]
    if len(names) != len(inspection.scans):
        error = f"{len(names)} / {len(inspection.scans)}"
        raise Refused("importing.damaged", file=path.name, error=error)
    return names


def _sheet(path: Path, book: CalamineWorkbook, name: str, scan: Scan) -> tuple[Sheet, int]:
    """One sheet's values beside what the scan saw of it, and how many texts were blank.

    Refuses where reader and scan disagree on the extent.
    """
    values: list[list[Any]] = []
    if scan.cells and name in book.sheet_names:
        values = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    elif scan.cells:
        raise Refused("importing.damaged", file=path.name, error=name)
    rows = [[None if v.__class__ is str and (not v or v.isspace()) else v for v in row] for row in values]
    while len(rows) > scan.last_row and not any(value is not None for value in rows[-1]):
        rows.pop()  # formats without content
    if len(rows) > scan.last_row:
        raise Refused("importing.damaged", file=path.name, error=f"{name}: {len(rows)} > {scan.last_row}")
    for (row, column), _ in scan.errors:
        if row <= len(rows) and column < len(rows[row - 1]):
            rows[row - 1][column] = None
    rows += [[] for _ in range(scan.last_row - len(rows))]
    blanks = 0
    if scan.valued:
        blanks = scan.valued - len(scan.errors) - sum(len(row) - row.count(None) for row in rows)
    return Sheet(
        name=name,
        rows=rows,
        visible=scan.visible,
        errors=dict(scan.errors),
        uncached=scan.uncached,
        hidden_rows=scan.hidden_rows,
        hidden_columns=scan.hidden_columns,
        merged=scan.merged,
    ), blanks
