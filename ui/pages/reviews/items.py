"""The middle: one list's items, the most pressing first."""

from datetime import date

import numpy as np
from PySide6.QtCore import Signal, Slot

from app.i18n import gettext as _
from app.wording import formats
from app.wording import reviews as words
from app.wording.sentences import sentence
from exposures.reviews.item import SETTLED, Priority, ReviewItem, Status
from exposures.reviews.made import MadeList
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.filter_box import FilterBox
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.choice import Segments

_MILLION = 1_000_000
PRIORITY_MARKS = {
    Priority.HIGH: "critical",
    Priority.MEDIUM: "warning",
    Priority.LOW: "watch",
    Priority.MINOR: "ok",
}
STATUS_MARKS = {
    Status.PROPOSED: "todo",
    Status.WITH_CHECKER: "pending",
    Status.RETURNED: "warning",
    Status.IN_WORK: "now",
    Status.DONE: "done",
    Status.CLOSED: "done",
    Status.REJECTED: "nodata",
    Status.RELEASE_PROPOSED: "watch",
}


def status_of(item: ReviewItem, today: date) -> tuple[str, str]:
    """The mark and word of where an item stands; an open one past its date is overdue."""
    if item.overdue(today):
        return "critical", words.status("overdue")
    return STATUS_MARKS[item.status], words.status(item.status.value)


class ItemsCard(Card):
    """`chosen(item id or None)`; `make_wanted` where no list was ever made."""

    chosen = Signal(object)
    make_wanted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._made: MadeList | None = None
        self._today = date(1970, 1, 1)
        self._user = ""
        self.part = Segments(["open", "mine", "all"], "open")
        self.part.chosen.connect(self._filter)
        self.table = TableView(
            (
                Column("subject", lambda: _("Counterparty"), Kind.TWO_LINE, detail="why", note="whole", stretch=1,
                       width=130, priority=1),
                Column("risk", lambda: _("Risk"), Kind.SEVERITY, detail="risk_word", priority=0),
                Column("amount", self._amount_head, Kind.NUMBER, strong=True, priority=0),
                Column("action", lambda: _("Action"), priority=4),
                Column("owner", lambda: _("Owner"), tone="owner_tone", priority=3),
                Column("due", lambda: _("Due"), Kind.DATE, short_date=True, tone="due_tone", priority=2),
                Column("status", lambda: _("Status"), Kind.SEVERITY, detail="status_word", priority=1),
            ),
            title="",
            row="two_line",
            name="reviews.items",
            state=state,
        )  # fmt: skip
        self.filter = FilterBox(self.table)
        self.filter.setFixedWidth(110)
        self.corner.addWidget(self.filter)
        self.corner.addWidget(self.part)
        self.body.addWidget(self.table, 1)
        self.table.selected.connect(self.chosen)

    def _amount_head(self) -> str:
        making = self._made.making if self._made else None
        return _("{currency} m").format(currency=making.currency if making else "USD")

    def retranslate(self) -> None:
        """Set every text anew."""
        self.table.setAccessibleName(_("Items, the most pressing first"))
        if self._made is not None:
            self.show_list(self._made, self._today, self._user)
        else:
            self.ask(_("What is to be done?"))
            self._words(())

    def _words(self, items: tuple[ReviewItem, ...]) -> None:
        standing = sum(item.status not in SETTLED for item in items)
        mine = sum(item.owner == self._user and item.status not in SETTLED for item in items)
        self.part.fill(
            [
                _("Open {count}").format(count=standing),
                _("Mine {count}").format(count=mine),
                _("All {count}").format(count=len(items)),
            ]
        )

    def show_list(self, made: MadeList, today: date, user: str) -> None:
        """Show one list; the chosen item stays chosen."""
        self._made, self._today, self._user = made, today, user
        self.ask(words.list_question(made.id))
        items = sorted(made.items, key=lambda item: (item.status in SETTLED, item.proposal.rank))
        self._items = items
        self._words(tuple(items))
        if made.making is None:
            self.show_empty(
                "reviews",
                _("No list was made yet"),
                _("Make the lists from the book, its limits and the alerts."),
                (_("Make the lists"), self.make_wanted.emit),
            )
            self.chosen.emit(None)
            return
        self.show_content()
        self.say(sentence(made.finding))
        kept = self.table.current
        whys = ["; ".join(words.reason(reason) for reason in item.proposal.reasons) for item in items]
        states = [status_of(item, today) for item in items]
        self.table.rows.load(
            {
                "subject": [item.proposal.name for item in items],
                "why": whys,
                "whole": [f"{item.proposal.name}\n{why}" for item, why in zip(items, whys, strict=True)],
                "risk": [PRIORITY_MARKS[item.proposal.priority] for item in items],
                "risk_word": [words.priority(item.proposal.priority.value) for item in items],
                "amount": [float(item.proposal.amounts.immediate / _MILLION) for item in items],
                "action": [
                    words.action((item.decision.action if item.decision else item.proposal.action).value)
                    for item in items
                ],
                "owner": [words.owner(item.owner) for item in items],
                "owner_tone": ["" if item.owner else "nodata" for item in items],
                "due": [item.due for item in items],
                "due_tone": ["critical" if item.overdue(today) else "" for item in items],
                "status": [state for state, _word in states],
                "status_word": [word for _state, word in states],
            },
            keys=[item.id for item in items],
        )
        self.table.context = _("Book of {day}").format(day=formats.day(made.making.reporting_date))
        self.add_note(
            _("Highest risk first. Made on {when} from the book of {day}.").format(
                when=formats.moment(made.making.at), day=formats.day(made.making.reporting_date)
            )
        )
        self._filter(self.part.current)
        if kept is None or not self.table.select(kept):
            first = self.table.key(0)
            if first is None or not self.table.select(first):
                self.chosen.emit(None)

    @Slot(str)
    def _filter(self, part: str) -> None:
        if self._made is None:
            return
        wanted = [
            part == "all" or (item.status not in SETTLED and (part == "open" or item.owner == self._user))
            for item in self._items
        ]
        self.table.rows.filter_rows(np.array(wanted, bool))
