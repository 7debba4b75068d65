"""The card "Which country hurts?": the book's countries and regions, the gravest first."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.services.attending import Countries, Country
from app.wording import alerts as alert_words
from app.wording import formats, terms
from app.wording.sentences import sentence
from ui.pages.page import Context
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card

#: How many rows the card has room for.
ROWS = 6


def fetch(program: Program, _job: Job) -> Countries:
    """The countries of the newest book."""
    return program.attending.countries()


def _state(row: Country) -> tuple[str, str]:
    """The severity in whose shape a row is marked, and its word: of alert and limit the graver one."""
    if row.use is not None and row.severity:
        severity, word = terms.limit_state(row.use.state.value)
        if {"critical": 2, "warning": 1}.get(severity, 0) == row.severity:
            return severity, word
    if row.severity:
        return ("critical", _("Critical")) if row.severity > 1 else ("warning", _("Warning"))
    return terms.limit_state("no_limit" if row.use is None else row.use.state.value)


def _tightness(row: Country) -> str:
    """The severity of a limit alone, which is what its bar is drawn in."""
    return terms.limit_state("no_limit" if row.use is None else row.use.state.value)[0]


def _why(row: Country) -> str:
    """What speaks against a country: its gravest alert, else its limit."""
    if row.alerts:
        return alert_words.metric(row.alerts[0].rule)
    if row.use is None or row.use.limit is None:
        return _("No limit is set")
    return ""


class CountriesCard(Card):
    """State, amounts, use of the limit and cause, a row a country or region."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: Countries | None = None
        self._link = self.add_link()
        self._link.clicked.connect(self._open_all)
        number = partial(Column, kind=Kind.NUMBER)
        self.table = TableView(
            (
                Column("country", lambda: _("Country or region"), strong=True, priority=0),
                Column("state", lambda: _("State"), Kind.SEVERITY, priority=0, detail="state_word"),
                number("outstanding", self._money(lambda: _("Outstanding")), priority=1),
                number("undrawn", self._money(lambda: _("Undrawn")), priority=2),
                Column("used", lambda: _("Limit used"), Kind.BAR, priority=1, detail="expected", tone="tightness"),
                Column("why", lambda: _("Why"), stretch=1, priority=1, note="why"),
            ),
            title="countries",
            whole=True,
            selectable=False,
            name="overview.countries",
        )
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table)
        self.body.addStretch(1)

    def show_countries(self, shown: Countries) -> None:
        """Show the countries."""
        self._shown = shown
        self.clear_error()
        self._render()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which country hurts?"))
        self._link.setText(_("All countries and regions"))
        self._render()

    def _money(self, word: Callable[[], str]) -> Callable[[], str]:
        def header() -> str:
            unit = _("{currency} m").format(currency=formats.currency(self._shown.currency if self._shown else "USD"))
            return f"{word()}\n{unit}"

        return header

    def _render(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self._link.setVisible(bool(shown.rows))
        if shown.reporting_date is None:
            self.show_empty(
                "exposures",
                _("No book yet"),
                _("Import a workbook to see which countries and regions hurt."),
                (_("Import a workbook"), partial(self._context.open, "import")),
            )
            return
        self.show_content()
        self.say(sentence(shown.finding))
        rows = shown.rows[:ROWS]
        self.table.rows.load(
            {
                "country": [terms.country(row.position.key) for row in rows],
                "state": [_state(row)[0] for row in rows],
                "state_word": [_state(row)[1] for row in rows],
                "outstanding": [float(row.position.outstanding) / 1e6 for row in rows],
                "undrawn": [float(row.position.undrawn) / 1e6 for row in rows],
                "used": [_percent(row, "share") for row in rows],
                "expected": [_percent(row, "share_with_pending") for row in rows],
                "tightness": [_tightness(row) for row in rows],
                "why": [_why(row) for row in rows],
            },
            keys=[row.position.key for row in rows],
        )
        self.table.setAccessibleName(self.question.text())
        book = _("Book of {day}, claims where the risk lies (guarantor basis)").format(
            day=formats.day(shown.reporting_date)
        )
        self.table.context = book
        self.add_note(book)

    def _open_all(self) -> None:
        self._context.open("exposures")

    @Slot(object)
    def _open(self, country: str) -> None:
        self._context.open("exposures", country=country)


def _percent(row: Country, name: str) -> float | None:
    share = getattr(row.use.use, name) if row.use is not None else None
    return None if share is None else float(share * 100)
