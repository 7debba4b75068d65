"""The limit bar as a widget; tables draw the same bar by themselves."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import marks, theme


class LimitBar(QWidget):
    """Used and (lighter) pending in percent of a limit; grey below warning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._used = self._expected = 0.0
        self._state = "ok"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fill(self, used: float, expected: float, state: str, words: str) -> None:
        """Show a use; `expected` includes what is pending; `words` is what a screen reader says."""
        self._used, self._expected, self._state = used, expected, state
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(90, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        loud = self._state in ("critical", "warning", "watch")
        fill = now.tone(self._state if loud else "nodata").fill
        painter = QPainter(self)
        marks.paint_limit_bar(
            painter, QRectF(self.rect()), self._used, self._expected, fill, now.colour("grid"), now.colour("text2")
        )
        painter.end()
