"""The right-hand side, below: what is decided about an item, by whom and until when."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy

from app.i18n import gettext as _
from app.wording import formats
from app.wording import reviews as words
from exposures.reviews.item import ACTIONS, SETTLED, Action, ReviewItem
from exposures.reviews.made import Making
from ui.widgets.card import Card
from ui.widgets.datefield import DateField
from ui.widgets.text import label

_MILLION = Decimal(1_000_000)
#: How far ahead a due date can be set.
_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Given:
    """What the officer set: owner and due date, and the decision drafted (action None: none)."""

    owner: str | None
    due: date | None
    action: Action | None
    target: Decimal | None
    comment: str


class DecisionCard(Card):
    """What do we do? `saved(item id, Given)` when the officer wants it kept; `left` goes back to the items."""

    saved = Signal(str, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._item: ReviewItem | None = None
        self._making: Making | None = None
        self._before: Given | None = None
        self._words = [label("label") for _place in range(5)]
        self.action, self.owner = QComboBox(), QComboBox()
        self.owner.setEditable(True)
        self.owner.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.target, self.comment, self.due = QLineEdit(), QLineEdit(), DateField()
        self.target.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._unit = label("small")
        self.save = QPushButton()
        self.save.setProperty("k", "primary")
        self._why = label("caption")
        self._why.setWordWrap(True)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.body.addLayout(self._form())
        self.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._why, 1)
        foot.addWidget(self.save)
        self.body.addLayout(foot)
        for signal in (self.action.currentIndexChanged, self.target.textChanged, self.comment.textChanged):
            signal.connect(self._offer)
        self.owner.editTextChanged.connect(self._offer)
        self.due.picked.connect(self._offer)
        self.save.clicked.connect(self.press)
        for field in (self.target, self.comment):
            field.returnPressed.connect(self.press)

    def _form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        target = QHBoxLayout()
        target.setSpacing(8)
        target.addWidget(self.target, 1)
        target.addWidget(self._unit)
        target.addStretch(1)
        for row, part in enumerate((self.action, target, self.comment, self.owner, self.due)):
            grid.addWidget(self._words[row], row, 0)
            if isinstance(part, QHBoxLayout):
                grid.addLayout(part, row, 1)
            else:
                grid.addWidget(part, row, 1)
        for box in (self.action, self.owner):
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        grid.setColumnStretch(1, 1)
        return grid

    # ------------------------------------------------------------------ showing

    def retranslate(self) -> None:
        """Set every text anew; what the officer has typed stays."""
        self.ask(_("What do we do?"))
        texts = (_("Action"), _("Reduce by"), _("Reason"), _("Owner"), _("Due"))
        fields = (self.action, self.target, self.comment, self.owner, self.due)
        for word, field, text in zip(self._words, fields, texts, strict=True):
            word.setText(text)
            field.setAccessibleName(text)
        self.save.setText(_("Save draft"))
        self.due.retranslate()
        if self._item is not None:
            self._fill_actions(self._action())
            self._say()
        self._offer()

    def show_nothing(self) -> None:
        """No item is chosen."""
        self._item = self._before = None
        self.setVisible(False)

    def show_item(self, item: ReviewItem, making: Making, today: date, owners: tuple[str, ...]) -> None:
        """Show one item; what was typed stays while nothing of the item itself has changed."""
        self.setVisible(True)
        before, self._item, self._making = self._item, item, making
        self._say()
        if before is not None and _state(before) == _state(item):
            return
        decision = item.decision
        self._fill_actions(decision.action if decision else None)
        target = decision.target if decision else None
        self.target.setText("" if target is None else format((target / _MILLION).normalize(), "f"))
        proposed = item.proposal.amount
        self.target.setPlaceholderText("" if proposed is None else formats.number(proposed / _MILLION, 1))
        self._unit.setText(_("{currency} m").format(currency=formats.currency(making.currency)))
        self.comment.setText(decision.comment if decision else "")
        self.owner.clear()
        self.owner.addItems(list(owners))
        self.owner.setCurrentText(item.owner or "")
        if (typed := self.owner.lineEdit()) is not None:
            typed.setPlaceholderText(words.owner(None))
        self.due.allow(_days(today, item.due))
        self.due.choose(item.due)
        self._before = self.given()
        self._offer()

    def _say(self) -> None:
        """What is proposed, or what was drafted, as a sentence."""
        item, making = self._item, self._making
        if item is None or making is None:
            return
        proposal, decision = item.proposal, item.decision
        amount = decision.target if decision else proposal.amount
        values = {
            "action": words.short_action((decision.action if decision else proposal.action).value),
            "amount": words.amount(amount, making.currency),
            "who": decision.maker if decision else "",
            "proposed_class": words.figure(proposal.proposed_class, "class", making.currency),
        }
        if decision is not None:
            text = _("{who} drafted: {action}, {amount}.") if amount else _("{who} drafted: {action}.")
        elif proposal.proposed_class is not None:
            text = _("Proposed: {action} to {proposed_class}, {amount}.")
        else:
            text = _("Proposed: {action}, {amount}.") if amount else _("Proposed: {action}.")
        self.say(text.format(**values))

    def _offered(self) -> tuple[Action, ...]:
        """What the item's list can decide, and what was decided whatever the list says now."""
        item = self._item
        if item is None:
            return ()
        listed = ACTIONS[item.proposal.key.list_id]
        drafted = item.decision.action if item.decision is not None else None
        return listed if drafted is None or drafted in listed else (*listed, drafted)

    def _fill_actions(self, chosen: Action | None) -> None:
        self.action.blockSignals(True)
        self.action.clear()
        self.action.addItem(_("No decision yet"), None)
        for action in self._offered():
            self.action.addItem(words.action(action.value), action.value)
        self.action.setCurrentIndex(0 if chosen is None else self.action.findData(chosen.value))
        self.action.blockSignals(False)

    # ------------------------------------------------------------------ what the officer gives

    def given(self) -> Given:
        """What the form says now."""
        owner = self.owner.currentText().strip() or None
        return Given(owner, self.due.day, self._action(), self._target(), self.comment.text().strip())

    def _action(self) -> Action | None:
        code = self.action.currentData()  # Qt hands an enumeration of texts back as a plain text
        return None if code is None else Action(code)

    def _target(self) -> Decimal | None:
        text = self.target.text().replace(",", "").strip()
        try:
            found = Decimal(text) * _MILLION if text else None
        except InvalidOperation:
            return None
        return found if found is None or (found.is_finite() and found >= 0) else None

    def _fault(self) -> str:
        """Why it cannot be saved; empty where it can."""
        item = self._item
        if item is None:
            return ""
        if item.status in SETTLED:
            return _("Settled: nothing more is to be done.")
        given = self.given()
        if self.target.text().strip() and given.target is None:
            return _("The amount is no number: write millions, such as 120.")
        if given.action is None and (given.comment or given.target is not None):
            return _("Choose an action for the amount and the reason.")
        if given.action is Action.KEEP and not given.comment:
            return _("Keep is a decision and needs a reason.")
        if item.decision is not None and given.action is None:
            return _("A drafted decision is changed, not taken away.")
        return _("Nothing is changed yet.") if given == self._before else ""

    @Slot()
    def _offer(self) -> None:
        item = self._item
        open_item = item is not None and item.status not in SETTLED
        for part in (self.action, self.target, self.comment, self.owner, self.due):
            part.setEnabled(open_item)
        fault = self._fault()
        self.save.setEnabled(open_item and not fault)
        self._why.setText(fault or _("A draft; every step is kept."))

    @Slot()
    def press(self) -> None:
        """Save, where there is something to save."""
        if self._item is not None and self.save.isEnabled():
            self.saved.emit(self._item.id, self.given())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the items, Ctrl+Enter saves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            self.press()
        else:
            super().keyPressEvent(event)


def _state(item: ReviewItem) -> tuple[object, ...]:
    """What the form shows of an item."""
    return item.id, item.status, item.owner, item.due, item.decision, item.proposal.amount


def _days(today: date, due: date | None) -> tuple[date, ...]:
    """The working days that can be chosen, and the date that is set now."""
    span = (today + timedelta(days=ahead) for ahead in range(_AHEAD.days))
    days = {day for day in span if day.weekday() < 5}
    return tuple(sorted(days | ({due} if due else set())))
