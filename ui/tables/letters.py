"""The fonts of cells and how much room texts take in them; kept, because a table asks thousands of times a second."""

from functools import lru_cache
from typing import Any

from PySide6.QtGui import QFont, QFontMetricsF

from ui import theme

#: So many texts are remembered with their widths; then the memory begins anew.
_MOST = 20_000
_worn: dict[str, Any] = {}
_metrics: dict[int, tuple[QFont, QFontMetricsF]] = {}
_widths: dict[tuple[int, str], float] = {}


@lru_cache
def _font(size: str, weight: int, application: str) -> QFont:
    made = theme.font(size)
    made.setWeight(QFont.Weight(weight))
    return made


def cell_font(size: str = "small", weight: int = 400) -> QFont:
    """A font of the scale at a weight."""
    # what an application's font is called costs as much as drawing a word: it is asked once for every look
    if _worn.get("look") != (look := (id(theme.current()), theme.styled())):
        _worn["look"], _worn["font"] = look, QFont().key()
    return _font(size, weight, _worn["font"])


def metrics_of(font: QFont) -> QFontMetricsF:
    """The measures of a font of `cell_font`."""
    known = _metrics.get(id(font))
    if known is None or known[0] is not font:  # the font is kept too, so that no other takes its number
        known = _metrics[id(font)] = font, QFontMetricsF(font)
    return known[1]


def width_of(text: str, font: QFont) -> float:
    """How wide a text is in a font of `cell_font`: most cells say what others say."""
    metrics = metrics_of(font)
    found = _widths.get((id(font), text))
    if found is None:
        if len(_widths) >= _MOST:
            _widths.clear()
        found = _widths[id(font), text] = metrics.horizontalAdvance(text)
    return found
