"""What outlives the window's closing: the tray icon and the watch; and how the window comes back to the front."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from ui.state import CLOSING, TOLD
from ui.tray import Tray

if TYPE_CHECKING:
    from ui.window.window import Window


class Staying(QObject):
    """Made where the desktop has a tray: closing the window then hides it, unless the person wants it to quit."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._ending = False
        self.tray = Tray(window, window.commands, self.bring)
        window.data.counted.connect(self.tray.show_counts)
        self.tray.icon.show()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setQuitOnLastWindowClosed(False)
            application.commitDataRequest.connect(self.end)  # the session ends: a window that stays would hold it up

    def holds(self) -> bool:
        """Whether closing the window only puts it away."""
        return not self._ending and self._window.state.get(CLOSING) == "watch"

    def put_away(self) -> None:
        """Hide the window; the first time say where it went."""
        self._window.hide()
        if not self._window.state.get(TOLD):
            self._window.state.put(TOLD, "yes")
            self.tray.tell_that_it_watches()

    @Slot()
    def end(self) -> None:
        """From here on closing the window quits the program."""
        self._ending = True

    def leave(self) -> None:
        """The window is closed for good."""
        self.tray.icon.hide()
        QApplication.quit()

    def bring(self) -> None:
        """The window to the front."""
        bring(self._window)


def bring(window: "Window") -> None:
    """Show a window that was put away or minimised, above the others."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
