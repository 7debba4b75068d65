"""16 px icons as strokes, drawn in a colour of the theme in force."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import Theme, current

_DRAWINGS = {
    "overview": '<path d="M2.5 7.2 8 2.5l5.5 4.7M4 6.5v7h3v-3.5h2V13.5h3v-7"/>',
    "check": '<rect x="2.5" y="2.5" width="11" height="11" rx="1"/><path d="M5 8.2l2.2 2.2L11.2 6"/>',
    "alerts": '<path d="M4 11.5V7a4 4 0 0 1 8 0v4.5l1 1H3zM6.8 14h2.4M8 2.9V1.8"/>',
    "liquidity": '<path d="M1.8 6.2c2-2 3.6-2 6.2 0s4.2 2 6.2 0M1.8 10.4c2-2 3.6-2 6.2 0s4.2 2 6.2 0"/>',
    "runoff": '<path d="M2.5 2.5v11h11M5 5.5l3 2.5 2 2.2 3.2 1.2"/>',
    "exposures": '<rect x="2.5" y="2.5" width="11" height="11" rx="1"/><path d="M2.5 6h11M2.5 9.8h11M6.2 2.5v11"/>',
    "rules": (
        '<path d="M2.5 5h7M12.5 5h1M2.5 11h1M6.5 11h7"/><circle cx="11" cy="5" r="1.5"/>'
        '<circle cx="5" cy="11" r="1.5"/>'
    ),
    "limits": '<path d="M2.5 5h8M2.5 8h5M2.5 11h9M13.5 2.5v11"/>',
    "counterparties": (
        '<circle cx="6" cy="5" r="2.3"/><path d="M2 13.5c0-2.6 1.7-4 4-4s4 1.4 4 4M10.5 3.2a2.2 2.2 0 0 1 0 4.2'
        'M11.5 9.8c1.7.4 2.6 1.7 2.6 3.7"/>'
    ),
    "structure": '<path d="M2.5 13.5h11M3.5 13v-3M6.5 13V5M9.5 13V8M12.5 13V3"/>',
    "stress": '<path d="M1.5 8h3l2-5 3 10 2-5h3"/>',
    "changes": '<path d="M2.5 13.5v-6h3v6M6.5 13.5v-9h3v9M10.5 13.5v-4h3v4"/>',
    "import": '<path d="M8 10V2.5M5.2 5 8 2.3 10.8 5M2.5 9.5v4h11v-4"/>',
    "export": '<path d="M8 2.3V9.8M5.2 7.2 8 10l2.8-2.8M2.5 9.5v4h11v-4"/>',
    "sources": '<ellipse cx="8" cy="4" rx="5" ry="1.8"/><path d="M3 4v8c0 1 2.2 1.8 5 1.8s5-.8 5-1.8V4"/>'
    '<path d="M3 8c0 1 2.2 1.8 5 1.8S13 9 13 8"/>',
    "reviews": '<path d="M6 4h7.5M6 8h7.5M6 12h7.5M2.6 4h.9M2.6 8h.9M2.6 12h.9"/>',
    "settings": '<circle cx="8" cy="8" r="2.2"/><path d="M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4'
    'M12.4 3.6 11 5M5 11l-1.4 1.4"/>',
    "refresh": '<path d="M13 8a5 5 0 1 1-1.5-3.6M12.6 1.9v3H9.6"/>',
    "search": '<circle cx="7" cy="7" r="4.2"/><path d="M10.2 10.2 14 14"/>',
    "copy": '<path d="M4.5 2.5h5l2.5 2.5v8.5H4.5zM9.3 2.6v2.6H12"/>',
    "persons": (
        '<circle cx="6" cy="5.2" r="2.4"/><path d="M1.8 13c0-2.6 1.8-4.2 4.2-4.2s4.2 1.6 4.2 4.2'
        'M10.2 3.1a2.4 2.4 0 0 1 0 4.3M11.6 9.1c1.6.5 2.6 1.9 2.6 3.9"/>'
    ),
    "calendar": '<rect x="2.5" y="3.5" width="11" height="10" rx="1"/><path d="M2.5 6.5h11M5.5 2v3M10.5 2v3"/>',
    "letter": '<path d="M4 2.5h8v11H4zM6 5.5h4M6 8h4M6 10.5h2.5"/>',
    "mail": '<rect x="2" y="3.5" width="12" height="9" rx="1"/><path d="M2.3 4.3 8 8.8l5.7-4.5"/>',
    "down": '<path d="M4 6.2l4 4 4-4"/>',
    "close": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "undo": '<path d="M5.5 3 2.8 5.7 5.5 8.4M3 5.7h6.5a3.5 3.5 0 0 1 0 7H5"/>',
    "filter": '<path d="M2.5 3h11L9.5 8v5l-3-1.6V8z"/>',
    "language": (
        '<circle cx="8" cy="8" r="5.7"/><path d="M2.3 8h11.4"/>'
        '<path d="M8 2.3c-4.2 3.6-4.2 7.8 0 11.4M8 2.3c4.2 3.6 4.2 7.8 0 11.4"/>'
    ),
}
NAMES = tuple(_DRAWINGS)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float, stroke: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="{colour}" '
        f'stroke-width="{stroke}" stroke-linecap="round" stroke-linejoin="round">{_DRAWINGS[name]}</svg>'
    )
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def pixmap(name: str, role: str = "text2", size: int = 16, ratio: float = 1.0, theme: Theme | None = None) -> QPixmap:
    """The icon in a role's colour; `ratio` is the screen's device pixel ratio. KeyError for an unknown name."""
    return _drawn(name, (theme or current()).roles[role], size, ratio, 1.3)


def icon(name: str, role: str = "text2", size: int = 16, room: int = 0) -> QIcon:
    """The icon for a button or a menu, sharp at one and two device pixels, greyed when disabled.

    `room` is left free to its right (negative: to its left), where the stylesheet cannot set the space between icon
    and words.
    """
    made = QIcon()
    for ratio in (1.0, 2.0):
        for mode, tint in ((QIcon.Mode.Normal, role), (QIcon.Mode.Disabled, "disabled")):
            drawn = pixmap(name, tint, size, ratio)
            if room:
                wide = QPixmap(QSize(round((size + abs(room)) * ratio), round(size * ratio)))
                wide.setDevicePixelRatio(ratio)
                wide.fill(Qt.GlobalColor.transparent)
                painter = QPainter(wide)
                painter.drawPixmap(max(0, -room), 0, drawn)
                painter.end()
                drawn = wide
            made.addPixmap(drawn, mode)
    return made
