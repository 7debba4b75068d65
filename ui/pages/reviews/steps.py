"""Beneath the decision: who makes and who checks, what a later book shows, and the step that comes next."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.wording import review_work as words
from exposures.reviews import workflow
from exposures.reviews.item import SETTLED, ReviewItem, Status
from exposures.reviews.workflow import Move
from ui.pages.reviews.way import Standing
from ui.widgets.badge import Mark
from ui.widgets.card import link
from ui.widgets.text import label, restyle


@dataclass(frozen=True, slots=True)
class Next:
    """The step that comes next and the other one, codes; `why` the first cannot be taken now, `needs` a reason."""

    step: str = ""
    other: str = ""
    why: str = ""


class Steps(QWidget):
    """`taken(step)` when the person takes one: send, reject, approve, return, finish."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._item: ReviewItem | None = None
        self._standing = Standing()
        self._currency, self._reason, self._unsaved = "", "", False
        self.next = Next()
        self._head, self._rule = label("strong"), label("caption")
        self._marks = [Mark("todo"), Mark("todo")]
        self._names = [label("small"), label("small")]
        self.shown = label("small")
        for text in (*self._names, self.shown):
            text.setWordWrap(True)
            text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        head = QHBoxLayout()
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self._rule)
        two = QGridLayout()
        two.setHorizontalSpacing(8)
        two.setVerticalSpacing(2)
        two.setColumnStretch(1, 1)
        for row, (mark, name) in enumerate(zip(self._marks, self._names, strict=True)):
            two.addWidget(mark, row, 0)
            two.addWidget(name, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(two)
        column.addWidget(self.shown)
        self.other, self.go = link(), QPushButton()
        self.other.clicked.connect(self._other)
        self.go.clicked.connect(self.press)

    def retranslate(self) -> None:
        """Set every text anew."""
        self._head.setText(_("Two people"))
        self._rule.setText(_("The maker cannot approve."))
        if self._item is not None:
            self.show_item(self._item, self._standing, self._currency)

    def show_item(self, item: ReviewItem, standing: Standing, currency: str) -> None:
        """Show who made and who checks, and offer the next step."""
        self._item, self._standing, self._currency = item, standing, currency
        self._people(item, standing)
        evidence = standing.evidence if item.closing is None else item.closing.achieved
        self.shown.setVisible(evidence is not None)
        if evidence is not None:
            self.shown.setText(words.achieved(evidence, currency))
        self.offer(self._reason, unsaved=self._unsaved)

    def offer(self, reason: str, *, unsaved: bool) -> None:
        """What can be done now, with this reason written and perhaps a draft that is not saved yet."""
        self._reason, self._unsaved = reason, unsaved
        item = self._item
        if item is None:
            return
        self.next = _next(item, self._standing, unsaved=unsaved)
        for button, step in ((self.go, self.next.step), (self.other, self.next.other)):
            button.setVisible(bool(step))
            button.setText(_word(step, item) if step else "")
        blocked = bool(self.next.why)
        self.go.setEnabled(bool(self.next.step) and not blocked)
        barred = bool(
            self._standing.no_check or self._standing.own if item.waits_for_checker else self._standing.no_work
        )
        self.other.setEnabled(bool(self.next.other) and not barred and bool(reason.strip()))
        self.other.setToolTip(_("Needs a reason.") if not reason.strip() else "")
        kind = "primary" if self.go.isEnabled() else ""
        if self.go.property("k") != kind:
            self.go.setProperty("k", kind)
            restyle(self.go)

    def _people(self, item: ReviewItem, standing: Standing) -> None:
        def name(account: str | None) -> str:
            return standing.names.get(account or "", account or "")

        maker = item.maker or (item.decision.maker if item.decision else None)
        if maker is None:
            told, mark = _("Maker: nobody yet"), "todo"
        elif item.maker is None:
            told, mark = _("Maker: {who}, drafting").format(who=name(maker)), "now"
        else:
            told, mark = _("Maker: {who}").format(who=name(maker)), "done"
        self._names[0].setText(told)
        self._marks[0].show_state(mark)
        if item.waits_for_checker and item.asked is not None:
            told, mark = (
                _("Checker: a second person; {question}").format(question=words.question(item.asked.value)),
                "pending",
            )
        elif item.checker is not None:
            told, mark = _("Checker: {who}").format(who=name(item.checker)), "done"
        else:
            told, mark = _("Checker: a second person, after the maker"), "todo"
        self._names[1].setText(told)
        self._marks[1].show_state(mark)

    @Slot()
    def press(self) -> None:
        """Take the next step, where it can be taken."""
        if self.go.isEnabled() and self.next.step:
            self.taken.emit(self.next.step)

    @Slot()
    def _other(self) -> None:
        if self.other.isEnabled() and self.next.other:
            self.taken.emit(self.next.other)


def _next(item: ReviewItem, standing: Standing, *, unsaved: bool) -> Next:
    moves = workflow.moves(item)
    if item.status in SETTLED:
        return Next(why=_("Settled: nothing more is to be done."))
    if item.waits_for_checker:
        why = words.why_not("own") if standing.own else standing.no_check
        return Next("approve", "return", why)
    if item.status is Status.IN_WORK:
        return Next("finish", "", standing.no_work or (_("Save the draft first.") if unsaved else ""))
    if item.status is Status.RELEASE_PROPOSED:
        other = "finish" if Move.FINISH in moves else ""
        return Next("send", other, standing.no_work)
    why = standing.no_work
    if not why and item.decision is None:
        why = _("Draft a decision first.")
    elif not why and unsaved:
        why = _("Save the draft first.")
    return Next("send", "reject", why)


def _word(step: str, item: ReviewItem) -> str:
    return {
        "send": _("Send release") if item.status is Status.RELEASE_PROPOSED else _("Send to checker"),
        "reject": _("Not taken up"),
        "approve": _("Approve closing") if item.status is Status.DONE else _("Approve"),
        "return": _("Send back"),
        "finish": _("Mark done"),
    }[step]
