"""The sheets of a page as one CSV file, and asking where and in which form a page is written."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.i18n import gettext as _
from app.spreadsheets.workbook import SheetContent

SUFFIX = ".csv"


def write_csv(place: Path, sheets: Sequence[SheetContent], *, mark: str = "") -> None:
    """Every sheet with its title, answer, facts and tables, an empty line between two (UTF-8 with a mark, for Excel).

    ISO dates and plain numbers; a text that another program would take for a formula stays a text. OSError where it
    cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for place_of, sheet in enumerate(sheets):
        if place_of:
            writer.writerow([])
        writer.writerow([_cell(" ".join(part for part in (sheet.title, mark) if part))])
        if sheet.answer:
            writer.writerow([_cell(sheet.answer)])
        writer.writerows([_cell(name), _cell(value)] for name, value in sheet.facts)
        for table in sheet.tables:
            if table.heading:
                writer.writerow([_cell(table.heading)])
            writer.writerow([_cell(column.header) for column in table.columns])
            writer.writerows([_cell(cell) for cell in row] for row in table.rows)
            if table.totals:
                writer.writerow([_cell(table.totals.get(at)) for at in range(len(table.columns))])
    place.write_text(text.getvalue(), "utf-8-sig")


def write_rows(place: Path, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A long table alone, row by row, whole or not at all; OSError where it cannot be written."""
    draft = place.with_name(f".{place.name}.part")
    try:
        with draft.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(map(_cell, headers))
            writer.writerows(map(_cell, row) for row in rows)
        os.replace(draft, place)
    finally:
        draft.unlink(missing_ok=True)


def ask_where(parent: QWidget, title: str, name: str) -> Path | None:
    """Where a workbook or CSV file is to be written; None where nobody chose. The form decides a missing ending."""
    excel, plain = _("Excel workbook (*.xlsx)"), _("CSV (*.csv)")
    chosen, form = QFileDialog.getSaveFileName(parent, title, name, f"{excel};;{plain}")
    if not chosen:
        return None
    place = Path(chosen)
    # the name that was offered ends in .xlsx, whatever form is chosen then
    return place.with_suffix(SUFFIX) if form == plain and place.suffix.lower() in ("", ".xlsx") else place


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date | datetime):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and len(text) > 1 and text[0] in "=+@-" else text
