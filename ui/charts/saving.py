"""A chart as a file: picture (PNG, SVG), data (CSV), workbook with its sources."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from app.i18n import gettext as _
from app.spreadsheets import workbook
from app.spreadsheets.workbook import Column, ColumnKind, SheetContent, SheetTable
from app.wording import formats
from ui.charts import data
from ui.charts.parts import Line, Pane


def save_png(widget: QWidget, place: Path) -> None:
    """The widget as it stands; OSError where it cannot be written."""
    made: QPixmap = widget.grab()
    if not made.save(str(place), "PNG"):
        raise OSError(str(place))


def save_svg(widget: QWidget, place: Path, title: str) -> None:
    """The widget as shapes and texts that scale; OSError where it cannot be written."""
    place.touch()
    generator = QSvgGenerator()
    generator.setFileName(str(place))
    generator.setSize(QSize(widget.width(), widget.height()))
    generator.setViewBox(QRect(0, 0, widget.width(), widget.height()))
    generator.setTitle(title)
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, widget.width(), widget.height()), widget.palette().window())
    widget.render(painter, QPoint(0, 0))
    painter.end()


def save_csv(panes: Sequence[Pane], place: Path) -> None:
    """The data (UTF-8 with a mark, which Excel needs)."""
    place.write_text(text_of(*data.table(panes), ","), "utf-8-sig")


def save_workbook(panes: Sequence[Pane], place: Path, title: str, note: str, *, sample: bool = False) -> None:
    """The data as a finished workbook: title, caption, sources, a row a date. OSError where it cannot be."""
    headers, rows = data.table(panes)
    write_table(headers, rows, place, title, facts_of(panes, note), sample=sample)


def facts_of(panes: Sequence[Pane], note: str) -> list[tuple[str, str]]:
    """What a sheet says above its table: the caption, and of each line its unit, source and last date."""
    lines = [(pane, line) for pane in panes for line in pane.all_lines]
    facts = [(_("Caption"), note)] if note else []
    return facts + [
        (
            line.name,
            _("{unit}, {source}, data to {day}").format(unit=pane.unit or "–", source=line.source, day=_to(line)),
        )
        for pane, line in lines
        if line.source
    ]


def write_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    place: Path,
    title: str,
    facts: Sequence[tuple[str, str]],
    *,
    sample: bool = False,
) -> None:
    """Headers and rows of plain values as a finished workbook; OSError where it cannot be written."""
    sheet = sheet_of(headers, rows, _("Data"), title or _("Chart"), facts=facts)
    page_text = _("Page {page} of {pages}").format(page="&P", pages="&N")
    workbook.write_workbook(place, (sheet,), mark=_("SAMPLE") if sample else "", page_text=page_text)


def sheet_of(
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    name: str,
    title: str,
    *,
    answer: str = "",
    facts: Sequence[tuple[str, str]] = (),
) -> SheetContent:
    """Headers and rows of plain values as a sheet of a workbook; instants are written in UTC."""
    columns = [Column(header, _kind([row[at] for row in rows])) for at, header in enumerate(headers)]
    cells = [[cell.isoformat() + "Z" if isinstance(cell, datetime) else cell for cell in row] for row in rows]
    return SheetContent(name, title, answer, facts, (SheetTable(columns, cells),))


def _kind(cells: Sequence[object]) -> ColumnKind:
    found = {type(cell) for cell in cells if cell is not None}
    if found == {date}:
        return ColumnKind.DATE
    return ColumnKind.MONEY if found and found <= {int, float} else ColumnKind.TEXT


def text_of(headers: Sequence[str], rows: Sequence[Sequence[object]], separator: str) -> str:
    """Headers and rows as text: ISO dates, plain numbers, nothing where a value is missing."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(headers)
    for row in rows:
        writer.writerow(["" if v is None else v.isoformat() if isinstance(v, date) else _plain(v) for v in row])
    return text.getvalue()


def _plain(value: object) -> str:
    return repr(value) if isinstance(value, float) else str(value)


def stem(title: str) -> str:
    """A title as a file's name without its ending."""
    return "".join(c if c.isalnum() else "-" for c in (title or "chart")).strip("-") or "chart"


def _to(line: Line) -> str:
    return formats.day(line.dates[-1].astype("datetime64[D]").item()) if len(line.dates) else "–"
