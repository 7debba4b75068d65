"""Figures and colours of a plot that need no plot: values at a day, holes in a line, tints."""

from datetime import date

import numpy as np
from PySide6.QtGui import QColor

from ui import theme
from ui.charts.parts import Pane

#: A hole in a line's dates this many times as long as usual, and longer than this many days, is drawn as a hole.
_HOLE = (12, 40)


def shade(colour: QColor, over: QColor, share: float) -> QColor:
    """`share` of a colour laid over another, opaque."""
    mixed = [
        round(a * share + b * (1 - share))
        for a, b in zip(colour.getRgb()[:3], over.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*mixed)


def line_colour(name: str) -> QColor:
    """A chart meaning, a severity (of a limit that is a line), or a role of the tokens."""
    look = theme.current()
    if name in ("critical", "warning"):
        return look.tone(name).text
    return look.line(name) if name in look.series else look.colour(name)


def with_holes(places: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A line without its missing values, and with a NaN where its dates have a hole."""
    known = np.isfinite(values)
    places, values = places[known], values[known]
    if len(places) < 3:
        return places, values
    steps = np.diff(places)
    holes = np.flatnonzero(steps > max(_HOLE[1], _HOLE[0] * float(np.median(steps)))) + 1
    return np.insert(places, holes, places[holes] - 1), np.insert(values, holes, np.nan)


def index_at_day(places: np.ndarray, values: np.ndarray, place: float | None) -> int | None:
    """Where the last known value on or before a day stands (None: the last there is)."""
    end = len(places) if place is None else int(np.searchsorted(places, place + 0.5, "right"))
    # Nearly always the last one is known; looking there first saves a walk over all of them.
    for start in (max(0, end - 64), 0):
        known = np.flatnonzero(np.isfinite(values[start:end]))
        if len(known):
            return start + int(known[-1])
    return None


def value_at(places: np.ndarray, values: np.ndarray, place: float | None) -> float | None:
    """The last known value on or before a day (None: the last there is)."""
    index = index_at_day(places, values, place)
    return None if index is None else float(values[index])


def powers(values: np.ndarray) -> np.ndarray:
    """The decimal logarithm; what is not above zero has none and is left out."""
    return np.log10(values, out=np.full(len(values), np.nan), where=values > 0)


def last_day(pane: Pane) -> date | None:
    """The last date on which a pane has any data."""
    if pane.data_to is not None:
        return pane.data_to
    found = [line.dates[np.isfinite(line.values)] for line in pane.all_lines]
    lasts = [dates[-1] for dates in found if len(dates)]
    return max(np.datetime64(last, "D") for last in lasts).astype(date) if lasts else None
