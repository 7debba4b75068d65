"""The cards of the import and which of them stand on the page at each step."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QGridLayout

from app.services.outcome import Outcome
from ui.pages.importing.changes import ChangesCard
from ui.pages.importing.check import ColumnsCard, ReconciliationCard
from ui.pages.importing.choose import ChooseCard, HistoryCard
from ui.pages.importing.issues import IssuesCard
from ui.pages.importing.sheet import SheetCard
from ui.state import State

CHOOSE, MATCH, CHECK, DONE = range(4)


class Stage(QObject):
    """Puts the cards into the page's grid; `go` to a step. The rows of the sheet stand where the sums do."""

    def __init__(self, grid: QGridLayout, state: State, parent: QObject) -> None:
        super().__init__(parent)
        self._grid, self._step, self._sheet_asked = grid, CHOOSE, False
        self.choose, self.history = ChooseCard(state), HistoryCard(state)
        self.columns, self.issues = ColumnsCard(state), IssuesCard(state)
        self.reconciliation, self.changes, self.sheet = ReconciliationCard(state), ChangesCard(state), SheetCard()
        grid.addWidget(self.choose, 0, 0, 1, 5)
        grid.addWidget(self.history, 0, 5, 1, 7)
        grid.addWidget(self.columns, 1, 0, 1, 3)
        grid.addWidget(self.issues, 1, 3, 1, 9)
        grid.addWidget(self.reconciliation, 2, 0, 1, 7)
        grid.addWidget(self.changes, 2, 7, 1, 5)
        grid.addWidget(self.sheet, 3, 0, 1, 12)  # in a row of its own: a hidden item takes its row's spacing away
        self._of_check = (self.columns, self.issues, self.reconciliation, self.changes, self.sheet)
        self.issues.table.link_opened.connect(self._jump)
        self.reconciliation.sheet_wanted.connect(self._show_sheet)
        self.sheet.close_wanted.connect(self.hide_sheet)

    def retranslate(self) -> None:
        """Set every text anew."""
        for card in (self.choose, self.history, *self._of_check):
            card.retranslate()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what was found in the file."""
        for card in self._of_check:
            card.show_outcome(outcome)

    def go(self, step: int) -> None:
        """Show the cards of a step."""
        self._step = step
        choosing = step in (CHOOSE, DONE)
        for card in (self.choose, self.history):
            card.setVisible(choosing)
        for card in (self.columns, self.issues):
            card.setVisible(not choosing)
        self._place_sheet()

    def _place_sheet(self) -> None:
        """Rows of the sheet: while columns are matched, and whenever they are asked for."""
        shown = self._step == MATCH or (self._step == CHECK and self._sheet_asked)
        self.sheet.setVisible(shown)
        self.sheet.close_link.setVisible(self._step == CHECK)
        for card in (self.reconciliation, self.changes):
            card.setVisible(self._step == CHECK and not shown)
        choosing = self._step in (CHOOSE, DONE)
        for row, share in enumerate((1, 0, 0, 0) if choosing else (0, 10, 0, 9) if shown else (0, 10, 9, 0)):
            self._grid.setRowStretch(row, share)

    @Slot(object, str)
    def _jump(self, place: int, _column: str) -> None:
        """Show the cell of an issue in its sheet."""
        self._show_sheet()
        self.sheet.jump(self.issues.issue(place))

    @Slot()
    def _show_sheet(self) -> None:
        self._sheet_asked = True
        self._place_sheet()

    @Slot()
    def hide_sheet(self) -> None:
        """The sums stand there again."""
        self._sheet_asked = False
        self._place_sheet()
