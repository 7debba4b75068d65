"""Small drawings that several rooms need: the severity shapes and the small line, painted in colours they are given."""

from math import cos, pi, radians, sin

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from app.i18n import gettext as _

#: Which colour family of the tokens a state is drawn in (derived_states of tokens.json).
FAMILY = {"pending": "watch", "stale": "nodata", "done": "ok", "todo": "nodata", "now": "watch"}


def family(severity: str) -> str:
    """The severity whose colours a state borrows."""
    return FAMILY.get(severity, severity)


def severity_word(severity: str) -> str:
    """The word beside a severity's mark."""
    return {
        "critical": _("Critical"),
        "warning": _("Warning"),
        "watch": _("Watch"),
        "pending": _("Pending"),
        "stale": _("Stale"),
        "nodata": _("No data"),
        "todo": _("To do"),
        "now": _("Now"),
        "ok": _("Normal"),
        "done": _("Done"),
    }.get(severity, "")


def paint_mark(painter: QPainter, box: QRectF, severity: str, fill: QColor, sign: QColor) -> None:
    """The shape of a severity or state within `box`: `fill` is its colour, `sign` that of the sign inside it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(box.width(), box.height())
    centre = box.center()
    painter.translate(centre)
    painter.scale(side / 12, side / 12)  # every shape is drawn on 12 units around the middle
    line = QPen(fill, 1.4)
    line.setCapStyle(Qt.PenCapStyle.RoundCap)
    line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    ring = QRectF(-5, -5, 10, 10)
    if severity == "critical":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        corners = [QPointF(6.2 * cos(radians(22.5 + 45 * n)), 6.2 * sin(radians(22.5 + 45 * n))) for n in range(8)]
        painter.drawPolygon(QPolygonF(corners))
        _exclaim(painter, sign, -3.2, 0.9, 2.9)
    elif severity == "warning":
        triangle = QPainterPath(QPointF(0, -4.9))
        triangle.lineTo(5.4, 4.6)
        triangle.lineTo(-5.4, 4.6)
        triangle.closeSubpath()
        painter.setPen(line)
        painter.setBrush(fill)
        painter.drawPath(triangle)
        _exclaim(painter, sign, -2.1, 1.3, 3.4)
    elif severity == "watch":
        painter.setPen(line)
        painter.drawEllipse(ring)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPie(ring, -90 * 16, 180 * 16)
    elif severity in ("pending", "stale"):
        painter.setPen(line)
        painter.drawEllipse(ring)
        painter.drawPolyline([QPointF(0, -2.8), QPointF(0, 0.3), QPointF(2.2, 1.4)])
    elif severity == "ok":
        painter.setPen(QPen(fill, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline([QPointF(-4.8, 0.4), QPointF(-1.6, 3.6), QPointF(4.9, -3.6)])
    elif severity == "done":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawEllipse(QRectF(-6, -6, 12, 12))
        painter.setPen(QPen(sign, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline([QPointF(-2.7, 0.2), QPointF(-0.8, 2.1), QPointF(2.8, -1.9)])
    elif severity == "nodata":
        dashed = QPen(fill, 1.4)
        dashed.setDashPattern([2.2 / 1.4, 5 * 2 * pi / 10 / 1.4 - 2.2 / 1.4])
        painter.setPen(dashed)
        painter.drawEllipse(ring)
        painter.setPen(line)
        painter.drawLine(QPointF(-2, 0), QPointF(2, 0))
    elif severity in ("todo", "now"):
        painter.setPen(line)
        painter.drawEllipse(ring)
        if severity == "now":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawEllipse(QRectF(-2.4, -2.4, 4.8, 4.8))
    painter.restore()


def _exclaim(painter: QPainter, colour: QColor, top: float, end: float, dot: float) -> None:
    """The sign "!": a stroke from `top` to `end`, and its dot."""
    painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(0, top), QPointF(0, end))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(0, dot), 0.85, 0.85)


def paint_small_line(painter: QPainter, box: QRectF, values: np.ndarray, colour: QColor, last: QColor) -> None:
    """A line without axes through `values` (gaps where NaN), its last point marked in `last`."""
    values = np.asarray(values, float)
    known = np.flatnonzero(~np.isnan(values))
    if len(known) < 2:
        return
    low, high = float(values[known].min()), float(values[known].max())
    if len(values) > 2 * box.width():  # as many points as pixels hold, the last one kept
        step = len(values) / (2 * box.width())
        places = np.append(np.arange(0, len(known), step).astype(int), len(known) - 1)
        known = known[np.unique(np.minimum(places, len(known) - 1))]
    xs = box.left() + 1 + known / (len(values) - 1) * (box.width() - 5)
    flat = high == low
    ys = (
        np.full(len(known), box.center().y())
        if flat
        else box.bottom() - 2.5 - (values[known] - low) / (high - low) * (box.height() - 5)
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(last)
    painter.drawEllipse(QPointF(xs[-1], ys[-1]), 2, 2)
    painter.restore()


def paint_limit_bar(
    painter: QPainter, box: QRectF, used: float, expected: float, fill: QColor, empty: QColor, tick: QColor
) -> None:
    """Use of a limit: `used` and `expected` (with what is pending) in percent; the tick for 100 % stands always at
    the same place, four fifths of the way, and a bar may pass it as far as the box goes.
    """
    painter.save()
    full = box.width() * 0.8
    bar = QRectF(box.left(), box.center().y() - 3, box.width(), 6)

    def stretch(percent: float) -> QRectF:
        return QRectF(bar.left(), bar.top(), min(bar.width(), max(0.0, full * percent / 100)), bar.height())

    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(empty)
    painter.drawRoundedRect(stretch(100), 2, 2)
    if expected > used:
        lighter = QColor(fill)
        lighter.setAlphaF(0.45)
        painter.setBrush(lighter)
        painter.drawRoundedRect(stretch(expected), 2, 2)
    painter.setBrush(fill)
    painter.drawRoundedRect(stretch(used), 2, 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(QRectF(round(bar.left() + full), bar.center().y() - 7, 1.5, 14), tick)
    painter.restore()
