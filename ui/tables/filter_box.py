"""Filter a table while typing."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import gettext as _
from ui.tables.view import TableView

#: How long after the last key the table follows, in milliseconds.
WAIT = 120


class FilterBox(QLineEdit):
    """A field over a table: rows follow what is typed, Escape clears it and goes back to the table."""

    def __init__(self, table: TableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._timer = QTimer(self, singleShot=True, interval=WAIT)
        self._timer.timeout.connect(self._filter)
        self.textChanged.connect(self._timer.start)
        self.setProperty("r", "search")
        self.setClearButtonEnabled(True)
        self.setFixedWidth(180)
        self.retranslate()

    def retranslate(self) -> None:
        """Words in the reader's language."""
        self.setPlaceholderText(_("Filter"))
        self.setAccessibleName(_("Filter rows"))
        self.setToolTip(_("Filter rows (Ctrl+F)"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape clears, Down and Enter go to the rows."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._filter()
            self._table.setFocus()
        else:
            super().keyPressEvent(event)

    def _filter(self) -> None:
        self._timer.stop()
        self._table.rows.filter_text(self.text())
