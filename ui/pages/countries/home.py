"""The view "Home side": the renminbi, its volatility, the spread over Treasuries, and what has no free source."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.countries import indicators
from app.countries.indicators import Curve
from app.i18n import gettext as _
from app.liquidity.tracks import Track
from app.services.first_prints import aligned, on_dates, printed
from app.services.profiles import Home
from app.services.profiling import HOME_RATE, HOME_YIELD, US_YIELD
from app.wording import formats
from app.wording.sentences import sentence
from ui.charts.chart import Chart
from ui.charts.parts import Level, Line, Pane
from ui.pages.countries.figures import FiguresCard
from ui.state import State
from ui.widgets.card import Card


class HomeRateCard(Card):
    """How stands the renminbi? The rate and the 10-year spread, one above the other."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Home | None = None
        self._tracks: Mapping[str, Track] = {}
        self.chart = Chart(ranges=("1y", "5y", "all"), chosen="1y", ranges_apart=True)
        self.chart.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.corner.addWidget(self.chart.ranges)
        self.body.addWidget(self.chart, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("How stands the renminbi?"))
        self.chart.title = self.question.text()
        self.chart.retranslate()
        if self._shown is not None:
            self.show_home(self._shown, self._tracks)

    def show_home(self, shown: Home, tracks: Mapping[str, Track]) -> None:
        """Show the renminbi and the spread; `tracks` carry their first prints."""
        self._shown, self._tracks = shown, tracks
        if not len(shown.rate.course):
            self.add_note("")
            self.show_empty("liquidity", _("No renminbi rate"), sentence(shown.finding))
            return
        self.show_content()
        self.say(sentence(shown.finding))
        rate = shown.rate.course
        panes = [
            Pane(
                (
                    Line(
                        _("USD/CNY, down is weaker"),
                        rate.dates,
                        rate.values,
                        decimals=4,
                        source=shown.rate.source,
                        known_from=rate.known_from,
                        first=on_dates(tracks[HOME_RATE], rate.dates) if HOME_RATE in tracks else None,
                    ),
                ),
                unit=shown.rate.unit,
                inverted=True,
            )
        ]
        gap = shown.spread.points
        if len(gap):
            line = Line(
                _("China less United States, 10 years"),
                gap.dates, gap.values, "treasury_account", decimals=2, sign=True,
                suffix=_(" pp"), source=_both(shown), known_from=gap.known_from, first=_first_gap(shown, tracks),
            )  # fmt: skip
            panes.append(Pane((line,), unit=_("pp"), levels=(Level(0.0, ""),)))
        self.chart.show_panes(*panes)
        volatility = "–" if shown.volatility is None else formats.percent(shown.volatility, 1)
        self.add_note(_("Volatility of the last 20 daily changes: {volatility} a year.").format(volatility=volatility))


def _both(shown: Home) -> str:
    """Where the two yields come from."""
    return " + ".join(dict.fromkeys(one.source for one in (shown.yield_home, shown.yield_us) if one.source))


def _first_gap(shown: Home, tracks: Mapping[str, Track]) -> np.ndarray | None:
    """The spread on the first prints of both yields."""
    courses = {HOME_YIELD: shown.yield_home.course, US_YIELD: shown.yield_us.course}
    first = {id: printed(of, tracks[id]) if id in tracks else None for id, of in courses.items()}
    if all(one is None for one in first.values()):
        return None
    home, us = (Curve(first[id] or of, (id,)) for id, of in courses.items())
    return aligned(shown.spread.points, indicators.difference(home, us).points)


class HomeView(QWidget):
    """The renminbi above, the figures below."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.rate, self.figures = HomeRateCard(), FiguresCard(state, "countries.home")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rate, 3)
        column.addWidget(self.figures, 2)

    def show_home(self, shown: Home, tracks: Mapping[str, Track]) -> None:
        """Show the home side."""
        self.rate.show_home(shown, tracks)
        found = (shown.rate, shown.yield_home, shown.yield_us, *shown.others)
        self.figures.show_figures(sentence(shown.known), shown.yield_home.series, found, shown.waiting)
