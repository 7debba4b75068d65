"""A chart as a file: picture (PNG, SVG), data (CSV), workbook with its sources."""

from collections.abc import Sequence
from datetime import datetime
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
from ui.charts.parts import Pane


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
    place.write_text(data.as_csv(panes, ","), "utf-8-sig")


def save_workbook(panes: Sequence[Pane], place: Path, title: str, note: str, *, sample: bool = False) -> None:
    """The data as a finished workbook: title, caption, sources, a row a date. OSError where it cannot be."""
    headers, rows = data.table(panes)
    lines = [(pane, line) for pane in panes for line in pane.all_lines]
    facts = [(_("Caption"), note)] if note else []
    facts += [
        (
            line.name,
            _("{unit}, {source}, data to {day}").format(unit=pane.unit or "–", source=line.source, day=_to(line)),
        )
        for pane, line in lines
        if line.source
    ]
    known = [any(isinstance(row[place], datetime) for row in rows) for place in range(len(headers))]
    columns = [Column(headers[0], ColumnKind.DATE)]
    columns += [
        Column(header, ColumnKind.TEXT if known[index] else ColumnKind.MONEY)
        for index, header in enumerate(headers[1:], start=1)
    ]
    cells = [[cell.isoformat() + "Z" if isinstance(cell, datetime) else cell for cell in row] for row in rows]
    sheet = SheetContent(_("Data"), title or _("Chart"), "", facts, (SheetTable(columns, cells),))
    page_text = _("Page {page} of {pages}").format(page="&P", pages="&N")
    workbook.write_workbook(place, (sheet,), mark=_("SAMPLE") if sample else "", page_text=page_text)


def _to(line: data.Line) -> str:
    return formats.day(line.dates[-1].astype("datetime64[D]").item()) if len(line.dates) else "–"
