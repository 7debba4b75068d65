"""Shortcuts of the window while the cursor stands in a text field."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.commands import Command, Commands
from ui.window.fieldkeys import FieldKeys

CTRL = Qt.KeyboardModifier.ControlModifier


class Greedy(QLineEdit):
    """A field that takes every key for itself, as one on X11 takes Ctrl+E and Ctrl+K."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


def _window(qtbot, ran):
    window = QWidget()
    commands = Commands(window)
    for key in ("Ctrl+E", "Ctrl+Z"):
        window.addAction(commands.add(Command(key, lambda: "", lambda key=key: ran.append(key), shortcut=key)))
    field, other = Greedy(window), Greedy(window)
    qtbot.addWidget(window)
    FieldKeys(commands, window)
    window.show()
    window.activateWindow()
    return window, field, other


def test_a_shortcut_reaches_the_window_from_whichever_field_has_the_cursor(qtbot):
    ran: list[str] = []
    window, field, other = _window(qtbot, ran)
    for one in (field, other, field):
        one.setFocus()
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_E, CTRL)
    assert ran == ["Ctrl+E"] * 3


def test_undo_and_typing_stay_the_fields(qtbot):
    ran: list[str] = []
    window, field, _other = _window(qtbot, ran)
    field.setFocus()
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_E)
    assert field.text() == "e"
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Z, CTRL)
    assert (ran, field.text()) == ([], "")
