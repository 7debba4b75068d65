"""The texts inside a plot: each at a share of the width and at a value, put back to its place as the range changes."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from ui import theme
from ui.charts.labels import text_item

#: The height of a label inside the plot (px).
LABEL = 15


class Texts:
    """Labels of bands, levels, lines and moments; `inverted` where the plot's values grow downwards."""

    def __init__(self, plot: pg.PlotItem, *, inverted: bool) -> None:
        self._plot, self._inverted = plot, inverted
        self._placed: list[tuple[pg.TextItem, Callable[[], tuple[float, float]]]] = []
        self._bands: list[tuple[pg.TextItem, float | None, float | None]] = []
        self._names: list[pg.TextItem] = []

    def clear(self) -> None:
        """Forget them all; the plot has taken them out."""
        self._placed.clear()
        self._bands.clear()
        self._names.clear()

    @property
    def said(self) -> list[str]:
        """What they say."""
        return [item.toPlainText() for item, _place in self._placed]

    @property
    def stand_at_the_top(self) -> bool:
        """Whether any hangs from its place, so that it needs room of its own below the upper edge."""
        return any(item.anchor[1] == 0 for item, _place in self._placed)

    @property
    def name_the_lowest_band(self) -> bool:
        """Whether a band without a lower end has a label."""
        return any(bottom is None for _item, bottom, _top in self._bands)

    # ------------------------------------------------------------------ adding

    def add(
        self,
        text: str,
        colour: QColor,
        anchor: tuple[float, float],
        place: Callable[[], tuple[float, float]],
        *,
        over_lines: bool = False,
        right: bool = False,
    ) -> pg.TextItem:
        """A text at a share of the width and at a value; it follows when the range changes."""
        made = text_item(text, colour, (1 if right else 0, anchor[1]), strong=True, over_lines=over_lines)
        self._plot.addItem(made, ignoreBounds=True)
        self._placed.append((made, place))
        return made

    def add_band(
        self,
        text: str,
        colour: QColor,
        anchor: tuple[float, float],
        value: float,
        low: float | None,
        high: float | None,
    ) -> None:
        """The label of a band from `low` to `high` (None: without end), at its edge."""
        self._bands.append((self.add(text, colour, anchor, lambda: (0.006, value)), low, high))

    def add_name(self, text: str, places: np.ndarray, edge: np.ndarray, *, inside: bool) -> None:
        """The name of a line, or of the area below its edge, at its right end."""
        place = partial(self._name_place, places, edge, inside=inside)
        colour = theme.current().colour("text")
        self._names.append(self.add(text, colour, (1.0, 1.0), place, over_lines=True, right=True))

    def add_top(self, text: str, at: float, colour: QColor, *, left: bool, strong: bool) -> None:
        """A text at a day, at the upper edge; to the `left` of its day or to the right."""
        item = text_item(text, colour, (1 if left else 0, 0), strong=strong)
        self._plot.addItem(item, ignoreBounds=True)

        def top() -> tuple[float, float]:
            (first, last), (low, high) = self._plot.getViewBox().viewRange()
            inside = max(at, first) if not left else at
            return (inside - first) / ((last - first) or 1), (low if self._inverted else high)

        self._placed.append((item, top))

    # ------------------------------------------------------------------ placing

    def rearrange(self) -> None:
        """Put every text back to its place, and leave out those that have none."""
        first, last = self._plot.getViewBox().viewRange()[0]
        for item, place in self._placed:
            share, value = place()
            item.setPos(first + share * (last - first), value)
        self._part_names()
        self._fit_bands()

    def _height(self) -> float:
        """The height of a label in the plot's values."""
        low, high = self._plot.getViewBox().viewRange()[1]
        return float(LABEL * (high - low) / max(self._plot.getViewBox().height(), 1))

    def _name_place(self, places: np.ndarray, edge: np.ndarray, *, inside: bool) -> tuple[float, float]:
        """Near the right end of what is in sight: on the line, or `inside` the area below its edge; never cut off."""
        (first, last), (_low, high) = self._plot.getViewBox().viewRange()
        text = 1.3 * self._height()
        known = np.flatnonzero(np.isfinite(edge) & (places <= last))
        if not len(known):
            return 0.985, float("nan")
        at = min(float(places[known[-1]]), last)
        value = float(edge[known[-1]]) - (text if inside else 0)
        return min(0.985, (at - first) / ((last - first) or 1)), min(value, high - text)

    def _part_names(self) -> None:
        """Where two names would lie over one another, the second one is left to the legend."""
        text = self._height()
        taken: list[float] = []
        for item in self._names:
            value = item.pos().y()
            free = bool(np.isfinite(value)) and all(abs(value - other) >= text for other in taken)
            item.setVisible(free)
            taken += [value] if free else []

    def _fit_bands(self) -> None:
        """A band too thin for its label goes without: half a word says less than the colour and the line."""
        low, high = self._plot.getViewBox().viewRange()[1]
        text = self._height()
        for item, bottom, top in self._bands:
            seen = min(high, high if top is None else top) - max(low, low if bottom is None else bottom)
            item.setVisible(seen >= text)
