"""The one delegate: draws a cell by its column's kind, in the colours of the theme in force."""

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import marks, theme
from ui.tables.cells import MISSING
from ui.tables.column import Column, Kind
from ui.tables.letters import cell_font, metrics_of, width_of
from ui.tables.model import TableModel

#: Left and right of every cell's contents.
PAD = 8
MARK = 12
BAR = 62
HEAT = 48
SPARK = (60, 18)
_INDENT = 13
_SWATCH = 9
_LOUD = ("critical", "warning")
#: Cells of one text and nothing else: they leave pen and font behind, which every cell sets for itself.
_PLAIN = frozenset({Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.LINK})
# as plain numbers: Python's flags cost more than the comparison
_SELECTED, _FOCUSED = QStyle.StateFlag.State_Selected.value, QStyle.StateFlag.State_HasFocus.value

Index = QModelIndex | QPersistentModelIndex


class Drawing(QStyledItemDelegate):
    """Draws every kind of cell. `hovered` is the row under the pointer, `ring` whether the current cell has a ring."""

    hovered = -1
    ring = True
    pinned: tuple[object, str] | None = None

    # ------------------------------------------------------------------ sizes

    def content_width(self, model: TableModel, row: int, column: Column) -> int:
        """How wide a cell must be to show its contents whole, padding included."""
        text = QFontMetrics(cell_font("small", 600 if self._strong(model, row, column) else 400)).horizontalAdvance(
            model.text(row, column)
        )
        if column.kind is Kind.SEVERITY:
            text = QFontMetrics(cell_font("small", 600)).horizontalAdvance(model.text(row, column)) + MARK + 6
        elif column.kind is Kind.TICK:
            text = MARK
        elif column.kind is Kind.BAR:
            strong = QFontMetrics(cell_font("small", 600))
            text = BAR + 8 + max(strong.horizontalAdvance(model.text(row, column)), strong.horizontalAdvance("100 %"))
        elif column.kind is Kind.SPARK:
            text = SPARK[0]
        elif column.kind is Kind.HEAT:
            text = max(text, HEAT)
        elif column.kind is Kind.TWO_LINE:
            below = str(model.value(row, column.detail) or "")
            text = max(
                QFontMetrics(cell_font("small", 500)).horizontalAdvance(model.text(row, column)),
                QFontMetrics(cell_font("caption")).horizontalAdvance(below),
            )
        elif column.kind is Kind.LINK:
            text = QFontMetrics(cell_font("small", 500)).horizontalAdvance(model.text(row, column))
        if column.swatch:
            text += _SWATCH + 6
        if column.indent:
            text += _INDENT * int(model.value(row, column.indent) or 0)
        return text + 2 * PAD + 1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The contents' width; heights are the view's."""
        model = index.model()
        return QSize(self.content_width(model, index.row(), model.columns[index.column()]), theme.current().row())

    # ------------------------------------------------------------------ drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, contents, then the ring of the current cell."""
        model: TableModel = index.model()
        row, column = index.row(), model.columns[index.column()]
        look = theme.current()
        box = option.rect
        state = option.state.value
        selected = bool(state & _SELECTED)
        if selected:
            painter.fillRect(box, look.colour("selected"))
        elif row == self.hovered:
            painter.fillRect(box, look.colour("hover"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.colour("grid"))
        if selected and self._first(option, index):
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), look.colour("accent"))
        inner = QRectF(box).adjusted(PAD, 0, -PAD, -1)
        pinned = self.pinned is not None and self.pinned == (self._key(model, row), column.id)
        if column.kind in _PLAIN and not column.swatch and not pinned and not (self.ring and state & _FOCUSED):
            self._contents(painter, inner, model, row, column, box)  # a text never leaves its box
            return
        painter.save()
        painter.setClipRect(box)
        self._contents(painter, inner, model, row, column, box)
        if pinned or (self.ring and state & _FOCUSED):
            self._frame(painter, box, look.colour("focus"))
        painter.restore()

    def paint_total(self, painter: QPainter, box: QRect, model: TableModel, column: Column) -> None:
        """A cell of the totals row."""
        self._contents(painter, QRectF(box).adjusted(PAD, 0, -PAD, -1), model, model.total_row, column, box)

    @staticmethod
    def _key(model: TableModel, row: int) -> object:
        source = model.source(row)
        return None if source < 0 else model.keys[source]

    @staticmethod
    def _first(option: QStyleOptionViewItem, index: Index) -> bool:
        """Whether the cell is the first that is shown of its row."""
        view = option.widget
        header = view.horizontalHeader() if view is not None else None
        if header is None:
            return index.column() == 0
        visual = header.visualIndex(index.column())
        return all(header.isSectionHidden(header.logicalIndex(before)) for before in range(visual))

    @staticmethod
    def _frame(painter: QPainter, box: QRect, colour: QColor) -> None:
        pen = QPen(colour, 2)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(box).adjusted(1, 1, -1, -1))

    @staticmethod
    def _strong(model: TableModel, row: int, column: Column) -> bool:
        if model.is_total(row) or column.strong:
            return True
        if column.tone and model.value(row, column.tone) in _LOUD:
            return True
        return bool(column.indent) and model.value(row, column.indent) == 0

    def _contents(
        self, painter: QPainter, box: QRectF, model: TableModel, row: int, column: Column, whole: QRect
    ) -> None:
        look = theme.current()
        text = model.text(row, column)
        strong = self._strong(model, row, column)
        tone = str(model.value(row, column.tone) or "") if column.tone else ""
        colour = look.colour("text2" if column.quiet else "text")
        if text == MISSING:
            colour, strong = look.colour("text3"), False
        elif tone:
            colour = look.tone(marks.family(tone)).text
        font = cell_font("small", 600 if strong else 400)

        if column.indent:
            box = box.adjusted(_INDENT * int(model.value(row, column.indent) or 0), 0, 0, 0)
        if column.swatch and (meaning := model.value(row, column.swatch)):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.line(meaning))
            painter.drawRoundedRect(QRectF(box.left(), box.center().y() - _SWATCH / 2, _SWATCH, _SWATCH), 2, 2)
            box = box.adjusted(_SWATCH + 6, 0, 0, 0)

        if column.kind is Kind.TWO_LINE:
            self._two_lines(painter, box, text, str(model.value(row, column.detail) or ""), colour)
        elif column.kind in (Kind.SEVERITY, Kind.TICK):
            self._severity(painter, box, str(model.value(row, column.id) or ""), text, column.kind is Kind.SEVERITY)
        elif column.kind is Kind.HEAT:
            if not model.is_total(row) and model.value(row, column.id) is not None:
                shade = QColor(look.line("reserves"))
                shade.setAlphaF(0.05 + 0.37 * model.heat(row, column) ** 0.7)
                painter.fillRect(QRectF(whole).adjusted(0, 0, -2, -2), shade)
            self._text(painter, box.adjusted(0, 0, -1, 0), text, colour, font, right=True)
        elif column.kind is Kind.BAR:
            self._bar(painter, box, model, row, column, text)
        elif column.kind is Kind.SPARK:
            values = model.value(row, column.id)
            if values is not None and len(values):
                line = look.tone(marks.family(tone)).fill if tone in _LOUD else look.colour("text2")
                area = QRectF(box.left(), box.center().y() - SPARK[1] / 2, min(SPARK[0], box.width()), SPARK[1])
                marks.paint_small_line(painter, area, np.asarray(values, float), line, line)
        elif column.kind is Kind.LINK:
            self._text(painter, box, text, look.colour("accent"), cell_font("small", 500))
        else:
            self._text(painter, box, text, colour, font, right=column.right)

    @staticmethod
    def _text(painter: QPainter, box: QRectF, text: str, colour: QColor, font: QFont, *, right: bool = False) -> None:
        """One line on the baseline of the interface font, so that Latin and Chinese stand on one level."""
        painter.setFont(font)
        painter.setPen(colour)
        metrics = metrics_of(font)
        width = width_of(text, font)
        if width > box.width() + 1:
            # a number that is cut would be another number: it says that it has no room
            text = "…" if right else metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            width = width_of(text, font)
        baseline = box.center().y() + metrics.capHeight() / 2
        painter.drawText(QPointF(box.right() - width if right else box.left(), round(baseline)), text)

    def _two_lines(self, painter: QPainter, box: QRectF, text: str, below: str, colour: QColor) -> None:
        upper, lower = cell_font("small", 500), cell_font("caption")
        height = QFontMetrics(upper).height() + QFontMetrics(lower).height()
        if not below or height > box.height() + 4:
            self._text(painter, box, text, colour, upper)
            return
        top = box.center().y() - height / 2
        self._text(painter, QRectF(box.left(), top, box.width(), QFontMetrics(upper).height()), text, colour, upper)
        self._text(
            painter,
            QRectF(box.left(), top + QFontMetrics(upper).height(), box.width(), QFontMetrics(lower).height()),
            below,
            theme.current().colour("text2"),
            lower,
        )

    def _severity(self, painter: QPainter, box: QRectF, severity: str, word: str, with_word: bool) -> None:
        look = theme.current()
        if not severity:
            if with_word and word:
                self._text(painter, box, word, look.colour("text3"), cell_font())
            return
        tone = look.tone(marks.family(severity))
        spot = QRectF(box.left(), box.center().y() - MARK / 2, MARK, MARK)
        marks.paint_mark(painter, spot, severity, tone.fill, look.colour("surface"))
        if with_word:
            quiet = severity in ("ok", "nodata", "stale", "todo", "done")
            self._text(
                painter,
                box.adjusted(MARK + 6, 0, 0, 0),
                word,
                look.colour("text2") if quiet else tone.text,
                cell_font("small", 600 if severity in _LOUD else 400),
            )

    def _bar(self, painter: QPainter, box: QRectF, model: TableModel, row: int, column: Column, text: str) -> None:
        look = theme.current()
        used = model.value(row, column.id)
        if used is None:
            if not model.is_total(row):
                note = model.value(row, column.note) if column.note else None
                self._text(painter, box, str(note or MISSING), look.colour("text3"), cell_font())
            return
        expected = model.value(row, column.detail) if column.detail else None
        tone = str(model.value(row, column.tone) or "ok") if column.tone else "ok"
        loud = tone in _LOUD
        fill = look.tone(tone).fill if loud else look.tone("nodata").fill
        marks.paint_limit_bar(
            painter,
            QRectF(box.left(), box.top(), BAR, box.height()),
            float(used),
            float(used if expected is None else expected),
            fill,
            look.colour("grid"),
            look.colour("text2"),
        )
        self._text(
            painter,
            box.adjusted(BAR + 6, 0, 0, 0),
            text,
            look.tone(tone).text if loud else look.colour("text"),
            cell_font("small", 600 if loud else 400),
            right=True,
        )


