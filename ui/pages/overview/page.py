"""Overview: four questions on one screen, which must not scroll at 1366 × 768."""

from functools import partial

from app.bootstrap import Program
from app.events import AlertsChanged, BookChanged, CheckChanged, Event, ReviewsChanged, SeriesChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.wording import formats
from exposures.check import Status
from ui.pages.overview import countries, todo
from ui.pages.overview.countries import CountriesCard
from ui.pages.overview.money import MoneyCard
from ui.pages.overview.tide import TideCard
from ui.pages.overview.todo import TodoCard
from ui.pages.page import Context, Page
from ui.widgets import icons
from ui.widgets.text import restyle


class OverviewPage(Page):
    """The officer's morning on one screen."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tide, self.todo = TideCard(context), TodoCard(context)
        self.countries, self.money = CountriesCard(context), MoneyCard(context)
        self._refresh = self.button("primary", "data.refresh")
        self._check = self.button("primary")
        self._check.clicked.connect(partial(context.open, "check"))
        self._check.hide()
        grid = self.columns()
        grid.addWidget(self.tide, 0, 0, 1, 8)
        grid.addWidget(self.todo, 0, 8, 1, 4)
        grid.addWidget(self.countries, 1, 0, 1, 8)
        grid.addWidget(self.money, 1, 8, 1, 4)
        grid.setRowStretch(0, 61)
        grid.setRowStretch(1, 39)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Overview"))
        self.header.scope.setText(_("As of {moment}").format(moment=formats.moment(self.context.program.clock())))
        self._refresh.setText(_("Refresh"))
        self._check.setText(_("Continue daily check"))
        self._check.setIcon(icons.icon("check", "onAccent"))
        self._dress()
        for card in (self.tide, self.todo, self.countries, self.money):
            card.mark_sample(self.context.sample)
            card.retranslate()

    def refresh(self, event: Event | None = None) -> None:
        """Ask again for the cards that the event concerns."""
        program = self.context.program
        if event is None or isinstance(event, SeriesChanged):
            self.tide.ask_again()
        if event is None or isinstance(event, CheckChanged):
            self.ask(partial(_is_check_open, program), self._offer_check)
        if event is None or isinstance(event, BookChanged):
            self.money.ask_again()
        if event is None or isinstance(event, AlertsChanged | BookChanged):
            self.ask(
                partial(countries.fetch, program),
                self.countries.show_countries,
                partial(self._failed, self.countries),
                about="countries",
            )
        if event is None or isinstance(event, AlertsChanged | BookChanged | ReviewsChanged):
            failed = partial(self._failed, self.todo)
            self.ask(partial(todo.fetch, program), self.todo.show_today, failed, about="today")

    def _offer_check(self, is_open: bool) -> None:
        """While a check is open, going on with it is the one primary action."""
        self._check.setVisible(is_open)
        self._dress()

    def _dress(self) -> None:
        quiet = not self._check.isHidden()
        self._refresh.setProperty("k", "" if quiet else "primary")
        self._refresh.setIcon(icons.icon("refresh", "text2" if quiet else "onAccent"))
        restyle(self._refresh)

    def _failed(self, card: CountriesCard | TodoCard, error: Exception) -> None:
        card.show_error(error, (_("Try again"), self.refresh))


def _is_check_open(program: Program, _job: Job) -> bool:
    check = program.checking.today()
    return check is not None and check.status is Status.OPEN
