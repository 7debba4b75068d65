"""Severity as a widget: the bare mark, the mark with its word, and the badge of headings."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import marks, theme

#: States whose word stays in the quiet colour outside a badge.
QUIET = frozenset({"ok", "nodata", "stale", "todo", "done"})


class Mark(QWidget):
    """The shape of a severity or state; a screen reader hears its word."""

    def __init__(self, state: str = "", size: int = 13, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setFixedSize(size, size)
        self.show_state(state)

    @property
    def state(self) -> str:
        """What is shown; empty is nothing."""
        return self._state

    def show_state(self, state: str) -> None:
        """Show another state."""
        self._state = state
        self.setAccessibleName(marks.severity_word(state))
        self.setToolTip(marks.severity_word(state))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state:
            painter = QPainter(self)
            now = theme.current()
            fill = now.tone(marks.family(self._state)).fill
            marks.paint_mark(painter, QRectF(self.rect()), self._state, fill, now.colour("surface"))
            painter.end()


class Badge(QWidget):
    """Mark and word on a soft ground, 22 px high; for headings."""

    def __init__(self, state: str = "ok", word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._word = word
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(state, word)

    def show_state(self, state: str, word: str = "") -> None:
        """Show a state; `word` where it says more than the state's own word ("2 critical")."""
        self._state = state
        self._word = word
        self.setAccessibleName(self.word)
        self.updateGeometry()
        self.update()

    @property
    def word(self) -> str:
        """What is written."""
        return self._word or marks.severity_word(self._state)

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(self._font()).horizontalAdvance(self.word)) + 34, 22)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @staticmethod
    def _font() -> QFont:
        font = theme.font("small")
        font.setWeight(font.Weight.DemiBold)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        tone = now.tone(marks.family(self._state))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tone.line)
        painter.setBrush(tone.soft)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        marks.paint_mark(painter, QRectF(8, 5, 12, 12), self._state, tone.fill, now.colour("surface"))
        painter.setPen(tone.text)
        painter.setFont(self._font())
        painter.drawText(QRectF(26, 0, self.width() - 28, self.height()), Qt.AlignmentFlag.AlignVCenter, self.word)
        painter.end()
