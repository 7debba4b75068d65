"""The steps of an import, and where the person is among them."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import marks, theme

_DISC, _GAP, _LINE, _HEIGHT = 16, 8, 30, 24


class Steps(QWidget):
    """Numbered steps: those behind are ticked, the one at hand is filled. A screen reader hears the one at hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def fill(self, words: Sequence[str]) -> None:
        """The words of the steps."""
        self._words = tuple(words)
        self.go(self._now)

    def go(self, step: int) -> None:
        """Be at a step (from 0); past the last one everything is done."""
        self._now = step
        if self._words:
            self.setAccessibleName(self._words[min(step, len(self._words) - 1)])
        self.setFixedSize(self.sizeHint())
        self.update()

    @staticmethod
    def _fonts() -> tuple[QFont, QFont]:
        strong = theme.font("body")
        strong.setWeight(QFont.Weight.DemiBold)
        return theme.font("body"), strong

    def _widths(self) -> list[int]:
        strong = QFontMetrics(self._fonts()[1])
        return [_DISC + _GAP + strong.horizontalAdvance(word) for word in self._words]

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + max(0, len(self._words) - 1) * (_LINE + 2 * 14) + 4, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        plain, strong = self._fonts()
        number = theme.font("caption")
        number.setWeight(QFont.Weight.DemiBold)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 1.0
        for place, (word, width) in enumerate(zip(self._words, self._widths(), strict=True)):
            disc = QRectF(x, (_HEIGHT - _DISC) / 2, _DISC, _DISC)
            if place < self._now:
                marks.paint_mark(painter, disc, "done", look.tone("ok").fill, look.colour("surface"))
            else:
                here = place == self._now
                painter.setPen(QPen(look.colour("accentFill" if here else "lineStrong"), 1.4))
                painter.setBrush(look.colour("accentFill") if here else Qt.BrushStyle.NoBrush)
                painter.drawEllipse(disc.adjusted(0.7, 0.7, -0.7, -0.7))
                painter.setFont(number)
                painter.setPen(look.colour("onAccent" if here else "text2"))
                painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(place + 1))
            painter.setFont(strong if place == self._now else plain)
            painter.setPen(look.colour("text" if place <= self._now else "text2"))
            painter.drawText(QRectF(disc.right() + _GAP, 0, width, _HEIGHT), Qt.AlignmentFlag.AlignVCenter, word)
            x += width + 14
            if place < len(self._words) - 1:
                painter.setPen(look.colour("line"))
                painter.drawLine(round(x), _HEIGHT // 2, round(x) + _LINE, _HEIGHT // 2)
                x += _LINE + 14
        painter.end()
