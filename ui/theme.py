"""The looks: one stylesheet, one palette and one font, all made from the design tokens."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTemporaryDir
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

NAMES = ("light", "dark")
#: Below this height of the window everything moves closer together.
COMPACT_BELOW = 820
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Tone:
    """The four colours of one severity."""

    text: QColor
    fill: QColor
    soft: QColor
    line: QColor


@dataclass(frozen=True)
class Theme:
    """Colours and sizes of one theme in one density; sizes in px at 100 %."""

    name: str
    compact: bool
    roles: Mapping[str, str]
    tones: Mapping[str, Tone]
    series: Mapping[str, str]
    ground: Mapping[str, str]

    def colour(self, role: str) -> QColor:
        """A role ("canvas", "text2", "accent" …)."""
        return QColor(self.roles[role])

    def tone(self, severity: str) -> Tone:
        """The colours of "critical", "warning", "watch", "ok" or "nodata"."""
        return self.tones[severity]

    def line(self, meaning: str) -> QColor:
        """The one colour a series has on every page ("reserves", "on_rrp", "treasury_account" …)."""
        return QColor(self.series[meaning])

    def chart(self, part: str) -> QColor:
        """A part of a chart's ground: "grid", "axis", "past_period", "warning_band", "critical_band"."""
        return QColor(self.ground[part])

    def row(self, kind: str = "normal") -> int:
        """The height of a table's row: "dense", "normal", "roomy" or "two_line"."""
        height: int = tokens()["size"]["table_row"][kind]
        return round(height * tokens()["size"]["compact_row_factor"]) if self.compact else height

    @property
    def margin(self) -> int:
        """Between the page's edge and its cards."""
        return int(_spacing(self.compact)["page_margin"])

    @property
    def gutter(self) -> int:
        """Between two cards."""
        return int(_spacing(self.compact)["gutter"])

    @property
    def card_padding(self) -> tuple[int, int]:
        """Inside a card: above and below, left and right."""
        vertical, horizontal = _spacing(self.compact)["card_padding"]
        return vertical, horizontal

    @property
    def sidebar(self) -> int:
        """The width of the navigation."""
        return int(tokens()["size"]["sidebar_compact" if self.compact else "sidebar"])


@lru_cache
def tokens() -> dict[str, Any]:
    """The design tokens."""
    whole: dict[str, Any] = json.loads((_HERE / "tokens.json").read_text("utf-8"))
    return whole


def _spacing(compact: bool) -> dict[str, Any]:
    spacing: dict[str, Any] = tokens()["spacing"]
    return spacing["compact"] if compact else spacing


@lru_cache
def theme(name: str, compact: bool = False) -> Theme:
    """The theme "light" or "dark"; ValueError for any other name."""
    if name not in NAMES:
        raise ValueError(f"no such theme: {name}")
    part = tokens()[name]
    tones = {
        severity: Tone(*(QColor(values[kind]) for kind in ("text", "fill", "soft", "line")))
        for severity, values in part["severity"].items()
    }
    chart = part["chart"]
    ground = {key: value for key, value in chart.items() if isinstance(value, str) and value.startswith("#")}
    roles = {role: entry["value"] for role, entry in part["roles"].items()}
    return Theme(name, compact, roles, tones, chart["fixed_meaning"], ground)


_current: Theme | None = None
_arrows: QTemporaryDir | None = None
_styled = False


def current() -> Theme:
    """The theme in force; a widget that paints asks in its paintEvent, so that a change is seen at once."""
    return _current or theme("light")


def apply(name: str, compact: bool = False) -> None:
    """Put a theme in force: palette, stylesheet and font of the whole application."""
    global _current, _styled
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("a theme needs an application")
    wanted = theme(name, compact)
    if _styled and wanted is _current:
        return
    _current = wanted
    if not _styled:  # the sheet wraps the style, so that its name tells nothing later on
        application.setStyle("Fusion")
        application.setFont(font())
        _styled = True
    application.setPalette(palette(_current))
    application.setStyleSheet(stylesheet(_current))


def styled() -> bool:
    """Whether a theme is in force; before that the application has a font of its own."""
    return _styled


def font(size: str = "body") -> QFont:
    """The interface font at a size of the scale, with figures of equal width."""
    scale = tokens()["type"]["scale"][size]
    made = QFont(QGuiApplication.font())
    made.setFamilies([*tokens()["type"]["families"], *QGuiApplication.font().families()])
    made.setPixelSize(scale["size"])
    made.setWeight(QFont.Weight(scale["weight"]))
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def palette(wanted: Theme) -> QPalette:
    """What the stylesheet does not reach: placeholder texts, views' grounds, links."""
    made = QPalette()
    role = QPalette.ColorRole
    for place, name in (
        (role.Window, "canvas"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "sunken"),
        (role.Text, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.BrightText, "onAccent"),
        (role.Highlight, "selected"),
        (role.HighlightedText, "text"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.PlaceholderText, "text3"),
        (role.ToolTipBase, "tip"),
        (role.ToolTipText, "onTip"),
        (role.Light, "surface"),
        (role.Midlight, "hover"),
        (role.Mid, "line"),
        (role.Dark, "lineStrong"),
        (role.Shadow, "line"),
        (role.Accent, "accent"),
    ):
        made.setColor(place, wanted.colour(name))
    for place in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, place, wanted.colour("disabled"))
    return made


def stylesheet(wanted: Theme) -> str:
    """The application's one stylesheet; `@name` in theme.qss stands for a role, `@severity.kind` for a tone."""
    template = (_HERE / "theme.qss").read_text("utf-8")
    values: dict[str, str] = dict(wanted.roles)
    for severity, tone in wanted.tones.items():
        for kind in ("text", "fill", "soft", "line"):
            values[f"{severity}.{kind}"] = getattr(tone, kind).name()
    values |= {f"arrow.{way}": _arrow(way, wanted) for way in ("down", "up")}
    values["tick"] = _arrow("tick", wanted)
    values["button"] = "26px" if wanted.compact else "28px"
    values["axisLine"] = wanted.ground["axis"]
    values["navigation"] = "26px" if wanted.compact else "30px"
    return re.sub(r"@([A-Za-z][A-Za-z0-9]*(?:\.[a-z]+)?)", lambda found: values[found[1]], template)


_SHAPES = {"down": "M4 6 l4 4 l4 -4", "up": "M4 10 l4 -4 l4 4", "tick": "M3.5 8.5 l3 3 l6 -7"}


def _arrow(way: str, wanted: Theme) -> str:
    """A small drawing as a file, because a stylesheet cannot tint an image."""
    global _arrows
    if _arrows is None:
        _arrows = QTemporaryDir()
    colour = wanted.roles["onAccent" if way == "tick" else "text2"]
    place = Path(_arrows.path()) / f"{way}-{wanted.name}.svg"
    if not place.exists():
        place.write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">'
            f'<path d="{_SHAPES[way]}" fill="none" stroke="{colour}" stroke-width="1.5"/></svg>',
            "utf-8",
        )
    return place.as_posix()
