"""Search and command box: whatever the program can do or knows by name, found by a word of it (Ctrl K)."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from ui.widgets import icons

_ID = int(Qt.ItemDataRole.UserRole) + 1
#: How many rows the list shows at once.
ROWS = 12


class CommandBox(QLineEdit):
    """Type a part of a name, Enter does it; `chosen(id)` tells what."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("r", "search")
        self.setObjectName("command_box")
        self._groups: dict[str, tuple[tuple[str, str], ...]] = {}
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(ROWS)
        self._completer.activated[QModelIndex].connect(self._take)
        self.setCompleter(self._completer)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.returnPressed.connect(self._take_first)

    def offer(self, group: str, entries: Sequence[tuple[str, str]]) -> None:
        """What can be found in a group: ids and words; the group offered first stands first."""
        self._groups[group] = tuple(entries)
        self._model.clear()
        for command_id, words in (entry for each in self._groups.values() for entry in each):
            item = QStandardItem(words)
            item.setData(command_id, _ID)
            item.setEditable(False)
            self._model.appendRow(item)

    def name(self, words: str) -> None:
        """What stands in the empty box, and what a screen reader calls it."""
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self._glass.setText(words)

    def apply_theme(self) -> None:
        """Take the colours of the theme in force."""
        self._glass.setIcon(icons.icon("search"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            if (window := self.window()) is not None:
                window.setFocus()
            return
        if event.key() == Qt.Key.Key_Down and not self._completer.popup().isVisible():
            self._completer.setCompletionPrefix(self.text())
            self._completer.complete()
            return
        super().keyPressEvent(event)

    @Slot()
    def _take_first(self) -> None:
        self._completer.setCompletionPrefix(self.text())
        if self.text() and self._completer.completionCount():
            self._completer.setCurrentRow(0)
            self._take(self._completer.currentIndex())

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        chosen = index.data(_ID)
        self._completer.popup().hide()
        self.clear()
        self.clearFocus()
        if chosen:
            self.chosen.emit(str(chosen))
