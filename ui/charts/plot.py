"""One plot of a chart: its ground, its lines or areas, its bands, and the cross-hair at a day."""

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPen, QWheelEvent

from app.wording import formats
from ui import marks, theme
from ui.charts import bars
from ui.charts.axes import TimeAxis, ValueAxis, visible_span
from ui.charts.figures import index_at_day, line_colour, powers, shade
from ui.charts.labels import provenance
from ui.charts.legend import Entry
from ui.charts.lines import draw_line, draw_stack
from ui.charts.parts import Moment, Pane, Period, day, days
from ui.charts.texts import LABEL, Texts

_RIGHT = 58


#: Colours that are hard to tell apart on the dark ground.
_CLOSE_IN_DARK = ("on_rrp", "treasuries_and_total_assets", "total_assets_line")


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
        self._texts = Texts(self.getPlotItem(), inverted=pane.inverted)
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
        self._texts.clear()
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
            if level.label:
                self._texts.add(level.label, tone.text, (0.28, 1.0), lambda value=value: (0.28, value), over_lines=True)
        if self.pane.stacked:
            draw_stack(self, self.pane.lines, self._series[: len(self.pane.lines)])
        for place, line in enumerate(() if self.pane.stacked else self.pane.lines):
            if not self.pane.bars or line.dash:
                draw_line(self, line, *self._drawn[place])
        if self.pane.bars:
            flows = [(line, self._drawn[place]) for place, line in enumerate(self.pane.lines) if not line.dash]
            for group in bars.groups([line for line, _drawn in flows], [drawn for _line, drawn in flows]):
                self.addItem(group)
        if self.pane.total is not None:
            draw_line(self, self.pane.total, *self._drawn[-1])
        self._cross.setPen(pg.mkPen(look.colour("text3"), style=Qt.PenStyle.DashLine))
        self._cross.setZValue(50)
        item.addItem(self._cross, ignoreBounds=True)
        self._draw_times()
        self._draw_names()
        self.rearrange()

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
            self._texts.add_name(line.name, places, edge, inside=below is not None)

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
                self._texts.add_band(label, text, anchor, at, low, high)

    def _far(self) -> float:
        """A value out of sight of every line and level of the pane."""
        known = [values[np.isfinite(values)] for _, values in self._series]
        largest = max((float(np.abs(values).max()) for values in known if len(values)), default=1.0)
        return 50 * max([largest, *(abs(mark) for mark in self._marks())])

    def _marks(self) -> list[float]:
        """The edges and levels that a reader compares with."""
        levels = [float(np.log10(one.value)) if self.pane.log else one.value for one in self.pane.levels]
        return [band.edge for band in self.pane.bands if band.edge is not None] + levels

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
                self._texts.add_top(period.label, day(period.start), look.colour("text2"), left=False, strong=False)
        for moment in self._moments:
            pen = pg.mkPen(look.colour("text3" if moment.quiet else "text"), style=Qt.PenStyle.DotLine)
            self.addItem(pg.InfiniteLine(day(moment.on), angle=90, pen=pen), ignoreBounds=True)
            if self._top and moment.label and not moment.quiet:
                self._texts.add_top(moment.label, day(moment.on), look.colour("text"), left=moment.left, strong=True)

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
                if self._texts.name_the_lowest_band:
                    # the lowest band has room for its label
                    text = room * 1.3 * LABEL / max(3 * LABEL, self.getViewBox().height())
                    low = min(low, min(near) - text)
            if self._texts.stand_at_the_top:
                # labels at the top have a place of their own, a line of text high
                high += room * LABEL / max(2 * LABEL, self.getViewBox().height() - LABEL)
            bottom = low if low == 0 and (self.pane.stacked or self.pane.from_zero) else low - 0.06 * room
            self.getViewBox().setYRange(bottom, high + 0.06 * room, padding=0)
        self._texts.rearrange()

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
