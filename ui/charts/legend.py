"""The legend above a plot, which is also what reads the values at the cross-hair."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

_ROW = 20
_GAP, _CLOSE_GAP = 18, 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with its colour, drawn as a line or as a square, and the value read; `detail` is the tooltip's line."""

    name: str
    colour: QColor
    square: bool
    value: str
    detail: str = ""


class Legend(QWidget):
    """Entries in one row, in several where one has no room; never cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def fill(self, entries: Sequence[Entry]) -> None:
        """Show these entries."""
        self._entries = tuple(entries)
        self.setAccessibleName("; ".join(f"{entry.name} {entry.value}".strip() for entry in self._entries))
        self.setToolTip("\n".join(entry.detail for entry in self._entries if entry.detail))
        self._fit()
        self.update()

    @staticmethod
    def _fonts() -> tuple[QFont, QFont]:
        strong = theme.font("small")
        strong.setWeight(QFont.Weight.DemiBold)
        return theme.font("small"), strong

    def _places(self, width: int) -> list[tuple[Entry, int, int]]:
        plain, strong = (QFontMetrics(font) for font in self._fonts())
        gap = _CLOSE_GAP if theme.current().compact else _GAP
        x, y, places = 0, 0, []
        for entry in self._entries:
            needs = 20 + plain.horizontalAdvance(entry.name) + (8 + strong.horizontalAdvance(entry.value))
            if x and x + needs > width:
                x, y = 0, y + _ROW
            places.append((entry, x, y))
            x += needs + gap
        return places

    def _fit(self) -> None:
        rows = 1 + max((y for _, _, y in self._places(max(self.width(), 80))), default=0) // _ROW
        if self.height() != rows * _ROW or self.minimumHeight() != rows * _ROW:
            self.setFixedHeight(rows * _ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight() or _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        plain, strong = self._fonts()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for entry, x, y in self._places(self.width()):
            middle = y + _ROW / 2
            if entry.square:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(entry.colour)
                painter.drawRoundedRect(QRectF(x, middle - 5, 10, 10), 2, 2)
            else:
                painter.setPen(QPen(entry.colour, 2))
                painter.drawLine(x, round(middle), x + 13, round(middle))
            name = QRectF(x + 20, y, QFontMetrics(plain).horizontalAdvance(entry.name) + 2, _ROW)
            painter.setFont(plain)
            painter.setPen(look.colour("text2"))
            painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, entry.name)
            painter.setFont(strong)
            painter.setPen(look.colour("text"))
            painter.drawText(QRectF(name.right() + 5, y, 400, _ROW), Qt.AlignmentFlag.AlignVCenter, entry.value)
        painter.end()
