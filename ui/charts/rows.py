"""Bars in rows: a waterfall whose steps hang on one another, or categories ranked by amount."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import theme
from ui.charts import menu, saving
from ui.charts.figures import line_colour

_ROW, _COMPACT_ROW = 30, 25
_GAP = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: from `low` to `high` on the axis, its name, the value written, and what the tooltip tells of it.

    `colour` is a chart meaning or a role of the tokens; `hatched` is what is left over; `missing` has no bar, its text
    says why; `strong` is a total.
    """

    name: str
    low: float
    high: float
    text: str
    colour: str = "remainder"
    hatched: bool = False
    strong: bool = False
    missing: bool = False
    detail: str = ""


class RowBars(QWidget):
    """Bars in rows. `joined` draws the thin line from each bar's end to the next, which makes a waterfall.

    The table given with the bars is what is copied and saved: headers, rows of plain values.
    """

    def __init__(self, *, joined: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ""
        self.sample = False
        self._joined = joined
        self._bars: tuple[Bar, ...] = ()
        self._table: tuple[list[str], list[list[object]]] = ([], [])
        self._facts: list[tuple[str, str]] = []
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is drawn."""
        return self._bars

    def show_bars(
        self,
        bars: Sequence[Bar],
        headers: Sequence[str] = (),
        rows: Sequence[Sequence[object]] = (),
        facts: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Draw these rows, the first on top."""
        self._bars, self._current = tuple(bars), -1
        self._table, self._facts = (list(headers), [list(row) for row in rows]), list(facts)
        self.setMinimumHeight(len(self._bars) * self._height())
        self.setAccessibleName(self.title)
        self.setAccessibleDescription("; ".join(f"{bar.name} {bar.text}" for bar in self._bars))
        self.updateGeometry()
        self.update()

    def table(self) -> tuple[list[str], list[list[object]]]:
        """What is copied and saved."""
        return self._table

    def sizeHint(self) -> QSize:
        return QSize(320, max(60, len(self._bars) * self._height()))

    # ------------------------------------------------------------------ drawing

    @staticmethod
    def _height() -> int:
        return _COMPACT_ROW if theme.current().compact else _ROW

    def _room(self) -> tuple[float, float, float]:
        """Where names end, where bars begin and end."""
        plain = QFontMetricsF(theme.font("small"))
        names = max((plain.horizontalAdvance(bar.name) for bar in self._bars), default=0) + 4
        texts = max((plain.horizontalAdvance(bar.text) for bar in self._bars if not bar.missing), default=0) * 1.1
        names = min(names, self.width() * 0.55)
        return names, names + _GAP + texts, max(names + _GAP + 40 + texts, self.width() - texts - _GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names, left, right = self._room()
        shown = [bar for bar in self._bars if not bar.missing]
        low = min([0.0, *(min(bar.low, bar.high) for bar in shown)])
        high = max([0.0, *(max(bar.low, bar.high) for bar in shown)])
        scale = (right - left) / ((high - low) or 1)

        def place(value: float) -> float:
            return left + (value - low) * scale

        height = min(float(self._height() * 1.6), self.height() / len(self._bars))
        painter.setPen(QPen(look.chart("axis"), 1))
        painter.drawLine(QPointF(place(0), 0), QPointF(place(0), height * len(self._bars)))
        before: float | None = None
        for number, bar in enumerate(self._bars):
            top = number * height
            if number == self._current:
                painter.fillRect(QRectF(0, top, self.width(), height), look.colour("hover"))
            if bar.strong:
                painter.fillRect(QRectF(0, top, names + _GAP / 2, height), look.colour("sunken"))
            font = theme.font("small")
            font.setWeight(QFont.Weight.DemiBold if bar.strong else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(look.colour("text"))
            elided = QFontMetricsF(font).elidedText(bar.name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(QRectF(0, top, names + 2, height), Qt.AlignmentFlag.AlignVCenter, elided)
            if bar.missing:
                painter.setPen(look.colour("text3"))
                painter.drawText(
                    QRectF(names + _GAP, top, self.width() - names - _GAP, height),
                    Qt.AlignmentFlag.AlignVCenter,
                    bar.text,
                )
                continue
            if self._joined and before is not None:
                painter.setPen(QPen(look.chart("axis"), 1, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(place(before), top - height * 0.2), QPointF(place(before), top + height * 0.2))
            box = QRectF(place(min(bar.low, bar.high)), top + height * 0.2, 0, height * 0.6)
            box.setWidth(max(1.5, abs(bar.high - bar.low) * scale))
            self._fill(painter, box, bar)
            before = bar.high
            painter.setPen(look.colour("text"))
            width = QFontMetricsF(font).horizontalAdvance(bar.text) + 2
            rightward = bar.high >= bar.low
            at = box.right() + 5 if rightward else box.left() - 5 - width
            painter.drawText(QRectF(at, top, width + 2, height), Qt.AlignmentFlag.AlignVCenter, bar.text)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1))
        painter.end()

    @staticmethod
    def _fill(painter: QPainter, box: QRectF, bar: Bar) -> None:
        colour: QColor = line_colour(bar.colour)
        painter.setPen(QPen(colour, 1) if bar.hatched else Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern) if bar.hatched else colour)
        painter.drawRect(box)

    # ------------------------------------------------------------------ reading

    def event(self, event: QEvent) -> bool:
        """The tooltip of the row under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos().y())
            detail = self._bars[row].detail if row is not None else ""
            if detail:
                QToolTip.showText(event.globalPos(), detail, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _row_at(self, y: float) -> int | None:
        if not self._bars:
            return None
        row = int(y / min(float(self._height() * 1.6), self.height() / len(self._bars)))
        return row if 0 <= row < len(self._bars) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk through the rows, Escape lets go."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self._bars:
            self._current = min(max(self._current + step, 0), len(self._bars) - 1)
            bar = self._bars[self._current]
            self.setAccessibleDescription(bar.detail or f"{bar.name} {bar.text}")
            self.update()
        elif event.key() == Qt.Key.Key_Escape and self._current >= 0:
            self._current = -1
            self.update()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ copying, saving

    def stem(self) -> str:
        """A file's name without its ending."""
        return saving.stem(self.title)

    def copy_picture(self) -> None:
        """The picture to the clipboard."""
        QGuiApplication.clipboard().setPixmap(saving.picture(self))

    def copy_data(self) -> None:
        """The data to the clipboard, for a spreadsheet."""
        QGuiApplication.clipboard().setText(saving.text_of(*self._table, "\t"))

    def save_picture(self, place: Path) -> None:
        """The picture into a PNG file."""
        saving.save_png(self, place)

    def save_svg(self, place: Path) -> None:
        """The picture into an SVG file."""
        saving.save_svg(self, place, self.title)

    def save_data(self, place: Path) -> None:
        """The data into a CSV file."""
        place.write_text(saving.text_of(*self._table, ","), "utf-8-sig")

    def save_workbook(self, place: Path) -> None:
        """The data into a workbook."""
        saving.write_table(*self._table, place, self.title, self._facts, sample=self.sample)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy and save."""
        made = menu.basic(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.setMinimumHeight(len(getattr(self, "_bars", ())) * self._height())
            self.update()
