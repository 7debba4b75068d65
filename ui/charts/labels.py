"""Texts inside a plot, and what the readout tells of a value."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from app.i18n import gettext as _
from app.wording import formats
from ui import theme
from ui.charts.parts import Line


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


def provenance(line: Line, unit: str, value: str, index: int | None) -> str:
    """A value with its unit, its date, its source, since when it was known, and what it was at first."""
    if index is None:
        return _("{line}: no value").format(line=line.name)
    on = np.asarray(line.dates[index], "datetime64[D]").item()
    parts = [
        _("{line}: {value} {unit}, {day}").format(line=line.name, value=value, unit=unit, day=formats.day(on)).strip()
    ]
    if line.source:
        parts.append(_("source {source}").format(source=line.source))
    if line.known_from is not None:
        instant = np.asarray(line.known_from[index], "datetime64[s]").item()
        parts.append(_("known from {day} {hour} UTC").format(day=formats.day(instant.date()), hour=f"{instant:%H:%M}"))
    if line.first is not None and np.isfinite(line.first[index]) and line.first[index] != line.values[index]:
        first = formats.number(float(line.first[index]), max(line.decimals, 1), sign=line.sign) + line.suffix
        parts.append(_("first print {value}").format(value=first))
    return _(", ").join(parts)
