"""What stands where figures cannot: nothing yet, something failed, work under way, something done."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.refusals import Refused
from app.wording.sentences import refusal
from ui.widgets import icons
from ui.widgets.badge import Mark
from ui.widgets.text import label

Remedy = tuple[str, Callable[[], None]]
#: The widest that the text of an empty state becomes before it breaks into lines.
_EMPTY_WIDTH = 300


def explain(error: Exception) -> tuple[str, str]:
    """What was refused and the remedy; a fault of the program says so and names the log."""
    if isinstance(error, Refused):
        return refusal(error)
    return _("The program met a fault of its own."), _("Nothing was stored. The log in the workspace tells more.")


def _buttons(row: QHBoxLayout, actions: tuple[Remedy, ...], kinds: tuple[str, ...]) -> None:
    while (item := row.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.deleteLater()
    for place, (text, run) in enumerate(actions):
        made = QPushButton(text)
        made.setProperty("k", kinds[min(place, len(kinds) - 1)])
        made.clicked.connect(run)
        row.addWidget(made)


class Empty(QWidget):
    """What belongs here, one primary action, and the sample as the second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._name = ""
        self._title = label("headline")
        self._text = label("body")
        self._text.setWordWrap(True)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._text.setAlignment(centre)
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(1)
        column.addWidget(self._icon, 0, centre)
        column.addWidget(self._title, 0, centre)
        column.addWidget(self._text, 0, centre)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self._actions)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def fill(self, icon: str, title: str, text: str, *actions: Remedy) -> None:
        """Say it anew."""
        self._icon.setPixmap(icons.pixmap(icon, "text2", 26, self.devicePixelRatioF()))
        self._title.setText(title)
        self._text.setText(text)
        width = min(_EMPTY_WIDTH, self._text.fontMetrics().horizontalAdvance(text) + 6)
        self._text.setFixedSize(width, self._text.heightForWidth(width))
        _buttons(self._actions, actions, ("primary", ""))


class ErrorNotice(QFrame):
    """What failed, its cause and the buttons that help; the old figures stay beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("r", "well")
        self._title = label("strong")
        self._title.setWordWrap(True)
        self._text = label("small")
        self._text.setWordWrap(True)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Mark("warning", 14), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        row = QHBoxLayout()
        row.addLayout(self._actions)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addLayout(row)

    def fill(self, error: Exception, *remedies: Remedy) -> None:
        """Say what was refused."""
        what, remedy = explain(error)
        self._title.setText(what)
        self._text.setText(remedy)
        self._text.setVisible(bool(remedy))
        _buttons(self._actions, remedies, ("small",))


class ProgressStrip(QWidget):
    """Work under way: what, how far, and Cancel; it never blocks the window."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("strong")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._count = label("small")
        self._cancel = QPushButton()
        self._cancel.setProperty("k", "small")
        self._cancel.clicked.connect(self.cancelled)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._bar)
        column.addLayout(foot)
        self.retranslate()

    def begin(self, title: str) -> None:
        """Show that work has begun, before it can be counted."""
        self._title.setText(title)
        self._count.clear()
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self.show()

    def advance(self, text: str, done: int, total: int) -> None:
        """Show how far it is; `text` is the sentence beside the bar ("640 of 1,212 rows")."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._count.setText(text)

    def end(self) -> None:
        """The work is over."""
        self._bar.setRange(0, 1)
        self.hide()

    def retranslate(self) -> None:
        """Speak the language in force."""
        self._cancel.setText(_("Cancel"))


class DoneLine(QWidget):
    """One line that says what was done, with its undo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = label("body")
        self._undo = QPushButton()
        self._undo.setProperty("k", "link")
        self._undo.clicked.connect(self.take_back)
        self._run: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Mark("done", 14))
        row.addWidget(self._text)
        row.addWidget(self._undo)
        row.addStretch(1)
        self.hide()

    def tell(self, text: str, undo_text: str = "", undo: Callable[[], None] | None = None) -> None:
        """Say what was done; the action is shown only where there is one."""
        self._text.setText(text)
        self._run = undo
        self._undo.setText(undo_text)
        self._undo.setVisible(undo is not None)
        self.show()

    @Slot()
    def take_back(self) -> None:
        """Take back what was done."""
        run, self._run = self._run, None
        self.hide()
        if run is not None:
            run()
