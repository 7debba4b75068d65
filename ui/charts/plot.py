"""One plot of a chart: its ground, its lines or areas, its bands, and the cross-hair at a day."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPen, QWheelEvent

from app.wording import formats
from ui import marks, theme
from ui.charts import bars
from ui.charts.axes import TimeAxis, ValueAxis, visible_span
from ui.charts.figures import index_at_day, line_colour, powers, shade, with_holes
from ui.charts.labels import provenance, text_item
from ui.charts.legend import Entry
from ui.charts.parts import Line, Moment, Pane, Period, day, days

#: Below this many points a line may be wider than a pixel (a wide pen costs five times as much to draw).
_FEW = 3000
#: Above this many points a line is drawn without smoothing: at a pixel's width none would be seen.
_MANY = 50_000
_RIGHT = 58


#: Colours that are hard to tell apart on the dark ground.
_CLOSE_IN_DARK = ("on_rrp", "treasuries_and_total_assets", "total_assets_line")
#: The height of a label inside the plot (px).
_LABEL = 15


class Plot(pg.PlotWidget):
    """Draws a pane. `top` is the uppermost plot, which labels periods and moments; `last` the one with dates beneath.

    `on_move(day)` is told the day under the pointer, None when it left.
    """

    def __init__(
        self,
        pane: Pane,
        periods: tuple[Period, ...],
        moments: tuple[Moment, ...],
        *,
        top: bool,
        last: bool,
        on_move: Callable[[float | None], None],
    ) -> None:
        first = pane.lines[0] if pane.lines else None
        super().__init__(
            axisItems={
                "bottom": TimeAxis(labelled=last),
                "right": ValueAxis(suffix=first.suffix if first else "", sign=bool(first and first.sign), log=pane.log),
            }
        )
        self.pane = pane
        self._periods, self._moments, self._top = periods, moments, top
        self._on_move = on_move
        self._series = [(days(line.dates), np.asarray(line.values, float)) for line in pane.all_lines]
        #: The same as it is drawn: powers of ten where the plot is logarithmic.
        self._drawn = [(places, powers(values)) if pane.log else (places, values) for places, values in self._series]
        self._labels: list[tuple[pg.TextItem, Callable[[], tuple[float, float]]]] = []
        self._band_labels: list[tuple[pg.TextItem, float | None, float | None]] = []
        self._names: list[pg.TextItem] = []
        item = self.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        item.hideAxis("left")
        item.showAxis("right")
        item.setContentsMargins(0, 0, 0, 0)
        item.setDownsampling(auto=True, mode="peak")  # before any line is added, or pyqtgraph fails
        item.setClipToView(True)
        item.getViewBox().setMouseEnabled(x=True, y=False)
        item.getViewBox().setDefaultPadding(0)
        item.getViewBox().invertY(pane.inverted)
        self.getAxis("right").setWidth(_RIGHT)
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self._cross.setVisible(False)
        self.restyle()
        item.getViewBox().sigXRangeChanged.connect(self.rearrange)
        item.getViewBox().sigResized.connect(self.rearrange)
        self.scene().sigMouseMoved.connect(self._moved)

    def sizeHint(self) -> QSize:
        """Small: a chart takes the room it is given, and asks for little."""
        return QSize(320, 120)

    def minimumSizeHint(self) -> QSize:
        """Enough for two ticks."""
        return QSize(120, 56)

    # ------------------------------------------------------------------ drawing

    def restyle(self) -> None:
        """Draw everything in the theme in force."""
        look = theme.current()
        item = self.getPlotItem()
        for old in list(item.items):
            item.removeItem(old)
        self._labels.clear()
        self._band_labels.clear()
        self._names.clear()
        self.setBackground(look.colour("surface"))
        for name in ("bottom", "right"):
            axis = self.getAxis(name)
            axis.setStyle(tickFont=theme.font("caption"), tickLength=0, tickTextOffset=6, tickAlpha=255)
            axis.setTextPen(look.colour("text3"))
        self.getAxis("bottom").setPen(look.chart("axis"))
        right = self.getAxis("right")
        right.setPen(QPen(Qt.PenStyle.NoPen))
        right.setTickPen(look.chart("grid"))
        right.setGrid(255)
        right.setZValue(-1000)
        for band in self.pane.bands:
            self._draw_band(band.low, band.high, band.tone, band.label, band.edge)
        for level in self.pane.levels:
            tone = look.tone(marks.family(level.tone))
            value = float(np.log10(level.value)) if self.pane.log else level.value
            item.addItem(pg.InfiniteLine(value, angle=0, pen=pg.mkPen(tone.text, style=Qt.PenStyle.DashLine)))
            self._label(level.label, tone.text, (0.28, 1.0), lambda value=value: (0.28, value), over_lines=True)
        if self.pane.stacked:
            self._draw_stack()
        for place, line in enumerate(() if self.pane.stacked else self.pane.lines):
            if not self.pane.bars or line.dash:
                self._draw_line(line, *self._drawn[place])
        if self.pane.bars:
            flows = [(line, self._drawn[place]) for place, line in enumerate(self.pane.lines) if not line.dash]
            for group in bars.groups([line for line, _drawn in flows], [drawn for _line, drawn in flows]):
                self.addItem(group)
        if self.pane.total is not None:
            self._draw_line(self.pane.total, *self._drawn[-1])
        self._cross.setPen(pg.mkPen(look.colour("text3"), style=Qt.PenStyle.DashLine))
        self._cross.setZValue(50)
        item.addItem(self._cross, ignoreBounds=True)
        self._draw_times()
        self._draw_names()
        self.rearrange()

    def _draw_line(self, line: Line, places: np.ndarray, values: np.ndarray) -> None:
        colour = line_colour(line.colour)
        if line.fan is not None:
            soft = QColor(colour)
            soft.setAlphaF(0.14)
            edges = [pg.PlotCurveItem(places, np.asarray(edge, float)) for edge in line.fan]
            for edge in edges:
                edge.setPen(QPen(Qt.PenStyle.NoPen))
                self.addItem(edge)
            self.addItem(pg.FillBetweenItem(*edges, brush=soft))
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
        self.plot(xs, ys, pen=pen, antialias=len(xs) < _MANY, connect="all" if whole else "finite")
        if line.end:
            tone = theme.current().tone(marks.family(line.end))
            spot = pg.ScatterPlotItem([xs[-1]], [ys[-1]], size=8, brush=tone.fill, pen=pg.mkPen(None))
            spot.setZValue(40)
            self.addItem(spot)

    def _draw_stack(self) -> None:
        """Areas from the bottom; a date on which any part is missing is left out, because missing is not zero."""
        parts = self._series[: len(self.pane.lines)]
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
        self.addItem(lower)
        for line, (_, values) in zip(self.pane.lines, parts, strict=True):
            below = below + values[whole]
            colour = line_colour(line.colour)
            upper = pg.PlotCurveItem(places, below, pen=pg.mkPen(colour, width=1), antialias=True)
            self.addItem(upper)
            self.addItem(pg.FillBetweenItem(lower, upper, brush=shade(colour, look.colour("surface"), share)))
            lower = upper

    def _draw_names(self) -> None:
        """On the dark ground violet and navy are close to one another, so the lines are named where they end."""
        if theme.current().name != "dark":
            return
        below = np.zeros(len(self._drawn[0][0])) if self.pane.stacked and self._drawn else None
        for line, (places, values) in zip(self.pane.lines, self._drawn, strict=False):
            if below is not None:
                below = below + np.nan_to_num(values)
            if line.colour not in _CLOSE_IN_DARK or not np.isfinite(values).any():
                continue
            edge = below if below is not None else values
            self._label(
                line.name,
                theme.current().colour("text"),
                (1.0, 1.0),
                partial(self._name_place, places, edge, inside=below is not None),
                over_lines=True,
                right=True,
            )
            self._names.append(self._labels[-1][0])

    def _name_place(self, places: np.ndarray, edge: np.ndarray, *, inside: bool) -> tuple[float, float]:
        """Near the right end of what is in sight: on the line, or `inside` the area below its edge; never cut off."""
        (first, last), (low, high) = self.getViewBox().viewRange()
        text = _LABEL * 1.3 * (high - low) / max(self.getViewBox().height(), 1)
        known = np.flatnonzero(np.isfinite(edge) & (places <= last))
        if not len(known):
            return 0.985, float("nan")
        at = min(float(places[known[-1]]), last)
        value = float(edge[known[-1]]) - (text if inside else 0)
        return min(0.985, (at - first) / ((last - first) or 1)), min(value, high - text)

    def _part_names(self) -> None:
        """Where two names would lie over one another, the second one is left to the legend."""
        low, high = self.getViewBox().viewRange()[1]
        text = _LABEL * (high - low) / max(self.getViewBox().height(), 1)
        taken: list[float] = []
        for item in self._names:
            value = item.pos().y()
            free = bool(np.isfinite(value)) and all(abs(value - other) >= text for other in taken)
            item.setVisible(free)
            taken += [value] if free else []

    def _draw_band(self, low: float | None, high: float | None, tone: str, label: str, edge: float | None) -> None:
        look = theme.current()
        neutral = tone == "neutral"
        ground = look.colour("hover") if neutral else look.chart(f"{tone}_band")
        far = self._far()  # not a huge number: a rectangle of 10¹⁵ has no exact edge any more
        span = (-far if low is None else low, far if high is None else high)
        region = pg.LinearRegionItem(span, orientation="horizontal", movable=False, brush=ground)
        for side in region.lines:
            side.setPen(QPen(Qt.PenStyle.NoPen))
        region.setZValue(-900)
        self.addItem(region, ignoreBounds=True)
        text = look.colour("text3") if neutral else look.tone(tone).text
        if edge is not None:
            fill = look.chart("axis") if neutral else look.tone(tone).fill
            self.addItem(pg.InfiniteLine(edge, angle=0, pen=pg.mkPen(fill)), ignoreBounds=True)
        if label:
            at = edge if edge is not None else (high if high is not None else low)
            if at is not None:
                downward = high is not None and at == high
                anchor = (0.0, 0.0) if downward != self.pane.inverted else (0.0, 1.0)
                self._label(label, text, anchor, lambda value=at: (0.006, value))
                self._band_labels.append((self._labels[-1][0], low, high))

    def _far(self) -> float:
        """A value out of sight of every line and level of the pane."""
        known = [values[np.isfinite(values)] for _, values in self._series]
        largest = max((float(np.abs(values).max()) for values in known if len(values)), default=1.0)
        return 50 * max([largest, *(abs(mark) for mark in self._marks())])

    def _marks(self) -> list[float]:
        """The edges and levels that a reader compares with."""
        levels = [float(np.log10(one.value)) if self.pane.log else one.value for one in self.pane.levels]
        return [band.edge for band in self.pane.bands if band.edge is not None] + levels

    def _label(
        self,
        text: str,
        colour: QColor,
        anchor: tuple[float, float],
        place: Callable[[], tuple[float, float]],
        *,
        over_lines: bool = False,
        right: bool = False,
    ) -> None:
        """A text at a share of the width and at a value; it follows when the range changes."""
        made = text_item(text, colour, (1 if right else 0, anchor[1]), strong=True, over_lines=over_lines)
        self.addItem(made, ignoreBounds=True)
        self._labels.append((made, place))

    def _draw_times(self) -> None:
        """Periods on the sunken ground and moments as dotted lines; labels at the top of the uppermost plot only."""
        look = theme.current()
        for period in self._periods:
            region = pg.LinearRegionItem(
                (day(period.start), day(period.end)), movable=False, brush=look.chart("past_period")
            )
            for side in region.lines:
                side.setPen(QPen(Qt.PenStyle.NoPen))
            region.setZValue(-2000)
            self.addItem(region, ignoreBounds=True)
            if self._top and period.label:
                self._top_label(period.label, day(period.start), look.colour("text2"), left=False, strong=False)
        for moment in self._moments:
            pen = pg.mkPen(look.colour("text3" if moment.quiet else "text"), style=Qt.PenStyle.DotLine)
            self.addItem(pg.InfiniteLine(day(moment.on), angle=90, pen=pen), ignoreBounds=True)
            if self._top and moment.label and not moment.quiet:
                self._top_label(moment.label, day(moment.on), look.colour("text"), left=moment.left, strong=True)

    def _top_label(self, text: str, at: float, colour: QColor, *, left: bool, strong: bool) -> None:
        item = text_item(text, colour, (1 if left else 0, 0), strong=strong)
        self.addItem(item, ignoreBounds=True)

        def top() -> tuple[float, float]:
            (first, last), (low, high) = self.getViewBox().viewRange()
            inside = max(at, first) if not left else at
            return (inside - first) / ((last - first) or 1), (low if self.pane.inverted else high)

        self._labels.append((item, top))

    # ------------------------------------------------------------------ range

    def getViewBox(self) -> pg.ViewBox:
        """The view box (typed)."""
        return self.getPlotItem().getViewBox()

    def rearrange(self) -> None:
        """Fit the values that are in sight, and put labels back to their places."""
        first, last = self.getViewBox().viewRange()[0]
        series = self._stacked_edges() if self.pane.stacked else self._drawn
        span = visible_span(list(series), first, last)
        if span is not None:
            low, high = span
            if self.pane.stacked or self.pane.from_zero:
                low, high = min(0.0, low), max(0.0, high)
            room = (high - low) or abs(high) or 1.0
            near = [mark for mark in self._marks() if low - 2 * room <= mark <= high + 2 * room]
            if near:  # a line is shown beside its limit, unless the limit is so far that the line would be flat
                low, high = min(low, min(near) - 0.12 * room), max(high, max(near) + 0.12 * room)
                room = high - low
                if any(bottom is None for _item, bottom, _top in self._band_labels):
                    # the lowest band has room for its label
                    text = room * 1.3 * _LABEL / max(3 * _LABEL, self.getViewBox().height())
                    low = min(low, min(near) - text)
            if self._labels and any(item.anchor[1] == 0 for item, _ in self._labels):
                # labels at the top have a place of their own, a line of text high
                high += room * _LABEL / max(2 * _LABEL, self.getViewBox().height() - _LABEL)
            bottom = low if low == 0 and (self.pane.stacked or self.pane.from_zero) else low - 0.06 * room
            self.getViewBox().setYRange(bottom, high + 0.06 * room, padding=0)
        for item, place in self._labels:
            share, value = place()
            item.setPos(first + share * (last - first), value)
        self._part_names()
        self._fit_band_labels()

    def _fit_band_labels(self) -> None:
        """A band too thin for its label goes without: half a word says less than the colour and the line."""
        low, high = self.getViewBox().viewRange()[1]
        text = _LABEL * (high - low) / max(self.getViewBox().height(), 1)
        for item, bottom, top in self._band_labels:
            seen = min(high, high if top is None else top) - max(low, low if bottom is None else bottom)
            item.setVisible(seen >= text)

    def _stacked_edges(self) -> list[tuple[np.ndarray, np.ndarray]]:
        parts = self._series[: len(self.pane.lines)]
        if not parts:
            return self._series
        total = np.sum([values for _, values in parts], axis=0)
        return [(parts[0][0], total), *self._series[len(parts) :]]

    def places(self) -> list[np.ndarray]:
        """The days of each line, on the axis."""
        return [places for places, _values in self._series]

    def values_at(self, place: float | None) -> list[Entry]:
        """The legend at a day: each line's last value on or before it (None: its last value)."""
        entries = []
        for index, line in enumerate(self.pane.all_lines):
            places, values = self._series[index]
            index_at = index_at_day(places, values, place)
            value = None if index_at is None else float(values[index_at])
            text = "–" if value is None else formats.number(value, line.decimals, sign=line.sign) + line.suffix
            square = self.pane.stacked and index < len(self.pane.lines)
            colour = line_colour(line.colour)
            if square and theme.current().name == "dark":
                colour = shade(colour, theme.current().colour("surface"), 0.66)
            detail = provenance(line, self.pane.unit, text, index_at)
            entries.append(Entry(line.name, colour, square, text, detail))
        return entries

    # ------------------------------------------------------------------ pointer

    def point_at(self, place: float | None) -> None:
        """Put the cross-hair at a day; None takes it away."""
        self._cross.setVisible(place is not None)
        if place is not None:
            self._cross.setPos(place)

    def _moved(self, spot: QPointF) -> None:
        view = self.getViewBox()
        self._on_move(float(view.mapSceneToView(spot).x()) if view.sceneBoundingRect().contains(spot) else None)

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)
        self._on_move(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom; the wheel alone scrolls the page."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()
