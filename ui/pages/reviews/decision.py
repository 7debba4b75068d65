"""The right-hand side, below: what is decided about an item, by whom and until when."""

from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy

from app.i18n import gettext as _
from app.storage.persons import person_id
from app.wording import formats
from app.wording import reviews as words
from exposures.reviews.item import ACTIONS, SETTLED, Action, ReviewItem
from exposures.reviews.made import Making
from ui.pages.reviews.given import Given, days, drafting, state
from ui.pages.reviews.steps import Steps
from ui.pages.reviews.way import Standing
from ui.widgets.card import Card
from ui.widgets.datefield import DateField
from ui.widgets.text import label, restyle

_MILLION = Decimal(1_000_000)


class DecisionCard(Card):
    """What do we do? `saved(item id, Given)` when the officer wants it kept; `left` goes back to the items.

    `taken(item id, step, reason)` when somebody takes the step that comes next.
    """

    saved = Signal(str, object)
    taken = Signal(str, str, str)
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
        self.save, self.steps = QPushButton(), Steps()
        self._standing = Standing()
        self._why = label("caption")
        self._why.setWordWrap(True)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.body.addLayout(self._form())
        self.body.addWidget(self.steps)
        self.body.addStretch(1)
        beside = QHBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self._why, 1)
        beside.addWidget(self.steps.other, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(beside)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.save)
        foot.addStretch(1)
        foot.addWidget(self.steps.go)
        self.body.addLayout(foot)
        self.steps.taken.connect(self._take)
        for signal in (self.action.currentIndexChanged, self.target.textChanged, self.comment.textChanged):
            signal.connect(self._offer)
        self.owner.editTextChanged.connect(self._offer)
        self.due.picked.connect(self._offer)
        self.save.clicked.connect(self._save)
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
        self.steps.retranslate()
        self.due.retranslate()
        if self._item is not None:
            self._fill_actions(self._action())
            self._say()
        self._offer()

    def show_nothing(self) -> None:
        """No item is chosen."""
        self._item = self._before = None
        self.setVisible(False)

    def show_item(
        self,
        item: ReviewItem,
        making: Making,
        today: date,
        owners: tuple[str, ...],
        standing: Standing = Standing(),  # noqa: B008
    ) -> None:
        """Show one item; what was typed stays while nothing of the item itself has changed."""
        self.setVisible(True)
        before, self._item, self._making = self._item, item, making
        self._standing = standing
        self._say()
        self.steps.show_item(item, standing, making.currency)
        if before is not None and state(before) == state(item):
            self._offer()
            return
        decision = item.decision
        self._fill_actions(decision.action if decision else None)
        target = decision.target if decision else None
        self.target.setText("" if target is None else format(round(target / _MILLION, 4).normalize(), "f"))
        proposed = item.proposal.amount
        self.target.setPlaceholderText("" if proposed is None else formats.number(proposed / _MILLION, 1))
        self._unit.setText(_("{currency} m").format(currency=formats.currency(making.currency)))
        # A checker's own words, or how the work was done, begin anew.
        self.comment.setText(decision.comment if decision and drafting(item) else "")
        self.owner.clear()
        self.owner.addItems(list(owners))
        self.owner.setCurrentText(item.owner or "")
        if (typed := self.owner.lineEdit()) is not None:
            typed.setPlaceholderText(words.owner(None))
        self.due.allow(days(today, item.due))
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
            "who": self._standing.names.get(person_id(decision.maker), decision.maker) if decision else "",
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
        if self._standing.no_work:
            return self._standing.no_work
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
        waits = item is not None and item.waits_for_checker
        drafts = open_item and not waits and not self._standing.no_work
        for part in (self.action, self.target, self.owner, self.due):
            part.setEnabled(drafts)
        self.comment.setEnabled(open_item)
        fault = self._fault()
        self.save.setVisible(drafts)
        self.save.setEnabled(drafts and not fault)
        changed = drafts and self.given() != self._before
        # Where the step needs only words, what is written is its reason and no draft.
        drafted = changed and not (item is not None and self._only_words(item))
        self.steps.offer(self._reason(), unsaved=drafted)
        kind = "primary" if self.save.isEnabled() and not self.steps.go.isEnabled() else ""
        if self.save.property("k") != kind:
            self.save.setProperty("k", kind)
            restyle(self.save)
        why = self.steps.next.why
        if changed and fault and drafted:
            why = fault
        elif self.save.isEnabled():
            why = _("A draft; every step is kept.")
        self._why.setText(why)

    def _only_words(self, item: ReviewItem) -> bool:
        """Whether nothing but the reason differs from what is stored."""
        given, before = self.given(), self._before
        return before is not None and replace(given, comment=before.comment) == before and not drafting(item)

    def _reason(self) -> str:
        """What is written for the step; a draft's own reason is none."""
        item, text = self._item, self.comment.text().strip()
        if item is not None and drafting(item) and self._before is not None and text == self._before.comment:
            return ""
        return text

    @Slot(str)
    def _take(self, step: str) -> None:
        if self._item is not None:
            self.taken.emit(self._item.id, step, self._reason())

    @Slot()
    def _save(self) -> None:
        if self._item is not None and self.save.isEnabled():
            self.saved.emit(self._item.id, self.given())

    @Slot()
    def press(self) -> None:
        """Save, where there is something to save; else take the next step."""
        if self._item is not None and self.save.isEnabled():
            self.saved.emit(self._item.id, self.given())
        elif self._item is not None:
            self.steps.press()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the items, Ctrl+Enter saves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            self.press()
        else:
            super().keyPressEvent(event)
