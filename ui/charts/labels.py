"""Texts inside a plot."""

import pyqtgraph as pg
from PySide6.QtGui import QColor

from ui import theme


def text_item(
    text: str, colour: QColor, anchor: tuple[float, float], *, strong: bool, over_lines: bool = False
) -> pg.TextItem:
    """A text above the lines; `over_lines` gives it a calm ground, because a line may run through it."""
    made = pg.TextItem(text, color=colour, anchor=anchor)
    font = theme.font("caption")
    font.setWeight(font.Weight.DemiBold if strong else font.Weight.Normal)
    made.setFont(font)
    made.setZValue(30)
    if over_lines:
        ground = QColor(theme.current().colour("surface"))
        ground.setAlphaF(0.55)
        made.fill = pg.mkBrush(ground)
    return made
