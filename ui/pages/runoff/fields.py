"""The rows of the assumptions: a label, a number with its unit, and groups of them."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from ui.widgets.text import label

Words = Callable[[], str]


class NumberBox(QDoubleSpinBox):
    """A decimal number; `entered` tells when it was entered, not at every key. The wheel scrolls the page instead.

    With `absent` one step below the range stands for no number of one's own, and is written as that word. A number
    that is put stays exact as long as nobody enters another, even where it is shown rounded.
    """

    entered = Signal()

    def __init__(
        self, low: float, high: float, decimals: int, step: float = 1.0, absent: Callable[[], str] | None = None
    ) -> None:
        super().__init__()
        self._absent = absent
        self._given: Decimal | int | None = None
        self._shown = 0.0
        if absent is not None:
            low -= 1
        self.setLocale(QLocale.c())
        self.setRange(low, high)
        self.setDecimals(decimals)
        self.setSingleStep(step)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        self.setFixedWidth(74)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._tell)

    def amount(self) -> Decimal:
        """The number that was put, or entered since."""
        if self._given is not None and self.value() == self._shown:
            return Decimal(self._given)
        return Decimal(f"{self.value():.{self.decimals()}f}")

    def own(self) -> Decimal | None:
        """The number, or None where it is absent."""
        return None if self._absent is not None and self.value() == self.minimum() else self.amount()

    def put(self, value: Decimal | int | None) -> None:
        """Show another number without telling; None for its absence."""
        self.blockSignals(True)
        self.setValue(self.minimum() if value is None else float(value))
        self.blockSignals(False)
        self._given, self._shown = value, self.value()

    def retranslate(self) -> None:
        """Write the word for an absent number anew."""
        if self._absent is not None:
            self.setSpecialValueText(self._absent())

    def _tell(self, _value: float) -> None:
        self.entered.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Form(QWidget):
    """Rows of numbers under headings; `entered` tells that any of them changed."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(6)
        self.grid.setVerticalSpacing(5)
        self.grid.setColumnStretch(0, 1)
        self._texts: list[tuple[QLabel, Words]] = []
        self._named: list[tuple[QWidget, Words]] = []
        self._row = 0

    def heading(self, words: Words, right: QWidget | None = None) -> None:
        """A heading, and beside it what belongs to it."""
        self.grid.addWidget(self._text("strong", words), self._row, 0)
        if right is not None:
            self.grid.addWidget(right, self._row, 1, 1, 2, Qt.AlignmentFlag.AlignRight)
        self._row += 1

    def number(self, words: Words, unit: Words, box: NumberBox) -> NumberBox:
        """A number with its label and unit."""
        self.row(words, box, unit)
        box.entered.connect(self.entered)
        return box

    def row(self, words: Words, field: QWidget, unit: Words | None = None) -> None:
        """Any field with its label; without a unit it takes the unit's room as well."""
        self.grid.addWidget(self._text("label", words), self._row, 0)
        if unit is None:
            self.grid.addWidget(field, self._row, 1, 1, 2)
        else:
            self.grid.addWidget(field, self._row, 1)
            self.grid.addWidget(self._text("small", unit), self._row, 2)
        self._named.append((field, words))
        self._row += 1

    def wide(self, words: Words, field: QWidget) -> None:
        """A field that needs more room than a number: its row has columns of its own."""
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text("label", words))
        row.addStretch(1)
        row.addWidget(field)
        self._named.append((field, words))
        self.whole(held)

    def whole(self, field: QWidget) -> None:
        """A field that takes the whole row."""
        self.grid.addWidget(field, self._row, 0, 1, 3)
        self._row += 1

    def retranslate(self) -> None:
        """Set every text anew."""
        for made, words in self._texts:
            made.setText(words())
        for field, words in self._named:
            field.setAccessibleName(words())
            if isinstance(field, NumberBox):
                field.retranslate()

    def _text(self, role: str, words: Words) -> QLabel:
        made = label(role, words())
        self._texts.append((made, words))
        return made
