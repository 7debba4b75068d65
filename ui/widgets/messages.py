"""The strip above the page: what was done (with Undo), what was refused (with its remedy), what is under way."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.wording import formats
from ui.widgets import icons
from ui.widgets.notice import DoneLine, ErrorNotice, ProgressStrip, Remedy


class Messages(QFrame):
    """Shown only while there is something to say; it can be put away, and it never blocks the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("r", "message")
        self._done = DoneLine()
        self._error = ErrorNotice()
        self._error.hide()
        self._work = ProgressStrip()
        self._work.hide()
        self._work.cancelled.connect(self._cancel)
        self._stop: Callable[[], None] | None = None
        self._close = QToolButton()
        self._close.clicked.connect(self.clear)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self._work)
        column.addWidget(self._error)
        column.addWidget(self._done)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 16, 8)
        row.addLayout(column, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, text: str, undo_text: str = "", undo: Callable[[], None] | None = None) -> None:
        """What was done."""
        self._error.hide()
        self._done.tell(text, undo_text or _("Undo"), undo)
        self._show()

    def refuse(self, error: Exception, *remedies: Remedy) -> None:
        """What was refused, and the remedy."""
        self._done.hide()
        self._error.fill(error, *remedies)
        self._error.show()
        self._show()

    def undo(self) -> None:
        """Take back what the line offers to take back."""
        if not self._done.isHidden():
            self._done.take_back()
            self._show()

    def begin(self, title: str, stop: Callable[[], None]) -> None:
        """Long work has begun; `stop` is what Cancel does."""
        self._stop = stop
        self._work.begin(title)
        self._show()

    def advance(self, _phase: str, done: int, total: int) -> None:
        """How far the work is."""
        text = _("{done} of {total}").format(done=formats.number(done), total=formats.number(total))
        self._work.advance(text, done, total)

    def end(self) -> None:
        """The work is over."""
        self._stop = None
        self._work.end()
        self._show()

    def retranslate(self) -> None:
        """Speak the language in force."""
        self._work.retranslate()
        self._close.setIcon(icons.icon("close", size=14))
        self._close.setToolTip(_("Close"))
        self._close.setAccessibleName(_("Close"))

    @Slot()
    def clear(self) -> None:
        """Put away what was said; work under way stays in sight."""
        self._done.hide()
        self._error.hide()
        self._show()

    @Slot()
    def _cancel(self) -> None:
        if self._stop is not None:
            self._stop()

    def _show(self) -> None:
        said = not self._done.isHidden() or not self._error.isHidden()
        self._close.setVisible(said)
        self.setVisible(said or not self._work.isHidden())
