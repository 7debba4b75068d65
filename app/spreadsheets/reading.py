"""Reads a workbook or a CSV file, guarded; to be called inside the child process."""

from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from app.jobs import Job
from app.refusals import Refused
from app.spreadsheets import child, guard
from app.spreadsheets.scan import Scan
from app.spreadsheets.text_tables import read_text_table
from exposures.cells import Sheet, Workbook


def read_workbook(path: Path, job: Job) -> Workbook:
    """Every sheet of the file, after `guard.inspect` let it pass; raises Refused or Misused (no such file)."""
    job.report("inspect", 0, 1)
    inspection = guard.inspect(path)
    job.report("inspect", 1, 1)
    if inspection.kind == "csv":
        child.allow_rows(path.stat().st_size // 100)
        return Workbook((read_text_table(path),), "csv")
    child.allow_rows(inspection.rows)
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = []
        for number, scan in enumerate(inspection.scans):
            job.report("read", number, len(inspection.scans))
            sheets.append(_sheet(path, book, scan))
        job.report("read", len(sheets), len(sheets))
    except PasswordError:
        raise Refused("importing.encrypted", file=path.name) from None
    except (CalamineError, OSError, ValueError) as error:
        raise Refused("importing.damaged", file=path.name, error=str(error)) from None
    return Workbook(tuple(sheets), inspection.kind, inspection.notes)


def _sheet(path: Path, book: CalamineWorkbook, scan: Scan) -> Sheet:
    """One sheet's values beside what the scan saw of it; refuses where the two disagree on the extent."""
    values: list[list[Any]] = []
    if scan.cells and scan.name in book.sheet_names:
        values = book.get_sheet_by_name(scan.name).to_python(skip_empty_area=False)
    elif scan.cells:
        raise Refused("importing.damaged", file=path.name, error=scan.name)
    if len(values) > max(scan.last_row, 1):
        raise Refused("importing.damaged", file=path.name, error=f"{scan.name}: {len(values)} > {scan.last_row}")
    return Sheet(
        name=scan.name,
        rows=[[None if value == "" or _is_space(value) else value for value in row] for row in values]
        + [[] for _ in range(scan.last_row - len(values))],
        visible=scan.visible,
        errors=dict(scan.errors),
        uncached=scan.uncached,
        hidden_rows=scan.hidden_rows,
        hidden_columns=scan.hidden_columns,
        merged=scan.merged,
    )


def _is_space(value: Any) -> bool:
    return isinstance(value, str) and value.isspace()
