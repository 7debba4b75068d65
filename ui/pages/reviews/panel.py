"""The right-hand side: why an item is on the list, what the bank has there, and what is decided."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
)

from app.i18n import gettext as _
from app.i18n import language
from app.wording import formats, terms
from app.wording import reviews as words
from exposures.reviews.item import SETTLED, Action, ReviewItem
from exposures.reviews.made import Making
from ui import theme
from ui.pages.reviews.items import status_of
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.text import label, rule

_MILLION = Decimal(1_000_000)
_NEWEST = 3


@dataclass(frozen=True, slots=True)
class Given:
    """What the officer set: owner and due date, and the decision drafted (action None: none)."""

    owner: str | None
    due: date | None
    action: Action | None
    target: Decimal | None
    comment: str


class ItemPanel(Card):
    """`saved(item id, Given)` when the officer wants it kept; `lines_wanted(country)` opens the exposures."""

    saved = Signal(str, object)
    lines_wanted = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._item: ReviewItem | None = None
        self._making: Making | None = None
        self._today = date(1970, 1, 1)
        self._owners: tuple[str, ...] = ()
        self.name, self.badge, self._where = label("headline"), Badge(), label("small")
        self.name.setWordWrap(True)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        self._titles = [label("strong") for _place in range(4)]
        self.lines = QPushButton()
        self.lines.setProperty("k", "link")
        self.lines.clicked.connect(self._open_lines)
        self.reasons = TableView(
            (
                Column("reason", lambda: _("Reason"), stretch=1, width=150, note="whole", priority=1),
                Column("value", lambda: _("Value"), strong=True, priority=0),
                Column("threshold", lambda: _("Line"), priority=2),
                Column("day", lambda: _("Date"), Kind.DATE, short_date=True, quiet=True, priority=3),
            ),
            title="", row="dense", selectable=False, name="reviews.reasons", state=state,
        )  # fmt: skip
        self.have = TableView(
            (
                Column("drawn", lambda: _("Drawn"), Kind.NUMBER, stretch=1, decimals=1, priority=0),
                Column("undrawn", lambda: _("Undrawn"), Kind.NUMBER, stretch=1, decimals=1, priority=0),
                Column("soon", lambda: _("In 30 days"), Kind.NUMBER, stretch=1, decimals=1, priority=1),
                Column("cover", lambda: _("Cover"), Kind.NUMBER, stretch=1, decimals=1, priority=2),
            ),
            title="", row="dense", whole=True, selectable=False, name="reviews.have", state=state,
        )  # fmt: skip
        self.history = TableView(
            (
                Column("when", lambda: _("When"), quiet=True, priority=0),
                Column("what", lambda: _("What"), stretch=1, width=90, note="what", priority=1),
            ),
            title="", row="dense", whole=True, selectable=False, name="reviews.history", state=state,
        )  # fmt: skip
        self.history.horizontalHeader().hide()
        why = QHBoxLayout()
        why.addWidget(self._titles[0], 1)
        why.addWidget(self.lines)
        self.body.addLayout(head)
        self.body.addWidget(self._where)
        self.body.addWidget(rule())
        self.body.addLayout(why)
        self.body.addWidget(self.reasons, 1)
        self.body.addWidget(self._titles[1])
        self.body.addWidget(self.have)
        self.body.addWidget(self._titles[2])
        self.body.addLayout(self._form())
        self.body.addWidget(self._titles[3])
        self.body.addWidget(self.history)
        foot = QHBoxLayout()
        self._why = label("caption")
        self._why.setWordWrap(True)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        foot.addWidget(self._why, 1)
        foot.addWidget(self.save)
        self.body.addLayout(foot)

    def _form(self) -> QGridLayout:
        self._words = [label("label") for _place in range(5)]
        self.action, self.owner = QComboBox(), QComboBox()
        self.owner.setEditable(True)
        self.owner.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.target, self.comment = QLineEdit(), QLineEdit()
        self.target.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.target.setMaximumWidth(110)
        self._unit = label("small")
        self.due, self.dated = QDateEdit(), QCheckBox()
        self.due.setCalendarPopup(True)
        self.save = QPushButton()
        self.save.setProperty("k", "primary")
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        target, due = QHBoxLayout(), QHBoxLayout()
        target.setSpacing(8)
        target.addWidget(self.target)
        target.addWidget(self._unit, 1)
        due.addWidget(self.dated)
        due.addWidget(self.due, 1)
        for row, part in enumerate((self.action, target, self.comment, self.owner, due)):
            grid.addWidget(self._words[row], row, 0)
            if isinstance(part, QHBoxLayout):
                grid.addLayout(part, row, 1)
            else:
                grid.addWidget(part, row, 1)
        grid.setColumnStretch(1, 1)
        for signal in (self.action.currentIndexChanged, self.target.textChanged, self.comment.textChanged):
            signal.connect(self._offer)
        self.dated.toggled.connect(self.due.setEnabled)
        self.save.clicked.connect(self._save)
        return grid

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What is decided?"))
        self._titles[0].setText(_("Why it is here"))
        self._titles[2].setText(_("What we do"))
        self._titles[3].setText(_("History"))
        self.lines.setText(_("Open lines"))
        for word, text in zip(self._words, (_("Action"), _("Target"), _("Reason"), _("Owner"), _("Due")), strict=True):
            word.setText(text)
        for part, text in (
            (self.action, _("Action")),
            (self.target, _("Target")),
            (self.comment, _("Reason")),
            (self.owner, _("Owner")),
            (self.due, _("Due")),
            (self.dated, _("Has a due date")),
        ):
            part.setAccessibleName(text)
        self.due.setDisplayFormat("yyyy年M月d日" if language() == "zh_CN" else "d MMM yyyy")
        self.save.setText(_("Save draft"))
        for table, text in ((self.reasons, _("Reasons")), (self.have, _("Amounts")), (self.history, _("History"))):
            table.setAccessibleName(text)
        if self._item is not None:
            self.show_item(self._item, self._making, self._today, self._owners)

    def show_nothing(self) -> None:
        """No item is chosen."""
        self._item = None
        self.show_empty("reviews", _("No item is chosen"), _("Choose one to see why it is on the list."))

    def show_item(self, item: ReviewItem, making: Making | None, today: date, owners: tuple[str, ...]) -> None:
        """Show one item; what the officer has typed for it is given up."""
        self._item, self._making, self._today, self._owners = item, making, today, owners
        proposal, currency = item.proposal, making.currency if making else "USD"
        self.show_content()
        self.name.setText(proposal.name)
        self.badge.show_state(*status_of(item, today))
        parts = [item.id, terms.country(proposal.key.country), *proposal.booking_entities]
        self._where.setText(", ".join(parts))
        self.reasons.rows.load(
            {
                "reason": [words.reason(reason) for reason in proposal.reasons],
                "value": [words.figure(reason.value, reason.unit, currency) for reason in proposal.reasons],
                "threshold": [words.figure(reason.threshold, reason.unit, currency) for reason in proposal.reasons],
                "day": [reason.date for reason in proposal.reasons],
                "whole": [words.reason(reason) for reason in proposal.reasons],
            }
        )
        day = formats.day(making.reporting_date) if making else ""
        self._titles[1].setText(_("What we have, {currency} m, book of {day}").format(currency=currency, day=day))
        amounts = proposal.amounts
        self.have.rows.load(
            {
                "drawn": [float(amounts.drawn / _MILLION)],
                "undrawn": [float(amounts.undrawn / _MILLION)],
                "soon": [float(amounts.due_30 / _MILLION)],
                "cover": [None if amounts.cover is None else float(amounts.cover / _MILLION)],
            }
        )
        self._fill_form(item, currency)
        compact = theme.current().compact  # where height is short, what is past gives way to what is to be done
        self.history.setVisible(not compact)
        self._titles[3].setVisible(not compact)
        newest = list(reversed(item.history))[:_NEWEST]
        self.history.rows.load(
            {
                "when": [formats.moment(entry.at) for entry in newest],
                "what": [
                    _("{who}: {what}").format(who=entry.who, what=words.event(entry.event, entry.values))
                    for entry in newest
                ],
            }
        )

    def _fill_form(self, item: ReviewItem, currency: str) -> None:
        decision = item.decision
        self.action.blockSignals(True)
        self.action.clear()
        self.action.addItem(_("Proposed: {action}").format(action=words.action(item.proposal.action.value)), None)
        for action in Action:
            self.action.addItem(words.action(action.value), action.value)
        self.action.setCurrentIndex(max(0, self.action.findData(decision.action.value)) if decision else 0)
        self.action.blockSignals(False)
        target = decision.target if decision else None
        self.target.setText("" if target is None else format((target / _MILLION).normalize(), "f"))
        self._unit.setText(_("{currency} m").format(currency=currency))
        self.comment.setText(decision.comment if decision else "")
        self.owner.clear()
        self.owner.addItems(list(self._owners))
        self.owner.setCurrentText(item.owner or "")
        self.owner.lineEdit().setPlaceholderText(words.owner(None))
        self.dated.setChecked(item.due is not None)
        due = item.due or self._today
        self.due.setDate(QDate(due.year, due.month, due.day))
        self.due.setEnabled(item.due is not None)
        self._offer()

    def given(self) -> Given:
        """What the form says now."""
        day = self.due.date()
        return Given(
            self.owner.currentText().strip() or None,
            date(day.year(), day.month(), day.day()) if self.dated.isChecked() else None,
            self._action(),
            self._target(),
            self.comment.text().strip(),
        )

    def _action(self) -> Action | None:
        code = self.action.currentData()
        return None if code is None else Action(code)

    def _target(self) -> Decimal | None:
        text = self.target.text().replace(",", "").strip()
        try:
            found = Decimal(text) * _MILLION if text else None
        except InvalidOperation:
            return None
        return found if found is None or (found.is_finite() and found >= 0) else None

    @Slot()
    def _offer(self) -> None:
        item = self._item
        settled = item is None or item.status in SETTLED
        for part in (self.action, self.target, self.comment, self.owner, self.dated):
            part.setEnabled(not settled)
        self.due.setEnabled(not settled and self.dated.isChecked())
        bad = bool(self.target.text().strip()) and self._target() is None
        lacking = self._action() is Action.KEEP and not self.comment.text().strip()
        self.save.setEnabled(not settled and not bad and not lacking)
        if settled:
            self._why.setText(_("Settled: nothing more is to be done.") if item is not None else "")
        elif bad:
            self._why.setText(_("The target is no amount: write millions, such as 120."))
        elif lacking:
            self._why.setText(_("Keeping it as it is needs a reason."))
        else:
            self._why.setText(_("A draft; every step is kept."))

    @Slot()
    def _save(self) -> None:
        if self._item is not None:
            self.saved.emit(self._item.id, self.given())

    @Slot()
    def _open_lines(self) -> None:
        if self._item is not None:
            self.lines_wanted.emit(self._item.proposal.key.country)
