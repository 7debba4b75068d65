"""A chart as a page uses it: plots over one another, one cross-hair, ranges, ways to read, marks, a menu of its own."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.spreadsheets.workbook import SheetContent
from app.wording import formats
from ui import theme
from ui.charts import bars, data, events, menu, modes, saving
from ui.charts.figures import last_day
from ui.charts.legend import Legend
from ui.charts.modes import Mode
from ui.charts.parts import Moment, Pane, Period, as_date, days
from ui.charts.plot import Plot
from ui.charts.ranges import RANGES, RangeButtons

#: The fewest days a chart shows: nearer, and a point stands alone.
_LEAST_DAYS = 5


class Chart(QWidget):
    """Plots of one time axis. `show_panes` fills it, the legend above each plot reads the values at the cross-hair.

    `ranges` are ids of RANGES (empty: no buttons), `chosen` the one in force at first; with `ranges_apart` the page
    puts the widget `ranges` where it likes. `kinds` are the marked days that the menu offers (ids of
    `app.liquidity.dated_events.Kind`), `marked` those that are on. `unrevised` is why its lines can have no first
    prints ("simulated", "computed", "as_known"). `moved(date or None)` tells the day under the cross-hair.
    """

    moved = Signal(object)

    def __init__(
        self,
        title: str = "",
        *,
        ranges: Sequence[str] = ("1y", "5y", "all"),
        chosen: str = "all",
        ranges_apart: bool = False,
        kinds: Sequence[str] = ("runoff", "fomc", "tax", "quarter_end"),
        marked: Sequence[str] = (),
        unrevised: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.unrevised = unrevised
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = title
        self._range = chosen
        self._ranges_apart = ranges_apart
        self.kinds, self.marked = tuple(kinds), tuple(marked)
        self.mode, self.shows_first_prints = Mode.LEVEL, False
        self.sample = False
        self._plots: list[Plot] = []
        self._legends: list[Legend] = []
        self._panes: tuple[Pane, ...] = ()
        self._periods: tuple[Period, ...] = ()
        self._moments: tuple[Moment, ...] = ()
        self._at: float | None = None
        self._worn = theme.current()
        self._note = ""
        self.ranges = RangeButtons(ranges, chosen, self)
        self.ranges.chosen.connect(self.choose)
        self._top = QHBoxLayout()
        self._top.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._left, self._right = QLabel(), QLabel()
        for foot in (self._left, self._right):
            foot.setProperty("r", "caption")
        feet = QHBoxLayout()
        feet.setContentsMargins(0, 2, 0, 0)
        feet.addWidget(self._left, 1)
        feet.addWidget(self._right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(self._column, 1)
        whole.addLayout(feet)
        self.retranslate()

    # ------------------------------------------------------------------ what is shown

    def show_panes(
        self, *panes: Pane, periods: Sequence[Period] = (), moments: Sequence[Moment] = (), note: str = ""
    ) -> None:
        """Draw these plots, the first on top; `note` is the caption below (unit, frequency, source)."""
        self._panes, self._periods, self._moments, self._note = panes, tuple(periods), tuple(moments), note
        if not self.can_show(self.mode):
            self.mode = Mode.LEVEL
        self._build()

    @property
    def panes(self) -> tuple[Pane, ...]:
        """What is drawn."""
        return self._panes

    def _clear(self) -> None:
        if self.ranges.parent() is not None and not self._ranges_apart:
            self.ranges.setParent(self)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget is not self.ranges:
                widget.hide()
                widget.deleteLater()
            elif (row := item.layout()) is not None:
                while (inner := row.takeAt(0)) is not None:
                    if (widget := inner.widget()) is not None and widget is not self.ranges:
                        widget.hide()
                        widget.deleteLater()
        # not PlotWidget.close(): it takes the parent away, and Qt then meets a half-gone widget
        self._plots, self._legends = [], []

    def _build(self) -> None:
        self._clear()
        base = self._base()
        for place, given in enumerate(self._panes):
            legend = Legend()
            pane = modes.shown(given, self.mode, base, first_prints=self.shows_first_prints)
            times = (self._periods, (*self._moments, *self._marks()))
            plot = Plot(pane, *times, top=place == 0, last=place == len(self._panes) - 1, on_move=self._point)
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(legend, 1)
            if place == 0 and not self._ranges_apart:
                row.addWidget(self.ranges, 0, Qt.AlignmentFlag.AlignTop)
            self._column.addLayout(row)
            self._column.addWidget(plot, pane.weight)
            self._plots.append(plot)
            self._legends.append(legend)
            plot.getViewBox().sigRangeChangedManually.connect(self._freed)
        for plot in self._plots[1:]:
            plot.setXLink(self._plots[0])
        if (span := self._span()) is not None:
            for plot in self._plots:
                plot.getViewBox().setLimits(
                    xMin=span[0], xMax=span[1] + 0.02 * (span[1] - span[0]), minXRange=_LEAST_DAYS
                )
        self._apply_range()
        self._point(None)
        self.setAccessibleName(self.title)

    def _span(self) -> tuple[float, float] | None:
        ends = [
            (d[0] - bars.room(pane), d[-1])
            for pane in self._panes
            for line in pane.all_lines
            if len(d := days(line.dates))
        ]
        if not ends:
            return None
        first, last = min(first for first, _ in ends), max(last for _, last in ends)
        return min(first, last - _LEAST_DAYS), last  # a single point stands in a few days of its own

    # ------------------------------------------------------------------ range

    @property
    def range(self) -> str:
        """The preset in force; empty where the range was chosen freely."""
        return self._range

    def choose(self, range_id: str) -> None:
        """Show a preset's range."""
        self._range = RANGES[range_id].id
        self.ranges.choose(range_id)
        if self.mode is Mode.INDEXED:  # the start of the range is 100
            self._build()
        else:
            self._apply_range()

    def zoom(self, factor: float) -> None:
        """Show a part (below 1) or more (above 1) of the time, around the cross-hair or the middle."""
        if not self._plots:
            return
        first, last = self._plots[0].getViewBox().viewRange()[0]
        middle = self._at if self._at is not None else (first + last) / 2
        self._freed()
        self._plots[0].setXRange(middle - (middle - first) * factor, middle + (last - middle) * factor, padding=0)

    @Slot()
    def _freed(self, *_which: object) -> None:
        """The range was moved by hand: no preset is in force any more."""
        self._range = ""
        self.ranges.choose("")

    # ------------------------------------------------------------------ ways to read

    def can_show(self, mode: Mode) -> bool:
        """Whether any plot can be read that way."""
        return mode is Mode.LEVEL or any(modes.possible(pane, mode) for pane in self._panes)

    def show_as(self, mode: Mode) -> None:
        """Read the lines another way; what is copied and saved stays the values."""
        self.mode = mode if self.can_show(mode) else Mode.LEVEL
        self._rebuild()

    @property
    def has_first_prints(self) -> bool:
        """Whether any line was ever revised."""
        return any(line.first is not None for pane in self._panes for line in pane.all_lines)

    def show_first_prints(self, on: bool) -> None:
        """Draw beside each revised line what it was when it first came out."""
        self.shows_first_prints = on
        self._rebuild()

    def mark(self, kind: str, on: bool) -> None:
        """Mark the days of a kind, or no longer."""
        self.marked = tuple(each for each in self.kinds if (on if each == kind else each in self.marked))
        self._rebuild()

    def _rebuild(self) -> None:
        """Draw anew what is shown, in the range that is in sight."""
        seen = self._plots[0].getViewBox().viewRange()[0] if self._plots else None
        free = not self._range
        self._build()
        if seen is not None and free:
            self._plots[0].setXRange(*seen, padding=0)

    def _marks(self) -> tuple[Moment, ...]:
        span = self._span()
        if span is None or not self.marked:
            return ()
        return events.moments(self.marked, as_date(span[0]), as_date(span[1]))

    def _base(self) -> float:
        """The day on which an index stands at 100: the start of the range."""
        span = self._span()
        return 0.0 if span is None else self._start(*span)

    def _apply_range(self) -> None:
        span = self._span()
        if span is None or not self._plots:
            return
        last = span[1]
        first = self._start(*span)
        # a little air on the right, so that the last point is seen whole
        self._plots[0].setXRange(first, last + 0.012 * (last - first), padding=0)
        for plot in self._plots:
            plot.rearrange()

    def _start(self, first: float, last: float) -> float:
        """Where the preset in force begins."""
        months = RANGES[self._range].months if self._range else None
        if months is None:
            return first
        end = np.datetime64(as_date(last), "M") - months
        return max(first, float(end.astype("datetime64[D]").astype(int)) + as_date(last).day - 1)

    # ------------------------------------------------------------------ cross-hair

    def _point(self, place: float | None) -> None:
        """All plots and legends read the same day."""
        if place is not None and (span := self._span()) is not None:
            place = min(max(place, span[0]), span[1])
            place = self._nearest(place)
        self._at = place
        for plot, legend in zip(self._plots, self._legends, strict=True):
            plot.point_at(place)
            legend.fill(plot.values_at(place))
        self._say()
        self.moved.emit(None if place is None else as_date(place))

    def _nearest(self, place: float) -> float:
        """The date nearest to a place on which any line has an observation."""
        best = place
        gap = np.inf
        for plot in self._plots:
            for places in plot.places():
                for index in (int(np.searchsorted(places, place)) - 1, int(np.searchsorted(places, place))):
                    if 0 <= index < len(places) and abs(places[index] - place) < gap:
                        best, gap = float(places[index]), abs(float(places[index]) - place)
        return best

    def _say(self) -> None:
        if self._at is not None:
            at = _("values of {day}").format(day=formats.day(as_date(self._at)))
            if named := self._named(as_date(self._at)):
                at = _("{values}: {event}").format(values=at, event=named)
            self._left.setText(_("{note}, {at}").format(note=self._note, at=at) if self._note else at)
        else:
            self._left.setText(self._note)
        lasts = [last for pane in self._panes if (last := last_day(pane)) is not None]
        self._right.setText(_("Data to {day}").format(day=formats.day(min(lasts))) if lasts else "")

    def _named(self, on: date) -> str:
        """The marked day under the cross-hair."""
        return _(", ").join(moment.label for moment in self._marks() if moment.on == on and moment.label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right walk through the dates (Ctrl: by ten), Home and End go to the ends, Escape lets go; plus and
        minus zoom, 0 shows everything.
        """
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        places = data.all_days(self._panes)
        if event.key() == Qt.Key.Key_Escape and self._at is not None:
            self._point(None)
        elif event.key() in steps and len(places):
            step = steps[event.key()] * (10 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1)
            now = len(places) - 1 if self._at is None else int(np.searchsorted(places, self._at))
            self._point(float(places[min(max(now + (step if self._at is not None else 0), 0), len(places) - 1)]))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and len(places):
            self._point(float(places[0 if event.key() == Qt.Key.Key_Home else -1]))
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(2.0 if event.key() == Qt.Key.Key_Minus else 0.5)
        elif event.key() == Qt.Key.Key_0:
            self.choose("all")
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ looks, words

    def retranslate(self) -> None:
        """Words in the reader's language."""
        self.ranges.retranslate()
        for plot in self._plots:
            plot.restyle()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """A new theme draws everything anew, in place: no widget may go while the palette is being handed down."""
        super().changeEvent(event)
        # One change of theme arrives as several events; it is drawn once.
        worn = theme.current()
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_plots", ()) and self._worn is not worn:
            self._worn = worn
            for plot in self._plots:
                plot.restyle()
            self._point(self._at)

    # ------------------------------------------------------------------ copying, saving

    def picture(self) -> QPixmap:
        """The chart as it stands, with where its figures come from."""
        return saving.picture(self)

    def table(self) -> tuple[list[str], list[list[object]]]:
        """What is drawn: a row a date, a column a line, None where a line has no value."""
        return data.table(self._panes)

    def copy_picture(self) -> None:
        """The picture to the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.picture())

    def copy_data(self) -> None:
        """The data to the clipboard, for a spreadsheet."""
        QGuiApplication.clipboard().setText(saving.text_of(*self.table(), "\t"))

    def save_picture(self, place: Path) -> None:
        """The picture into a PNG file."""
        saving.save_png(self, place)

    def save_svg(self, place: Path) -> None:
        """The picture into an SVG file."""
        saving.save_svg(self, place, self.title)

    def save_data(self, place: Path) -> None:
        """The data into a CSV file."""
        saving.save_csv(self._panes, place)

    def save_workbook(self, place: Path) -> None:
        """The data into a workbook."""
        saving.save_workbook(self._panes, place, self.title, self._note, sample=self.sample)

    def sheet(self, name: str, answer: str = "") -> SheetContent:
        """The data as a sheet of a page's workbook."""
        facts = saving.facts_of(self._panes, self._note)
        return saving.sheet_of(*self.table(), name, self.title, answer=answer, facts=facts)

    def stem(self) -> str:
        """A file's name without its ending."""
        return saving.stem(self.title)

    def menu(self) -> QMenu:
        """What can be done with the chart, in the reader's language."""
        return menu.build(self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Our own menu instead of pyqtgraph's, which speaks English only."""
        made = self.menu()
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.popup(event.globalPos())
