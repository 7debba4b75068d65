"""A few facts in a narrow column: labels in a grid, ruled like a table, that break into lines where words are long."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ui.widgets.badge import Mark
from ui.widgets.text import label, rule

Cell = str | tuple[str, str]  # words, or a mark and its word


class Facts(QWidget):
    """Rows of words and figures: the first column takes what room is left and wraps, the others stand on the right."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(_as_high_as_needed())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._row = 0

    def fill(
        self,
        rows: Sequence[Sequence[Cell]],
        *,
        heads: Sequence[str] = (),
        total: Sequence[str] = (),
        notes: Sequence[str] = (),
        strong: int = -1,
    ) -> None:
        """Show these rows; `strong` is the column that is semibold, `notes` the tooltips, row by row."""
        self._clear()
        width = max((len(row) for row in (*rows, heads, total)), default=1)
        if heads:
            self._add([label("caption", text) for text in heads])
            self._rule(width, strong=True)
        for place, row in enumerate(rows):
            note = notes[place] if place < len(notes) else ""
            self._add([_made(cell, "strong" if at == strong else "small") for at, cell in enumerate(row)], note)
            if place + 1 < len(rows) or total:
                self._rule(width, strong=bool(total) and place + 1 == len(rows))
        if total:
            self._add([label("strong", text) for text in total])

    def fill_told(self, rows: Sequence[tuple[str, str, str]], *, notes: Sequence[str] = ()) -> None:
        """Show rows of what, its figure, and a small line beneath them."""
        self._clear()
        for place, (what, figure, beneath) in enumerate(rows):
            note = notes[place] if place < len(notes) else ""
            if place:
                self._rule(2)
            self._add([label("small", what), label("strong", figure)], note)
            self._add([label("caption", beneath)], note, width=2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Words that break keep the height that they need at their width: the grid reckons with a wider column."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QLabel):
            watched.setMinimumHeight(max(0, watched.heightForWidth(watched.width())))
        return super().eventFilter(watched, event)

    def texts(self) -> list[str]:
        """Every word in sight, row by row."""
        found = (self._grid.itemAt(place).widget() for place in range(self._grid.count()))
        return [text for each in found if each is not None for text in _words(each)]

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._row = 0

    def _add(self, cells: Sequence[QWidget], note: str = "", width: int = 1) -> None:
        for place, cell in enumerate(cells):
            if place == 0 and isinstance(cell, QLabel):
                cell.setWordWrap(True)
                cell.setSizePolicy(_as_high_as_needed())
                cell.installEventFilter(self)
            if place and isinstance(cell, QLabel):
                cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            cell.setToolTip(note)
            self._grid.addWidget(cell, self._row, place, 1, width)
        self._row += 1

    def _rule(self, width: int, *, strong: bool = False) -> None:
        self._grid.addWidget(rule(strong), self._row, 0, 1, width)
        self._row += 1


def _as_high_as_needed() -> QSizePolicy:
    """As wide as there is room, and as high as the words need at that width, no higher."""
    made = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    made.setHeightForWidth(True)
    return made


def _made(cell: Cell, role: str) -> QWidget:
    if isinstance(cell, str):
        return label(role, cell)
    mark, word = cell
    return Marked(mark, word)


def _words(widget: QWidget) -> list[str]:
    if isinstance(widget, QLabel):
        return [widget.text()]
    return [each.text() for each in widget.findChildren(QLabel)]


class Marked(QWidget):
    """A mark and its word."""

    def __init__(self, mark: str, word: str) -> None:
        super().__init__()
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(6)
        row.addWidget(Mark(mark, 12), 0, 0)
        row.addWidget(label("small", word), 0, 1)
        row.setColumnStretch(1, 1)
