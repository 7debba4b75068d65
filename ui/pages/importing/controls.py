"""Typing the totals that a person was given beside the file, and whether anything is stored where one differs."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import gettext as _
from app.services.outcome import Outcome
from app.wording import formats, terms
from exposures.amounts import decimal_of
from exposures.currencies import CODES
from exposures.exposure import MONEY_FIELDS
from exposures.reconciliation import Control
from ui.widgets.text import label

_LINES = 4


class ControlsForm(QDialog):
    """A few lines of amount, currency and total; `controls()` and `whole()` once it was accepted."""

    def __init__(self, outcome: Outcome, given: Sequence[Control], whole: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Control totals"))
        fields = list(dict.fromkeys(row.field for row in outcome.reconciliation)) or ["outstanding"]
        codes = list(dict.fromkeys(row.currency for row in outcome.reconciliation if row.currency))
        self.lines: list[tuple[QComboBox, QComboBox, QLineEdit]] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for column, text in enumerate((_("Amount"), _("Currency"), _("Total"))):
            grid.addWidget(label("label", text), 0, column)
        for row in range(max(_LINES, len(given))):
            field, currency, amount = QComboBox(), QComboBox(), QLineEdit()
            for name in (*fields, *(name for name in MONEY_FIELDS if name not in fields)):
                field.addItem(terms.field(name), name)
            for code in (*codes, *sorted(CODES - set(codes))):
                currency.addItem(formats.currency(code), code)
            field.setAccessibleName(_("Amount that the total is of"))
            currency.setAccessibleName(_("Currency of the total"))
            amount.setAccessibleName(_("Total"))
            amount.setPlaceholderText(_("1,250,000.00"))
            if row < len(given):
                field.setCurrentIndex(field.findData(given[row].field))
                currency.setCurrentIndex(currency.findData(given[row].currency))
                amount.setText(format(given[row].amount, "f"))
            amount.textChanged.connect(self._check)
            for column, part in enumerate((field, currency, amount)):
                grid.addWidget(part, row + 1, column)
            self.lines.append((field, currency, amount))
        grid.setColumnStretch(2, 1)
        self._whole = QCheckBox(_("Store nothing where a total differs or a row would be set aside"))
        self._whole.setChecked(whole)
        self._fault = label("fault")
        explained = label("small", _("What the sender says the file adds up to; rows set aside count as well."))
        explained.setWordWrap(True)
        keep, self.use = QPushButton(_("Keep as it was")), QPushButton(_("Compare"))
        self.use.setProperty("k", "primary")
        self.use.setDefault(True)
        keep.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self._fault, 1)
        foot.addWidget(keep)
        foot.addWidget(self.use)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(20, 16, 20, 16)
        column_layout.setSpacing(12)
        column_layout.addWidget(label("headline", _("Which totals were you given?")))
        column_layout.addWidget(explained)
        column_layout.addLayout(grid)
        column_layout.addWidget(self._whole)
        column_layout.addLayout(foot)
        self.setMinimumWidth(520)

    def controls(self) -> tuple[Control, ...]:
        """The lines that have a total."""
        found = []
        for field, currency, amount in self.lines:
            number = decimal_of(amount.text()) if amount.text().strip() else None
            if number is not None:
                found.append(Control(str(field.currentData()), str(currency.currentData()), number))
        return tuple(found)

    def whole(self) -> bool:
        """Whether all or nothing is stored."""
        return self._whole.isChecked()

    def _check(self) -> None:
        texts = [amount.text() for _field, _currency, amount in self.lines if amount.text().strip()]
        wrong = next((text for text in texts if decimal_of(text) is None), None)
        self._fault.setText("" if wrong is None else _("{text} is no amount.").format(text=wrong))
        self.use.setEnabled(wrong is None)
