"""The card "Which limits are tight?", and the form that sets one."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.services.surveying import Exposures
from app.wording import book, formats, terms
from app.wording.sentences import sentence
from ui.pages.exposures.matrix import severity
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.text import label


class LimitsCard(Card):
    """`picked(country)` when a limit is chosen, `set_wanted` when one is to be set."""

    picked = Signal(object)
    set_wanted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._exposures: Exposures | None = None
        self.set_limit = self.add_link()
        self.set_limit.clicked.connect(self.set_wanted)
        self.table = TableView(
            (
                Column("limit", lambda: _("Limit"), Kind.TWO_LINE, detail="what", stretch=1, priority=0),
                Column(
                    "used", lambda: _("Used, with pending"), Kind.BAR, detail="expected", tone="state",
                    note="note", unit=lambda: "%", priority=0,
                ),
            ),
            title="",
            row="two_line",
            name="exposures.limits",
            state=state,
        )  # fmt: skip
        self.body.addWidget(self.table, 1)
        self.table.selected.connect(self.picked)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which limits are tight?"))
        self.set_limit.setText(_("Set a limit"))
        self.add_note(_("The tick marks the limit."))
        self.table.setAccessibleName(_("Limits, the tightest first"))
        if self._exposures is not None:
            self.show_exposures(self._exposures)

    def wait(self) -> None:
        """Say that the figures of another book are on their way; none of the one before stands beside its lines."""
        self._exposures = None
        self.show_content()
        self.say(_("The book is being added up…"))
        self.table.rows.load({})

    def stop_waiting(self) -> None:
        """Nothing is on its way any more."""
        if self._exposures is None:
            self.say("")

    def show_exposures(self, shown: Exposures) -> None:
        """Show the limits in force with their use on this book."""
        self._exposures = shown
        limited = [use for use in shown.limits if use.limit is not None]
        self.note.setVisible(bool(limited))
        if not limited:
            self.show_empty(
                "exposures",
                _("No country limit is set"),
                sentence(shown.tight),
                (_("Set a limit"), self.set_wanted.emit),
            )
            return
        self.show_content()
        self.say(sentence(shown.tight))
        states = [severity(use) for use in limited]
        used = [use.use.share_with_pending for use in limited]
        amounts = [use.limit for use in limited if use.limit is not None]
        self.table.rows.load(
            {
                "limit": [terms.country(use.country) for use in limited],
                "what": [
                    _("of {amount}").format(amount=book.amount(limit.amount, limit.currency)) for limit in amounts
                ],
                "used": [None if share is None else float(share * 100) for share in used],
                "expected": [None if share is None else float(share * 100) for share in used],
                "state": [state for state, _word in states],
                "note": [word for _state, word in states],
            },
            keys=[use.country for use in limited],
        )


class LimitForm(QDialog):
    """Country or region, amount and currency of a limit; `value()` once it was accepted."""

    def __init__(self, countries: list[str], currency: str, chosen: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Set a country limit"))
        self.country = QComboBox()
        for code in countries:
            self.country.addItem(terms.country(code), code)
        self.country.setCurrentIndex(max(0, self.country.findData(chosen)))
        self.country.setAccessibleName(_("Country or region"))
        self.amount = QLineEdit()
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.amount.setAccessibleName(_("Limit, {currency} m").format(currency=formats.currency(currency)))
        self._currency = currency
        self._fault = label("fault")
        unit = label("small", _("{currency} m").format(currency=formats.currency(currency)))
        keep, done = QPushButton(_("Keep as it is")), QPushButton(_("Set limit"))
        done.setProperty("k", "primary")
        done.setDefault(True)
        keep.clicked.connect(self.reject)
        done.clicked.connect(self._check)
        self.done_button = done
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.addWidget(label("label", _("Country or region")), 0, 0)
        grid.addWidget(self.country, 0, 1, 1, 2)
        grid.addWidget(label("label", _("Limit")), 1, 0)
        grid.addWidget(self.amount, 1, 1)
        grid.addWidget(unit, 1, 2)
        grid.addWidget(self._fault, 2, 1, 1, 2)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(keep)
        buttons.addWidget(done)
        text = label(
            "small", _("Guarantor basis, drawn and undrawn. It replaces the limit in force; both stay on record.")
        )
        text.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label("headline", _("Set a country limit")))
        column.addWidget(text)
        column.addLayout(grid)
        column.addLayout(buttons)
        self.setMinimumWidth(380)
        self.amount.setFocus()

    def value(self) -> tuple[str, Decimal]:
        """The country's code and the amount in units of the currency."""
        return str(self.country.currentData()), self._amount() or Decimal(0)

    def _amount(self) -> Decimal | None:
        text = self.amount.text().replace(",", "").replace("\u00a0", "").replace(" ", "").replace(formats.MINUS, "-")
        try:
            found = Decimal(text) * 1_000_000
        except InvalidOperation:
            return None
        return found if found.is_finite() and found >= 0 else None

    def _check(self) -> None:
        if self._amount() is None:
            self._fault.setText(_("Not an amount: write millions, such as 250 or 0.5."))
            self.amount.setProperty("fault", True)
            self.amount.setFocus()
        else:
            self.accept()
