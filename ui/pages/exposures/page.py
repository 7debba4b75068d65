"""Exposures: a book on one basis, its limits, and the lines behind any cell."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog

from app.events import AlertsChanged, BookChanged, Event
from app.i18n import gettext as _
from app.i18n import ngettext
from app.jobs import Job
from app.spreadsheets.workbook import SheetContent
from app.wording import formats
from app.wording.origin import millions
from ui.pages.booked import of_batch
from ui.pages.exposures.ahead import Ahead, ShownLines, fetch_ahead, fetch_shown
from ui.pages.exposures.limits import LimitForm, LimitsCard
from ui.pages.exposures.lines import LinesCard
from ui.pages.exposures.matrix import MatrixCard
from ui.pages.exposures.strip import ExportStrip
from ui.pages.exposures.survey import Choice, Shown, fetch
from ui.pages.exposures.toolbar import ToolBar, basis_word, measure_word
from ui.pages.page import Context, Page
from ui.tables.exporting import write
from ui.tables.origin import sheet, tell
from ui.tables.plain import ask_where
from ui.tables.streaming import FINISHED, Stream
from ui.tasks import Lane
from ui.widgets import icons
from ui.widgets.card import Card


class ExposuresPage(Page):
    """What the bank is owed, by country and instrument."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.choice = Choice()
        self.shown: Shown | None = None
        self.export_button = self.button()
        self.export_button.clicked.connect(self.export)
        self.import_button = self.button("primary")
        self.import_button.clicked.connect(partial(context.open, "import"))
        self.bar = ToolBar()
        self.bar.chosen.connect(self._choose)
        self.body.addWidget(self.bar)
        self.progress = ExportStrip(context, self.ask)
        self.progress.changed.connect(self._offer_export)
        self.body.addWidget(self.progress)
        self.matrix = MatrixCard(context.state)
        self.limits = LimitsCard(context.state)
        self.lines = LinesCard(context.state, self.ask)
        self.nothing = Card()
        self.nothing.hide()
        grid = self.columns()
        grid.addWidget(self.matrix, 0, 0, 1, 9)
        grid.addWidget(self.limits, 0, 9, 1, 3)
        grid.addWidget(self.lines, 1, 0, 1, 12)
        grid.addWidget(self.nothing, 2, 0, 1, 12)
        grid.setRowStretch(0, 11)
        grid.setRowStretch(1, 11)
        self.matrix.picked.connect(self._pick)
        self.limits.picked.connect(self._pick_country)
        self.limits.set_wanted.connect(self._set_limit)
        self.guard(self.limits.set_limit, "limits.set")
        self.lines.cleared.connect(self._clear)
        self.lines.told.connect(context.done)
        self.lines.opened.connect(self._open_name)

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Exposures"))
        self.export_button.setText(_("Export"))
        self.export_button.setIcon(icons.icon("export"))
        self.import_button.setText(_("Import book"))
        self.bar.retranslate(self.context.sample)
        self.progress.retranslate()
        for card in (self.matrix, self.limits, self.lines):
            card.retranslate()
        self._tell_origins()
        self._tell_scope()

    def refresh(self, event: Event | None = None) -> None:
        """Ask for the book again."""
        if event is None or isinstance(event, AlertsChanged | BookChanged):
            self._ask()

    def show_target(self, **what: Any) -> None:
        """Show a country's lines (`country="TR"`), a batch, or the lines with some words in them (`find="Marmara"`)."""
        if "batch" in what:
            self.choice = replace(self.choice, batch=what["batch"])
        if "find" in what:
            self.choice = replace(self.choice, country=None, column="")
            self.lines.filter.setText(what["find"])
        if "country" in what:
            self.choice = replace(self.choice, country=what["country"], column=what.get("column", ""))
        self._ask()

    def find(self) -> None:
        """Ctrl+F: filter the lines."""
        self.lines.filter.setFocus()

    def export(self) -> None:
        """Ctrl+E: the matrix and the lines shown, as a workbook."""
        if self.shown is None or self.shown.exposures is None or self.progress.running:
            return
        day = self.shown.exposures.book.reporting_date
        place = ask_where(self, _("Export exposures"), f"exposures-{day}.xlsx")
        if place is not None:
            self.export_to(place)

    def export_to(self, place: Path) -> None:
        """Write what is shown into a workbook, in a worker."""
        exposures = self.shown.exposures if self.shown else None
        if exposures is None:
            return
        facts = [
            (_("Basis"), basis_word(exposures.basis)),
            (_("Measure"), measure_word(exposures.measure)),
        ]
        rows = self.lines.table.rows
        if rows.rowCount() > FINISHED:
            told = (*facts, (_("Lines"), self.lines.question.text()), (_("Origin"), self.lines.table.context))
            self.progress.write(Stream(rows, _("Lines"), told), place, _("Exposures"), _written(place))
            return
        title, answer = _("Exposures by country or region"), self.matrix.answer.text()
        made = (
            sheet(self.matrix.table, _("Countries"), title, answer=answer, facts=facts),
            sheet(self.limits.table, _("Limits"), _("Limits"), answer=self.limits.answer.text()),
            sheet(self.lines.table, _("Lines"), self.lines.question.text(), facts=facts),
        )
        self.ask(partial(_write, place, made, self.context.sample), partial(self._exported, place))

    # ------------------------------------------------------------------ asking and showing

    def _ask(self) -> None:
        known = self.shown.exposures.batch.id if self.shown is not None and self.shown.exposures is not None else None
        work = partial(fetch_ahead, self.context.program, self.choice, known)
        self.ask(work, self._show_ahead, self._failed, about="book")

    def _show_ahead(self, ahead: Ahead | None) -> None:
        """The lines of a long book stand here while it is being added up."""
        if ahead is not None and ahead.shown.lines.choice == self.choice:
            for part in (self.matrix, self.limits):
                part.wait()
            self.bar.offer_books(ahead.batches, ahead.batch.id)
            self.export_button.setEnabled(False)
            self.nothing.hide()
            self.lines.show()
            self.lines.show_lines(ahead.shown)
            tell(self.lines.table, of_batch(ahead.batch, ahead.shown.lines.book.currency))
        self.ask(partial(fetch, self.context.program, self.choice), self._show, self._failed, about="book")

    def _show(self, shown: Shown) -> None:
        if shown.choice.unpinned() != self.choice.unpinned():
            return  # something else was chosen meanwhile, and its answer is on the way
        self.shown = shown
        some = shown.exposures is not None
        for part in (self.bar, self.matrix, self.limits, self.lines):
            part.setVisible(some)
        self.nothing.setVisible(not some)
        self._offer_export()
        self.matrix.clear_error()
        self.bar.fill(shown, self.choice)
        self._tell_scope()
        if shown.exposures is None:
            self.choice = self.choice.unpinned()
            self.nothing.show_empty(
                "exposures",
                _("No book yet"),
                _("Import the book's workbook to see whose money is at stake."),
                (_("Import a workbook"), partial(self.context.open, "import")),
            )
            return
        self.matrix.show_exposures(shown.exposures)
        self.limits.show_exposures(shown.exposures)
        self._tell_origins()
        self.matrix.pin(self.choice.country, self.choice.column)
        self._ask_lines()

    def _ask_lines(self) -> None:
        if self.shown is None or self.shown.exposures is None:
            return
        book, alerts = self.shown.exposures.book, self.shown.alerts
        if not self.lines.shows(book, self.choice, alerts):
            work = partial(fetch_shown, book, self.choice, alerts)
            self.ask(work, self._show_lines, self._failed, about="lines")

    def _show_lines(self, shown: ShownLines) -> None:
        if self.shown is None or self.shown.exposures is None or shown.lines.choice != self.choice:
            return  # another cell was pinned meanwhile
        self.lines.show_lines(shown)
        self._tell_origins()

    def _tell_origins(self) -> None:
        exposures = self.shown.exposures if self.shown else None
        if exposures is None:
            return
        batch, currency = exposures.batch, exposures.book.currency
        tell(self.matrix.table, of_batch(batch, currency, beside=_("limits in force"), unit=_with_limits(currency)))
        used = of_batch(batch, currency, beside=_("limits in force"), unit=_("% of the limit"))
        tell(self.limits.table, used)
        tell(self.lines.table, of_batch(batch, currency))

    def _tell_scope(self) -> None:
        exposures = self.shown.exposures if self.shown else None
        if self.shown is None or exposures is None:
            self.header.scope.setText("")
            return
        lines = ngettext("{n} line", "{n} lines", exposures.lines).format(n=formats.number(exposures.lines))
        owing = ngettext("{n} counterparty", "{n} counterparties", exposures.counterparties).format(
            n=formats.number(exposures.counterparties)
        )
        places = ngettext("{n} country or region", "{n} countries or regions", exposures.countries).format(
            n=formats.number(exposures.countries)
        )
        self.header.scope.setText(
            _("{lines}, {counterparties}, {countries}").format(lines=lines, counterparties=owing, countries=places)
        )

    # ------------------------------------------------------------------ what the person chooses

    @Slot(object)
    def _choose(self, choice: Choice) -> None:
        self.choice = replace(choice, country=self.choice.country, column=self.choice.column)
        self._ask()

    @Slot(object, str)
    def _pick(self, country: str | None, column: str) -> None:
        self.choice = replace(self.choice, country=country, column=column)
        self._ask_lines()

    @Slot(object)
    def _pick_country(self, country: str) -> None:
        self.matrix.table.select(country)
        self.matrix.pin(country, "")
        self._pick(country, "")

    @Slot(str)
    def _open_name(self, counterparty: str) -> None:
        self.context.open("counterparties", counterparty=counterparty)

    @Slot()
    def _clear(self) -> None:
        self.matrix.pin(None, "")
        self._pick(None, "")

    @Slot()
    def _set_limit(self) -> None:
        if self.shown is None or self.shown.exposures is None:
            return
        exposures = self.shown.exposures
        countries = [row.key for row in exposures.rows if row.key is not None]
        form = LimitForm(countries, exposures.book.currency, self.choice.country or "", self)
        form.finished.connect(partial(self._limit_given, form))
        form.open()

    def _limit_given(self, form: LimitForm, result: int) -> None:
        if result == QDialog.DialogCode.Accepted and self.shown is not None and self.shown.exposures is not None:
            country, amount = form.value()
            currency = self.shown.exposures.book.currency

            def work(_job: Job) -> Any:
                return self.context.program.limiting.set(country, amount, currency)

            self.ask(work, self._limit_set, lane=Lane.WRITE)
        form.deleteLater()

    def _limit_set(self, _limit: Any) -> None:
        self.context.done(_("Limit set"))

    def _offer_export(self) -> None:
        some = self.shown is not None and self.shown.exposures is not None
        self.export_button.setEnabled(some and not self.progress.running)

    def _exported(self, place: Path, _notes: Any) -> None:
        self.context.done(_written(place))

    def _failed(self, error: Exception) -> None:
        self.matrix.stop_waiting()
        self.limits.stop_waiting()
        self.matrix.show_error(error, (_("Try again"), self._ask))


def _written(place: Path) -> str:
    return _("Exposures written to {file}").format(file=place.name)


def _with_limits(currency: str) -> str:
    return _("{unit}, use of limits in %").format(unit=millions(currency))


def _write(place: Path, made: tuple[SheetContent, ...], sample: bool, _job: Job) -> tuple[str, ...]:
    return write(place, made, sample=sample)
