"""A table as a page uses it: fits its columns, sorts, filters, copies, remembers; keyboard all through."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QSizePolicy, QTableView, QWidget

from app.i18n import gettext as _
from ui import theme
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.copying import as_text
from ui.tables.drawing import Drawing, header_width
from ui.tables.edges import Header, TotalsRow
from ui.tables.fitting import fit
from ui.tables.measuring import measured
from ui.tables.memory import recall, remember
from ui.tables.model import TableModel


class TableView(QTableView):
    """`rows` is its model. Signals carry the row's key; columns are told by their id.

    `row` is the kind of row height ("dense", "normal", "roomy", "two_line"); `whole` makes the view as high as its
    rows, for short tables in a card; `name` is where widths and sorting are remembered when `state` is given.
    """

    selected = Signal(object)
    opened = Signal(object)
    pinned = Signal(object, str)
    link_opened = Signal(object, str)
    export_wanted = Signal()
    left_out_changed = Signal()  # `left_out` names other columns now

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        title: str,
        row: str = "normal",
        whole: bool = False,
        selectable: bool = True,
        cells: bool = False,
        name: str = "",
        state: State | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = TableModel(columns, self)
        self.drawing = Drawing(self)
        self._row, self._whole, self._name, self._state = row, whole, name, state
        self._dragged: dict[str, int] = {}
        self._cells = cells
        self.drawing.ring = cells
        self.context = ""  # what the copied table says of itself: dates, source
        self._totals = TotalsRow(self, self.rows, self.drawing)
        self.setHorizontalHeader(Header(self, self.rows))
        self.setModel(self.rows)
        self.setItemDelegate(self.drawing)
        self.setAccessibleName(title)
        self.setObjectName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(
            QAbstractItemView.SelectionMode.SingleSelection
            if selectable
            else QAbstractItemView.SelectionMode.NoSelection
        )
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        self.doubleClicked.connect(self._double_clicked)
        self.clicked.connect(self._clicked)
        self._needs: dict[str, int] = {}
        self.left_out: tuple[str, ...] = ()  # columns for which there is no room
        self.rows.modelReset.connect(self._loaded)
        self.rows.shown_changed.connect(self._count_changed)
        self._restore()
        self._fitting = False
        self._worn = theme.current()
        self.restyle()

    # ------------------------------------------------------------------ looks

    def restyle(self) -> None:
        """After a change of theme, density or language: heights, widths, everything drawn anew."""
        self._needs.clear()
        height = theme.current().row(self._row)
        self.verticalHeader().setMinimumSectionSize(12)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(self.horizontalHeader().sizeHint().height())
        self.fit()
        self.updateGeometry()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """A new theme is a new style or palette."""
        super().changeEvent(event)
        if not hasattr(self, "_fitting"):
            return
        # One change of theme arrives as several events; it is drawn once.
        worn = theme.current()
        if event.type() == QEvent.Type.LanguageChange or (
            event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and self._worn is not worn
        ):
            self._worn = worn
            self.restyle()

    def sizeHint(self) -> QSize:
        """As high as the rows where the whole table is shown; any other asks for no more than its least, and grows."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never less than a few rows; the whole table where it is to be shown whole."""
        rows = self._whole_height() if self._whole else theme.current().row(self._row) * 3 + 28
        return QSize(120, rows)

    def _whole_height(self) -> int:
        header = 0 if self.horizontalHeader().isHidden() else self.horizontalHeader().height()
        rows = self.rows.rowCount() + (self.rows.totals is not None)
        return header + rows * self.verticalHeader().defaultSectionSize() + 2

    def updateGeometries(self) -> None:
        """Keep room for the totals at the foot, and show only whole rows."""
        super().updateGeometries()
        if not hasattr(self, "_totals"):
            return
        row = self.verticalHeader().defaultSectionSize()
        foot = row if self.rows.totals is not None else 0
        margins = self.viewportMargins()
        room = self.height() - margins.top() - foot
        rows = self.rows.rowCount() * row
        spare = room % row if rows > room > row and not self._whole else 0
        self._totals.setVisible(bool(foot))
        if foot or spare:
            self.setViewportMargins(margins.left(), margins.top(), margins.right(), foot + spare)
        if foot:
            body = self.viewport().geometry()
            self._totals.setGeometry(body.left(), body.top() + min(rows, body.height()), body.width(), foot)
            self._totals.update()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns from now on; `rows.load` must follow."""
        self.rows.declare(columns)
        self.restyle()

    def needed(self, column: Column) -> int:
        """The width at which neither heading nor (the first rows of) contents are cut; measured once a load."""
        if (known := self._needs.get(column.id)) is None:
            known = self._needs[column.id] = measured(self.rows, self.drawing, column, self._heading(column))
        return known

    def _heading(self, column: Column) -> int:
        return 0 if self.horizontalHeader().isHidden() else header_width(column)

    def _loaded(self) -> None:
        self._needs.clear()
        self.fit()

    def fit(self) -> None:
        """Give the columns their widths for the room there is."""
        room = self.viewport().width()
        columns = self.offered()
        if room <= 0 or not columns:
            return
        before, self._fitting = self._fitting, True  # a scroll bar that comes or goes makes this run within itself
        needed = {c.id: 0 if c.width and not c.stretch else self.needed(c) for c in columns}
        widths, fits = fit(columns, needed, {c.id: self._heading(c) for c in columns}, self._dragged, room)
        # a bar that comes and goes would change the room for which it came
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(policy)
        for place, column in enumerate(self.rows.columns):
            self.setColumnHidden(place, column.id not in widths)
            if column.id in widths:
                self.setColumnWidth(place, widths[column.id])
        self._fitting = before
        left_out = tuple(column.id for column in columns if column.id not in widths)
        if left_out != self.left_out:
            self.left_out = left_out
            self.left_out_changed.emit()

    def offered(self) -> list[Column]:
        """The columns that may be shown where there is room: one that fades goes where it has no value."""
        return [c for c in self.rows.columns if not (c.fades and self.rows.empty(c.id))]

    def resizeEvent(self, event: Any) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self.fit()

    def _count_changed(self) -> None:
        self.updateGeometry()
        self.updateGeometries()

    # ------------------------------------------------------------------ rows

    def key(self, row: int) -> Any:
        """The key of a shown row; None for the totals row or none."""
        source = self.rows.source(row)
        return None if source < 0 else self.rows.keys[source]

    @property
    def current(self) -> Any:
        """The key of the current row, or None."""
        return self.key(self.currentIndex().row())

    def select(self, key: Any) -> bool:
        """Make the row of this key current; False where it is not shown."""
        row = self.rows.row_of(key)
        if row < 0:
            return False
        place = max(0, self.horizontalHeader().logicalIndexAt(0))
        self.selectionModel().setCurrentIndex(
            self.rows.index(row, place),
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(self.rows.index(row, place))
        return True

    def pin(self, key: Any, column: str) -> None:
        """Frame one cell; a column of "" takes the frame away."""
        self.drawing.pinned = (key, column) if column else None
        self.viewport().update()

    def _row_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid() and (key := self.key(now.row())) is not None:
            self.selected.emit(key)

    # ------------------------------------------------------------------ mouse and keys

    def _sort_by(self, section: int) -> None:
        """First click: the way people want it first (numbers from the largest); then the other way; then as it came."""
        column = self.rows.columns[section]
        if column.kind is Kind.SPARK:
            return
        largest_first = column.right or column.kind is Kind.BAR
        was = self.rows.sorted_by
        if was is None or was[0] != column.id:
            self._sort(section, largest_first)
        elif was[1] == largest_first:
            self._sort(section, not largest_first)
        else:
            self._sort(-1, False)
        self._remember()

    def _sort(self, section: int, down: bool) -> None:
        self.rows.sort(section, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().viewport().update()

    def _resized(self, section: int, old: int, new: int) -> None:
        if not self._fitting and new > 0:
            self._dragged[self.rows.columns[section].id] = new
            self._remember()

    def _double_clicked(self, index: QModelIndex) -> None:
        if (key := self.key(index.row())) is not None:
            self.opened.emit(key)

    def _clicked(self, index: QModelIndex) -> None:
        key = self.key(index.row())
        if key is None:
            return
        column = self.rows.columns[index.column()]
        if column.kind is Kind.LINK and self.rows.text(index.row(), column):
            self.link_opened.emit(key, column.id)
        elif self._cells and column.kind is Kind.HEAT:
            self.pinned.emit(key, column.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer is tinted; a hand over what can be clicked."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row() if index.isValid() else -1)
        link = (
            index.isValid()
            and self.rows.columns[index.column()].kind is Kind.LINK
            and bool(self.rows.text(index.row(), self.rows.columns[index.column()]))
        )
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.drawing.hovered:
            self.drawing.hovered = row
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space pins, Ctrl+C copies the table."""
        key = self.current
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and key is not None:
            column = self.rows.columns[self.currentIndex().column()]
            if column.kind is Kind.LINK and self.rows.text(self.currentIndex().row(), column):
                self.link_opened.emit(key, column.id)
            else:
                self.opened.emit(key)
        elif event.key() == Qt.Key.Key_Space and key is not None:
            self.pinned.emit(key, self.rows.columns[self.currentIndex().column()].id)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the shown rows on the clipboard, with headers, units and dates."""
        QGuiApplication.clipboard().setText(as_text(self.rows, self.accessibleName(), self.context))

    def menu(self) -> QMenu:
        """What can be done with the table as a whole."""
        made = QMenu(self)
        made.addAction(_("Copy table"), self.copy)
        if self.receivers("2export_wanted()"):
            made.addAction(_("Export to Excel…"), self.export_wanted.emit)
        if self._dragged or self.rows.sorted_by:
            made.addAction(_("Reset columns and order"), self.start_over)
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Our own menu, in the reader's language."""
        made = self.menu()
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.popup(event.globalPos() if not event.globalPos().isNull() else self.mapToGlobal(QPoint(8, 8)))

    # ------------------------------------------------------------------ memory

    def start_over(self) -> None:
        """Widths and order as they were made."""
        self._dragged.clear()
        self._sort(-1, False)
        self.fit()
        self._remember()

    def arrangement(self) -> tuple[dict[str, int], tuple[str, bool] | None]:
        """The widths that a person gave columns, and by which column the rows are sorted (downward)."""
        return dict(self._dragged), self.rows.sorted_by

    def arrange(self, widths: Mapping[str, int], order: tuple[str, bool] | None) -> None:
        """Arrange the table as it was once; columns that there are no more are left out."""
        self._dragged = {name: width for name, width in widths.items() if name in self.rows.place}
        if order is None or order[0] not in self.rows.place:
            self._sort(-1, False)
        else:
            self._sort(self.rows.place[order[0]], order[1])
        self.fit()
        self._remember()

    def _remember(self) -> None:
        remember(self._state, self._name, self._dragged, self.rows.sorted_by)

    def _restore(self) -> None:
        self._dragged, self.rows.sorted_by = recall(self._state, self._name, self.rows.place)
