"""The middle: one list's items, the most pressing first."""

from datetime import date

import numpy as np
from PySide6.QtCore import Signal, Slot

from app.i18n import gettext as _
from app.wording import formats, terms
from app.wording import reviews as words
from app.wording.sentences import sentence
from exposures.reviews.item import SETTLED, Priority, ReviewItem, Status
from exposures.reviews.made import MadeList
from ui.pages.reviews.marks import PRIORITY_MARKS, status_of
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.filter_box import FilterBox
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.choice import Segments

_MILLION = 1_000_000
_RANK = {priority: rank for rank, priority in enumerate(Priority)}


def place(item: ReviewItem) -> tuple[int, bool, int, date, int, str]:
    """Open before release before settled; nobody's first, then the gravest, then the first due, then by rank."""
    group = 2 if item.status in SETTLED else int(item.status is Status.RELEASE_PROPOSED)
    proposal = item.proposal
    due = item.due or date.max
    return group, item.owner is not None, _RANK[proposal.priority], due, proposal.rank, item.id


class ItemsCard(Card):
    """`chosen(item id or None)`, `opened(item id)`; `make_wanted` and `import_wanted` where there is no list yet."""

    chosen = Signal(object)
    opened = Signal(object)
    make_wanted = Signal()
    import_wanted = Signal()
    alerts_wanted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._made: MadeList | None = None
        self._items: list[ReviewItem] = []
        self._today = date(1970, 1, 1)
        self._user = ""
        self._book = True
        self.part = Segments(["open", "mine", "all"], "open")
        self.part.chosen.connect(self._choose_part)
        self.table = TableView(
            (
                Column("subject", lambda: _("Counterparty"), Kind.TWO_LINE, detail="why", note="whole", stretch=1,
                       width=150, priority=1),
                Column("risk", lambda: _("Risk"), Kind.SEVERITY, detail="risk_word", priority=0),
                Column("amount", self._amount_head, Kind.NUMBER, strong=True, priority=0),
                Column("action", lambda: _("Action, owner"), Kind.TWO_LINE, detail="owner", priority=2),
                Column("due", lambda: _("Due"), Kind.DATE, short_date=True, tone="due_tone", priority=1),
                Column("status", lambda: _("Status"), Kind.SEVERITY, detail="status_word", priority=1),
            ),
            title="",
            row="two_line",
            name="reviews.items",
            state=state,
        )  # fmt: skip
        self.filter = FilterBox(self.table)
        self.filter.setFixedWidth(130)
        self.corner.addWidget(self.filter)
        self.corner.addWidget(self.part)
        self.body.addWidget(self.table, 1)
        self.table.selected.connect(self.chosen)
        self.table.opened.connect(self.opened)

    def _amount_head(self) -> str:
        making = self._made.making if self._made else None
        return _("{currency} m").format(currency=formats.currency(making.currency if making else "USD"))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.table.setAccessibleName(_("Items, the most pressing first"))
        if self._made is not None:
            self.show_list(self._made, self._today, self._user, book=self._book)
        else:
            self.ask(_("What is to be done?"))
            self._words()

    def _words(self) -> None:
        standing = [item for item in self._items if item.status not in SETTLED]
        mine = sum(item.owner == self._user for item in standing)
        self.part.fill(
            [
                _("Open {count}").format(count=len(standing)),
                _("Mine {count}").format(count=mine),
                _("All {count}").format(count=len(self._items)),
            ]
        )

    def show_list(self, made: MadeList, today: date, user: str, *, book: bool) -> None:
        """Show one list; the chosen item stays chosen. `book`: whether there is one to make a list from."""
        self._made, self._today, self._user, self._book = made, today, user, book
        self.ask(words.list_question(made.id))
        self._items = sorted(made.items, key=place)
        self._words()
        some = made.making is not None and bool(made.items)
        self.part.setVisible(some)
        self.filter.setVisible(some)
        if made.making is None or not made.items:
            self._show_none(made)
            self.chosen.emit(None)
            return
        self.show_content()
        self.say(sentence(made.finding))
        kept = self.table.current
        self._load(made.making.currency)
        self.table.context = _("Book of {day}, {currency} m").format(
            day=formats.day(made.making.reporting_date), currency=formats.currency(made.making.currency)
        )
        self.add_note(
            _("Unassigned first, then the highest risk, then the due date. Book {version} of {day}.").format(
                version=made.making.book_version, day=formats.day(made.making.reporting_date)
            )
        )
        self._filter(self.part.current)
        self._choose(kept)

    def _load(self, currency: str) -> None:
        items = self._items
        proposals = [item.proposal for item in items]
        whys = [
            _("{country}: {reason}").format(
                country=terms.country(one.key.country), reason=words.brief(one.reasons[0], currency)
            )
            if one.reasons
            else terms.country(one.key.country)
            for one in proposals
        ]
        states = [status_of(item, self._today) for item in items]
        self.table.rows.load(
            {
                "subject": [one.name for one in proposals],
                "why": whys,
                "whole": [
                    "\n".join([one.name, *(words.reason(reason) for reason in one.reasons)]) for one in proposals
                ],
                "risk": [PRIORITY_MARKS[one.priority] for one in proposals],
                "risk_word": [words.priority(one.priority.value) for one in proposals],
                "amount": [float(one.amounts.immediate / _MILLION) for one in proposals],
                "action": [
                    words.short_action((item.decision.action if item.decision else item.proposal.action).value)
                    for item in items
                ],
                "owner": [words.owner(item.owner) for item in items],
                "due": [item.due for item in items],
                "due_tone": ["critical" if item.overdue(self._today) else "" for item in items],
                "status": [state for state, _word in states],
                "status_word": [word for _state, word in states],
            },
            keys=[item.id for item in items],
        )

    def _show_none(self, made: MadeList) -> None:
        self.add_note("")
        if not self._book:
            self.show_empty(
                "reviews",
                _("No list yet: there is no book"),
                _("Import the book; the lists are made from it, its limits and the alerts."),
                (_("Import a workbook"), self.import_wanted.emit),
            )
        elif made.making is None:
            self.show_empty(
                "reviews",
                _("No list was made yet"),
                _("Make the lists from the book, its limits and the alerts."),
                (_("Make the lists"), self.make_wanted.emit),
            )
        else:
            remedy = _(
                "A country or region is flagged by a firing alert, by 90 % of its limit or by the bank's policy list."
            )
            self.show_empty(
                "reviews",
                _("Nothing is on this list"),
                f"{sentence(made.finding)} {remedy}",
                (_("See the alerts"), self.alerts_wanted.emit),
            )

    def choose(self, item_id: str) -> None:
        """Choose an item, in whatever part it stands."""
        if not self.table.select(item_id):
            self.filter.clear()
            self.part.choose("all")
            self._filter("all")
            self.table.rows.filter_text("")
            self.table.select(item_id)

    def _choose(self, kept: str | None) -> None:
        if kept is None or not self.table.select(kept):
            first = self.table.key(0)
            if first is None or not self.table.select(first):
                self.chosen.emit(None)

    @Slot(str)
    def _choose_part(self, part: str) -> None:
        kept = self.table.current
        self._filter(part)
        self._choose(kept)

    def _filter(self, part: str) -> None:
        wanted = [
            part == "all" or (item.status not in SETTLED and (part == "open" or item.owner == self._user))
            for item in self._items
        ]
        self.table.rows.filter_rows(np.array(wanted, bool))
