"""The right-hand side: the money behind an alert, and what the officer does about it."""

from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy

from alerts.alert import Alert
from app.i18n import gettext as _
from app.i18n import pgettext
from app.storage.answers import Acted, Outcome
from app.wording import answers, formats, terms
from ui.pages.alerts.seen import Detail, Stake
from ui.pages.booked import of_batch
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.reason import Reason
from ui.widgets.text import label


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
        self._figure.setText(
            formats.number(stake.amount / formats.MILLION, 0 if abs(stake.amount) >= 10 * formats.MILLION else 1)
        )
        self._unit.setText(_("{currency} m, {where}").format(currency=formats.currency(stake.currency), where=where))
        rows = [
            (_("Drawn"), stake.drawn, ""),
            (_("Undrawn"), stake.undrawn, ""),
            (_("Pending approval"), stake.pending, ""),
            (_("Due in 30 days"), stake.due, ""),
            (_("Immediate basis"), stake.immediate, ""),
        ]
        if stake.limit is not None and stake.limit.use.headroom is not None:
            tone = terms.limit_state(stake.limit.state.value)[0]
            loud = tone if tone in ("critical", "warning") else ""
            rows.append((_("Headroom to limit"), stake.limit.use.headroom, loud))
        self.parts.rows.load(
            {
                "what": [name for name, _amount, _tone in rows],
                "amount": [float(amount / formats.MILLION) for _name, amount, _tone in rows],
                "tone": [tone for _name, _amount, tone in rows],
            }
        )
        self.largest.rows.load(
            {
                "who": [name for name, _amount in stake.largest],
                "amount": [float(amount / formats.MILLION) for _name, amount in stake.largest],
            }
        )
        self.largest.setVisible(bool(stake.largest))
        self.add_note(_("Guarantor basis, book of {day}").format(day=formats.day(stake.reporting_date)))
        for table in (self.parts, self.largest):
            tell(table, of_batch(stake.batch, stake.currency, beside=_("limits in force")))
        tell(self._figure, of_batch(stake.batch, stake.currency))

    @Slot()
    def _open(self) -> None:
        self.all_wanted.emit(self._stake.country if self._stake else None)


