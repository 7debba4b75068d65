"""Where faults that nobody caught arrive: one dialog at a time, and a report for who mends them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from shiboken6 import isValid

from app.i18n import gettext as _
from ui.dialogs.fault import FaultDialog, ask_where, report

if TYPE_CHECKING:
    from ui.window.window import Window


class FaultDesk(QObject):
    """Shows a fault, and counts those that come while one is shown."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.dialog: FaultDialog | None = None

    @Slot(object)
    def tell(self, error: BaseException) -> None:
        """A fault came, from whichever thread."""
        if self.dialog is not None and isValid(self.dialog) and self.dialog.isVisible():
            self.dialog.count_another()
            return
        self.dialog = FaultDialog(self._window.program, error, self._window if self._window.isVisible() else None)
        self.dialog.open()

    def save_report(self, error: BaseException) -> None:
        """Write a report about work that failed, where the person says."""
        place = ask_where(self._window, self._window.program)
        if place is not None:
            place.write_text(report(self._window.program, error), "utf-8")
            self._window.done(_("Report written to {file}").format(file=place.name))
