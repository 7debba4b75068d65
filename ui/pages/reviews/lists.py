"""The left-hand side: which lists there are, how they stand, and what of the book is not on them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import formats, terms
from app.wording import reviews as words
from app.wording.review_work import elsewhere as kind_words
from app.wording.sentences import sentence
from exposures.reviews.made import MadeList, Making
from exposures.reviews.outlook import Due, accounted, outlook
from exposures.reviews.review_list import ControlTotal
from ui import theme
from ui.pages.reviews.marks import PRIORITY_MARKS
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.text import label

_MILLION = Decimal(1_000_000)
#: Countries that are named before the rest are counted.
_NAMED = 4
#: More lists than these leave no room beneath them for every figure.
_FEW = 3
#: How many countries that are not flagged are named, the largest first.
_LARGEST = 3
_DUE_MARKS = {Due.OVERDUE: "critical", Due.SOON: "pending", Due.LATER: "todo", Due.UNDATED: "nodata"}


class ListsCard(Card):
    """`chosen(list id)`; beneath the lists stands how the chosen one is doing."""

    chosen = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._made: tuple[MadeList, ...] = ()
        self._today = date(1970, 1, 1)
        self.wanted: str | None = None
        self.table = TableView(
            (
                Column("name", lambda: _("List"), stretch=1, priority=0),
                Column("open", lambda: _("Open"), Kind.NUMBER, strong=True, priority=0),
            ),
            title="", row="roomy", whole=True, name="reviews.lists", state=state,
        )  # fmt: skip
        self.table.horizontalHeader().hide()
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.by_hand = self.add_link()
        self.priorities, self.due, self.elsewhere = Facts("priorities"), Facts("due"), Facts("elsewhere")
        self._elsewhere: Sequence[tuple[str, int]] = ()
        self.body.addWidget(self.table)
        self.body.addWidget(self.priorities)
        self.body.addWidget(self.due)
        self.body.addWidget(self.elsewhere)
        self.body.addStretch(1)
        self.table.selected.connect(self.chosen)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which list?"))
        self.by_hand.setText(_("By hand…"))
        self.by_hand.setToolTip(_("Flag a country or region, or put something on a list"))
        self.table.setAccessibleName(_("Review lists"))
        self.priorities.setAccessibleName(_("Open items by priority"))
        self.due.setAccessibleName(_("Open items by due date"))
        self.elsewhere.setAccessibleName(_("What else waits for a second person"))
        if self._made:
            self.show_lists(self._made, self._today, self._elsewhere)

    def show_lists(self, made: tuple[MadeList, ...], today: date, elsewhere: Sequence[tuple[str, int]] = ()) -> None:
        """Show the lists, and `elsewhere` beneath my approvals; the chosen one stays chosen."""
        self._made, self._today, self._elsewhere = made, today, elsewhere
        kept = self.table.current or self.wanted
        self.table.rows.load(
            {
                "name": [
                    words.list_name(one.id) if one.is_own else f"{one.id}  {words.list_name(one.id)}" for one in made
                ],
                "open": [len(one.open_items) if one.making else None for one in made],
            },
            keys=[one.id for one in made],
        )
        if made and (kept is None or not self.table.select(kept)):
            first = next((one for one in made if not one.is_own), made[0])
            self.table.select(first.id)
        self.show_chosen()

    def show_chosen(self) -> None:
        """Show the chosen list's items at a glance."""
        chosen = next((one for one in self._made if one.id == self.table.current), None)
        if chosen is not None and chosen.making is not None:
            self._show(chosen, chosen.making)

    def _show(self, made: MadeList, making: Making) -> None:
        seen = outlook(made.items, self._today)
        self.say(sentence(seen.finding))
        unit = _("{currency} m").format(currency=formats.currency(making.currency))
        self.priorities.fill(
            [
                [
                    (PRIORITY_MARKS[priority], words.priority(priority.value)),
                    formats.number(share.items),
                    formats.number(share.amount / _MILLION),
                ]
                for priority, share in seen.priorities.items()
            ],
            heads=[_("Risk"), _("Items"), unit],
        )
        self.due.fill(
            [
                [
                    (_DUE_MARKS[kind], words.due(kind.value)),
                    formats.number(share.items),
                    formats.number(share.amount / _MILLION),
                ]
                for kind, share in seen.due.items()
            ],
            heads=[_("Due"), _("Items"), unit],
        )
        also = made.id == "approvals" and bool(self._elsewhere)
        self.elsewhere.setVisible(also)
        self.elsewhere.fill(
            [[kind_words(kind), formats.number(count)] for kind, count in self._elsewhere],
            heads=[_("Also waits, on other pages"), ""],
        )
        # Where height is short the lists themselves come first; priorities and due dates are in the table beside them.
        # What is one person's alone has no control total beneath it.
        few = len(self._made) <= _FEW or made.is_own
        self.due.setVisible(few and (made.is_own or not theme.current().compact))
        self.priorities.setVisible(not theme.current().compact or (few and not also))


