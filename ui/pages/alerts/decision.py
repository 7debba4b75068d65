"""The right-hand side: the money behind an alert, and what the officer does about it."""

from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QSizePolicy

from alerts.alert import Alert
from app.i18n import gettext as _
from app.wording import formats, terms
from ui.pages.alerts.seen import Detail, Stake
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.reason import Reason
from ui.widgets.text import label

_MILLION = 1_000_000


class MoneyCard(Card):
    """How much money is at stake? `all_wanted(country)` opens the exposures, `import_wanted` the import."""

    all_wanted = Signal(object)
    import_wanted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._stake: Stake | None = None
        self._known = False
        self._figure, self._unit = label("figureLarge"), label("small")
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._figure, 0, 0)
        grid.addWidget(self._unit, 0, 1, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(grid)
        self.parts = TableView(
            (
                Column("what", lambda: _("Part"), stretch=1, priority=0),
                Column("amount", lambda: _("Amount"), Kind.NUMBER, strong=True, tone="tone", priority=0),
            ),
            title="", row="dense", whole=True, selectable=False, name="alerts.parts", state=state,
        )  # fmt: skip
        self.parts.horizontalHeader().hide()
        self.body.addWidget(self.parts)
        self.largest = TableView(
            (
                Column("who", lambda: _("Largest counterparties"), stretch=1, width=90, priority=1, note="who"),
                Column("amount", lambda: _("Amount"), Kind.NUMBER, strong=True, priority=0),
            ),
            title="", row="dense", whole=True, selectable=False, name="alerts.largest", state=state,
        )  # fmt: skip
        self.body.addWidget(self.largest)
        self.everything = QPushButton()
        self.everything.setProperty("k", "link")
        self.everything.clicked.connect(self._open)
        self.body.addWidget(self.everything, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("How much money is at stake?"))
        self.everything.setText(_("All lines"))
        self.parts.setAccessibleName(_("What the amount is made of"))
        self.largest.setAccessibleName(_("Largest counterparties"))
        if self._known:
            self.show_stake(self._stake)

    def show_stake(self, stake: Stake | None) -> None:
        """Show the money behind an alert; None: there is no book."""
        self._stake, self._known = stake, True
        if stake is None:
            self.show_empty(
                "exposures",
                _("No book yet"),
                _("Import the book to see the money behind an alert."),
                (_("Import a workbook"), self.import_wanted.emit),
            )
            return
        self.show_content()
        where = terms.country(stake.country) if stake.country else _("the whole book")
        self._figure.setText(formats.number(stake.amount / _MILLION, 0 if abs(stake.amount) >= 10 * _MILLION else 1))
        self._unit.setText(_("{currency} m, {where}").format(currency=formats.currency(stake.currency), where=where))
        rows = [
            (_("Drawn"), stake.drawn, ""),
            (_("Undrawn"), stake.undrawn, ""),
            (_("Pending approval"), stake.pending, ""),
        ]
        if stake.limit is not None and stake.limit.use.headroom is not None:
            tone = terms.limit_state(stake.limit.state.value)[0]
            loud = tone if tone in ("critical", "warning") else ""
            rows.append((_("Headroom to limit"), stake.limit.use.headroom, loud))
        self.parts.rows.load(
            {
                "what": [name for name, _amount, _tone in rows],
                "amount": [float(amount / _MILLION) for _name, amount, _tone in rows],
                "tone": [tone for _name, _amount, tone in rows],
            }
        )
        self.largest.rows.load(
            {
                "who": [name for name, _amount in stake.largest],
                "amount": [float(amount / _MILLION) for _name, amount in stake.largest],
            }
        )
        self.largest.setVisible(bool(stake.largest))
        self.add_note(_("Guarantor basis, book of {day}").format(day=formats.day(stake.reporting_date)))

    @Slot()
    def _open(self) -> None:
        self.all_wanted.emit(self._stake.country if self._stake else None)


class AcknowledgeCard(Card):
    """`acknowledged(reason, until or None)` when the officer takes note of the alert shown."""

    acknowledged = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._alert: Alert | None = None
        self._today = date(1970, 1, 1)
        self._word, self._required = label("label"), label("caption")
        self.reason = Reason()
        self._until_word = label("label")
        self.until = QComboBox()
        self.button = QPushButton()
        self.button.setProperty("k", "primary")
        self._why = label("caption")
        self._why.setWordWrap(True)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._stands = label("small")
        self._stands.setWordWrap(True)
        self._stands.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._word, 0, 0)
        grid.addWidget(self._required, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.reason, 1, 0, 1, 2)
        grid.addWidget(self._until_word, 2, 0)
        grid.addWidget(self.until, 2, 1)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(self._stands)
        self.body.addLayout(grid)
        self.body.addWidget(self.button)
        self.body.addWidget(self._why)
        self.reason.textChanged.connect(self._offer)
        self.reason.done.connect(self.press)
        self.button.clicked.connect(self.press)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What do you do?"))
        self._word.setText(_("Reason"))
        self._required.setText(_("Required"))
        self.reason.setAccessibleName(_("Reason"))
        self._until_word.setText(_("Until"))
        self.until.setAccessibleName(_("Until"))
        self.button.setText(_("Acknowledge"))
        self._fill_until()
        self._offer()

    def show_alert(self, detail: Detail | None, today: date) -> None:
        """Show what can be done about an alert; None: none is chosen."""
        alert = None if detail is None else detail.alert
        if alert is None or self._alert is None or alert.id != self._alert.id:
            self.reason.clear()
        self._alert, self._today = alert, today
        self._fill_until()
        self._offer()

    def _fill_until(self) -> None:
        chosen = max(0, self.until.currentIndex())
        self.until.clear()
        self.until.addItem(_("It is over or worsens"), None)
        for days in (1, 7, 30):
            day = self._today + timedelta(days=days)
            self.until.addItem(formats.day(day), day)
        self.until.setCurrentIndex(chosen)

    def _offer(self) -> None:
        alert = self._alert
        note = alert.acknowledgement if alert is not None else None
        self._stands.setVisible(note is not None)
        if note is not None:
            words = {
                None: _("{who} took note on {when}: {reason}"),
                "raised": _("{who} took note on {when}, before it worsened: {reason}"),
                "expired": _("{who} took note on {when}; the time is over: {reason}"),
            }
            text = words.get(note.dropped, words[None])
            self._stands.setText(text.format(who=note.who, when=formats.moment(note.at), reason=note.reason))
        can = alert is not None and alert.fires
        for part in (self.reason, self.until):
            part.setEnabled(can)
        self.button.setEnabled(can and bool(self.reason.toPlainText().strip()))
        if alert is None:
            self._why.setText(_("Choose an alert on the left."))
        elif not can:
            self._why.setText(_("Only a firing alert is acknowledged."))
        elif not self.button.isEnabled():
            self._why.setText(_("Say why you take note of it; the reason is kept."))
        else:
            self._why.setText(_("It comes back at once if it worsens."))

    @Slot()
    def press(self) -> None:
        """Take note, where it can be taken; otherwise ask for the reason."""
        if self.button.isEnabled():
            self.acknowledged.emit(self.reason.toPlainText().strip(), self.until.currentData())
        elif self.reason.isEnabled():
            self.reason.setFocus()
