"""The card "When do reserves stop being ample?": the past, the simulated course with its error fan, and the floor."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from app.i18n import gettext as _
from app.liquidity.backtest import Fan
from app.liquidity.caps import BILLION
from app.liquidity.runoff import Month
from app.series.points import Points
from app.services.simulating import Course, Proof
from app.wording import formats
from app.wording.runoff import line_name, short_month
from app.wording.sentences import sentence
from ui.charts.chart import Chart
from ui.charts.parts import Line, Moment, Pane, Period
from ui.widgets.card import Card
from ui.widgets.choice import Segments
from ui.widgets.text import label

#: The lines that are drawn, with their colours.
LINES = {"reserves": "reserves", "tga": "treasury_account", "on_rrp": "on_rrp"}


class ResultCard(Card):
    """The answer and its chart, in billions or in percent of GDP."""

    def __init__(self) -> None:
        super().__init__()
        self._course: Course | None = None
        self._fan = Fan((), 0)
        self.unit = Segments(("usd_bn", "gdp"), "usd_bn")
        self.unit.chosen.connect(self._choose)
        self.notes = self.add_link()
        self.notes.clicked.connect(self._open_notes)
        self.corner.addWidget(self.unit)
        self.chart = Chart(ranges=("all",), chosen="all", ranges_apart=True, unrevised="simulated")
        self.chart.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.chart.setMinimumHeight(150)
        self.body.addWidget(self.chart, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("When do reserves stop being ample?"))
        self.unit.fill([_("USD bn"), _("% of GDP")])
        self.chart.title = self.question.text()
        self.chart.retranslate()
        self._render()

    def show_course(self, course: Course) -> None:
        """Show another course."""
        self._course = course
        self.clear_error()
        self._render()

    def show_proof(self, proof: Proof) -> None:
        """Draw the fan of these back-tests."""
        self._fan = proof.fan
        self._render()

    def answer_text(self) -> str:
        """The whole answer."""
        if self._course is None:
            return ""
        return formats.together([sentence(found) for found in (self._course.finding, self._course.second) if found])

    def _render(self) -> None:
        if self._course is None:
            return
        self.show_content()
        self.say(self.answer_text())
        notes = self._course.simulation.notes
        self.notes.setText(_("Notes ({count})").format(count=len(notes)))
        self.add_note(sentence(notes[0]))
        course, percent = self._course, self.unit.current == "gdp"
        start = course.simulation.start.on
        lines = [made for line, colour in LINES.items() if (made := self._line(course, line, colour)) is not None]
        lines += _floor(course, percent)
        first = min(line.dates[0] for line in lines)
        self.chart.show_panes(
            Pane(tuple(lines), unit=_("% of GDP") if percent else _("USD bn"), from_zero=True, data_to=start),
            periods=[Period(first.item(), start, _("Actual"))],
            moments=[Moment(start, _("Simulated"))],
            note=self._note(course),
        )

    def _note(self, course: Course) -> str:
        if not self._fan.percent:
            return _("No back-test has data here, so no error can be drawn.")
        if len(course.simulation.months) >= len(self._fan.percent):
            return _("Shaded: mean error of total assets in {starts} back-tests, as far ahead as they reach.").format(
                starts=self._fan.starts
            )
        return _("Shaded: mean error of total assets at that horizon, in {starts} back-tests.").format(
            starts=self._fan.starts
        )

    def _line(self, course: Course, line: str, colour: str) -> Line | None:
        """Past and simulated levels as one line; the fan opens at the start, from the reserves that carry the error."""
        past = course.past.get(line)
        levels = [getattr(month.position, line) for month in course.simulation.months]
        if past is None or not len(past) or None in levels:
            return None
        past = past.take(np.isin(past.dates, course.past["total_assets"].dates))  # one point a week, as the H.4.1
        ends = [month.end for month in course.simulation.months]
        dates = np.concatenate([past.dates, np.array(ends, "datetime64[D]")])
        values = np.concatenate([past.values, np.array(levels, float) / BILLION])
        error = np.zeros(len(values))
        if line == "reserves":
            error[len(past) :] = self._errors(course.simulation.months)
        shown = _scaled(course, dates, (values, values - error, values + error), self.unit.current == "gdp")
        fan = (shown[1], shown[2]) if line == "reserves" and np.nanmax(error) > 0 else None
        decimals = 1 if self.unit.current == "gdp" else 0
        known = np.concatenate([past.known_from, np.full(len(ends), past.known_from[-1])])
        series = course.simulation.start.series[line]
        source = _("{series}, simulated after {day}").format(series=series, day=formats.day(course.simulation.start.on))
        return Line(
            line_name(line), dates, shown[0], colour, decimals=decimals, fan=fan, source=source, known_from=known
        )

    def _errors(self, months: Sequence[Month]) -> np.ndarray:
        """Billions either way, month by month; beyond the longest back-test there is none to tell."""
        ahead = [self._fan.percent[n] if n < len(self._fan.percent) else np.nan for n in range(1, len(months) + 1)]
        return np.array([month.position.total_assets for month in months]) / BILLION * np.array(ahead) / 100

    @Slot()
    def _open_notes(self) -> None:
        if self._course is not None:
            notes = QFrame(self, Qt.WindowType.Popup)
            notes.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            notes.setProperty("r", "card")
            column = QVBoxLayout(notes)
            column.setContentsMargins(14, 12, 14, 12)
            column.setSpacing(8)
            for note in self._course.simulation.notes:
                text = label("small", sentence(note))
                text.setWordWrap(True)
                text.setFixedWidth(420)
                column.addWidget(text)
            notes.adjustSize()
            notes.move(self.notes.mapToGlobal(QPoint(self.notes.width() - notes.width(), self.notes.height() + 4)))
            notes.show()

    @Slot(str)
    def _choose(self, _unit: str) -> None:
        self._render()


def _floor(course: Course, percent: bool) -> list[Line]:
    """The floor of ample, dashed, and the spot where reserves fall below it."""
    simulation = course.simulation
    ends = [simulation.start.on, *(month.end for month in simulation.months)]
    floors = [simulation.ample, *(month.ample for month in simulation.months)]
    if None in floors:
        return []
    dates = np.array(ends, "datetime64[D]")
    values = np.array([floor or 0 for floor in floors], float) / BILLION
    decimals = 1 if percent else 0
    (shown,) = _scaled(course, dates, (values,), percent)
    source = _("assumption of the scenario")
    lines = [Line(_("Ample floor"), dates, shown, "critical", decimals=decimals, dash=True, source=source)]
    if (crossed := simulation.crossed) is not None:
        spot = np.array([crossed.end], "datetime64[D]")
        (level,) = _scaled(course, spot, (np.array([crossed.position.reserves / BILLION]),), percent)
        name = _("Floor crossed, {month}").format(month=short_month(crossed.month))
        lines.append(Line(name, spot, level, "critical", decimals=decimals, end="critical", source=_("simulated")))
    return lines


def _scaled(course: Course, dates: np.ndarray, values: tuple[np.ndarray, ...], percent: bool) -> tuple[np.ndarray, ...]:
    """In billions as they are, or in percent of GDP: the last one published for a day, after the start as assumed."""
    if not percent:
        return values
    gdp = gdp_at(course.gdp, course.simulation.start.on, float(course.simulation.scenario.growth), dates)
    return tuple(part / gdp * 100 for part in values)


def gdp_at(gdp: Points, start: date, growth: float, dates: np.ndarray) -> np.ndarray:
    """GDP on each day, in billions; NaN before the first."""
    if not len(gdp):
        return np.full(len(dates), np.nan)
    places = np.searchsorted(gdp.dates, dates, "right") - 1
    level = np.where(places >= 0, gdp.values[np.maximum(places, 0)], np.nan)
    years = np.maximum((dates - np.datetime64(start)).astype(float), 0) / 365.25
    grown: np.ndarray = level * (1 + growth / 100) ** years
    return grown
