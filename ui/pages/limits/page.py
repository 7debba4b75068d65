"""Limits: every limit with its use on the newest book, and temporary excesses with their two persons."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QSizePolicy

from app.bootstrap import Program
from app.events import BookChanged, Event
from app.i18n import gettext as _
from app.jobs import Job
from app.services.gauging import LimitTable
from app.spreadsheets.workbook import SheetContent
from app.wording import formats, terms
from app.wording.origin import millions
from exposures.book import Dimension
from exposures.limits import LimitUse, Scope
from ui.pages.booked import newest, of_batch
from ui.pages.limits.excesses import ExcessesCard
from ui.pages.limits.forms import ExcessForm, LimitForm, Subjects, fixed_subjects, named
from ui.pages.limits.standing import StandingCard
from ui.pages.page import Context, Page
from ui.tables.exporting import write
from ui.tables.origin import sheet, tell
from ui.tables.plain import ask_where
from ui.tasks import Lane
from ui.widgets import icons
from ui.widgets.card import Card
from ui.widgets.text import label


@dataclass(frozen=True)
class Shown:
    """The table of limits on the newest book, and whose limits can be set."""

    table: LimitTable
    subjects: Subjects


class LimitsPage(Page):
    """Which limits are tight, which excesses stand, and the steps that change either."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: Shown | None = None
        self._asked = False
        self._chosen: LimitUse | None = None
        self._sample = label("sample")
        self.export_button, self.excess_button = self.button(), self.button()
        self.set_button = self.button("primary")
        self._sample.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.header.add(self._sample)
        self.export_button.clicked.connect(self.export)
        self.excess_button.clicked.connect(self._ask_excess)
        self.set_button.clicked.connect(self._set)
        self.standing, self.excesses = StandingCard(context.state), ExcessesCard(context.state)
        self.nothing = Card()
        grid = self.columns()
        grid.addWidget(self.standing, 0, 0, 1, 12)
        grid.addWidget(self.excesses, 1, 0, 1, 12)
        grid.addWidget(self.nothing, 2, 0, 1, 12)
        grid.setRowStretch(0, 15)
        grid.setRowStretch(1, 8)
        self.standing.picked.connect(self._pick)
        self.standing.opened.connect(self._open)
        self.standing.set_wanted.connect(self._set)
        self.excesses.decided.connect(self._decide)
        self.guard(self.set_button, "limits.set")
        self.guard(self.excess_button, "limits.ask_excess")
        self.guard(self.excesses.approve, "limits.approve_excess")
        self.guard(self.excesses.decline, "limits.decline_excess")
        self._arrange()

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Limits"))
        self._sample.setText(_("SAMPLE"))
        self._sample.setVisible(self.context.sample)
        self.export_button.setText(_("Export"))
        self.export_button.setIcon(icons.icon("export"))
        self.excess_button.setText(_("Ask for an excess"))
        self.set_button.setText(_("Set a limit"))
        for card in (self.standing, self.excesses):
            card.retranslate()
        if self._shown is not None:
            self._show(self._shown)
        self._arrange()

    def refresh(self, event: Event | None = None) -> None:
        """Ask again."""
        if event is None or isinstance(event, BookChanged):
            self.ask(partial(_fetch, self.context.program), self._show, about="limits")

    def export(self) -> None:
        """Ctrl+E: both tables as a workbook."""
        if self._shown is None:
            return
        name = f"limits-{self._shown.table.batch.reporting_date}.xlsx"
        if (place := ask_where(self, _("Export limits"), name)) is not None:
            self.export_to(place)

    def export_to(self, place: Path) -> None:
        """Write what is shown into a workbook, in a worker."""
        if self._shown is None:
            return
        cards = ((self.standing, _("Limits")), (self.excesses, _("Temporary excesses")))
        made = tuple(
            sheet(card.table, name, _("Limits"), answer=card.answer.text(), facts=[(_("Note"), card.note.text())])
            for card, name in cards
        )
        self.ask(partial(_write, place, made, self.context.sample), partial(self._exported, place))

    def _exported(self, place: Path, _notes: Any) -> None:
        self.context.done(_("Written to {file}").format(file=place.name))

    # ------------------------------------------------------------------ showing

    def _show(self, shown: Shown | None) -> None:
        self._shown, self._asked = shown, True
        if shown is not None:
            table, program = shown.table, self.context.program
            self.standing.show_table(table)
            names = {use.key: use.name for use in table.rows if use.name}
            self.excesses.show_excesses(table.excesses, program.clock().date(), program.user, names)
            unit = _("{unit}, use of limits in %").format(unit=millions(table.currency))
            tell(self.standing.table, of_batch(table.batch, table.currency, unit=unit, beside=_("limits in force")))
            tell(self.excesses.table, of_batch(table.batch, table.currency, unit=_("millions of each currency")))
            self.header.scope.setText(
                _("Book of {day}, {currency} m").format(
                    day=formats.day(table.batch.reporting_date), currency=formats.currency(table.currency)
                )
            )
        self._arrange()

    def _arrange(self) -> None:
        """Cards where there is a book, else what would bring one."""
        none = self._asked and self._shown is None
        for card in (self.standing, self.excesses):
            card.setVisible(not none)
        self.nothing.setVisible(none)
        self.export_button.setEnabled(self._shown is not None)
        self.set_button.setEnabled(self._shown is not None)
        self.excess_button.setEnabled(self._chosen is not None)
        if none:
            self.header.scope.setText("")
            self.nothing.show_empty(
                "import",
                _("No book yet"),
                _("The use of limits is told from the newest book."),
                (_("Import a workbook"), partial(self.context.open, "import")),
            )

    # ------------------------------------------------------------------ what the person does

    @Slot(object)
    def _pick(self, use: LimitUse | None) -> None:
        self._chosen = use
        self._arrange()

    @Slot(object)
    def _open(self, use: LimitUse) -> None:
        if use.scope in (Scope.COUNTERPARTY, Scope.GROUP):
            self.context.open("counterparties", **{use.scope.value: use.key})
        elif use.scope is Scope.COUNTRY:
            self.context.open("exposures", country=use.key)

    @Slot()
    def _set(self) -> None:
        if self._shown is None:
            return
        form = LimitForm(self._shown.subjects, self._chosen, self)
        form.setObjectName("limit")
        form.finished.connect(partial(self._given, form))
        form.open()

    def _given(self, form: LimitForm, result: int) -> None:
        if result == QDialog.DialogCode.Accepted and self._shown is not None:
            scope, key, amount, owner = form.value()
            currency = self._shown.subjects.currency

            def work(_job: Job) -> Any:
                return self.context.program.limiting.set(key, amount, currency, scope, owner=owner)

            self.ask(work, self._was_set, lane=Lane.WRITE)
        form.deleteLater()

    def _was_set(self, _limit: Any) -> None:
        self.context.done(_("Limit set"))

    @Slot()
    def _ask_excess(self) -> None:
        if self._chosen is None:
            return
        form = ExcessForm(self._chosen, self.context.program.clock().date(), self)
        form.setObjectName("excess")
        form.finished.connect(partial(self._excess_given, form, self._chosen))
        form.open()

    def _excess_given(self, form: ExcessForm, use: LimitUse, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            amount, until, reason = form.value()

            def work(_job: Job) -> Any:
                return self.context.program.limiting.ask_excess(
                    use.key, amount, until, reason, use.scope, within=use.within
                )

            self.ask(work, self._was_asked, lane=Lane.WRITE)
        form.deleteLater()

    def _was_asked(self, _excess: Any) -> None:
        self.context.done(_("Excess asked for; another person has to approve it"))

    @Slot(int, bool)
    def _decide(self, number: int, approved: bool) -> None:
        def work(_job: Job) -> Any:
            return self.context.program.limiting.decide_excess(number, approved=approved)

        self.ask(work, partial(self._was_decided, approved), lane=Lane.WRITE)

    def _was_decided(self, approved: bool, _excess: Any) -> None:
        self.context.done(_("Excess approved") if approved else _("Excess declined"))


def _fetch(program: Program, _job: Job) -> Shown | None:
    if newest(program) is None:
        return None
    table = program.gauging.table()
    book = program.surveying.book()
    of = fixed_subjects()
    countries = [row.key for row in book.by_country() if row.key is not None]
    of[Scope.COUNTRY] = named([(code, terms.country(code)) for code in countries])
    for scope, dimension in ((Scope.GROUP, Dimension.GROUP), (Scope.COUNTERPARTY, Dimension.COUNTERPARTY),
                             (Scope.RATING, Dimension.RATING)):  # fmt: skip
        of[scope] = named([(row.key, row.name) for row in book.split(dimension) if row.key is not None])
    return Shown(table, Subjects(of, book.currency))


def _write(place: Path, made: tuple[SheetContent, ...], sample: bool, _job: Job) -> tuple[str, ...]:
    return write(place, made, sample=sample)
