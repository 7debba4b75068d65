"""The small line of a tile: no axes, no grid, always of one size, so that tiles align."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import marks
from ui.charts.plot import line_colour

WIDTH, HEIGHT = 110, 28


class Sparkline(QWidget):
    """The last values of a series in its colour; empty until `fill` is called."""

    def __init__(self, colour: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self._values = np.empty(0)
        self.setFixedSize(WIDTH, HEIGHT)

    def fill(self, values: np.ndarray, colour: str = "", name: str = "") -> None:
        """Show these values, oldest first; `name` is what a screen reader says."""
        self._values = np.asarray(values, float)
        self._colour = colour or self._colour
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = line_colour(self._colour)
        marks.paint_small_line(painter, QRectF(self.rect()), self._values, colour, colour)
        painter.end()
