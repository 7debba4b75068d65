"""Structure: what falls due when, what is open in which currency, and what countries require in reserves."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot

from app.bootstrap import Program
from app.events import BookChanged, Event
from app.i18n import gettext as _
from app.jobs import Job
from app.spreadsheets.workbook import SheetContent
from app.storage.books import Batch
from app.wording import formats
from app.wording.g51 import unit as g51_unit
from app.wording.origin import millions
from exposures.country_risk import CountryRisks
from exposures.currency_gap import CurrencyGap
from exposures.g51 import Table as G51Table
from exposures.maturity import Ladder
from ui.pages.booked import newest, of_batch
from ui.pages.page import Context, Page
from ui.pages.structure.currencies import CurrenciesCard
from ui.pages.structure.g51 import G51Card
from ui.pages.structure.ladder import LadderCard
from ui.pages.structure.reserves import ReservesCard
from ui.tables.exporting import write
from ui.tables.origin import sheet, tell
from ui.tables.plain import ask_where
from ui.widgets import icons
from ui.widgets.card import Card
from ui.widgets.choice import Segments
from ui.widgets.text import label


@dataclass(frozen=True)
class Shown:
    """The three answers about the newest book, and its batch."""

    batch: Batch
    ladder: Ladder
    gap: CurrencyGap
    risks: CountryRisks
    g51: G51Table | None


class StructurePage(Page):
    """The newest book by maturity, currency and country-risk reserve."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: Shown | None = None
        self._asked = False
        self._sample = label("sample")
        self.view = Segments(("structure", "g51"))
        self.view.chosen.connect(self._choose)
        self.header.add(self.view)
        self.export_button = self.button()
        self.export_button.clicked.connect(self.export)
        self.header.add(self._sample)
        self.ladder, self.currencies = LadderCard(context.state), CurrenciesCard(context.state)
        self.reserves, self.g51 = ReservesCard(context.state), G51Card(context.state)
        self.nothing = Card()
        grid = self.columns()
        grid.addWidget(self.ladder, 0, 0, 1, 7)
        grid.addWidget(self.currencies, 0, 7, 1, 5)
        grid.addWidget(self.reserves, 1, 0, 1, 12)
        grid.addWidget(self.g51, 2, 0, 1, 12)
        grid.addWidget(self.nothing, 3, 0, 1, 12)
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
        self.view.fill((_("Structure"), _("G51")))
        for card in (self.ladder, self.currencies, self.reserves, self.g51):
            card.retranslate()
        if self._shown is not None:
            self._tell_origin(self._shown)
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
        if (place := ask_where(self, _("Export structure"), name)) is not None:
            self.export_to(place)

    def export_to(self, place: Path) -> None:
        """Write what is shown into a workbook, in a worker."""
        if self._shown is None:
            return
        title = _("Structure of the book")
        cards = (
            (self.ladder, _("Maturities")),
            (self.currencies, _("Currencies")),
            (self.reserves, _("Country-risk reserves")),
            (self.g51, _("G51")),
        )
        made = tuple(
            sheet(card.table, name, title, answer=card.answer.text(), facts=[(_("Note"), card.note.text())])
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
            self.g51.show_table(shown.g51, (_("Import a workbook"), partial(self.context.open, "import")))
            self._tell_origin(shown)
            self.header.scope.setText(
                _("Book of {day}, {currency} m").format(
                    day=formats.day(shown.ladder.reporting_date), currency=formats.currency(shown.ladder.currency)
                )
            )
        self._arrange()

    def _tell_origin(self, shown: Shown) -> None:
        tell(self.ladder.table, of_batch(shown.batch, shown.ladder.currency))
        unit = _("assets, liabilities and net in millions of each currency, what is open in {unit}").format(
            unit=millions(shown.gap.currency)
        )
        tell(self.currencies.table, of_batch(shown.batch, shown.gap.currency, unit=unit))
        unit = _("{unit}, share of net capital in %").format(unit=millions(shown.risks.currency))
        beside = _("levels in force, reserve ratios and net capital from the bank's settings")
        tell(self.g51.table, of_batch(shown.batch, shown.risks.currency, unit=g51_unit(), beside=beside_rates()))
        tell(self.reserves.table, of_batch(shown.batch, shown.risks.currency, unit=unit, beside=beside))

    def show_target(self, **what: Any) -> None:
        """Show one of the two views (`view="g51"`)."""
        if what.get("view") in ("structure", "g51"):
            self.view.choose(what["view"])
            self._arrange()

    @Slot(str)
    def _choose(self, _view: str) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Cards where there is a book, else what would bring one."""
        none = self._asked and self._shown is None
        returned = self.view.current == "g51"
        for card in (self.ladder, self.currencies, self.reserves):
            card.setVisible(not none and not returned)
        self.g51.setVisible(not none and returned)
        self.view.setVisible(not none)
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


def beside_rates() -> str:
    """What stands behind the renminbi amounts beside the book's lines."""
    return _("the book's rate for the renminbi, levels in force, the bank's settings")


def _fetch(program: Program, _job: Job) -> Shown | None:
    batch = newest(program)
    if batch is None:
        return None
    stressing = program.stressing
    risks = stressing.country_risks()
    return Shown(batch, stressing.ladder(), stressing.currency_gap(), risks, stressing.g51()[1])


def _write(place: Path, made: tuple[SheetContent, ...], sample: bool, _job: Job) -> tuple[str, ...]:
    return write(place, made, sample=sample)
