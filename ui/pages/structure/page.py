"""Structure: what falls due when, what is open in which currency, and what countries require in reserves."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from app.bootstrap import Program
from app.events import BookChanged, Event
from app.i18n import gettext as _
from app.jobs import Job
from app.spreadsheets.workbook import SheetContent
from app.wording import formats
from exposures.country_risk import CountryRisks
from exposures.currency_gap import CurrencyGap
from exposures.maturity import Ladder
from ui.pages.page import Context, Page
from ui.pages.structure.currencies import CurrenciesCard
from ui.pages.structure.ladder import LadderCard
from ui.pages.structure.reserves import ReservesCard
from ui.tables.exporting import sheet, write
from ui.widgets import icons
from ui.widgets.card import Card
from ui.widgets.text import label


@dataclass(frozen=True)
class Shown:
    """The three answers about the newest book."""

    ladder: Ladder
    gap: CurrencyGap
    risks: CountryRisks


class StructurePage(Page):
    """The newest book by maturity, currency and country-risk reserve."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: Shown | None = None
        self._asked = False
        self._sample = label("sample")
        self.export_button = self.button()
        self.export_button.clicked.connect(self.export)
        self.header.add(self._sample)
        self.ladder, self.currencies = LadderCard(context.state), CurrenciesCard(context.state)
        self.reserves = ReservesCard(context.state)
        self.nothing = Card()
        grid = self.columns()
        grid.addWidget(self.ladder, 0, 0, 1, 7)
        grid.addWidget(self.currencies, 0, 7, 1, 5)
        grid.addWidget(self.reserves, 1, 0, 1, 12)
        grid.addWidget(self.nothing, 2, 0, 1, 12)
        grid.setRowStretch(1, 1)
        self._arrange()

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Structure"))
        self._sample.setText(_("SAMPLE"))
        self._sample.setVisible(self.context.sample)
        self.export_button.setText(_("Export"))
        self.export_button.setIcon(icons.icon("export"))
        for card in (self.ladder, self.currencies, self.reserves):
            card.retranslate()
        self._arrange()

    def refresh(self, event: Event | None = None) -> None:
        """Ask again."""
        if event is None or isinstance(event, BookChanged):
            self.ask(partial(_fetch, self.context.program), self._show, about="structure")

    def export(self) -> None:
        """Ctrl+E: the three tables as a workbook."""
        if self._shown is None:
            return
        name = f"structure-{self._shown.ladder.reporting_date}.xlsx"
        place, _kind = QFileDialog.getSaveFileName(self, _("Export structure"), name, _("Excel workbook (*.xlsx)"))
        if place:
            self.export_to(Path(place))

    def export_to(self, place: Path) -> None:
        """Write what is shown into a workbook, in a worker."""
        if self._shown is None:
            return
        ladder = self._shown.ladder
        facts = [(_("Book"), formats.day(ladder.reporting_date))]
        facts.append((_("Unit"), _("{currency} m").format(currency=formats.currency(ladder.currency))))
        title = _("Structure of the book")
        cards = (
            (self.ladder, _("Maturities")),
            (self.currencies, _("Currencies")),
            (self.reserves, _("Country-risk reserves")),
        )
        made = tuple(
            sheet(card.table.rows, name, title, answer=card.answer.text(), facts=facts if card is self.ladder else ())
            for card, name in cards
        )
        self.ask(partial(_write, place, made, self.context.sample), partial(self._exported, place))

    def _exported(self, place: Path, _notes: Any) -> None:
        self.context.done(_("Written to {file}").format(file=place.name))

    # ------------------------------------------------------------------ showing

    def _show(self, shown: Shown | None) -> None:
        self._shown, self._asked = shown, True
        if shown is not None:
            self.ladder.show_ladder(shown.ladder)
            self.currencies.show_gap(shown.gap)
            self.reserves.show_risks(shown.risks)
            self.header.scope.setText(_("Book of {date}").format(date=formats.day(shown.ladder.reporting_date)))
        self._arrange()

    def _arrange(self) -> None:
        """Cards where there is a book, else what would bring one."""
        none = self._asked and self._shown is None
        for card in (self.ladder, self.currencies, self.reserves):
            card.setVisible(not none)
        self.nothing.setVisible(none)
        self.export_button.setEnabled(self._shown is not None)
        if none:
            self.header.scope.setText("")
            self.nothing.show_empty(
                "import",
                _("No book yet"),
                _("Maturities, currencies and reserves are told from the newest book."),
                (_("Import a workbook"), partial(self.context.open, "import")),
            )


def _fetch(program: Program, _job: Job) -> Shown | None:
    if not program.surveying.batches():
        return None
    stressing = program.stressing
    return Shown(stressing.ladder(), stressing.currency_gap(), stressing.country_risks())


def _write(place: Path, made: tuple[SheetContent, ...], sample: bool, _job: Job) -> tuple[str, ...]:
    return write(place, made, sample=sample)
