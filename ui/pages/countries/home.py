"""The view "Home side": the renminbi, its volatility, the spread over Treasuries, and what has no free source."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.services.profiles import Home
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
            self.show_home(self._shown)

    def show_home(self, shown: Home) -> None:
        """Show the renminbi and the spread."""
        self._shown = shown
        if not len(shown.rate.course):
            self.add_note("")
            self.show_empty("liquidity", _("No renminbi rate"), sentence(shown.finding))
            return
        self.show_content()
        self.say(sentence(shown.finding))
        rate = shown.rate.course
        panes = [
            Pane(
                (Line(_("USD/CNY, down is weaker"), rate.dates, rate.values, decimals=4, source=shown.rate.source),),
                unit=shown.rate.unit,
                inverted=True,
            )
        ]
        gap = shown.spread.points
        if len(gap):
            line = Line(
                _("China less United States, 10 years"),
                gap.dates, gap.values, "treasury_account", decimals=2, sign=True,
                suffix=_(" pp"),
            )  # fmt: skip
            panes.append(Pane((line,), unit=_("pp"), levels=(Level(0.0, ""),)))
        self.chart.show_panes(*panes)
        volatility = "–" if shown.volatility is None else formats.percent(shown.volatility, 1)
        self.add_note(_("Volatility of the last 20 daily changes: {volatility} a year.").format(volatility=volatility))


class HomeView(QWidget):
    """The renminbi above, the figures below."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.rate, self.figures = HomeRateCard(), FiguresCard(state, "countries.home")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rate, 3)
        column.addWidget(self.figures, 2)

    def show_home(self, shown: Home) -> None:
        """Show the home side."""
        self.rate.show_home(shown)
        found = (shown.rate, shown.yield_home, shown.yield_us, *shown.others)
        self.figures.show_figures(sentence(shown.known), shown.yield_home.series, found, shown.waiting)
