"""Run-off: the simulator with its proof, saved scenarios, how it works, and what matures when."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QStackedWidget, QWidget

from app.events import Event, SeriesChanged
from app.i18n import gettext as _
from app.liquidity.scenario import Scenario
from app.services.simulating import Proof
from app.wording import formats
from ui import theme
from ui.pages.page import Context, Page
from ui.pages.runoff import work
from ui.pages.runoff.account import AccountCard
from ui.pages.runoff.inputs import InputsCard
from ui.pages.runoff.maturities import MaturitiesCard
from ui.pages.runoff.months import MonthForm, MonthsCard
from ui.pages.runoff.proof import ProofCard
from ui.pages.runoff.result import ResultCard
from ui.pages.runoff.scenarios import NameForm, ScenariosCard
from ui.pages.runoff.sheets import sheets
from ui.tables.plain import ask_where
from ui.tasks import Lane
from ui.widgets import icons
from ui.widgets.choice import Segments

VIEWS = ("simulator", "scenarios", "account", "maturities")


class RunoffPage(Page):
    """Four views of the same question: what the run-off does to the Fed's balance sheet."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown: work.Shown | None = None
        self.view = Segments(VIEWS, VIEWS[0])
        self.view.chosen.connect(self._choose_view)
        self.header.add(self.view)
        self.export_button = self.button()
        self.export_button.clicked.connect(self.export)
        self.inputs, self.result, self.months = InputsCard(), ResultCard(), MonthsCard(context.state)
        self.proof, self.scenarios = ProofCard(), ScenariosCard(context.state)
        self.account, self.maturities = AccountCard(context), MaturitiesCard(context)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._simulator())
        for card in (self.scenarios, self.account, self.maturities):
            self.stack.addWidget(card)
        self.body.addWidget(self.stack, 1)
        self.inputs.changed.connect(self._simulate)
        self.inputs.saving.connect(self._ask_name)
        self.months.edit_wanted.connect(self._edit_month)
        self.scenarios.load_wanted.connect(self._load)
        self.scenarios.remove_wanted.connect(self._remove)
        self.scenarios.file_wanted.connect(self._choose_file)
        self.scenarios.keep_wanted.connect(self._choose_place)
        self.guard(self.inputs.save_button, "scenario.save")
        self.guard(self.scenarios.remove, "scenario.delete")

    def _simulator(self) -> QWidget:
        """Inputs 3, result 6, proof 3."""
        held = QWidget()
        grid = QGridLayout(held)
        grid.setObjectName("columns")
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.current().gutter)
        for column in range(12):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 0)
        grid.addWidget(self.inputs, 0, 0, 2, 3)
        grid.addWidget(self.result, 0, 3, 1, 6)
        grid.addWidget(self.months, 1, 3, 1, 6)
        grid.addWidget(self.proof, 0, 9, 2, 3)
        grid.setRowStretch(0, 6)
        grid.setRowStretch(1, 4)
        return held

    # ------------------------------------------------------------------ the page

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Run-off"))
        self.view.fill([_("Simulator"), _("Scenarios"), _("How it works"), _("Maturities")])
        self.export_button.setText(_("Export"))
        self.export_button.setIcon(icons.icon("export"))
        for card in self._cards():
            card.mark_sample(self.context.sample and card is not self.account)  # Figure 4 is the document's
            card.retranslate()
        self._tell_scope()

    def _cards(self) -> tuple[Any, ...]:
        return (
            self.inputs, self.result, self.months, self.proof, self.scenarios, self.account, self.maturities,
        )  # fmt: skip

    def refresh(self, event: Event | None = None) -> None:
        """Ask again; only new figures of the Fed matter."""
        if event is not None and not isinstance(event, SeriesChanged):
            return
        self.ask(partial(work.proof, self.context.program), self._show_proof, self._failed, about="proof")
        self._simulate()
        self.account.ask_again()
        self.maturities.ask_again()

    def show_target(self, **what: Any) -> None:
        """`view` is one of VIEWS."""
        if (view := what.get("view")) in VIEWS:
            self.view.choose(view)
            self._choose_view(view)

    def export(self) -> None:
        """Ctrl+E: the view's tables as a workbook."""
        if (place := ask_where(self, _("Export"), f"{self._stem()}.xlsx")) is not None:
            self.export_to(place)

    def export_to(self, place: Path) -> None:
        """Write what is shown into a workbook, in a worker."""
        done = partial(self._exported, place)
        self.ask(
            partial(work.export, place, sheets(self, self.view.current), self.context.sample), done, self.context.failed
        )

    def _stem(self) -> str:
        return {"maturities": "soma-maturities", "scenarios": "run-off-scenarios"}.get(self.view.current, "run-off")

    # ------------------------------------------------------------------ asking and showing

    @Slot()
    def _simulate(self) -> None:
        asked = partial(
            work.simulate,
            self.context.program,
            self.inputs.scenario,
            int(self.inputs.months.amount()),
            self.inputs.start.day,
        )
        self.ask(asked, self._show, self._failed, about="simulate")

    def _show(self, shown: work.Shown) -> None:
        self.shown = shown
        some = shown.course is not None
        self.inputs.allow(shown.days, shown.course.simulation.start.on if shown.course else None)
        self.export_button.setEnabled(some)
        self.months.setVisible(some)
        if shown.course is None:
            commands = self.context.commands
            self.result.show_empty(
                "liquidity",
                _("No balance sheet yet"),
                _("A simulation begins from an H.4.1 with total assets, Treasuries, agency MBS and reserves."),
                (_("Refresh"), partial(commands.run, "data.refresh")),
                (_("Take in files…"), partial(commands.run, "data.take_in")),
            )
            self._tell_scope()
            return
        self.inputs.show_terms(shown.course.simulation)
        self.result.show_course(shown.course)
        self.months.show_course(shown.course)
        self._tell_scope()
        self._compare()

    def _compare(self) -> None:
        on, months = self.inputs.start.day, int(self.inputs.months.amount())
        asked = partial(work.compare, self.context.program, months, on)
        self.ask(asked, self.scenarios.show_compared, self._failed, about="compare")

    def _show_proof(self, proof: Proof) -> None:
        self.proof.show_proof(proof)
        self.result.show_proof(proof)

    def _tell_scope(self) -> None:
        if self.view.current == "account":
            self.header.scope.setText(_("Figure 4 of the source document"))
            return
        course = self.shown.course if self.shown else None
        if course is None:
            self.header.scope.setText(_("US dollars, Federal Reserve H.4.1"))
            return
        name = course.simulation.scenario.name
        day = formats.day(course.simulation.start.on)
        ladder = (
            _("maturities of {day}").format(day=formats.day(course.holdings_as_of))
            if course.holdings_as_of
            else _("no maturity ladder")
        )
        self.header.scope.setText(
            _("{scenario}, from {day}, {ladder}").format(scenario=name, day=day, ladder=ladder)
            if name
            else _("From {day}, {ladder}").format(day=day, ladder=ladder)
        )

    def _failed(self, error: Exception) -> None:
        self.result.show_error(error, (_("Try again"), self._simulate))

    # ------------------------------------------------------------------ what the person does

    @Slot(str)
    def _choose_view(self, view: str) -> None:
        self.stack.setCurrentIndex(VIEWS.index(view))
        self._tell_scope()

    @Slot(object)
    def _edit_month(self, key: object) -> None:
        course = self.shown.course if self.shown else None
        month = next((one for one in course.simulation.months if one.month == key), None) if course else None
        if course is None or month is None:
            return
        form = MonthForm(month, self.inputs.scenario, self)
        form.finished.connect(partial(self._month_edited, form))
        form.open()

    def _month_edited(self, form: MonthForm, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self.inputs.change_months(form.changed(self.inputs.scenario))
        form.deleteLater()

    @Slot()
    def _ask_name(self) -> None:
        form = NameForm(self.inputs.scenario.name, self)
        form.finished.connect(partial(self._named, form))
        form.open()

    def _named(self, form: NameForm, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._save(self.inputs.scenario, form.name.text())
        form.deleteLater()

    def _save(self, scenario: Scenario, name: str) -> None:
        asked = partial(work.save, self.context.program, scenario, name)
        self.ask(asked, self._saved, self.context.failed, lane=Lane.WRITE)

    def _saved(self, scenario: Scenario) -> None:
        self.inputs.put(scenario)
        self.context.done(_("Saved as {name}").format(name=scenario.name))
        self._simulate()

    @Slot(object)
    def _load(self, name: str) -> None:
        stored = next((one for one in self.scenarios.scenarios if one.name == name), None)
        if stored is not None:
            self._use(stored)

    def _use(self, scenario: Scenario) -> None:
        self.inputs.put(scenario)
        self.view.choose("simulator")
        self._choose_view("simulator")
        self._simulate()

    @Slot()
    def _choose_file(self) -> None:
        place, _kind = QFileDialog.getOpenFileName(self, _("Open a scenario"), "", "TOML (*.toml)")
        if place:
            self.open_file(Path(place))

    def open_file(self, place: Path) -> None:
        """Put the scenario of a TOML file into the simulator."""
        self.ask(partial(work.read_file, place), self._use, self.context.failed)

    @Slot(object)
    def _choose_place(self, name: str) -> None:
        place, _kind = QFileDialog.getSaveFileName(self, _("Save the scenario"), f"{name}.toml", "TOML (*.toml)")
        if place:
            self.keep_file(Path(place), name)

    def keep_file(self, place: Path, name: str) -> None:
        """Write a saved scenario into a TOML file."""
        stored = next(one for one in self.scenarios.scenarios if one.name == name)
        self.ask(partial(work.write_file, place, stored), partial(self._exported, place), self.context.failed)

    @Slot(object)
    def _remove(self, name: str) -> None:
        asked = partial(work.remove, self.context.program, name)
        self.ask(asked, self._removed, self.context.failed, lane=Lane.WRITE)

    def _removed(self, scenario: Scenario) -> None:
        undo = partial(self._save, scenario, scenario.name)
        self.context.done(_("{name} taken away").format(name=scenario.name), _("Undo"), undo)
        if self.inputs.scenario.name == scenario.name:
            self.inputs.put(replace(scenario, name=""))
        self._compare()

    def _exported(self, place: Path, _notes: Any) -> None:
        self.context.done(_("Run-off written to {file}").format(file=place.name))
