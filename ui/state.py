"""What the window remembers between two runs: a file in the person's own folder, keys in English, never translated."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

from app.i18n import LANGUAGES


@dataclass(frozen=True, slots=True)
class Setting:
    """One remembered choice: its key, what it is when nothing was chosen, and what it may be (empty: any text)."""

    key: str
    default: str
    choices: tuple[str, ...] = ()


LANGUAGE = Setting("window/language", "", ("", *LANGUAGES))  # empty: as the system
THEME = Setting("window/theme", "light", ("light", "dark"))
LAST_PAGE = Setting("window/last_page", "overview")
CLOSING = Setting("window/closing", "watch", ("watch", "quit"))  # what closing the window does
TOLD = Setting("window/told_of_tray", "", ("", "yes"))
UNIT = Setting("liquidity/unit", "usd_bn", ("usd_bn", "cny_style", "gdp"))
REVIEWS_PART = Setting("reviews/part", "open", ("open", "mine", "all"))
REVIEWS_LIST = Setting("reviews/list", "L1")
LIQUIDITY_TAB = Setting("liquidity/tab", "balance")

_GEOMETRY = "window/geometry"


class State:
    """The remembered choices of one person, in one INI file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    def get(self, setting: Setting) -> str:
        """What was chosen, or the default where nothing (or nothing that is still allowed) was."""
        value = str(self._file.value(setting.key, setting.default))
        return value if not setting.choices or value in setting.choices else setting.default

    def put(self, setting: Setting, value: str) -> None:
        """Remember a choice."""
        if setting.choices and value not in setting.choices:
            raise ValueError(f"{setting.key} cannot be {value!r}")
        self._file.setValue(setting.key, value)

    def keep_geometry(self, window: QWidget) -> None:
        """Remember where a window stands."""
        self._file.setValue(_GEOMETRY, window.saveGeometry())

    def restore_geometry(self, window: QWidget) -> bool:
        """Put a window where it stood; False when that is not known."""
        kept = self._bytes(_GEOMETRY)
        return kept is not None and window.restoreGeometry(kept)

    def keep(self, name: str, part: QSplitter | QHeaderView) -> None:
        """Remember a splitter's places, or a table's columns and sorting, under an English name."""
        self._file.setValue(_place(name, part), part.saveState())

    def restore(self, name: str, part: QSplitter | QHeaderView) -> bool:
        """Give a splitter or a table's header what was remembered; False when nothing was."""
        kept = self._bytes(_place(name, part))
        return kept is not None and part.restoreState(kept)

    def save(self) -> None:
        """Write the file now."""
        self._file.sync()

    def _bytes(self, key: str) -> QByteArray | None:
        value: Any = self._file.value(key)
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None


def _place(name: str, part: QSplitter | QHeaderView) -> str:
    return f"{'splitters' if isinstance(part, QSplitter) else 'columns'}/{name}"
