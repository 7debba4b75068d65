"""The card "Which country hurts?": the book's countries and regions, the gravest first."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.services.attending import Countries
from app.services.metering import FX
from app.services.tracing import Traced
from app.storage.books import Batch
from app.wording import formats, terms, today
from app.wording.origin import Origin, joined, since
from app.wording.sentences import sentence
from app.wording.sourcing import source_name
from exposures.gravity import LONG, SHORT, Country, chosen
from ui.pages.booked import newest, of_batch
from ui.pages.page import Context
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.card import Card

#: How many rows the card has room for.
ROWS = 6


@dataclass(frozen=True)
class Shown:
    """The countries of the newest book, its batch, and where the exchange rates came from."""

    countries: Countries
    batch: Batch | None
    rates: Traced


def fetch(program: Program, _job: Job) -> Shown:
    """The countries of the newest book."""
    return Shown(program.attending.countries(), newest(program), program.tracing.metric(FX))


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
    """What speaks against a country: every family that fires, the gravest first."""
    if row.causes:
        return formats.opening(_("; ").join(today.cause_name(cause.told) for cause in row.causes))
    if row.use is None or row.use.limit is None:
        return _("No limit is set")
    return ""


def _move(row: Country, over: str) -> str | float:
    """A currency's change in percent, or why there is none."""
    if row.move is None:
        return _("no source")
    change = getattr(row.move, over)
    return _("too few") if change is None else float(change)


def _move_tone(row: Country, over: int) -> str:
    """The severity of the alert about the currency's change over so many observations."""
    grave = [
        alert.severity.value
        for alert in row.alerts
        if alert.severity is not None and alert.rule.metric == FX and alert.rule.condition.lookback == over
    ]
    if row.move is None:
        return "nodata"
    return "critical" if "critical" in grave else grave[0] if grave else ""


def _over(count: int) -> Callable[[], str]:
    return lambda: _("FX, {count} obs.\n%").format(count=count)


class CountriesCard(Card):
    """State, currency, exposure, use of the limit and causes, a row a country or region."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: Countries | None = None
        self._batch: Batch | None = None
        self._rates = Traced((), None, None)
        self._link = self.add_link()
        self._link.clicked.connect(self._open_all)
        number = partial(Column, kind=Kind.NUMBER)
        self.table = TableView(
            (
                Column("country", lambda: _("Country or region"), strong=True, priority=0),
                Column("state", lambda: _("State"), Kind.SEVERITY, priority=0, detail="state_word"),
                number("short", _over(SHORT), decimals=1, sign=True, tone="short_tone", priority=1),
                number("long", _over(LONG), decimals=1, sign=True, tone="long_tone", priority=2),
                number("exposure", self._exposure, priority=1),
                Column("used", lambda: _("Limit used"), Kind.BAR, priority=1, detail="expected", tone="tightness"),
                Column("why", lambda: _("Why"), stretch=1, priority=1, note="why_note"),
                Column("on", lambda: _("FX to"), Kind.DATE, quiet=True, short_date=True, priority=3, fades=True),
            ),
            title="countries",
            whole=True,
            selectable=False,
            name="overview.countries",
        )
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table)
        self.body.addStretch(1)

    def show_countries(self, shown: Shown) -> None:
        """Show the countries."""
        self._shown, self._batch, self._rates = shown.countries, shown.batch, shown.rates
        self.clear_error()
        self._render()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which country hurts?"))
        self._link.setText(_("All countries and regions"))
        self._render()

    def _exposure(self) -> str:
        unit = _("{currency} m").format(currency=formats.currency(self._shown.currency if self._shown else "USD"))
        return f"{_('Exposure')}\n{unit}"

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
        rows = chosen(shown.rows, ROWS)
        self.table.rows.load(
            {
                "country": [terms.country(row.position.key) for row in rows],
                "state": [_state(row)[0] for row in rows],
                "state_word": [_state(row)[1] for row in rows],
                "short": [_move(row, "short") for row in rows],
                "short_tone": [_move_tone(row, SHORT) for row in rows],
                "long": [_move(row, "long") for row in rows],
                "long_tone": [_move_tone(row, LONG) for row in rows],
                "exposure": [float(row.position.amount()) / 1e6 for row in rows],
                "used": [_percent(row, "share") for row in rows],
                "expected": [_percent(row, "share_with_pending") for row in rows],
                "tightness": [_tightness(row) for row in rows],
                "why": [_why(row) for row in rows],
                "why_note": [
                    formats.opening(_("; ").join(today.cause(cause.told) for cause in row.causes)) for row in rows
                ],
                "on": [row.move.on if row.move is not None else None for row in rows],
            },
            keys=[row.position.key for row in rows],
        )
        self.table.setAccessibleName(self.question.text())
        book = _("Book of {day}, claims where the risk lies (guarantor basis)").format(
            day=formats.day(shown.reporting_date)
        )
        rates = _("FX: value of the local currency in dollars, minus means weaker; changes over observations")
        if self._batch is not None:
            tell(self.table, joined([self._of_book(self._batch, shown.currency), self._of_rates()]))
        self.add_note(_("{book}. {rates}.").format(book=book, rates=rates))

    @staticmethod
    def _of_book(batch: Batch, currency: str) -> Origin:
        return of_batch(batch, currency, beside=_("limits in force"))

    def _of_rates(self) -> Origin:
        known = "" if self._rates.known_from is None else since(self._rates.known_from)
        sources = _(", ").join(dict.fromkeys(source_name(one.split(":")[0]) for one in self._rates.series))
        return Origin(
            _("exchange rates from {sources}").format(sources=sources), _("each rate on its own day"), known, "%"
        )

    def _open_all(self) -> None:
        self._context.open("countries", view="compare")

    @Slot(object)
    def _open(self, country: str) -> None:
        self._context.open("exposures", country=country)


def _percent(row: Country, name: str) -> float | None:
    share = getattr(row.use.use, name) if row.use is not None else None
    return None if share is None else float(share * 100)
