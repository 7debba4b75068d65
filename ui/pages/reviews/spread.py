"""Beneath the items of debt contagion: who falls after whom, as a network and as a table that a keyboard reaches."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter

from app.i18n import gettext as _
from app.wording import debt_contagion, formats, terms
from app.wording import reviews as words
from exposures.contagion import Edge
from exposures.reviews.item import ReviewItem
from exposures.reviews.knock_on import KnockOn, Member
from exposures.reviews.made import Making
from ui.charts.network import NetworkChart, Spot, Way
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.facts import Facts

_SYMBOLS = {"group": "s", "guarantor": "d", "other": "t"}


class SpreadCard(Card):
    """Who falls, and when? `lines_wanted()` asks for the lines beneath."""

    lines_wanted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._shown: tuple[ReviewItem, Making] | None = None
        self.lines = self.add_link()
        self.lines.clicked.connect(self.lines_wanted)
        self.chart = NetworkChart()
        self.rounds = Facts("rounds")
        self.table = TableView(
            (
                Column("who", lambda: _("Who"), stretch=1, width=110, priority=0, note="whole"),
                Column("fate", lambda: _("Round"), Kind.SEVERITY, detail="fate_word", priority=0),
                Column("claim", lambda: _("Owes us"), Kind.NUMBER, decimals=1, priority=1),
                Column("lost", lambda: _("Has lost"), Kind.NUMBER, decimals=1, priority=2, fades=True),
                Column("capital", lambda: _("Capital"), Kind.NUMBER, decimals=1, priority=3, fades=True),
                Column("country", lambda: _("Country or region"), priority=4, fades=True),
            ),
            title="", row="dense", name="reviews.spread", state=state,
        )  # fmt: skip
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("spread")
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.chart)
        self.split.addWidget(self.table)
        self.split.setSizes([250, 340])
        self.split.setStretchFactor(0, 2)
        self.split.setStretchFactor(1, 3)
        self.body.addWidget(self.rounds)
        self.body.addWidget(self.split, 1)
        self.table.selected.connect(self._choose)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Who falls, and when?"))
        self.lines.setText(_("Lines beneath"))
        self.chart.setAccessibleName(_("Network of who pulls whom down; the table beside it says the same"))
        self.table.setAccessibleName(_("Who fails in which round, and what each has lost"))
        self.rounds.setAccessibleName(_("Loss by round"))
        if self._shown is not None:
            self.show_item(*self._shown)

    def show_item(self, item: ReviewItem, making: Making) -> None:
        """Show how one item's failure spreads."""
        self._shown = item, making
        given = item.proposal.contagion
        if given is None:
            return
        self.say(debt_contagion.spreads(given, making.currency, words.amount))
        self._show_rounds(given, making.currency)
        last = max((step.number for step in given.steps if step.failed), default=0)
        # Who stands in the end stands one column further right than who fell last.
        columns = {member.id: _column(member, last) for member in given.members}
        heads = [debt_contagion.column(number, stands=number == last + 1) for number in sorted(set(columns.values()))]
        self.chart.show_network(
            [
                Spot(one.id, columns[one.id], one.name, _severity(one), _SYMBOLS.get(one.kind, "o"))
                for one in given.members
            ],
            [_way(edge) for edge in given.edges],
            heads,
        )
        self._load(given, making)
        left = given.left_out
        note = _("The arrows show the way a failure takes; {currency} m, book {version} of {day}.").format(
            currency=formats.currency(making.currency), version=making.book_version,
            day=formats.day(making.reporting_date),
        )  # fmt: skip
        self.add_note(formats.together([note, debt_contagion.not_shown(left)] if left else [note]))

    def show_nothing(self) -> None:
        """No item is chosen."""
        self._shown = None
        self.say("")
        self.table.rows.load({})

    def _show_rounds(self, given: KnockOn, currency: str) -> None:
        steps = [step for step in given.steps if step.failed]
        unit = _("{currency} m").format(currency=formats.currency(currency))
        self.rounds.fill(
            [
                [_("Fail"), *(formats.number(step.failed) for step in steps)],
                [
                    _("Our loss, {unit}").format(unit=unit),
                    *(
                        "\N{EN DASH}" if step.bank_loss is None else formats.number(step.bank_loss / formats.MILLION, 1)
                        for step in steps
                    ),
                ],
            ],
            heads=["", *(_("Round {n}").format(n=formats.number(step.number)) for step in steps)],
        )

    def _load(self, given: KnockOn, making: Making) -> None:
        members = given.members
        self.table.context = _("Book of {day}, {currency} m").format(
            day=formats.day(making.reporting_date), currency=formats.currency(making.currency)
        )
        self.table.rows.load(
            {
                "who": [one.name for one in members],
                "whole": [f"{one.name}\n{debt_contagion.kind(one.kind)}" for one in members],
                "fate": [_severity(one) or "done" for one in members],
                "fate_word": [debt_contagion.fate(one) for one in members],
                "claim": [float(one.claim / formats.MILLION) for one in members],
                "lost": [float(one.lost / formats.MILLION) if one.lost else None for one in members],
                "capital": [None if one.capital is None else float(one.capital / formats.MILLION) for one in members],
                "country": [terms.country(one.country) if one.country else "" for one in members],
            },
            keys=[one.id for one in members],
        )
        if members:
            self.table.select(members[0].id)

    @Slot(object)
    def _choose(self, key: str) -> None:
        self.chart.point_at(key)

    def changeEvent(self, event: QEvent) -> None:
        """A change of theme draws the network anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "chart"):
            self.chart.restyle()


def _column(member: Member, last: int) -> int:
    return last + 1 if member.round is None else member.round


def _severity(member: Member) -> str:
    if member.round is not None:
        return "critical"
    return "warning" if member.lost else ""


def _way(edge: Edge) -> Way:
    """The way a failure takes: from who owes to who lost or pays, from who owns to what is owned."""
    if edge.kind == "control":
        return Way(edge.source, edge.target, dashed=True)
    return Way(edge.target, edge.source)
