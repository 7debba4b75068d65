"""The window's shortcuts hold while a text field has the focus.

On X11 a text field takes Ctrl+E (to the end of the line) and Ctrl+K (delete to the end of the line) for itself, so that
a comment lost words where the officer wanted the command box. Undo stays the field's: there it takes back typing.
"""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit)


class FieldKeys(QObject):
    """Watches the field that has the focus, and only that one."""

    def __init__(self, actions: Iterable[QAction], parent: QObject) -> None:
        super().__init__(parent)
        undo = QKeySequence.keyBindings(QKeySequence.StandardKey.Undo)
        keys = [action.shortcut() for action in actions]
        self._kept = {key[0] for key in keys if not key.isEmpty() and key not in undo}
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(before, _FIELDS):
            before.removeEventFilter(self)
        if isinstance(now, _FIELDS):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the field from taking a shortcut of the window for itself; Qt then hands it to the command."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.ShortcutOverride:
            return False
        if event.keyCombination() not in self._kept:
            return False
        event.ignore()
        return True
