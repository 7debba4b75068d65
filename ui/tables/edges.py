"""The two edges of a table that do not scroll: the headings above, the totals beneath."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from ui import theme
from ui.tables.drawing import Drawing, paint_header
from ui.tables.model import TableModel


class Header(QHeaderView):
    """Headings in the table's own hand, because a stylesheet cannot align one column by one."""

    def __init__(self, view: QTableView, model: TableModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._rows = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Text, rule beneath, sort mark."""
        model = self._rows
        if not rect.isValid() or section >= len(model.columns):
            return
        column = model.columns[section]
        paint_header(painter, rect, column, dict(model.sort_keys).get(column.id))

    def sizeHint(self) -> QSize:
        """One line or two, as the headings need."""
        two = any("\n" in column.header() for column in self._rows.columns)
        return QSize(super().sizeHint().width(), 34 if two else 26)


class TotalsRow(QWidget):
    """The totals of a table, always in sight at its foot."""

    def __init__(self, view: QTableView, model: TableModel, drawing: Drawing) -> None:
        super().__init__(view)
        self._view, self._rows, self._drawing = view, model, drawing
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour("sunken"))
        header = self._view.horizontalHeader()
        for place, column in enumerate(self._rows.columns):
            if not header.isSectionHidden(place):
                box = QRect(header.sectionViewportPosition(place), 0, header.sectionSize(place), self.height())
                self._drawing.paint_total(painter, box, self._rows, column)
        painter.end()
