"""Writes a file's sheets again with the faulty cells marked, to be sent back to who made it; each cell in its place."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from app.jobs import Job
from app.refusals import Misused
from app.spreadsheets.cell_text import clean, sheet_name
from app.spreadsheets.reading import read_workbook
from exposures.cells import Place, Sheet, address

_FILLS = {
    "error": PatternFill("solid", fgColor="F4B6AE"),
    "warning": PatternFill("solid", fgColor="FBE3A6"),
}
_LONGEST_NOTE = 900


@dataclass(frozen=True, slots=True)
class Mark:
    """What is wrong with a cell: how serious (error, warning), and in words."""

    severity: str
    text: str


def mark_faults(
    source: Path,
    target: Path,
    sheet: str,
    marks: Mapping[str, Mapping[str, Sequence[Mark]]],
    heads: Sequence[str],
    password: str | None,
    job: Job,
) -> int:
    """In the child: read `source` again and write its `sheet`, and every other with `marks`; the cells marked.

    `marks` are by sheet and address. A last sheet lists them under `heads` (cell, severity, value, what is wrong),
    those of other sheets as Sheet!A1. Errors of the reader as always; Misused book.same_file where target is source.
    """
    if target.exists() and target.samefile(source):
        raise Misused("book.same_file", file=str(target))
    workbook = read_workbook(source, job, password)
    main = workbook.sheet(sheet) or workbook.sheets[0]
    made = Workbook(write_only=True)
    listed: list[list[Any]] = []
    job.report("storing", 0, 1)
    taken: set[str] = set()
    for found in (main, *(one for one in workbook.sheets if one is not main and marks.get(one.name))):
        copy = made.create_sheet(sheet_name(found.name, taken))
        before = "" if found is main else f"{found.name}!"
        listed += [[before + cell, *rest] for cell, *rest in _copied(copy, found, marks.get(found.name, {}))]
        job.check()
    table = made.create_sheet(sheet_name("Issues", taken))
    table.append([_bold(table, text) for text in heads])
    for entry in listed:
        table.append([_cell(table, value) for value in entry])
    draft = target.with_name(f".{target.name}.part")
    try:
        made.save(draft)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return len({entry[0] for entry in listed})


def _copied(copy: Any, found: Sheet, marks: Mapping[str, Sequence[Mark]]) -> list[list[Any]]:
    """Write one sheet; every mark with its cell."""
    listed: list[list[Any]] = []
    last = max((int("".join(c for c in cell if c.isdigit())) for cell in marks), default=0)
    for number in range(1, max(len(found.rows), last) + 1):
        row = list(found.rows[number - 1]) if number <= len(found.rows) else []
        cells = []
        width = max([len(row), *(column + 1 for place in found.errors if (column := place[1]) and place[0] == number)])
        for column in range(width):
            value = row[column] if column < len(row) else None
            cell = _cell(copy, _shown(value, (number, column), found.errors))
            if wrong := marks.get(address(number, column)):
                cell.fill = _FILLS["error" if any(mark.severity == "error" for mark in wrong) else "warning"]
                cell.comment = Comment("\n".join(clean(mark.text) for mark in wrong)[:_LONGEST_NOTE], "Tidewatch")
                listed += [[address(number, column), mark.severity, cell.value, clean(mark.text)] for mark in wrong]
            cells.append(cell)
        copy.append(cells)
    return listed


def _shown(value: Any, place: Place, errors: Mapping[Place, str]) -> Any:
    return errors.get(place, value)


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, clean(value))
        cell.data_type = "s"  # "=1+1" is a text here, never a formula
        return cell
    if isinstance(value, date | datetime | time | bool | int | float) or value is None:
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, date) and not isinstance(value, datetime):
            cell.number_format = "yyyy-mm-dd"
        return cell
    return WriteOnlyCell(sheet, str(value))


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell
