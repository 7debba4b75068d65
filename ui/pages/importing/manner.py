"""How a file is to be read, as the person has said it so far: columns, control totals, all or nothing, password."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.services.outcome import Outcome
from exposures.mapping import Mapping
from exposures.reconciliation import Control
from ui.pages.importing.choose import ChooseCard
from ui.pages.importing.controls import ControlsForm
from ui.pages.importing.match import MatchForm
from ui.pages.importing.password import Password
from ui.pages.importing.work import Source


class Manner(QObject):
    """`changed` when the person said something else, so that the file is to be read again."""

    changed = Signal()

    def __init__(self, choose: ChooseCard, parent: QWidget) -> None:
        super().__init__(parent)
        self._choose, self._window = choose, parent
        self.password = Password(parent, self.changed.emit)
        self._mapping: Mapping | None = None
        self._controls: tuple[Control, ...] = ()
        self._whole = False

    def source(self) -> Source | None:
        """The file and how it is read; None where none is chosen."""
        if self._choose.file is None:
            return None
        mapping = self._mapping or self._choose.layout_box.currentData()
        return Source(
            self._choose.file, self._choose.reporting_date, mapping, self._choose.rates, self.password.given,
            self._controls, self._whole,
        )  # fmt: skip

    def opened(self) -> tuple[Path | None, str | None]:
        """The file that was read, and its password."""
        return self._choose.file, self.password.given

    def forget(self) -> None:
        """Nothing was said."""
        self._mapping = self.password.given = None
        self._controls, self._whole = (), False

    def ask_columns(self, outcome: Outcome) -> None:
        """Ask which column is which."""
        form = MatchForm(outcome, self._window)
        form.finished.connect(partial(self._matched, form))
        form.open()

    def ask_controls(self, outcome: Outcome) -> None:
        """Ask which totals stand beside the file."""
        form = ControlsForm(outcome, self._controls, self._whole, self._window)
        form.finished.connect(partial(self._controlled, form))
        form.open()

    def _matched(self, form: MatchForm, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._mapping = form.mapping()
            self.changed.emit()
        form.deleteLater()

    def _controlled(self, form: ControlsForm, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._controls, self._whole = form.controls(), form.whole()
            self.changed.emit()
        form.deleteLater()
