"""Counterparties: in whose hands the book is; one name or group with products, maturities, limits, lists and alerts."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy

from app.bootstrap import Program
from app.events import AlertsChanged, BookChanged, Event, ReviewsChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.refusals import Refused
from app.services.concentrating import Held, Known
from app.spreadsheets.workbook import SheetContent
from app.storage.hand import Note
from app.wording import formats
from app.wording.origin import millions
from ui.pages.booked import newest, of_batch
from ui.pages.counterparties.holders import HoldersCard
from ui.pages.counterparties.notes import NotesForm
from ui.pages.counterparties.one import DueCard, FollowedCard, OwedCard
from ui.pages.page import Context, Page
from ui.tables.exporting import write
from ui.tables.origin import sheet, tell
from ui.tables.plain import ask_where
from ui.tasks import Lane
from ui.widgets import icons
from ui.widgets.card import Card
from ui.widgets.text import label

Found = tuple[Held | None, Known | None]


class CounterpartiesPage(Page):
    """Who owes most, and everything known of one of them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._held: Held | None = None
        self._known: Known | None = None
        self._chosen: tuple[str, bool] | None = None
        self._asked = False
        self._sample = label("sample")
        self._sample.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.export_button = self.button()
        self.export_button.clicked.connect(self.export)
        self.header.add(self._sample)
        self.holders = HoldersCard(context.state)
        self.owed, self.due = OwedCard(context.state), DueCard(context.state)
        self.followed = FollowedCard(context.state)
        self.nothing = Card()
        grid = self.columns()
        grid.addWidget(self.holders, 0, 0, 2, 6)
        grid.addWidget(self.owed, 0, 6, 1, 6)
        grid.addWidget(self.due, 1, 6, 1, 3)
        grid.addWidget(self.followed, 1, 9, 1, 3)
        grid.addWidget(self.nothing, 2, 0, 1, 12)
        grid.setRowStretch(0, 1)
        grid.setRowStretch(1, 1)
        self.holders.picked.connect(self._pick)
        self.owed.lines_wanted.connect(self._open_lines)
        self.followed.opened.connect(self._open)
        self.followed.notes_wanted.connect(self._open_notes)
        self._arrange()

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Counterparties"))
        self._sample.setText(_("SAMPLE"))
        self._sample.setVisible(self.context.sample)
        self.export_button.setText(_("Export"))
        self.export_button.setIcon(icons.icon("export"))
        for card in (self.holders, self.owed, self.due, self.followed):
            card.retranslate()
        self._tell()
        self._arrange()

    def refresh(self, event: Event | None = None) -> None:
        """Ask again."""
        if event is None or isinstance(event, BookChanged | ReviewsChanged | AlertsChanged):
            self._ask()

    def show_target(self, **what: Any) -> None:
        """Show a counterparty (`counterparty="C1"`) or a group (`group="G1"`)."""
        for name in ("counterparty", "group"):
            if name in what:
                self._chosen = (str(what[name]), name == "group")
                self._ask()

    def export(self) -> None:
        """Ctrl+E: the tables in sight as a workbook."""
        if self._held is None:
            return
        name = f"counterparties-{self._held.batch.reporting_date}.xlsx"
        if (place := ask_where(self, _("Export counterparties"), name)) is not None:
            self.export_to(place)

    def export_to(self, place: Path) -> None:
        """Write what is shown into a workbook, in a worker."""
        if self._held is None:
            return
        parts: list[tuple[HoldersCard | OwedCard | DueCard | FollowedCard, str]] = [(self.holders, _("Who owes"))]
        if self._known is not None:
            parts += [(self.owed, _("Products")), (self.due, _("Maturities")), (self.followed, _("Follow-up"))]
        made = tuple(
            sheet(card.table, name, card.question.text(), answer=card.answer.text(),
                  facts=[(_("Note"), card.note.text())])
            for card, name in parts
        )  # fmt: skip
        self.ask(partial(_write, place, made, self.context.sample), partial(self._exported, place))

    def _exported(self, place: Path, _notes: Any) -> None:
        self.context.done(_("Written to {file}").format(file=place.name))

    # ------------------------------------------------------------------ asking and showing

    def _ask(self) -> None:
        self.ask(partial(_fetch, self.context.program, self._chosen), self._show, about="counterparties")

    def _show(self, found: Found) -> None:
        (self._held, self._known), self._asked = found, True
        if self._held is not None:
            self.holders.show_held(self._held)
        if self._known is not None:
            profile = self._known.profile
            self._chosen = (profile.key, profile.is_group)
            for card in (self.owed, self.due, self.followed):
                card.show_known(self._known)
        self._tell()
        self._arrange()

    def _tell(self) -> None:
        if self._held is None:
            return
        batch, currency = self._held.batch, self._held.concentration.currency
        self.header.scope.setText(
            _("Book of {day}, {currency} m").format(
                day=formats.day(batch.reporting_date), currency=formats.currency(currency)
            )
        )
        unit = _("{unit}, shares in %").format(unit=millions(currency))
        tell(self.holders.table, of_batch(batch, currency, unit=unit))
        for card in (self.owed, self.due):
            tell(card.table, of_batch(batch, currency))
        beside = _("limits in force, review lists and alerts as they stand")
        tell(self.followed.table, of_batch(batch, currency, beside=beside))

    def _arrange(self) -> None:
        """Cards where there is a book, else what would bring one."""
        none = self._asked and self._held is None
        self.holders.setVisible(not none)
        for card in (self.owed, self.due, self.followed):
            card.setVisible(not none and self._known is not None)
        self.nothing.setVisible(none)
        self.export_button.setEnabled(self._held is not None)
        if none:
            self.header.scope.setText("")
            self.nothing.show_empty(
                "import",
                _("No book yet"),
                _("Who owes is told from the newest book."),
                (_("Import a workbook"), partial(self.context.open, "import")),
            )

    # ------------------------------------------------------------------ what the person chooses

    @Slot(str, bool)
    def _pick(self, key: str, group: bool) -> None:
        if self._chosen != (key, group):
            self._chosen = (key, group)
            self._ask()

    @Slot(str)
    def _open_lines(self, name: str) -> None:
        self.context.open("exposures", find=name)

    @Slot(str, str)
    def _open(self, kind: str, key: str) -> None:
        match kind:
            case "limit":
                self.context.open("limits")
            case "item":
                self.context.open("reviews", item=key)
            case "alert":
                self.context.open("alerts", alert=key)
            case "note":
                self._show_notes(int(key))

    @Slot()
    def _open_notes(self) -> None:
        self._show_notes(None)

    def _show_notes(self, chosen: int | None) -> None:
        """The notes on who is in sight, one of them chosen, to write another or to take one back."""
        if self._known is None:
            return
        profile = self._known.profile
        members = {row.key: row.name or row.key for row in profile.members if row.key is not None}
        if not profile.is_group:
            members = {profile.key: profile.name}
        today = self.context.program.clock().date()
        self.form = NotesForm(profile.name, self._known.notes, members, today, chosen, self)
        self.guard(self.form.write_button, "note.add")
        self.guard(self.form.withdraw_button, "note.withdraw")
        self.form.written.connect(self._write_note)
        self.form.withdrawn.connect(self._withdraw_note)
        self.form.finished.connect(self.form.deleteLater)
        self.form.open()

    @Slot(str, object, str)
    def _write_note(self, whose: str, day: date, text: str) -> None:
        def work(_job: Job) -> Note:
            return self.context.program.noting.note("counterparty", whose, day, text)

        self.ask(work, lambda _made: self.context.done(_("Note written")), lane=Lane.WRITE)

    @Slot(int, str)
    def _withdraw_note(self, number: int, reason: str) -> None:
        def work(_job: Job) -> Note:
            return self.context.program.noting.withdraw(number, reason)

        self.ask(work, lambda _made: self.context.done(_("Note withdrawn")), lane=Lane.WRITE)


def _fetch(program: Program, chosen: tuple[str, bool] | None, _job: Job) -> Found:
    """The book by names, and the one that is chosen: the largest where none is, or the book has lost it."""
    if newest(program) is None:
        return None, None
    held = program.concentrating.held()
    if chosen is not None:
        try:
            return held, program.concentrating.known(chosen[0], group=chosen[1])
        except Refused:
            pass
    names = held.concentration.names
    return held, program.concentrating.known(names[0].key) if names else None


def _write(place: Path, made: tuple[SheetContent, ...], sample: bool, _job: Job) -> tuple[str, ...]:
    return write(place, made, sample=sample)
