"""A small network drawn in columns, left to right as something spreads; it has no controls, a table beside it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt

from ui import theme

#: So many nodes of a column are drawn; the table has all of them.
MOST_IN_COLUMN = 12
#: Letters of a label before it is cut.
_LETTERS = 15
_SIZE = 13.0
#: How far an arrow's head stays off the node's middle, of the way between two nodes.
_SHORT = 0.08


@dataclass(frozen=True, slots=True)
class Spot:
    """A node: its column from 0, its severity ("" for none), its label, and a symbol of pyqtgraph's."""

    key: str
    column: int
    label: str
    severity: str = ""
    symbol: str = "o"


@dataclass(frozen=True, slots=True)
class Way:
    """An arrow between two spots; `dashed` where nothing is owed."""

    start: str
    end: str
    dashed: bool = False


class NetworkChart(pg.PlotWidget):
    """`show_network` draws it, `point_at` rings the node that a table has chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._spots: tuple[Spot, ...] = ()
        self._ways: tuple[Way, ...] = ()
        self._heads: tuple[str, ...] = ()
        self._places: dict[str, tuple[float, float]] = {}
        self._ring = pg.ScatterPlotItem()
        item = self.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        item.getViewBox().setMouseEnabled(x=False, y=False)
        for side in ("left", "bottom", "right", "top"):
            item.hideAxis(side)
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.restyle()

    def sizeHint(self) -> QSize:
        """Small: it takes the room it is given."""
        return QSize(300, 160)

    def minimumSizeHint(self) -> QSize:
        """Enough for three nodes."""
        return QSize(140, 90)

    def show_network(self, spots: Sequence[Spot], ways: Sequence[Way], heads: Sequence[str]) -> None:
        """Draw the spots column by column beneath their `heads`, in the order given, and the arrows between them."""
        kept = []
        for _column, members in groupby(sorted(spots, key=lambda spot: spot.column), key=lambda spot: spot.column):
            kept += list(members)[:MOST_IN_COLUMN]
        self._spots, self._ways, self._heads = tuple(kept), tuple(ways), tuple(heads)
        self.restyle()

    def point_at(self, key: str | None) -> None:
        """Ring one spot; None, or one that is not drawn, rings nothing."""
        place = self._places.get(key or "")
        pen = pg.mkPen(theme.current().colour("accent"), width=2)
        self._ring.setData(
            [] if place is None else [{"pos": place, "size": _SIZE + 9, "pen": pen, "brush": None, "symbol": "o"}]
        )

    def restyle(self) -> None:
        """Draw everything in the theme in force."""
        look = theme.current()
        item = self.getPlotItem()
        for old in list(item.items):
            item.removeItem(old)
        self.setBackground(look.colour("surface"))
        columns = sorted({spot.column for spot in self._spots})
        self._places = {}
        for place, column in enumerate(columns):
            members = [spot for spot in self._spots if spot.column == column]
            for row, spot in enumerate(members):
                self._places[spot.key] = (float(place), (len(members) - 1) / 2 - row)
        self._draw_ways()
        self._draw_spots()
        self._ring = pg.ScatterPlotItem()
        item.addItem(self._ring)
        if columns:
            tall = max(abs(y) for _x, y in self._places.values())
            for place, head in enumerate(self._heads):
                self._write(head, place, tall + 1.1, (self._side(place), 0.5), "text3")
            item.setXRange(-0.12, max(1, len(columns) - 1) + 0.12, padding=0)
            item.setYRange(-tall - 0.8, tall + 1.4, padding=0)

    def _side(self, place: float) -> float:
        """Where a text hangs: to the right of the first column, to the left of the last, else about its middle."""
        last = max((x for x, _y in self._places.values()), default=0.0)
        return 0.0 if place == 0 else 1.0 if place == last else 0.5

    def _draw_ways(self) -> None:
        look, item = theme.current(), self.getPlotItem()
        colour = look.colour("text3")
        for dashed in (False, True):
            drawn = [
                (self._places[way.start], self._places[way.end])
                for way in self._ways
                if way.dashed is dashed and way.start in self._places and way.end in self._places
            ]
            if not drawn:
                continue
            points = np.array(drawn, float).reshape(-1, 2)
            pen = pg.mkPen(colour, width=1, style=Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
            item.addItem(pg.PlotCurveItem(points[:, 0], points[:, 1], connect="pairs", pen=pen, antialias=True))
            heads = points[0::2] + (points[1::2] - points[0::2]) * (1 - _SHORT)
            angles = np.degrees(np.arctan2(*(points[1::2] - points[0::2]).T[::-1]))
            for (x, y), angle in zip(heads, angles, strict=True):
                arrow = pg.ArrowItem(angle=180 - float(angle), headLen=9, tipAngle=32, pen=None, brush=colour)
                arrow.setPos(float(x), float(y))
                item.addItem(arrow)

    def _draw_spots(self) -> None:
        look = theme.current()
        drawn = []
        for spot in self._spots:
            fill = look.tone(spot.severity).text if spot.severity else look.colour("surface")
            pen = pg.mkPen(fill if spot.severity else look.colour("text3"), width=1.5)
            place = self._places[spot.key]
            drawn.append({"pos": place, "size": _SIZE, "pen": pen, "brush": pg.mkBrush(fill), "symbol": spot.symbol})
            text = spot.label if len(spot.label) <= _LETTERS else f"{spot.label[: _LETTERS - 1]}\N{HORIZONTAL ELLIPSIS}"
            # Neighbours stand beside each other: every other column has its texts above.
            above = 0.4 if place[0] % 2 else -0.4
            self._write(text, place[0], place[1] + above, (self._side(place[0]), 0.5), "text2")
        scatter = pg.ScatterPlotItem()
        scatter.setData(drawn)
        self.getPlotItem().addItem(scatter)

    def _write(self, text: str, x: float, y: float, anchor: tuple[float, float], role: str) -> None:
        item = pg.TextItem(text, color=theme.current().colour(role), anchor=anchor)
        item.setFont(theme.font("caption"))
        item.setPos(x, y)
        self.addItem(item)
