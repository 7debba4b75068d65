"""Rows as arrays: a page hands over one array a column, the model sorts and filters an index into them.

Measured on a million rows: an argsort takes 0.1 s where a proxy model does not finish; so there is no proxy. So many
rows are put in order beside the window, by `asker`, and shown when that is done.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.jobs import Job
from ui.tables.arranging import LONG, Arranger, Cells, Wish, is_empty, listed
from ui.tables.cells import array_of, plain, text_of
from ui.tables.coded import Coded, Numbered
from ui.tables.column import Column, Kind

Index = QModelIndex | QPersistentModelIndex
#: Runs work beside the window and hands over what it made; a later question makes an earlier one void.
Asker = Callable[[Callable[[Job], np.ndarray], Callable[[np.ndarray], None]], object]


class TableModel(QAbstractTableModel):
    """The rows of one table. `load` replaces them, `sort` and `filter` change which are shown in which order."""

    shown_changed = Signal()
    #: Other rows, or another order, are about to be shown.
    reordering = Signal()
    #: Whether rows are being put in order beside the window; what is shown is still the order before.
    arranging = Signal(bool)

    def __init__(self, columns: Sequence[Column], parent: Any = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.place = {column.id: place for place, column in enumerate(self.columns)}
        self.keys: Sequence[Any] = ()
        self.totals: Mapping[str, Any] | None = None
        self.order = np.empty(0, int)
        self.sort_keys: tuple[tuple[str, bool], ...] = ()
        self.asker: Asker | None = None
        self._arrays: dict[str, Cells] = {}
        self._empty: dict[str, bool] = {}
        self._needle = ""
        self._mask: np.ndarray | None = None
        self._heat: float | None = None
        self.total_rows = 0
        self._arranger = self._new_arranger()

    @property
    def sorted_by(self) -> tuple[str, bool] | None:
        """The most important column of the order, and whether it runs downward; None as the rows came."""
        return self.sort_keys[0] if self.sort_keys else None

    @sorted_by.setter
    def sorted_by(self, key: tuple[str, bool] | None) -> None:
        self.sort_keys = () if key is None else (key,)

    # ------------------------------------------------------------------ rows in

    def declare(self, columns: Sequence[Column]) -> None:
        """Other columns from now on (a matrix has as many as the book has instruments); the rows go."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.place = {column.id: place for place, column in enumerate(self.columns)}
        self._arrays, self._empty, self.keys, self.totals, self.total_rows = {}, {}, (), None, 0
        self.order = np.empty(0, int)
        self._arranger = self._new_arranger()
        self.endResetModel()

    def load(
        self,
        data: Mapping[str, Sequence[Any] | Cells],
        *,
        keys: Sequence[Any] | None = None,
        totals: Mapping[str, Any] | None = None,
        order: np.ndarray | None = None,
    ) -> None:
        """Show these rows: an array per column id (and per array that columns name), all of one length.

        `order` is how they stand while nobody sorts them (default: as they come). `keys` say which row is which after
        sorting (default: the row's number); `totals` is a row that neither sorting nor filtering nor scrolling moves.
        """
        kinds = {column.id: column.kind for column in self.columns}
        arrays: dict[str, Cells] = {
            name: values if isinstance(values, Coded | Numbered) else array_of(kinds.get(name), values)
            for name, values in data.items()
        }
        lengths = {len(values) for values in arrays.values()}
        if len(lengths) > 1:
            raise ValueError(f"columns of unequal length: {sorted(lengths)}")
        self.beginResetModel()
        self._arrays, self._empty = arrays, {}
        self.total_rows = lengths.pop() if lengths else 0
        self.keys = range(self.total_rows) if keys is None else keys
        self.totals = totals
        self._mask = None
        self._heat = None
        self._arranger = self._new_arranger(order)
        beside = self._beside()
        self.order = self._arranger.order(Wish() if beside else self._wish())
        self.endResetModel()
        self.shown_changed.emit()
        if beside and (self.sort_keys or self._needle):
            self._rearrange()

    # ------------------------------------------------------------------ sort, filter

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; a column of -1 gives back the order in which the rows came."""
        self.sort_by(() if column < 0 else ((self.columns[column].id, order == Qt.SortOrder.DescendingOrder),))

    def sort_by(self, keys: Sequence[tuple[str, bool]]) -> None:
        """Sort by several columns, the most important first, each with whether it runs downward."""
        self.sort_keys = tuple(keys)
        self._rearrange()

    def filter_text(self, needle: str) -> None:
        """Show the rows in which every word of `needle` occurs in some cell."""
        self._needle = needle.strip().casefold()
        self._rearrange()

    def filter_rows(self, mask: np.ndarray | None) -> None:
        """Show the rows where `mask` (a boolean a row, as loaded) is true; None shows all."""
        if mask is None and self._mask is None:
            return
        self._mask = mask
        self._rearrange()

    def _beside(self) -> bool:
        """Whether the rows are so many that they are put in order beside the window."""
        return self.asker is not None and self.total_rows > LONG

    def _wish(self) -> Wish:
        return Wish(self.sort_keys, self._needle, self._mask)

    def _new_arranger(self, base: np.ndarray | None = None) -> Arranger:
        return Arranger(self.columns, self._arrays, self.total_rows, self._texts, base)

    def _rearrange(self) -> None:
        arranger, wish = self._arranger, self._wish()
        if not self._beside() or self.asker is None:
            self._show(arranger.order(wish))
            return

        def made(order: np.ndarray) -> None:
            if arranger is self._arranger:  # other rows may have come meanwhile
                self.arranging.emit(False)
                self._show(order)

        self.arranging.emit(True)
        self.asker(lambda job: arranger.order(wish, job.check), made)

    def _show(self, order: np.ndarray) -> None:
        self.reordering.emit()
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        was = [self.source(index.row()) for index in kept]
        self.order = order
        now = np.full(self.total_rows + 1, -1)
        now[order] = np.arange(len(order))
        gone = QModelIndex()
        self.changePersistentIndexList(
            kept,
            [
                self.index(int(now[source]), index.column()) if now[source] >= 0 else gone
                for source, index in zip(was, kept, strict=True)
            ],
        )
        self.layoutChanged.emit()
        self.shown_changed.emit()

    def _texts(self) -> list[str]:
        words = [c for c in self.columns if c.kind is not Kind.SPARK]
        rows = []
        for source in range(self.total_rows):
            cells = [self._text(column, source) for column in words]
            cells += [str(self._arrays[c.detail][source]) for c in words if c.kind is Kind.TWO_LINE and c.detail]
            rows.append("\x1f".join(cells).casefold())
        return rows

    # ------------------------------------------------------------------ what the drawing asks

    def source(self, row: int) -> int:
        """The place of a shown row in the arrays as loaded; -1 for the totals row."""
        return int(self.order[row]) if 0 <= row < len(self.order) else -1

    def row_of(self, key: Any) -> int:
        """The shown row of a key, -1 where it is not shown."""
        if isinstance(self.keys, np.ndarray):
            found = np.flatnonzero(self.keys[self.order] == key)
            return int(found[0]) if len(found) else -1
        return next((row for row, source in enumerate(self.order) if self.keys[int(source)] == key), -1)

    @property
    def arrays(self) -> Mapping[str, Cells]:
        """The columns as loaded; they are never changed, a load brings others."""
        return self._arrays

    @property
    def total_row(self) -> int:
        """The row by which `text` and `value` know the totals: the one after the last."""
        return len(self.order)

    def is_total(self, row: int) -> bool:
        """Whether this is the totals row."""
        return self.totals is not None and row == self.total_row

    def value(self, row: int, name: str) -> Any:
        """The value of an array in a shown row; None where it is missing."""
        source = self.source(row)
        if source < 0:
            return None if self.totals is None else self.totals.get(name)
        values = self._arrays.get(name)
        return None if values is None else plain(values[source])

    def values(self, column: Column, places: np.ndarray, name: str = "") -> list[Any]:
        """The values of a column (or of an array that it names) in rows by their places; marks are told in words."""
        if not name and column.kind in (Kind.SEVERITY, Kind.TICK):
            return [self._text(column, place) or None for place in places.tolist()]
        return listed(self._arrays.get(name or column.id), places)

    def text(self, row: int, column: Column) -> str:
        """A cell as it is shown."""
        source = self.source(row)
        if source >= 0:
            return self._text(column, source)
        value = (self.totals or {}).get(column.id)
        return "" if value is None else text_of(column, value, "")

    def _text(self, column: Column, source: int) -> str:
        values = self._arrays.get(column.id)
        word = ""
        if column.kind in (Kind.SEVERITY, Kind.TICK) and column.detail in self._arrays:
            word = str(self._arrays[column.detail][source] or "")
        return text_of(column, None if values is None else plain(values[source]), word)

    def empty(self, name: str) -> bool:
        """Whether no row has a value in a column."""
        if name not in self._empty:
            self._empty[name] = is_empty(self._arrays.get(name))
        return self._empty[name]

    def heat(self, row: int, column: Column) -> float:
        """The amount of a heat cell as a share, 0 to 1, of the largest of the whole matrix."""
        if self._heat is None:
            heats = (self._arrays.get(c.id) for c in self.columns if c.kind is Kind.HEAT)
            tops = (float(np.nanmax(a)) for a in heats if isinstance(a, np.ndarray) and not np.all(np.isnan(a)))
            self._heat = max(tops, default=0.0)
        value = self.value(row, column.id)
        return 0.0 if value is None or self._heat <= 0 else max(0.0, float(value) / self._heat)

    # ------------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows shown; the totals are no row of the model but `total_row`, which the view keeps in sight."""
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Every declared column."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tooltip and alignment; everything else the drawing asks of the arrays itself."""
        if role not in _SERVED or not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.heading}: {self.text(index.row(), column)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            note = self.value(index.row(), column.note) if column.note else None
            return note or (self.text(index.row(), column) if column.kind is Kind.TICK else None)
        return int(_RIGHT if column.right else _LEFT)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headers, aligned with their columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.header()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_RIGHT if column.right else _LEFT)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.heading
        return None


_SERVED = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.TextAlignmentRole,
    }
)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
