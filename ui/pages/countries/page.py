"""Countries: a country or region with its figures, score, flags and what is at stake; all compared; flows; home."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from app.events import AlertsChanged, BookChanged, Event, ReviewsChanged, SeriesChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.services.profiles import Country
from app.wording import countries as words
from app.wording import formats, terms
from app.wording.sentences import sentence
from ui.pages.countries.comparing import CompareView
from ui.pages.countries.figures import FiguresCard
from ui.pages.countries.flows import FlowsCard
from ui.pages.countries.home import HomeView
from ui.pages.countries.rate import RateCard
from ui.pages.countries.score import ScoreCard
from ui.pages.countries.seen import VIEWS, Seen, fetch
from ui.pages.countries.sheets import past, sheets
from ui.pages.countries.stake import StakeCard
from ui.pages.countries.standing import StandingCard
from ui.pages.countries.tiles import TilesCard
from ui.pages.countries.two_persons import TwoPersonPage
from ui.pages.page import Context
from ui.state import Setting
from ui.tables.exporting import write
from ui.tables.plain import ask_where
from ui.widgets.card import Card
from ui.widgets.knownon import KnownOn

#: The country or region looked at last.
_LAST = Setting("countries/last", "")


class CountriesPage(TwoPersonPage):
    """One view at a time; the country or region that was looked at last comes back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.code = context.state.get(_LAST)
        self.country = QComboBox()
        self.country.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.previous, self.following = self.button(), self.button()
        self.known_on = KnownOn()
        self.known_on.changed.connect(self._show_known)
        for part in (self.known_on, self.country, self.view):
            self.header.add(part)
        self.alert = self.button("primary")
        self.tiles, self.rate, self.score = TilesCard(), RateCard(context.state), ScoreCard()
        self.figures = FiguresCard(context.state)
        self.standing, self.stake = StandingCard(), StakeCard(context)
        self.compare, self.flows, self.home = (
            CompareView(context.state),
            FlowsCard(context.state),
            HomeView(context.state),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self._country_view())
        for view in (self.compare, self.flows, self.home):
            self.stack.addWidget(view)
        self.body.addWidget(self.stack, 1)
        self.view.chosen.connect(self._choose_view)
        self.country.activated.connect(self._choose_country)
        self.previous.clicked.connect(partial(self._step, -1))
        self.following.clicked.connect(partial(self._step, 1))
        self.alert.clicked.connect(self._open_alert)
        self.standing.level_wanted.connect(self._set_level)
        self.compare.comparison.opened.connect(self._open_country)
        for card in (self.figures, self.flows, self.home.figures):
            card.enter_wanted.connect(self._enter)
            card.import_wanted.connect(self._import)
            card.check_wanted.connect(self._check)
            self.guard(card.take, "entry.import")
            self.guard(card.enter, "entry.enter")
        self.guard(self.standing.level, "level.propose")

    def _country_view(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tiles)
        grid = self.columns()
        self.body.removeItem(grid)
        grid.setParent(None)
        column.addLayout(grid, 1)
        grid.addWidget(self.rate, 0, 0, 1, 8)
        grid.addWidget(self.score, 0, 8, 1, 4)
        grid.addWidget(self.figures, 1, 0, 1, 4)
        grid.addWidget(self.standing, 1, 4, 1, 4)
        grid.addWidget(self.stake, 1, 8, 1, 4)
        grid.setRowStretch(0, 60)
        grid.setRowStretch(1, 40)
        return whole

    def _acts(self) -> list[QWidget]:
        cards = (self.figures, self.flows, self.home.figures)
        return [self.standing.level, *(part for card in cards for part in (card.enter, card.take, card.check))]

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card that can be in sight."""
        compared = (self.compare.comparison, self.compare.tide)
        home = (self.home.rate, self.home.figures)
        return (self.rate, self.score, self.figures, self.standing, self.stake, *compared, self.flows, *home)

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.view.fill([_("Country or region"), _("Compare"), _("Flows"), _("Home side")])
        self.country.setAccessibleName(_("Country or region"))
        self.alert.setText(_("Open alert"))
        self.previous.setText("‹")
        self.following.setText("›")
        self.previous.setAccessibleName(_("Previous country or region"))
        self.following.setAccessibleName(_("Next country or region"))
        self.known_on.allow_to(self.context.program.clock().astimezone().date())
        self.known_on.retranslate()
        self.tiles.retranslate()
        for card in self.cards:
            card.mark_sample(self.context.sample)
            card.retranslate()
        self._tell()

    def refresh(self, event: Event | None = None) -> None:
        """Ask for the view in sight again."""
        if event is None or isinstance(event, SeriesChanged | AlertsChanged | BookChanged | ReviewsChanged):
            self._ask()

    def show_target(self, **what: Any) -> None:
        """Show a country (`country="TR"`) or a view (`view="compare"`)."""
        if "view" in what:
            self.view.choose(what["view"])
        if "known_on" in what:
            self.known_on.show_day(what["known_on"])
        if "country" in what:
            self.code = what["country"]
            self.view.choose("country")
        self._ask()

    def find(self) -> None:
        """Ctrl+F: choose another country or region."""
        if self.view.current == "country":
            self.country.setFocus()
            self.country.showPopup()

    def export(self) -> None:
        """Ctrl+E: the tables in sight, as a workbook."""
        if self.seen is None:
            return
        stem = f"countries-{self.code or self.seen.view}.xlsx"
        if (place := ask_where(self, _("Export"), stem)) is not None:
            self.export_to(place)

    def export_to(self, place: Path) -> None:
        """Write the tables in sight into a workbook, in a worker."""
        if self.seen is None:
            return
        made = sheets(self, self.view.current, self.known_on.day)

        def work(_job: Job) -> Any:
            return write(place, made, sample=self.context.sample)

        self.ask(work, lambda _notes: self.context.done(_("Written to {file}").format(file=place.name)))

    # ------------------------------------------------------------------ asking and showing

    def _ask(self) -> None:
        work = partial(fetch, self.context.program, self.view.current, self.code, self.known_on.day)
        self.ask(work, self._show, self._failed, about="seen")

    def _show(self, seen: Seen) -> None:
        if (seen.view, seen.known_on) != (self.view.current, self.known_on.day):
            return
        self.seen = seen
        for card in self.cards:
            card.clear_error()
        if seen.country is not None:
            self.code = seen.country.code
            self.context.state.put(_LAST, self.code)
            self.tiles.show_country(seen.country)
            self.rate.show_rate(seen.country, seen.tracks, seen.notes)
            for card in (self.score, self.standing):
                card.show_country(seen.country)
            self.stake.show_country(seen.country, seen.batch, past=seen.known_on is not None)
            shown = seen.country
            free = next((one.series for one in shown.indicators if one.absence), shown.rate.series)
            self.figures.show_figures(sentence(shown.known), free, (shown.rate, *shown.indicators), shown.waiting)
        if seen.comparison is not None:
            self.compare.comparison.show_comparison(seen.comparison)
            self.compare.tide.show_comparison(seen.comparison)
        if seen.flows is not None:
            self.flows.show_flows(seen.flows, seen.tracks)
        if seen.home is not None:
            self.home.show_home(seen.home, seen.tracks)
        self.stack.setCurrentIndex(VIEWS.index(seen.view))
        self._tell()

    def _tell(self) -> None:
        """Header, chooser and the primary button."""
        seen = self.seen
        single = self.view.current == "country"
        self.country.setVisible(single)
        for part in (self.previous, self.following):
            part.setVisible(single and self.known_on.day is None)  # the day takes their room
        shown = seen.country if seen is not None else None
        day = self.known_on.day
        self.header.badge.setVisible(single and shown is not None)
        for part in self._acts():
            part.setEnabled(day is None)  # nothing is entered or set in the past
        self.alert.setVisible(single and shown is not None and bool(shown.alerts) and day is None)
        if seen is None or not single or shown is None:
            self.header.title.setText(_("Countries and regions"))
            self.header.scope.setText("" if day is None else past(day))
            return
        self.header.title.setText(terms.country(shown.code))
        self.header.badge.show_state(*_state(shown))
        # of a past day the header says so already, and there is no room to say it twice
        self.header.scope.setText(_("As of {day}").format(day=formats.day(shown.today)) if day is None else "")
        codes = dict.fromkeys((*seen.codes, shown.code))
        self.country.clear()
        for code in codes:
            self.country.addItem(terms.country(code), code)
        self.country.setCurrentIndex(self.country.findData(shown.code))

    # ------------------------------------------------------------------ what the person chooses

    @Slot(object)
    def _show_known(self, _day: date | None) -> None:
        """Everything as it was known at the end of a day, or as it is known now."""
        self._tell()
        self._ask()

    @Slot(str)
    def _choose_view(self, _view: str) -> None:
        self._tell()
        self._ask()

    @Slot(int)
    def _choose_country(self, _index: int) -> None:
        self.code = str(self.country.currentData())
        self._ask()

    @Slot(object)
    def _open_country(self, code: str) -> None:
        self.show_target(country=code)

    def _step(self, by: int) -> None:
        codes = [str(self.country.itemData(place)) for place in range(self.country.count())]
        if self.code in codes:
            self.code = codes[(codes.index(self.code) + by) % len(codes)]
            self._ask()

    @Slot()
    def _open_alert(self) -> None:
        if self.seen is not None and self.seen.country is not None and self.seen.country.alerts:
            self.context.open("alerts", alert=self.seen.country.alerts[0].id)

    def _failed(self, error: Exception) -> None:
        cards = {"compare": self.compare.comparison, "flows": self.flows, "home": self.home.rate}
        card = cards.get(self.view.current, self.rate)
        card.show_error(error, (_("Try again"), self._ask))


def _state(shown: Country) -> tuple[str, str]:
    """The gravest of what fires, else the state of the score."""
    graves = {one.severity.value for one in shown.alerts if one.severity is not None}
    if "critical" in graves:
        return "critical", _("Critical")
    if graves:
        return "warning", _("Warning")
    return words.score_state(shown.score.state.value)
