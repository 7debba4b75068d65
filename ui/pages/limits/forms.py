"""The forms of the page: setting a limit of any scope, and asking for a temporary excess over one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import gettext as _
from app.wording import formats, terms
from app.wording import limits as words
from exposures.exposure import INSTRUMENTS, SECTORS
from exposures.limits import LimitUse, Scope
from ui.widgets.text import label


@dataclass(frozen=True)
class Subjects:
    """Whose limits can be set: (key, name) of every scope that the book names; the currency of the amounts."""

    of: dict[Scope, tuple[tuple[str, str], ...]]
    currency: str


class LimitForm(QDialog):
    """Scope, subject, amount and owner of a limit; `value()` once it was accepted."""

    def __init__(self, subjects: Subjects, chosen: LimitUse | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Set a limit"))
        self._subjects = subjects
        self.scope, self.key = QComboBox(), QComboBox()
        for one in Scope:
            self.scope.addItem(words.scope(one.value), one.value)
        self.key.setEditable(True)
        self.key.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.key.setMinimumContentsLength(28)
        self.amount, self.owner = QLineEdit(), QLineEdit()
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        unit = _("{currency} m").format(currency=formats.currency(subjects.currency))
        self._fault = label("fault")
        names = (_("Scope"), _("Of whom"), _("Limit"), _("Owner"))
        fields: tuple[QWidget, ...] = (self.scope, self.key, self.amount, self.owner)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for row, (name, field) in enumerate(zip(names, fields, strict=True)):
            field.setAccessibleName(name)
            grid.addWidget(label("label", name), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(label("small", unit), 2, 2)
        grid.addWidget(self._fault, len(names), 1, 1, 2)
        self.scope.currentIndexChanged.connect(self._offer)
        if chosen is not None and not chosen.within:
            self.scope.setCurrentIndex(self.scope.findData(chosen.scope.value))
        self._offer()
        if chosen is not None and not chosen.within:
            self.key.setCurrentIndex(self.key.findData(chosen.key))
        text = _("It replaces the limit in force; both stay on record. Countries count on the guarantor basis.")
        self.done_button = frame(self, _("Set a limit"), text, grid, _("Set limit"), self._check)
        self.setMinimumWidth(440)

    def value(self) -> tuple[Scope, str, Decimal, str]:
        """Scope, key, amount in units of the currency, and owner."""
        return self._scope(), self._key(), millions_of(self.amount.text()) or Decimal(0), self.owner.text().strip()

    def _scope(self) -> Scope:
        return Scope(str(self.scope.currentData()))

    def _key(self) -> str:
        place = self.key.findText(self.key.currentText())
        return str(self.key.itemData(place)) if place >= 0 else self.key.currentText().strip()

    def _offer(self) -> None:
        self.key.clear()
        for key, name in self._subjects.of.get(self._scope(), ()):
            self.key.addItem(name, key)

    def _check(self) -> None:
        if not self._key():
            self._fault.setText(_("Say whose limit it is."))
            self.key.setFocus()
        elif millions_of(self.amount.text()) is None:
            self._fault.setText(_("Not an amount: write millions, such as 250 or 0.5."))
            self.amount.setFocus()
        else:
            self.accept()


class ExcessForm(QDialog):
    """Amount, last day and reason of a temporary excess; `value()` once it was accepted."""

    def __init__(self, use: LimitUse, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Ask for an excess"))
        currency = "USD" if use.limit is None else use.limit.currency
        self.amount, self.reason = QLineEdit(), QLineEdit()
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        first = QDate(today.year, today.month, today.day)
        self.until = QDateEdit(first.addMonths(1))
        self.until.setCalendarPopup(True)
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.until.setMinimumDate(first)
        self._fault = label("fault")
        names = (_("Excess"), _("Until"), _("Reason"))
        fields: tuple[QWidget, ...] = (self.amount, self.until, self.reason)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for row, (name, field) in enumerate(zip(names, fields, strict=True)):
            field.setAccessibleName(name)
            grid.addWidget(label("label", name), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(label("small", _("{currency} m").format(currency=formats.currency(currency))), 0, 2)
        grid.addWidget(self._fault, len(names), 1, 1, 2)
        who = words.subject(use.scope.value, use.key, use.within, use.name)
        text = _("Over the limit of {who}. It counts once another person approves it.").format(who=who)
        self.done_button = frame(self, _("Ask for an excess"), text, grid, _("Ask"), self._check)
        self.setMinimumWidth(440)
        self.amount.setFocus()

    def value(self) -> tuple[Decimal, date, str]:
        """The amount in units of the limit's currency, the last day, and the reason."""
        on = self.until.date()
        day = date(on.year(), on.month(), on.day())
        return millions_of(self.amount.text()) or Decimal(0), day, self.reason.text().strip()

    def _check(self) -> None:
        if not millions_of(self.amount.text()):
            self._fault.setText(_("Not an amount: write millions, such as 250 or 0.5."))
            self.amount.setFocus()
        elif not self.reason.text().strip():
            self._fault.setText(_("Say why it is needed."))
            self.reason.setFocus()
        else:
            self.accept()


def millions_of(text: str) -> Decimal | None:
    """An amount typed in millions, in units; None where it is none."""
    plain = text.replace(",", "").replace("\u00a0", "").replace(" ", "").replace(formats.MINUS, "-")
    try:
        found = Decimal(plain) * 1_000_000
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


def fixed_subjects() -> dict[Scope, tuple[tuple[str, str], ...]]:
    """The subjects that no book has to name: sectors, instruments, tenors."""
    return {
        Scope.SECTOR: tuple((code, words.sector(code)) for code in SECTORS),
        Scope.PRODUCT: tuple((code, terms.instrument(code)) for code in INSTRUMENTS),
        Scope.TENOR: tuple((years, words.subject("tenor", years)) for years in ("1", "3", "5", "10")),
    }


def frame(dialog: QDialog, title: str, text: str, grid: QGridLayout, does: str, check: object) -> QPushButton:
    """Lay a form out: what it is, its fields, and two buttons; returns the one that does it."""
    keep, done = QPushButton(_("Keep as it is")), QPushButton(does)
    done.setProperty("k", "primary")
    done.setDefault(True)
    keep.clicked.connect(dialog.reject)
    done.clicked.connect(check)
    buttons = QHBoxLayout()
    buttons.addStretch(1)
    buttons.addWidget(keep)
    buttons.addWidget(done)
    said = label("small", text)
    said.setWordWrap(True)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(12)
    column.addWidget(label("headline", title))
    column.addWidget(said)
    column.addLayout(grid)
    column.addLayout(buttons)
    return done


def named(pairs: Sequence[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    """Keys with their names, the key itself where there is none, in the order of names."""
    return tuple(sorted(((key, name or key) for key, name in pairs), key=lambda pair: pair[1].casefold()))
