"""Segmented control: one of a few, always in sight."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget


class Segments(QWidget):
    """One of a few choices; `chosen(id)` when the person picks another. Ids are English, words are set by `fill`."""

    chosen = Signal(str)

    def __init__(self, ids: Sequence[str], current: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, choice in enumerate(ids):
            made = QPushButton()
            made.setObjectName(choice)
            made.setCheckable(True)
            made.setChecked(choice == (current or ids[0]))
            made.setProperty("seg", ("l" if place == 0 else "") + ("r" if place == len(ids) - 1 else "") or "m")
            self._group.addButton(made)
            self._buttons[choice] = made
            row.addWidget(made)
        self._group.buttonClicked.connect(self._tell)

    @property
    def current(self) -> str:
        """The id of what is chosen."""
        button = self._group.checkedButton()
        return button.objectName() if button else ""

    def fill(self, words: Sequence[str]) -> None:
        """The words of the choices, in their order."""
        for button, word in zip(self._buttons.values(), words, strict=True):
            button.setText(word)

    def choose(self, choice: str) -> None:
        """Choose without telling."""
        self._buttons[choice].setChecked(True)

    def _tell(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.objectName())