class AcknowledgeCard(Card):
    """What the officer does: `acknowledged(reason, until or None, owner)`, `silenced(comment, until)`; of an alert that
    is over `closed(outcome, comment)`.
    """

    acknowledged = Signal(str, object, str)
    silenced = Signal(str, object)
    closed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._alert: Alert | None = None
        self._detail: Detail | None = None
        self._today = date(1970, 1, 1)
        self._word, self._required = label("label"), label("caption")
        self.reason = Reason()
        self._until_word = label("label")
        self.until = QComboBox()
        self.button = QPushButton()
        self.button.setProperty("k", "primary")
        self.silence = QPushButton()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.button, 1)
        buttons.addWidget(self.silence, 1)
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
        self._owner_word, self.owner = label("label"), QComboBox()
        grid.addWidget(self._owner_word, 3, 0)
        grid.addWidget(self.owner, 3, 1)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(self._stands)
        self.body.addLayout(grid)
        self.body.addLayout(buttons)
        self.body.addWidget(self._why)
        self.reason.textChanged.connect(self._offer)
        self.reason.done.connect(self.press)
        self.button.clicked.connect(self.press)
        self.silence.clicked.connect(self.press_silence)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What do you do?"))
        self._word.setText(_("Reason"))
        self._required.setText(_("Required"))
        self.reason.setAccessibleName(_("Reason"))
        self._owner_word.setText(pgettext("alert", "Owner"))
        self.owner.setAccessibleName(self._owner_word.text())
        self.silence.setText(_("Silence"))
        self.silence.setToolTip(_("Tell nobody of this rule and country until then; what they do goes on (S)"))
        self._fill_until()
        self._offer()

    def show_alert(self, detail: Detail | None, today: date) -> None:
        """Show what can be done about an alert; None: none is chosen."""
        alert = None if detail is None else detail.alert
        if alert is None or self._alert is None or alert.id != self._alert.id:
            self.reason.clear()
        self._alert, self._detail, self._today = alert, detail, today
        self.owner.clear()
        self.owner.addItems(detail.owners if detail is not None else ())
        self._fill_until()
        self._offer()

    def _fill_until(self) -> None:
        chosen = max(0, self.until.currentIndex())
        self.until.clear()
        over = self._over
        self._until_word.setText(_("It turned out") if over else _("Until"))
        self.until.setAccessibleName(self._until_word.text())
        self.button.setText(_("Keep") if over else _("Acknowledge"))
        for part in (self.silence, self._owner_word, self.owner):
            part.setVisible(not over)
        if over:
            for one in Outcome:
                self.until.addItem(answers.outcome(one.value), one.value)
            self.until.setCurrentIndex(min(chosen, len(Outcome) - 1))
            return
        self.until.addItem(_("It is over or worsens"), None)
        for days in (1, 7, 30):
            day = self._today + timedelta(days=days)
            self.until.addItem(formats.day(day), day)
        self.until.setCurrentIndex(chosen)

    @property
    def _over(self) -> bool:
        return self._alert is not None and not self._alert.open

    def _offer(self) -> None:
        if self._over:
            self._offer_outcome()
            return
        alert = self._alert
        note = alert.acknowledgement if alert is not None else None
        self._stands.setVisible(note is not None)
        if note is not None:
            words = {
                None: _("{who} took note on {when}: {reason}"),
                "raised": _("{who} took note on {when}, before it worsened: {reason}"),
                "expired": _("{who} took note on {when}; the time is over: {reason}"),
                "beyond": _("{who} took note on {when}, of a lesser value: {reason}"),
            }
            text = words.get(note.dropped, words[None])
            self._stands.setText(text.format(who=note.who, when=formats.moment(note.at), reason=note.reason))
        silence = None if self._detail is None else self._detail.silence
        if silence is not None:
            self._stands.setVisible(True)
            self._stands.setText(answers.silence(silence))
        can = alert is not None and alert.fires
        for part in (self.reason, self.until, self.owner):
            part.setEnabled(can)
        self.button.setEnabled(can and bool(self.reason.toPlainText().strip()))
        self.silence.setEnabled(self.button.isEnabled() and silence is None)
        if alert is None:
            self._why.setText(_("Choose an alert on the left."))
        elif not can:
            self._why.setText(_("Only a firing alert is acknowledged."))
        elif not self.button.isEnabled():
            self._why.setText(_("Say why you take note of it; the reason is kept."))
        else:
            self._why.setText(_("It comes back at once if it worsens."))

    def _offer_outcome(self) -> None:
        """An alert that is over: how it turned out, which back-tests count; the comment is free."""
        said = [one for one in (self._detail.actions if self._detail else ()) if one.kind is Acted.OUTCOME]
        self._stands.setVisible(bool(said))
        if said:
            text = _("{who} said on {when}: {outcome}")
            last = said[-1]
            self._stands.setText(
                text.format(who=last.who, when=formats.moment(last.at), outcome=answers.outcome(last.value))
            )
        for part in (self.reason, self.until, self.button):
            part.setEnabled(True)
        self._why.setText(_("Back-tests of the rule count it."))

    @Slot()
    def press_silence(self) -> None:
        """Silence, where there is something to; otherwise ask for the reason. Without a date for a week."""
        if self.silence.isEnabled() and not self._over:
            until = self.until.currentData() or self._today + timedelta(days=7)
            self.silenced.emit(self.reason.toPlainText().strip(), until)
        elif self.reason.isEnabled():
            self.reason.setFocus()

    @Slot()
    def press(self) -> None:
        """Take note, where it can be taken; otherwise ask for the reason."""
        if self._over:
            self.closed.emit(self.until.currentData(), self.reason.toPlainText().strip())
        elif self.button.isEnabled():
            self.acknowledged.emit(
                self.reason.toPlainText().strip(), self.until.currentData(), self.owner.currentText()
            )
        elif self.reason.isEnabled():
            self.reason.setFocus()
