"""What a plot draws of its lines: strokes with holes and fans, or areas upon one another."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from ui import marks, theme
from ui.charts.figures import line_colour, shade, with_holes
from ui.charts.parts import Line

#: Below this many points a line may be wider than a pixel (a wide pen costs five times as much to draw).
_FEW = 3000
#: Above this many points a line is drawn without smoothing: at a pixel's width none would be seen.
_MANY = 50_000


def draw_line(plot: pg.PlotWidget, line: Line, places: np.ndarray, values: np.ndarray) -> None:
    """A line with its fan below it, its holes left open, and its last point where that says something."""
    colour = line_colour(line.colour)
    if line.fan is not None:
        soft = QColor(colour)
        soft.setAlphaF(0.14)
        edges = [pg.PlotCurveItem(places, np.asarray(edge, float)) for edge in line.fan]
        for edge in edges:
            edge.setPen(QPen(Qt.PenStyle.NoPen))
            plot.addItem(edge)
        plot.addItem(pg.FillBetweenItem(*edges, brush=soft))
    xs, ys = with_holes(places, values)
    if not len(xs):
        return
    if line.step:
        xs, ys = np.append(xs, xs[-1] + 1), np.append(ys, ys[-1])
        xs, ys = np.repeat(xs, 2)[1:], np.repeat(ys, 2)[:-1]
    # A wide or smooth pen over very many points costs more than it shows.
    width = 1.4 if len(xs) < _FEW else 1
    pen = pg.mkPen(colour, width=width, style=Qt.PenStyle.DashLine if line.dash else Qt.PenStyle.SolidLine)
    whole = bool(np.isfinite(ys).all())
    plot.plot(xs, ys, pen=pen, antialias=len(xs) < _MANY, connect="all" if whole else "finite")
    if line.end:
        tone = theme.current().tone(marks.family(line.end))
        spot = pg.ScatterPlotItem([xs[-1]], [ys[-1]], size=8, brush=tone.fill, pen=pg.mkPen(None))
        spot.setZValue(40)
        plot.addItem(spot)


def draw_stack(plot: pg.PlotWidget, lines: Sequence[Line], parts: Sequence[tuple[np.ndarray, np.ndarray]]) -> None:
    """Areas from the bottom; a date on which any part is missing is left out, because missing is not zero."""
    if not parts:
        return
    whole = np.isfinite(np.vstack([values for _, values in parts])).all(axis=0)
    places = parts[0][0][whole]
    if len(places) < 2:
        return
    look = theme.current()
    # large areas in full colour dazzle on a dark ground
    share = 0.66 if look.name == "dark" else 0.92
    below = np.zeros(len(places))
    lower = pg.PlotCurveItem(places, below, pen=QPen(Qt.PenStyle.NoPen))
    plot.addItem(lower)
    for line, (_, values) in zip(lines, parts, strict=True):
        below = below + values[whole]
        colour = line_colour(line.colour)
        upper = pg.PlotCurveItem(places, below, pen=pg.mkPen(colour, width=1), antialias=True)
        plot.addItem(upper)
        plot.addItem(pg.FillBetweenItem(lower, upper, brush=shade(colour, look.colour("surface"), share)))
        lower = upper
