"""Saved scenarios side by side, and the form that names one."""

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.i18n import pgettext
from app.liquidity.caps import BILLION
from app.liquidity.scenario import Scenario
from app.wording import formats
from app.wording.runoff import month_name
from app.wording.sentences import sentence
from ui.charts.chart import Chart
from ui.charts.parts import Line, Pane
from ui.pages.runoff.origin import of_course
from ui.pages.runoff.work import Compared
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.text import label

#: As many courses are drawn, in these colours; the table has all.
_COLOURS = ("reserves", "treasuries_and_total_assets", "treasury_account", "on_rrp", "agency_mbs", "text2")


class ScenariosCard(Card):
    """`load_wanted(name)` puts a scenario into the simulator, `remove_wanted(name)` takes it away; `file_wanted` asks
    for a scenario file, `keep_wanted(name)` writes one.
    """

    load_wanted = Signal(object)
    remove_wanted = Signal(object)
    file_wanted = Signal()
    keep_wanted = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._shown: Compared | None = None
        self.open_file, self.keep_file = self.add_link(), self.add_link()
        self.load, self.remove = self.add_link(), self.add_link()
        self.open_file.clicked.connect(self.file_wanted)
        self.keep_file.clicked.connect(self._keep)
        self.load.clicked.connect(self._load)
        self.remove.clicked.connect(self._remove)
        self.chart = Chart(ranges=("all",), chosen="all", ranges_apart=True, unrevised="simulated")
        self.chart.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.chart.setMinimumHeight(140)
        self.table = TableView(
            (
                Column("name", lambda: _("Scenario"), stretch=1, width=180, priority=0, note="answer"),
                Column(
                    "floor", lambda: pgettext("ample reserves", "Floor"), Kind.SEVERITY, detail="floor_word", priority=0
                ),
                Column("reserves", lambda: _("Reserves\nat the end"), Kind.NUMBER, decimals=1, strong=True, priority=0),
                Column("on_rrp", lambda: _("ON RRP\nat the end"), Kind.NUMBER, decimals=1, priority=2),
                Column("assets", lambda: _("Assets\nat the end"), Kind.NUMBER, decimals=1, priority=1),
                Column("run_off", lambda: _("Run-off\nin all"), Kind.NUMBER, decimals=1, sign=True, priority=1),
                Column("who", lambda: _("Saved by"), priority=3),
                Column("at", lambda: _("Saved"), priority=3),
            ),
            title="",
            name="runoff.scenarios",
            state=state,
        )
        self.table.opened.connect(self.load_wanted)
        self.table.selected.connect(self._allow)
        self.body.addWidget(self.chart, 6)
        self.body.addWidget(self.table, 3)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which scenario reaches its floor first?"))
        self.open_file.setText(_("Open a file…"))
        self.keep_file.setText(_("Save as a file…"))
        self.load.setText(_("Use in the simulator"))
        self.remove.setText(_("Take away"))
        self.table.setAccessibleName(_("Saved scenarios"))
        self.chart.title = self.question.text()
        self.chart.retranslate()
        if self._shown is not None:
            self.show_compared(self._shown)

    @property
    def scenarios(self) -> list[Scenario]:
        """The saved scenarios that are shown."""
        return [one.scenario for one in self._shown.stored] if self._shown is not None else []

    def show_compared(self, shown: Compared) -> None:
        """Show every saved scenario from the same start."""
        self._shown = shown
        self.clear_error()
        for button in (self.load, self.remove, self.keep_file):
            button.setVisible(bool(shown.stored))
        if not shown.courses:
            self.show_empty(
                "liquidity",
                _("No scenario to compare"),
                _("Set assumptions in the simulator and save them under a name; two or more stand side by side here."),
            )
            return
        self.show_content()
        self.say(sentence(shown.finding))
        courses = [course.simulation for course in shown.courses]
        lines = []
        for simulation, colour in zip(courses, _COLOURS, strict=False):
            ends = [simulation.start.on, *(month.end for month in simulation.months)]
            levels = [simulation.start.position.reserves, *(month.position.reserves for month in simulation.months)]
            lines.append(
                Line(
                    simulation.scenario.name,
                    np.array(ends, "datetime64[D]"),
                    np.array(levels, float) / BILLION,
                    colour,
                    source=_("simulated from {day}").format(day=formats.day(simulation.start.on)),
                )
            )
        start = courses[0].start.on
        self.chart.show_panes(
            Pane(tuple(lines), unit=_("USD bn"), data_to=start),
            note=_("Reserves, USD bn, from {day}").format(day=formats.day(start)),
        )
        crossed = [simulation.crossed for simulation in courses]
        last = [simulation.months[-1].position for simulation in courses]
        self.table.rows.load(
            {
                "name": [simulation.scenario.name for simulation in courses],
                "answer": [sentence(course.finding) for course in shown.courses],
                "floor": ["ok" if month is None else "critical" for month in crossed],
                "floor_word": [
                    pgettext("floor", "Above") if month is None else month_name(month.month) for month in crossed
                ],
                "reserves": [position.reserves / BILLION for position in last],
                "on_rrp": [None if position.on_rrp is None else position.on_rrp / BILLION for position in last],
                "assets": [position.total_assets / BILLION for position in last],
                "run_off": [-sum(month.run_off for month in simulation.months) / BILLION for simulation in courses],
                "who": [one.who for one in shown.stored],
                "at": [formats.dated_moment(one.at) for one in shown.stored],
            },
            keys=[one.scenario.name for one in shown.stored],
        )
        tell(self.table, of_course(shown.courses[0], _("USD bn")))
        self._allow(self.table.current)

    @Slot(object)
    def _allow(self, key: object) -> None:
        for button in (self.load, self.remove, self.keep_file):
            button.setEnabled(key is not None)

    @Slot()
    def _load(self) -> None:
        if self.table.current is not None:
            self.load_wanted.emit(self.table.current)

    @Slot()
    def _keep(self) -> None:
        if self.table.current is not None:
            self.keep_wanted.emit(self.table.current)

    @Slot()
    def _remove(self) -> None:
        if self.table.current is not None:
            self.remove_wanted.emit(self.table.current)


class NameForm(QDialog):
    """Asks under which name a scenario is saved."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Save the scenario"))
        self.name = QLineEdit(name)
        self.name.setMaxLength(128)
        self.name.setAccessibleName(_("Name"))
        keep, done = QPushButton(_("Keep unsaved")), QPushButton(_("Save scenario"))
        done.setProperty("k", "primary")
        done.setDefault(True)
        done.setEnabled(bool(name.strip()))
        self.done_button = done
        keep.clicked.connect(self.reject)
        done.clicked.connect(self.accept)
        self.name.textChanged.connect(self._look)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(keep)
        buttons.addWidget(done)
        text = label("small", _("A scenario of the same name is replaced; both stay on record."))
        text.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label("headline", _("Save the scenario")))
        column.addWidget(text)
        column.addWidget(self.name)
        column.addLayout(buttons)
        self.setMinimumWidth(380)
        self.name.setFocus()

    @Slot(str)
    def _look(self, text: str) -> None:
        self.done_button.setEnabled(bool(text.strip()))
