"""Stress: a scenario over the newest book, before and after; nothing is written to it."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFileDialog

from app.bootstrap import Program
from app.events import BookChanged, Event
from app.i18n import gettext as _
from app.jobs import Job
from app.services.stressing import NamedScenario
from app.spreadsheets.workbook import SheetContent
from app.storage.books import Batch
from app.wording import formats, stress
from app.wording.origin import Origin, each_row, millions, no_day
from exposures.stress import StressResult
from ui.pages.booked import newest, of_batch
from ui.pages.page import Context, Page
from ui.pages.stress.assumptions import AssumptionsCard
from ui.pages.stress.borrowers import BorrowersCard
from ui.pages.stress.cash import CashCard
from ui.pages.stress.effect import EffectCard
from ui.tables.exporting import write
from ui.tables.origin import sheet, tell
from ui.widgets import icons
from ui.widgets.card import Card
from ui.widgets.text import label


@dataclass(frozen=True)
class Shown:
    """The scenarios to choose from, the one chosen, and its result; no result where there is no book."""

    scenarios: tuple[NamedScenario, ...]
    chosen: NamedScenario
    batch: Batch | None
    result: StressResult | None


class StressPage(Page):
    """What would break, who would slip, and whether there would be cash."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: Shown | None = None
        self._wanted = ""
        self.choice = QComboBox()
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.activated.connect(self._choose)
        self._word, self._sample = label("small"), label("sample")
        self.header.add(self._word)
        self.header.add(self.choice)
        self.export_button = self.button()
        self.export_button.clicked.connect(self.export)
        self.header.add(self._sample)
        self.effect, self.assumptions = EffectCard(context.state), AssumptionsCard(context.state)
        self.borrowers, self.cash = BorrowersCard(context.state), CashCard(context.state)
        self.nothing = Card()
        self.notes = label("caption")
        self.notes.setWordWrap(True)
        grid = self.columns()
        grid.addWidget(self.effect, 0, 0, 1, 8)
        grid.addWidget(self.assumptions, 0, 8, 1, 4)
        grid.addWidget(self.borrowers, 1, 0, 1, 8)
        grid.addWidget(self.cash, 1, 8, 1, 4)
        grid.addWidget(self.nothing, 2, 0, 1, 12)
        grid.setRowStretch(0, 10)
        grid.setRowStretch(1, 10)
        self.body.addWidget(self.notes)
        self._arrange()

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Stress"))
        self._word.setText(_("Scenario"))
        self.choice.setAccessibleName(_("Scenario"))
        self._sample.setText(_("SAMPLE"))
        self._sample.setVisible(self.context.sample)
        self.export_button.setText(_("Export"))
        self.export_button.setIcon(icons.icon("export"))
        for card in self._cards():
            card.retranslate()
        self._tell()

    def refresh(self, event: Event | None = None) -> None:
        """Run the scenario again."""
        if event is None or isinstance(event, BookChanged):
            self._ask()

    def show_target(self, **what: Any) -> None:
        """Run the scenario that was asked for (`scenario="dollar_ebbs"`)."""
        self._wanted = what.get("scenario", self._wanted)
        self._ask()

    def find(self) -> None:
        """Ctrl+F: filter the borrowers."""
        self.borrowers.filter.setFocus()

    def export(self) -> None:
        """Ctrl+E: the four tables as a workbook."""
        if self._shown is None or self._shown.result is None:
            return
        name = f"stress-{self._shown.chosen.id}.xlsx"
        place, _kind = QFileDialog.getSaveFileName(self, _("Export stress"), name, _("Excel workbook (*.xlsx)"))
        if place:
            self.export_to(Path(place))

    def export_to(self, place: Path) -> None:
        """Write what is shown into a workbook, in a worker."""
        if self._shown is None or (result := self._shown.result) is None:
            return
        title = result.scenario.name
        facts = [(_("Note"), note) for note in stress.notes(result)]
        made = (
            sheet(self.effect.table, _("Countries"), title, answer=self.effect.answer.text(), facts=facts),
            sheet(self.borrowers.table, _("Borrowers"), title, answer=self.borrowers.answer.text()),
            sheet(self.cash.table, _("Liquidity"), title, answer=self.cash.answer.text()),
            sheet(self.assumptions.table, _("Assumptions"), title, answer=self.assumptions.answer.text()),
        )
        self.ask(partial(_write, place, made, self.context.sample), partial(self._exported, place))

    def _exported(self, place: Path, _notes: Any) -> None:
        self.context.done(_("Written to {file}").format(file=place.name))

    # ------------------------------------------------------------------ asking and showing

    def _cards(self) -> tuple[EffectCard, AssumptionsCard, BorrowersCard, CashCard]:
        return self.effect, self.assumptions, self.borrowers, self.cash

    def _ask(self) -> None:
        self.ask(partial(_fetch, self.context.program, self._wanted), self._show, about="stress")

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self._wanted = shown.chosen.id
        self.choice.clear()
        for one in shown.scenarios:
            self.choice.addItem(one.scenario.name, one.id)
        self.choice.setCurrentIndex(self.choice.findData(shown.chosen.id))
        self.assumptions.show_scenario(shown.chosen.scenario)
        if shown.result is not None:
            for card in (self.effect, self.borrowers, self.cash):
                card.show_result(shown.result)
        self._arrange()
        self._tell()

    def _arrange(self) -> None:
        """Cards where there is a book, else what would bring one."""
        some = self._shown is None or self._shown.result is not None
        for card in self._cards():
            card.setVisible(some)
        self.nothing.setVisible(not some)
        self.export_button.setEnabled(self._shown is not None and some)
        if not some:
            self.nothing.show_empty(
                "import",
                _("No book yet"),
                _("A scenario runs over the newest book."),
                (_("Import a workbook"), partial(self.context.open, "import")),
            )

    def _tell(self) -> None:
        if self._shown is not None:
            self._tell_origins(self._shown)
        result = self._shown.result if self._shown else None
        self.header.scope.setText(
            _("{currency} m").format(currency=formats.currency(result.currency)) if result else ""
        )
        self.notes.setVisible(result is not None)
        self.notes.setText(formats.together(stress.notes(result)) if result else "")

    def _tell_origins(self, shown: Shown) -> None:
        scenario, result, batch = shown.chosen.scenario, shown.result, shown.batch
        whose = _("scenario {name}, the bank's own") if shown.chosen.own else _("scenario {name}, shipped")
        assumed = whose.format(name=scenario.name)
        tell(self.assumptions.table, Origin(assumed, no_day(), _("assumed"), each_row()))
        if result is None or batch is None:
            return
        beside = _("{scenario}; limits in force and the bank's settings").format(scenario=assumed)
        units = {
            self.effect: _("{unit}, use of limits in %"),
            self.borrowers: _("{unit}, debt-service cover as a ratio, ratings in notches"),
            self.cash: "{unit}",
        }
        for card, unit in units.items():
            told = unit.format(unit=millions(result.currency))
            tell(card.table, of_batch(batch, result.currency, unit=told, beside=beside))

    @Slot(int)
    def _choose(self, index: int) -> None:
        self._wanted = str(self.choice.itemData(index))
        self._ask()


def _fetch(program: Program, wanted: str, _job: Job) -> Shown:
    known = program.stressing.scenarios()
    chosen = next((one for one in known if one.id == wanted), known[0])
    batch = newest(program)
    result = program.stressing.run(chosen.scenario) if batch is not None else None
    return Shown(known, chosen, batch, result)


def _write(place: Path, made: tuple[SheetContent, ...], sample: bool, _job: Job) -> tuple[str, ...]:
    return write(place, made, sample=sample)
