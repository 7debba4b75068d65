"""A chart as a file: picture (PNG, SVG), data (CSV), workbook with its sources."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from app.i18n import gettext as _
from app.spreadsheets import workbook
from app.spreadsheets.workbook import Column, ColumnKind, SheetContent, SheetTable
from app.wording import formats
from app.wording.origin import Origin, since
from ui import theme
from ui.charts import data
from ui.charts.parts import Line, Pane

#: The property in which a chart of a past day keeps the words that say so.
PAST = "past"
_MARGIN = 8
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def save_png(widget: QWidget, place: Path) -> None:
    """The widget as it stands with its sources beneath; OSError where it cannot be written."""
    if not picture(widget).save(str(place), "PNG"):
        raise OSError(str(place))


def picture(widget: QWidget) -> QPixmap:
    """The widget as it stands, and beneath it where its figures come from."""
    made: QPixmap = widget.grab()
    lines = feet(widget)
    if not lines:
        return made
    ratio, foot = made.devicePixelRatio(), _foot_height(widget, lines)
    whole = QPixmap(made.width(), made.height() + round(foot * ratio))
    whole.setDevicePixelRatio(ratio)
    whole.fill(widget.palette().window().color())
    painter = QPainter(whole)
    painter.drawPixmap(0, 0, made)
    _draw_feet(painter, widget, lines)
    painter.end()
    return whole


def feet(widget: QWidget) -> list[str]:
    """What a picture says of its figures: of each line, or of the whole, its source, day, known-from and unit."""
    panes = getattr(widget, "panes", ())
    past = [text] if (text := widget.property(PAST)) else []
    if panes:
        told: dict[str, list[str]] = {}
        for line, origin in origins_of(panes):
            told.setdefault(origin.text(), []).append(line.name)
        return past + [
            _("{names}: {origin}").format(names=_(", ").join(names), origin=text) for text, names in told.items()
        ]
    origin = widget.property("origin")
    return [*past, *([origin.text()] if isinstance(origin, Origin) else [])]


def _foot_height(widget: QWidget, lines: Sequence[str]) -> int:
    return sum(_foot_rect(widget, line).height() for line in lines) + 2 * _MARGIN


def _foot_rect(widget: QWidget, line: str) -> QRect:
    metrics = QFontMetrics(theme.font("caption"))
    return metrics.boundingRect(QRect(0, 0, max(80, widget.width() - 2 * _MARGIN), 10_000), _WRAPPED, line)


def _draw_feet(painter: QPainter, widget: QWidget, lines: Sequence[str]) -> None:
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.current().colour("text2"))
    top = widget.height() + _MARGIN
    for line in lines:
        high = _foot_rect(widget, line).height()
        painter.drawText(QRect(_MARGIN, top, max(80, widget.width() - 2 * _MARGIN), high), _WRAPPED, line)
        top += high


def save_svg(widget: QWidget, place: Path, title: str) -> None:
    """The widget as shapes and texts that scale; OSError where it cannot be written."""
    place.touch()
    lines = feet(widget)
    high = widget.height() + (_foot_height(widget, lines) if lines else 0)
    generator = QSvgGenerator()
    generator.setFileName(str(place))
    generator.setSize(QSize(widget.width(), high))
    generator.setViewBox(QRect(0, 0, widget.width(), high))
    generator.setTitle(title)
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, widget.width(), high), widget.palette().window())
    widget.render(painter, QPoint(0, 0))
    _draw_feet(painter, widget, lines)
    painter.end()


def save_csv(panes: Sequence[Pane], place: Path) -> None:
    """The data (UTF-8 with a mark, which Excel needs)."""
    place.write_text(text_of(*data.table(panes), ","), "utf-8-sig")


def save_workbook(panes: Sequence[Pane], place: Path, title: str, note: str, *, sample: bool = False) -> None:
    """The data as a finished workbook: title, caption, sources, a row a date. OSError where it cannot be."""
    headers, rows = data.table(panes)
    write_table(headers, rows, place, title, facts_of(panes, note), sample=sample)


def facts_of(panes: Sequence[Pane], note: str) -> list[tuple[str, str]]:
    """What a sheet says above its table: the caption, and of each line its source, last day, known-from and unit."""
    facts = [(_("Caption"), note)] if note else []
    return facts + [(line.name, origin.text()) for line, origin in origins_of(panes)]


def origins_of(panes: Sequence[Pane]) -> list[tuple[Line, Origin]]:
    """What is said of each line that names its source."""
    return [
        (line, Origin(line.source, _to(line), _known(line), pane.unit or "–"))
        for pane in panes
        for line in pane.all_lines
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
    """The last day with a value."""
    known = line.dates[np.isfinite(line.values)]
    return _("to {day}").format(day=formats.day(known[-1].astype("datetime64[D]").item())) if len(known) else "–"


def _known(line: Line) -> str:
    """Since when the last value was known; what is simulated or assumed was never published."""
    if line.known_from is None:
        return _("not published")
    there = line.known_from[np.isfinite(line.values)]
    if not len(there) or np.isnat(there[-1]):
        return "–"
    return since(there[-1].astype("datetime64[s]").item().replace(tzinfo=UTC))