class AccountedCard(Card):
    """Is the whole book accounted for? The parts of the control total; `country_wanted(code)` for a flagged one."""

    def __init__(self) -> None:
        super().__init__()
        self._made: MadeList | None = None
        self.parts, self.largest = Facts("parts"), Facts("largest")
        self._flagged = label("caption")
        self._flagged.setWordWrap(True)
        self._flagged.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        inside = QWidget()
        inside.setProperty("r", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(6)
        column.addWidget(self.parts)
        column.addSpacing(4)
        column.addWidget(self.largest)
        column.addStretch(1)
        column.addWidget(self._flagged, 0, Qt.AlignmentFlag.AlignBottom)
        self.scroll = QScrollArea()
        self.scroll.setProperty("r", "clear")
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setWidgetResizable(True)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidget(inside)
        self.body.addWidget(self.scroll, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What was left out, and why?"))
        self.parts.setAccessibleName(_("Control total"))
        self.scroll.setAccessibleName(_("Parts of the book"))
        self.largest.setAccessibleName(_("Largest emerging markets that are not flagged"))
        if self._made is not None:
            self.show_list(self._made)

    def show_list(self, made: MadeList) -> None:
        """Show one list's control total."""
        self._made = made
        if made.making is None or made.result is None:
            return
        self.say(sentence(accounted(made.result.control)))
        self._fill(made.result.control, made.making)
        largest = made.result.summary[:_LARGEST]
        self.largest.setVisible(bool(largest))
        self.largest.fill(
            [
                [
                    terms.country(part.country),
                    formats.number(part.lines),
                    "\N{EN DASH}" if part.amount is None else formats.number(part.amount / _MILLION),
                ]
                for part in largest
            ],
            heads=[
                _("Not flagged"),
                _("Lines"),
                _("{currency} m").format(currency=formats.currency(made.making.currency)),
            ],
        )
        flags = sorted((flag for flag in made.making.flags if flag.causes), key=lambda flag: (flag.tier, flag.country))
        named = [
            _("{country} ({tier})").format(country=terms.country(flag.country), tier=flag.tier.value) for flag in flags
        ]
        rest = len(named) - _NAMED
        text = _("Flagged: {countries}.").format(countries=_(", ").join(named[:_NAMED])) if named else ""
        if rest > 0:
            text = ngettext("Flagged: {countries} and {n} more.", "Flagged: {countries} and {n} more.", rest).format(
                countries=_(", ").join(named[:_NAMED]), n=rest
            )
        self._flagged.setText(text)
        self._flagged.setToolTip(
            "\n".join(
                _("{country}: {reason}").format(
                    country=name, reason=_(", ").join(words.reason(cause.reason) for cause in flag.causes)
                )
                for name, flag in zip(named, flags, strict=True)
            )
        )

    def _fill(self, control: ControlTotal, making: Making) -> None:
        parts = [part for part in control.parts if part.lines or part.amount]
        self.parts.fill(
            [
                [
                    words.short_part(part.case),
                    formats.number(part.lines),
                    "\N{EN DASH}" if part.amount is None else formats.number(part.amount / _MILLION),
                ]
                for part in parts
            ],
            heads=[_("Part"), _("Lines"), _("{currency} m").format(currency=formats.currency(making.currency))],
            total=[
                _("Book {version}").format(version=making.book_version),
                formats.number(control.book_lines),
                formats.number(control.book_amount / _MILLION),
            ],
            notes=[words.part(part.case) for part in parts],
        )
