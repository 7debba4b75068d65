"""A table of very many rows: chosen columns, sorting by several of them, totals and copies of what is selected.

What a person arranged is one `Arrangement`; the table remembers the last one, and a page may keep others by name.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QMenu

from app.i18n import gettext as _
from ui.state import Setting, State
from ui.tables.column import Column, Kind
from ui.tables.copying import as_text
from ui.tables.view import TableView

#: So many rows the clipboard takes; more are exported.
MOST_COPIED = 100_000
#: A selection larger than this is let go when the rows change their order: Qt would follow every row of it.
_FOLLOWED = 1_000


@dataclass(frozen=True)
class Arrangement:
    """Which columns are left out, by which the rows are sorted (the most important first, each if downward), and which
    columns stand there even where there is no room: the table then scrolls sideways.
    """

    hidden: frozenset[str] = frozenset()
    keys: tuple[tuple[str, bool], ...] = ()
    wanted: frozenset[str] = frozenset()

    def plain(self) -> dict[str, Any]:
        """As JSON takes it."""
        rest = {"wanted": sorted(self.wanted)} if self.wanted else {}
        return {"hidden": sorted(self.hidden), "keys": [list(key) for key in self.keys], **rest}

    @classmethod
    def read(cls, kept: Any, columns: Mapping[str, int]) -> "Arrangement":
        """From JSON; what names no column that there is, is left out."""
        try:
            hidden, wanted = (
                frozenset(name for name in kept.get(part, ()) if name in columns) for part in ("hidden", "wanted")
            )
            keys = tuple((str(name), bool(down)) for name, down in kept.get("keys", ()) if name in columns)
        except (AttributeError, TypeError, ValueError):
            return cls()  # a file that somebody else wrote
        return cls(hidden, keys, wanted)


class LongTable(TableView):
    """As `TableView`, for very many rows. `chosen` tells that other rows are selected."""

    chosen = Signal()
    too_many = Signal(int)  # rows that were to be copied
    rearranged = Signal()
    _hidden: frozenset[str] = frozenset()
    _wanted: frozenset[str] = frozenset()

    def __init__(self, columns: Sequence[Column], *, title: str, name: str, state: State, row: str = "normal") -> None:
        super().__init__(columns, title=title, row=row, name=name, state=state)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.rows.reordering.connect(self._let_go)

    # ------------------------------------------------------------------ what is selected

    def places(self) -> np.ndarray:
        """The selected rows, by their places in the arrays as loaded."""
        parts = [np.arange(part.top(), part.bottom() + 1) for part in self.selectionModel().selection()]
        return self.rows.order[np.unique(np.concatenate(parts))] if parts else np.empty(0, int)

    def _selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.chosen.emit()

    def _let_go(self) -> None:
        if sum(part.height() for part in self.selectionModel().selection()) > _FOLLOWED:
            self.selectionModel().clearSelection()

    def copy(self) -> None:
        """Put the selected rows on the clipboard (all, where fewer than two are), with headers, units and dates."""
        chosen = self.places()
        several = len(chosen) > 1
        count = len(chosen) if several else self.rows.rowCount()
        if count > MOST_COPIED:
            self.too_many.emit(count)
            return
        text = as_text(self.rows, self.accessibleName(), self.context, chosen if several else None)
        QGuiApplication.clipboard().setText(text)

    # ------------------------------------------------------------------ columns and order

    @property
    def arrangement(self) -> Arrangement:
        """How the person has the table now."""
        return Arrangement(self._hidden, self.rows.sort_keys, self._wanted)

    def arrange(self, wanted: Arrangement) -> None:
        """Show the table so; it is remembered."""
        self._hidden, self._wanted = wanted.hidden, wanted.wanted
        self.rows.sort_by(wanted.keys)
        self.fit()
        self.horizontalHeader().viewport().update()
        self._remember()
        self.rearranged.emit()

    def offered(self) -> list[Column]:
        """Without the columns that the person left out; the first one stays, and so does what was asked for."""
        return [
            replace(column, priority=0) if column.id in self._wanted else column
            for column in super().offered()
            if column.id not in self._hidden or column.priority == 0
        ]

    def menu(self) -> QMenu:
        """With the columns to show and the order of the rows."""
        made = super().menu()
        made.addSeparator()
        made.addMenu(self.columns_menu(made))
        made.addMenu(self.order_menu(made))
        return made

    def columns_menu(self, parent: QMenu) -> QMenu:
        """The columns, each to be shown or not."""
        made = QMenu(_("Columns"), parent)
        for column in self.rows.columns:
            if column.priority == 0 or column.priority >= 99 or self.rows.empty(column.id):
                continue
            action = made.addAction(column.heading)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(self.rows.place[column.id]))
            action.toggled.connect(partial(self._show_column, column.id))
        return made

    def order_menu(self, parent: QMenu) -> QMenu:
        """Columns to sort by: alone, or after those that are sorted by already."""
        made = QMenu(_("Sort by"), parent)
        keys = self.rows.sort_keys
        for column in self.offered():
            if column.kind is not Kind.SPARK:
                made.addAction(column.heading, partial(self._sort_first, column.id))
        if keys:
            then = made.addMenu(_("Then by"))
            for column in self.offered():
                if column.kind is not Kind.SPARK and column.id not in dict(keys):
                    then.addAction(column.heading, partial(self._sort_then, column.id))
        return made

    def _show_column(self, name: str, shown: bool) -> None:
        hidden = self._hidden - {name} if shown else self._hidden | {name}
        wanted = self._wanted | {name} if shown else self._wanted - {name}
        self.arrange(Arrangement(hidden, self.rows.sort_keys, wanted))

    def _sort_first(self, name: str) -> None:
        self.arrange(replace(self.arrangement, keys=((name, self._largest_first(name)),)))

    def _sort_then(self, name: str) -> None:
        """Add a column to the order; one that is in it runs the other way."""
        keys = dict(self.rows.sort_keys)
        keys[name] = not keys[name] if name in keys else self._largest_first(name)
        self.arrange(replace(self.arrangement, keys=tuple(keys.items())))

    def _largest_first(self, name: str) -> bool:
        column = self.rows.columns[self.rows.place[name]]
        return column.right or column.kind is Kind.BAR

    def _sort_by(self, section: int) -> None:
        """A click as in any table; with Shift the column is added to the order."""
        column = self.rows.columns[section]
        shift = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        if shift and self.rows.sort_keys and column.kind is not Kind.SPARK:
            self._sort_then(column.id)
        else:
            super()._sort_by(section)
            self.rearranged.emit()

    # ------------------------------------------------------------------ memory

    def start_over(self) -> None:
        """Every column, widths and order as they were made."""
        self._hidden = self._wanted = frozenset()
        super().start_over()
        self.rearranged.emit()

    def _kept(self) -> Setting:
        return Setting(f"tables/{self._name}/arrangement", "")

    def _remember(self) -> None:
        super()._remember()
        if self._state is not None:
            self._state.put(self._kept(), json.dumps(self.arrangement.plain()))

    def _restore(self) -> None:
        super()._restore()
        try:
            kept = json.loads(self._state.get(self._kept()) or "{}") if self._state is not None else {}
        except ValueError:
            kept = {}
        found = Arrangement.read(kept, self.rows.place)
        self._hidden, self._wanted = found.hidden, found.wanted
        if found.keys:
            self.rows.sort_keys = found.keys
