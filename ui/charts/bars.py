"""Bars of flows: at each date one a line, side by side from nought, so that what comes in and goes out is seen."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg

from ui.charts.figures import line_colour
from ui.charts.parts import Line, Pane, days

#: How much of the room between two dates a group of bars takes.
_SHARE = 0.8
_DAY, _MONTH = 1.0, 28.0

Drawn = tuple[np.ndarray, np.ndarray]


def groups(lines: Sequence[Line], drawn: Sequence[Drawn]) -> list[pg.BarGraphItem]:
    """An item a line; a group ends on its date, which is the last day of what flowed. A missing value has no bar."""
    room = _room([places for places, _values in drawn]) * _SHARE
    width = room / max(1, len(lines))
    made = []
    for place, (line, (places, values)) in enumerate(zip(lines, drawn, strict=True)):
        known = np.isfinite(values)
        start = places[known] - room + place * width
        made.append(
            pg.BarGraphItem(
                x0=start, y0=0, width=width, height=values[known], brush=line_colour(line.colour), pen=pg.mkPen(None)
            )
        )
    return made


def room(pane: Pane) -> float:
    """The days before its first date that a plot needs so that the first group is seen whole; none without bars."""
    return _room([days(line.dates) for line in pane.lines]) if pane.bars else 0.0


def _room(dates: Sequence[np.ndarray]) -> float:
    """The days between two dates of the closest line."""
    steps = [float(np.median(np.diff(places))) for places in dates if len(places) > 1]
    return max(_DAY, min(steps, default=_MONTH))