def paint_header(painter: QPainter, box: QRect, column: Column, sorted_down: bool | None, *, top_pad: int = 0) -> None:
    """A heading aligned with its column; a sorted one carries a small triangle on the free side of its text."""
    look = theme.current()
    painter.save()
    painter.fillRect(box, look.colour("surface"))
    painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.chart("axis"))
    font = cell_font("caption", 500)
    painter.setFont(font)
    painter.setPen(look.colour("text3"))
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    inner = QRectF(box).adjusted(PAD, top_pad, -PAD, -1)
    text = column.header()
    painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), text)
    if sorted_down is not None:
        width = max(QFontMetrics(font).horizontalAdvance(part) for part in text.split("\n"))
        x = inner.right() - width - 8 if column.right else inner.left() + width + 8
        y = inner.center().y()
        tip = 2.0 if sorted_down else -2.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("text2"))
        painter.drawPolygon([QPointF(x - 3, y - tip), QPointF(x + 3, y - tip), QPointF(x, y + tip * 1.4)])
    painter.restore()


def header_width(column: Column) -> int:
    """What a heading needs, with room for the sort mark."""
    metrics = QFontMetrics(cell_font("caption", 500))
    return max(metrics.horizontalAdvance(part) for part in column.header().split("\n")) + 2 * PAD + 2
