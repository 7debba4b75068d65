"""Changes: one book against an earlier one, from the total down to the line."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from app.bootstrap import Program
from app.events import BookChanged, Event
from app.i18n import gettext as _
from app.jobs import Job
from app.refusals import Refused
from app.spreadsheets.workbook import SheetContent
from app.storage.books import Batch
from app.wording import formats
from app.wording.origin import joined
from exposures.changes import Changed
from ui.pages.booked import of_batch
from ui.pages.changes.bridge import BridgeCard
from ui.pages.changes.lines import ChangedLinesCard
from ui.pages.changes.places import PlacesCard
from ui.pages.page import Context, Page
from ui.tables.exporting import write
from ui.tables.origin import sheet, tell
from ui.tables.plain import ask_where
from ui.widgets import icons
from ui.widgets.card import Card
from ui.widgets.text import label

Found = tuple[tuple[Batch, ...], Changed | None]


class ChangesPage(Page):
    """What is new, gone, larger, smaller, matured, graded or classed anew, and what exchange rates did."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._changed: Changed | None = None
        self._batches: tuple[Batch, ...] = ()
        self._sample = label("sample")
        self.since, self.to = QComboBox(), QComboBox()
        self._words = label("small"), label("small")
        for word, box in zip(self._words, (self.since, self.to), strict=True):
            self.header.add(word)
            self.header.add(box)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(self._choose)
        self.export_button = self.button()
        self.export_button.clicked.connect(self.export)
        self.header.add(self._sample)
        self.bridge, self.places = BridgeCard(context.state), PlacesCard(context.state)
        self.lines = ChangedLinesCard(context.state)
        self.nothing = Card()
        grid = self.columns()
        grid.addWidget(self.bridge, 0, 0, 1, 5)
        grid.addWidget(self.places, 0, 5, 1, 7)
        grid.addWidget(self.lines, 1, 0, 1, 12)
        grid.addWidget(self.nothing, 2, 0, 1, 12)
        grid.setRowStretch(0, 10)
        grid.setRowStretch(1, 11)
        self.places.picked.connect(self.lines.pick)
        self._offer(None)

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Changes"))
        self._sample.setText(_("SAMPLE"))
        self._sample.setVisible(self.context.sample)
        for word, text in zip(self._words, (_("From"), _("To")), strict=True):
            word.setText(text)
        self.since.setAccessibleName(_("The earlier book"))
        self.to.setAccessibleName(_("The later book"))
        self.export_button.setText(_("Export"))
        self.export_button.setIcon(icons.icon("export"))
        for card in (self.bridge, self.places, self.lines):
            card.retranslate()
        if self._changed is not None:
            self._tell_origins(self._changed)
        self._fill_days()

    def refresh(self, event: Event | None = None) -> None:
        """Compare again."""
        if event is None or isinstance(event, BookChanged):
            self._ask(None, None)

    def find(self) -> None:
        """Ctrl+F: filter the lines."""
        self.lines.filter.setFocus()

    def export(self) -> None:
        """Ctrl+E: the bridge, the places and the lines shown, as a workbook."""
        if self._changed is None:
            return
        name = f"changes-{self._changed.before}-{self._changed.after}.xlsx"
        if (place := ask_where(self, _("Export changes"), name)) is not None:
            self.export_to(place)

    def export_to(self, place: Path) -> None:
        """Write what is shown into a workbook, in a worker."""
        if (changed := self._changed) is None:
            return
        facts = [(_("From"), formats.day(changed.before)), (_("To"), formats.day(changed.after))]
        title = _("Changes of the book")
        made = (
            sheet(self.bridge.table, _("Bridge"), title, answer=self.bridge.answer.text(), facts=facts),
            sheet(self.places.table, _("Places"), title, answer=self.places.answer.text(), facts=facts),
            sheet(self.lines.table, _("Lines"), title, answer=self.lines.answer.text(), facts=facts),
        )
        self.ask(partial(_write, place, made, self.context.sample), partial(self._exported, place))

    def _exported(self, place: Path, _notes: Any) -> None:
        self.context.done(_("Written to {file}").format(file=place.name))

    # ------------------------------------------------------------------ asking and showing

    def _ask(self, since: date | None, to: date | None) -> None:
        self.ask(partial(_fetch, self.context.program, since, to), self._show, about="changes")

    def _show(self, found: Found) -> None:
        self._batches, self._changed = found
        self._offer(self._changed)
        self._fill_days()
        if self._changed is None:
            self.header.scope.setText("")
            self.nothing.show_empty(
                "import",
                _("No two books yet") if self._batches else _("No book yet"),
                _("Changes show once the books of two dates are here; one may well be of last month."),
                (_("Import a workbook"), partial(self.context.open, "import")),
            )
            return
        for card in (self.bridge, self.places, self.lines):
            card.show_changes(self._changed)
        self._tell_origins(self._changed)
        self.header.scope.setText(
            _("Drawn and undrawn, {currency}, batches {before} and {after}").format(
                currency=formats.currency(self._changed.currency),
                before=self._changed.before_batch,
                after=self._changed.after_batch,
            )
        )

    def _tell_origins(self, changed: Changed) -> None:
        two = [batch for batch in self._batches if batch.id in (changed.before_batch, changed.after_batch)]
        whole = joined([of_batch(batch, changed.currency) for batch in two])
        each = joined([of_batch(batch, "", unit=_("millions of each line's currency")) for batch in two])
        for card, origin in ((self.bridge, whole), (self.places, whole), (self.lines, each)):
            tell(card.table, origin)

    def _offer(self, changed: Changed | None) -> None:
        for part in (self.bridge, self.places, self.lines, self.since, self.to, *self._words):
            part.setVisible(changed is not None)
        self.export_button.setEnabled(changed is not None)
        self.nothing.setVisible(changed is None)

    def _fill_days(self) -> None:
        if self._changed is None:
            return
        every = [batch.reporting_date for batch in self._batches]
        for box, days, chosen in (
            (self.since, every[:-1], self._changed.before),
            (self.to, every[1:], self._changed.after),
        ):
            box.clear()
            for day in reversed(days):
                box.addItem(formats.day(day), day)
            box.setCurrentIndex(box.findText(formats.day(chosen)))

    @Slot()
    def _choose(self) -> None:
        since, to = self.since.currentData(), self.to.currentData()
        if since < to:
            self._ask(since, to)
        else:  # the one before is the nearest that makes sense
            self._ask(None, to)


def _fetch(program: Program, since: date | None, to: date | None, _job: Job) -> Found:
    known = tuple(program.comparing.books())
    try:
        return known, program.comparing.changes(to, since)
    except Refused as error:
        if error.code in ("book.none", "book.one_only"):
            return known, None
        raise


def _write(place: Path, sheets: tuple[SheetContent, ...], sample: bool, _job: Job) -> tuple[str, ...]:
    return write(place, sheets, sample=sample)
