"""How a person reaches the window: a keyboard without a mouse, and a mouse that types only what must be typed."""

from typing import Any, Protocol

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from ui.pictures import settle
from ui.tables.view import TableView
from ui.window import Window

#: More Tabs than this to get somewhere is no way to work.
TABS = 40
Key = Qt.Key
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
LEFT = Qt.MouseButton.LeftButton


class Hands(Protocol):
    """What a journey does with the window, whichever way."""

    def go_to(self, page: str) -> None:
        """Open a page."""
        ...

    def choose(self, table: TableView, key: Any) -> None:
        """Choose a row."""
        ...

    def write(self, field: QWidget, text: str) -> None:
        """Write into a field."""
        ...

    def push(self, button: QAbstractButton) -> None:
        """Push a button."""
        ...

    def pick(self, box: QComboBox, place: int) -> None:
        """Pick one of a box's choices."""
        ...


class Keyboard:
    """Keys as the system sends them: to whatever window has the focus. Nothing else reaches the program."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def _in_focus(self) -> QWindow:
        """The window that has the keys; without a window manager nobody hands them to one that asks once."""
        if QGuiApplication.focusWindow() is None:
            self._window.activateWindow()
            assert QTest.qWaitForWindowActive(self._window), "the window never got the focus"
        return QGuiApplication.focusWindow()

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys one after the other, and let the window come to rest."""
        for key in keys:
            QTest.keyClick(self._in_focus(), key, held)
        settle(self._window)

    def type(self, text: str) -> None:
        """Type a text."""
        for letter in text:
            QTest.keyClick(self._in_focus(), letter)
        settle(self._window)

    def go_to(self, page: str) -> None:
        """Open a page: by its digit with Ctrl, or by its title in the command box where it has none."""
        number = list(self._window.entries).index(page) + 1
        if number <= 9:
            self.press(Key(Key.Key_0 + number), held=CTRL)
            return
        self.press(Key.Key_K, held=CTRL)
        self.type(self._window.entries[page].title())
        self.press(Key.Key_Return)

    def tab_to(self, place: QWidget, key: Qt.Key = Key.Key_Tab) -> None:
        """Go on with Tab (or another key) until this has the focus; it must be reached, and in reasonable time."""
        passed = []
        for _step in range(TABS):
            if place.hasFocus():
                return
            self.press(key)
            focus = QApplication.focusWidget()
            passed.append("none" if focus is None else focus.accessibleName() or focus.objectName() or repr(focus))
        pytest.fail(f"Tab never came to {place.accessibleName() or place!r}; it passed {passed}")

    def choose(self, table: TableView, key: Any) -> None:
        """Go to the table and down to the row."""
        self.tab_to(table)
        self.press(Key.Key_Home, held=CTRL)
        for _row in range(table.rows.rowCount()):
            if table.current == key:
                return
            self.press(Key.Key_Down)
        pytest.fail(f"no row {key!r} in {table.accessibleName()}")

    def write(self, field: QWidget, text: str) -> None:
        """Go to the field and write over what it holds."""
        self.tab_to(field)
        self.press(Key.Key_A, held=CTRL)
        self.type(text)

    def push(self, button: QAbstractButton) -> None:
        """Go to the button and press it."""
        self.tab_to(button)
        self.press(Key.Key_Space)

    def pick(self, box: QComboBox, place: int) -> None:
        """Go to the box and down to the choice."""
        self.tab_to(box)
        while box.currentIndex() != place:
            self.press(Key.Key_Down if box.currentIndex() < place else Key.Key_Up)


class Mouse:
    """Clicks on what is in sight; only texts are typed."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def click(self, place: QWidget) -> None:
        """Click on the middle of something that can be seen and used."""
        assert place.isVisible(), f"{place.accessibleName() or place!r} is not in sight"
        assert place.isEnabled(), f"{place.accessibleName() or place!r} cannot be used"
        QTest.mouseClick(place, LEFT)
        settle(self._window)

    def go_to(self, page: str) -> None:
        """Click on the page's name at the left."""
        self.click(self._window.navigation.items[page])

    def choose(self, table: TableView, key: Any) -> None:
        """Click on the row."""
        row = table.rows.row_of(key)
        assert row >= 0, f"no row {key!r} in {table.accessibleName()}"
        index = table.rows.index(row, table.horizontalHeader().logicalIndexAt(0))
        table.scrollTo(index)  # as the wheel would
        QTest.mouseClick(table.viewport(), LEFT, NONE, table.visualRect(index).center())
        settle(self._window)

    def write(self, field: QWidget, text: str) -> None:
        """Click into the field and write over what it holds."""
        self.click(field)
        QTest.keyClick(field, Key.Key_A, CTRL)
        QTest.keyClicks(field, text)
        settle(self._window)

    def push(self, button: QAbstractButton) -> None:
        """Click on the button."""
        self.click(button)

    def pick(self, box: QComboBox, place: int) -> None:
        """Turn the wheel over the box until it shows the choice."""
        assert box.isVisible(), f"{box.accessibleName()} is not in sight"
        assert box.isEnabled(), f"{box.accessibleName()} cannot be used"
        QTest.mouseMove(box)
        middle = QPointF(box.rect().center())
        for _turn in range(box.count()):
            if box.currentIndex() == place:
                break
            turn = QPoint(0, -120 if box.currentIndex() < place else 120)
            over = QPointF(box.mapToGlobal(middle))
            still, none = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
            QApplication.sendEvent(box, QWheelEvent(middle, over, QPoint(), turn, none, NONE, still, False))
        settle(self._window)
        assert box.currentIndex() == place
