"""A tile: one figure with its date, its change, and its course in a sparkline of fixed size."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import marks, theme
from ui.widgets.freshness import Freshness
from ui.widgets.text import label

SPARK = QSize(110, 28)


class Sparkline(QWidget):
    """The course of a figure, 110 × 28, in the colour its series has on every page."""

    def __init__(self, meaning: str = "single_series", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meaning = meaning
        self._values = np.empty(0)
        self.setFixedSize(SPARK)

    def show_values(self, values: Sequence[float] | np.ndarray) -> None:
        """Show another course (NaN is a gap)."""
        self._values = np.asarray(values, float)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = theme.current().line(self._meaning)
        marks.paint_small_line(painter, QRectF(self.rect()), self._values, colour, colour)
        painter.end()


class Tile(QWidget):
    """Label and date on one line; figure and unit; change with its window; sparkline. No box: rules divide tiles."""

    def __init__(self, meaning: str = "single_series", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = label("label")
        self.freshness = Freshness()
        self.figure = label("figure")
        self.unit = label("small")
        self.change = label("small")
        self.change.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.spark = Sparkline(meaning)
        top = QHBoxLayout()
        top.addWidget(self.name)
        top.addStretch(1)
        top.addWidget(self.freshness)
        figure = QHBoxLayout()
        figure.setSpacing(6)
        figure.addWidget(self.figure)
        figure.addWidget(self.unit)
        figure.addStretch(1)
        figure.addWidget(self.spark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(figure)
        column.addWidget(self.change)

    def fill(
        self,
        name: str,
        figure: str | None,
        unit: str,
        change: str,
        course: Sequence[float] | np.ndarray = (),
    ) -> None:
        """Show a figure; None is shown as the dash of a missing value, and `change` then says why."""
        self.name.setText(name)
        self.figure.setText("–" if figure is None else figure)
        self.unit.setText(unit if figure is not None else "")
        self.change.setText(change)
        self.change.setToolTip(change)
        self.spark.show_values(course)
