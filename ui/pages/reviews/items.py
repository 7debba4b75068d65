"""The middle: one list's items, the most pressing first."""

from datetime import date

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from app.i18n import gettext as _
from app.i18n import pgettext
from app.storage.persons import person_id
from app.wording import formats, terms
from app.wording import reviews as words
from app.wording.sentences import sentence
from exposures.reviews.item import SETTLED, Priority, ReviewItem, Status
from exposures.reviews.made import MadeList
from ui.pages.booked import of_making
from ui.pages.reviews.cuts import cuts
from ui.pages.reviews.marks import PRIORITY_MARKS, status_of
from ui.pages.reviews.sight import Sight
from ui.pages.reviews.views import Sieve
from ui.state import REVIEWS_PART, State
from ui.tables.column import Column, Kind
from ui.tables.filter_box import FilterBox
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.card import Card, link
from ui.widgets.choice import Segments

_RANK = {priority: rank for rank, priority in enumerate(Priority)}


def place(item: ReviewItem) -> tuple[int, bool, int, date, int, str]:
    """Open before release before settled; nobody's first, then the gravest, then the first due, then by rank.

    What comes down is ordered by what is left of it, which its rank says.
    """
    group = 2 if item.status in SETTLED else int(item.status is Status.RELEASE_PROPOSED)
    proposal = item.proposal
    due = item.due or date.max
    if proposal.reduction is not None:
        return group, item.owner is not None, 0, date.max, proposal.rank, item.id
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
        self.names: frozenset[str] = frozenset()
        self._book = True
        self._state = state
        self.change = link()
        self.part = Segments(["open", "mine", "all"], state.get(REVIEWS_PART))
        self.part.chosen.connect(self._choose_part)
        self.table = TableView(
            self._columns("L1"),
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
        foot = QHBoxLayout()
        self.sight = Sight(self.table, self.filter, self.part, state, self)
        self.sight.changed.connect(self._sift)
        foot.addWidget(self.sight)
        foot.addStretch(1)
        foot.addWidget(self.sight.criteria)
        foot.addWidget(self.change)
        self.body.addLayout(foot)
        self.table.selected.connect(self.chosen)
        self.table.opened.connect(self.opened)

    def _columns(self, list_id: str) -> tuple[Column, ...]:
        """What is shown of an item: what it is about, its figures, and where it stands."""
        status = Column("status", lambda: _("Status"), Kind.SEVERITY, detail="status_word", priority=1)
        risk = Column("risk", lambda: _("Risk"), Kind.SEVERITY, detail="risk_word", priority=0)
        if list_id == "L3":
            return (
                Column("subject", lambda: _("Subject"), Kind.TWO_LINE, detail="why", note="whole", stretch=1,
                       width=120, priority=0),
                Column("assets", lambda: _("Assets"), Kind.NUMBER, priority=0, fades=True),
                Column("target", lambda: _("To cut"), Kind.NUMBER, priority=0),
                Column("run_off", lambda: pgettext("exposure", "Run-off"), Kind.NUMBER, priority=0),
                Column("gap", lambda: _("Gap"), Kind.NUMBER, strong=True, tone="gap_tone", priority=0),
                Column("liabilities", lambda: _("Liabilities"), Kind.NUMBER, priority=0, fades=True),
                Column("over_cap", lambda: _("Over cap"), Kind.NUMBER, priority=0, fades=True),
                risk,
                Column("due", lambda: _("Due"), Kind.DATE, short_date=True, tone="due_tone", priority=2),
                status,
            )  # fmt: skip
        return (
            Column("subject", lambda: _("Counterparty"), Kind.TWO_LINE, detail="why", note="whole", stretch=1,
                   width=150, priority=1),
            risk,
            Column("amount", self._amount_head, Kind.NUMBER, strong=True, priority=0),
            Column("action", lambda: _("Action, owner"), Kind.TWO_LINE, detail="owner", priority=2),
            Column("due", lambda: _("Due"), Kind.DATE, short_date=True, tone="due_tone", priority=1),
            status,
        )  # fmt: skip

    def _amount_head(self) -> str:
        making = self._made.making if self._made else None
        return _("{currency} m").format(currency=formats.currency(making.currency if making else "USD"))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.table.setAccessibleName(_("Items, the most pressing first"))
        self.sight.tell()
        self.change.setText(_("Change all…"))
        self.change.setToolTip(_("Set owner and due date of every item in sight, decide the Minor ones"))
        if self._made is not None:
            self.show_list(self._made, self._today, self._user, book=self._book)
        else:
            self.ask(_("What is to be done?"))
            self._words()

    def _own(self, item: ReviewItem) -> bool:
        """Whether an item is the acting person's, or somebody's for whom it stands in."""
        return item.owner is not None and (item.owner == self._user or person_id(item.owner) in self.names)

    def visible(self) -> list[ReviewItem]:
        """The items in sight, in their order: what is changed at once."""
        shown = [self.table.key(row) for row in range(self.table.rows.rowCount())]
        by_id = {item.id: item for item in self._items}
        return [by_id[key] for key in shown if key in by_id]

    def _words(self) -> None:
        standing = [item for item in self._items if item.status not in SETTLED]
        mine = sum(self._own(item) for item in standing)
        self.part.fill(
            [
                _("Open {count}").format(count=len(standing)),
                _("Mine {count}").format(count=mine),
                _("All {count}").format(count=len(self._items)),
            ]
        )

    def show_list(self, made: MadeList, today: date, user: str, *, book: bool) -> None:
        """Show one list; the chosen item stays chosen. `book`: whether there is one to make a list from."""
        other = self._made is None or self._made.id != made.id
        self._made, self._today, self._user, self._book = made, today, user, book
        if other:
            self.table.set_columns(self._columns(made.id))
        self.ask(words.list_question(made.id))
        self._items = sorted(made.items, key=place)
        self._words()
        some = made.making is not None and bool(made.items)
        self.part.setVisible(some and not made.is_own)
        self.change.setVisible(some)
        self.sight.setVisible(some)
        self.sight.show_list(made, self._items, today)
        self.filter.setVisible(some)
        if made.making is None or not made.items:
            self._show_none(made)
            self.chosen.emit(None)
            return
        self.show_content()
        self.say(sentence(made.finding))
        kept = self.table.current
        self._load(made.making.currency)
        tell(self.table, of_making(made.making))
        order = (
            _("To cut, run-off and gap: of assets; liabilities stand apart. Book {version} of {day}.")
            if made.id == "L3"
            else _("Unassigned first, then the highest risk, then the due date. Book {version} of {day}.")
        )
        self.add_note(order.format(version=made.making.book_version, day=formats.day(made.making.reporting_date)))
        self._filter(self.part.current if not made.is_own else "all")
        self._choose(kept)

    def _is(self, list_id: str) -> bool:
        return self._made is not None and self._made.id == list_id

    def _load(self, currency: str) -> None:
        items = self._items
        proposals = [item.proposal for item in items]
        names = [words.item_name(one.name, one.key) for one in proposals]
        whys = [
            words.brief(one.reasons[0], currency)
            if one.reduction is not None and one.reasons
            else _("{country}: {reason}").format(
                country=terms.country(one.key.country), reason=words.brief(one.reasons[0], currency)
            )
            if one.reasons
            else terms.country(one.key.country)
            for one in proposals
        ]
        states = [status_of(item, self._today) for item in items]
        self.table.rows.load(
            {
                "subject": names,
                "why": whys,
                "whole": [
                    "\n".join([name, *(words.reason(reason) for reason in one.reasons)])
                    for name, one in zip(names, proposals, strict=True)
                ],
                "risk": [PRIORITY_MARKS[one.priority] for one in proposals],
                "risk_word": [words.priority(one.priority.value) for one in proposals],
                "amount": [float(one.size / formats.MILLION) for one in proposals],
                "action": [
                    words.short_action((item.decision.action if item.decision else item.proposal.action).value)
                    for item in items
                ],
                "owner": [words.owner(item.owner) for item in items],
                "due": [item.due for item in items],
                "due_tone": ["critical" if item.overdue(self._today) else "" for item in items],
                "status": [state for state, _word in states],
                "status_word": [word for _state, word in states],
                **cuts([one.reduction for one in proposals if one.reduction is not None and self._is("L3")]),
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
            # Where countries are flagged the finding itself says why nothing qualifies.
            told = [sentence(made.finding), *([remedy] if made.finding.case.endswith("no_flags") else [])]
            self.show_empty(
                "reviews",
                _("Nothing is on this list"),
                formats.together(told),
                (_("See the alerts"), self.alerts_wanted.emit),
                *([] if made.is_own else [(self.sight.criteria.text(), self.sight.criteria.click)]),
            )

    def choose(self, item_id: str) -> None:
        """Choose an item, in whatever part it stands."""
        if not self.table.select(item_id):
            self.filter.clear()
            self.sight.sieve = Sieve()
            self.part.choose("all")
            self._filter("all")
            self.table.rows.filter_text("")
            self.table.select(item_id)

    def _choose(self, kept: str | None) -> None:
        if kept is None or not self.table.select(kept):
            first = self.table.key(0)
            if first is None or not self.table.select(first):
                self.chosen.emit(None)

    @Slot()
    def _sift(self) -> None:
        kept = self.table.current
        self._filter("all" if self._made is not None and self._made.is_own else self.part.current)
        self._choose(kept)

    @Slot(str)
    def _choose_part(self, part: str) -> None:
        self._state.put(REVIEWS_PART, part)
        kept = self.table.current
        self._filter(part)
        self._choose(kept)

    def _filter(self, part: str) -> None:
        wanted = [
            part == "all"
            or (
                (item.status not in SETTLED and (part == "open" or self._own(item)))
                and self.sight.sieve.lets(item, self._today)
            )
            for item in self._items
        ]
        self.table.rows.filter_rows(np.array(wanted, bool))
        self.sight.tell()
