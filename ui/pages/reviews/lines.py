"""Beneath the items: the live lines of the one that is chosen, each with what is proposed for it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal, Slot

from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording import exposure_reduction, formats, terms
from app.wording import reviews as words
from app.wording.review_figures import fact as fact_name
from app.wording.review_figures import fact_value
from app.wording.sentences import sentence
from exposures.reviews.item import Amounts, Proposal, ReviewItem
from exposures.reviews.made import Making
from exposures.reviews.outlook import beneath
from exposures.reviews.reduction import Split
from ui.pages.booked import of_making
from ui.pages.reviews.sides import show_sides
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.choice import Segments
from ui.widgets.facts import Facts

#: Names and figures side by side in one row of a list's own figures.
_WIDE = 6


class LinesCard(Card):
    """Which lines are beneath it? `country_wanted(code)` opens the exposures."""

    country_wanted = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._shown: tuple[ReviewItem, Making] | None = None
        self._cuts = ""
        self.part = Segments(["lines", "group", "currency", "tenor"], "lines")
        self.part.chosen.connect(self._choose_part)
        self.corner.addWidget(self.part)
        self.open = self.add_link()
        self.open.clicked.connect(self._open)
        self.table = TableView(
            self._columns(""),
            title="", row="dense", selectable=False, name="reviews.lines", state=state,
        )  # fmt: skip
        self.amounts = Facts("amounts")
        self.body.addWidget(self.amounts)
        self.body.addWidget(self.table, 1)

    def _columns(self, cuts: str) -> tuple[Column, ...]:
        """What is shown of a line; where exposure comes down, on which side and by how much, or part by part."""
        if cuts not in ("", "lines"):
            return (
                Column("line", lambda: exposure_reduction.dimension(cuts), stretch=1, priority=0),
                Column("drawn", lambda: _("Assets"), Kind.NUMBER, decimals=1, priority=0),
                Column("run_off", lambda: pgettext("exposure", "Run-off"), Kind.NUMBER, decimals=1, priority=0),
                Column("owed", lambda: _("Liabilities"), Kind.NUMBER, decimals=1, priority=0, fades=True),
                Column("repaid", lambda: _("Run-off of liabilities"), Kind.NUMBER, decimals=1, priority=0, fades=True),
            )
        line = Column("line", lambda: _("Line"), note="place", stretch=1, priority=0)
        matures = Column("matures", lambda: _("Matures"), Kind.DATE, tone="tone", priority=1, fades=True)
        drawn = Column("drawn", lambda: _("Drawn"), Kind.NUMBER, decimals=1, priority=0)
        if cuts:
            return (
                line,
                Column("side", lambda: _("Side"), priority=1),
                drawn,
                replace(matures, priority=0),
                Column("run_off", lambda: pgettext("exposure", "Run-off"), Kind.NUMBER, decimals=1, priority=0),
                Column("gives", lambda: _("Comes down by"), Kind.NUMBER, decimals=1, priority=0),
                Column("action", lambda: _("Action"), priority=1),
            )
        return (
            line,
            Column("product", lambda: _("Product"), stretch=1, width=125, priority=5),
            drawn,
            Column("undrawn", lambda: _("Undrawn"), Kind.NUMBER, decimals=1, priority=1),
            matures,
            Column("loan_class", lambda: _("Class"), priority=3, fades=True),
            Column("late", lambda: _("Days late"), Kind.NUMBER, priority=3, fades=True),
            Column("action", lambda: _("Action"), priority=2),
        )

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What do we have there?"))
        self.amounts.setAccessibleName(_("Amounts of the item"))
        self.table.setAccessibleName(_("Lines beneath the item"))
        if self._shown is not None:
            self.show_item(*self._shown)

    def show_item(self, item: ReviewItem, making: Making) -> None:
        """Show the lines of one item."""
        self._shown = item, making
        self.say(sentence(beneath(item, making.currency)))
        reduction = item.proposal.reduction
        splits = () if reduction is None else reduction.splits
        whole = _("All lines of {country}").format(country=terms.country(item.proposal.key.country))
        self.open.setText(_("All lines") if splits else whole)  # beside the parts a country's name has no room
        self.open.setToolTip(whole)
        self.part.setVisible(bool(splits))
        self.part.fill([pgettext("sheet", "Lines"), _("Group"), _("Currency"), _("Tenor")])
        cuts = "" if reduction is None else self.part.current if splits else "lines"
        if self._cuts != cuts:
            self._cuts = cuts
            self.table.set_columns(self._columns(cuts))
        if item.proposal.facts:
            self._show_facts(item.proposal, making.currency)
        elif reduction is None:
            self._show_amounts(item.proposal.amounts, making.currency)
        else:
            show_sides(self.amounts, reduction, making.currency)
        tell(self.table, of_making(making))
        if cuts not in ("", "lines"):
            self._show_parts([split for split in splits if split.dimension == cuts])
            return
        lines = item.proposal.lines
        soon = [bool(line.amounts.due_90) for line in lines]
        drafted = item.line_decisions
        self.table.rows.load(
            {
                "line": [line.line_id for line in lines],
                "place": [
                    "\n".join(filter(None, (line.product or terms.instrument(line.instrument), line.source)))
                    for line in lines
                ],
                "product": [line.product or terms.instrument(line.instrument) for line in lines],
                "drawn": [float(line.amounts.drawn / formats.MILLION) for line in lines],
                "undrawn": [float(line.amounts.undrawn / formats.MILLION) for line in lines],
                "matures": [line.maturity for line in lines],
                "tone": ["warning" if due else "" for due in soon],
                "loan_class": [terms.loan_class(line.loan_class) or None for line in lines],
                "late": [line.days_past_due for line in lines],
                "side": [exposure_reduction.side(line.side) for line in lines],
                "run_off": [float((line.run_off or 0) / formats.MILLION) for line in lines],
                "gives": [float((line.gives or 0) / formats.MILLION) for line in lines],
                "action": [
                    words.short_action((drafted[line.line_id].action if line.line_id in drafted else line.action).value)
                    for line in lines
                ],
            },
            keys=[f"{line.side} {line.line_id}" if self._cuts else line.line_id for line in lines],
        )

    def _show_parts(self, splits: Sequence[Split]) -> None:
        """A row part by part: both sides, and what of them runs off."""

        def millions(amount: Decimal | None) -> float | None:
            return None if amount is None else float(amount / formats.MILLION)

        self.table.rows.load(
            {
                "line": [exposure_reduction.part_of(split) for split in splits],
                "drawn": [millions(split.assets) for split in splits],
                "run_off": [millions(split.assets_run_off) for split in splits],
                "owed": [millions(split.liabilities) for split in splits],
                "repaid": [millions(split.liabilities_run_off) for split in splits],
            },
            keys=[split.key for split in splits],
        )

    @Slot(str)
    def _choose_part(self, _part: str) -> None:
        if self._shown is not None:
            self.show_item(*self._shown)

    def _show_facts(self, proposal: Proposal, currency: str) -> None:
        """The list's own figures of the item, each beside its name."""
        told = [text for fact in proposal.facts for text in (fact_name(fact.code), fact_value(fact, currency))]
        self.amounts.fill([told[place : place + _WIDE] for place in range(0, len(told), _WIDE)])

    def _show_amounts(self, amounts: Amounts, currency: str) -> None:
        whole = (
            (_("Drawn"), amounts.drawn),
            (_("Undrawn"), amounts.undrawn),
            (_("In 30 days"), amounts.due_30),
            (_("In 90 days"), amounts.due_90),
            (_("Immediate"), amounts.immediate),
            (_("Guarantor"), amounts.guarantor),
            (_("Cover"), amounts.cover),
        )
        figures = [
            words.figure(None, "", "") if amount is None else formats.number(amount / formats.MILLION, 1)
            for _head, amount in whole
        ]
        unit = _("{currency} m").format(currency=formats.currency(currency))
        self.amounts.fill([[unit, *figures]], heads=["", *(head for head, _amount in whole)])

    def show_nothing(self) -> None:
        """No item is chosen."""
        self._shown = None
        self.say("")
        self.open.setText("")
        self.table.rows.load({})

    @Slot()
    def _open(self) -> None:
        if self._shown is not None:
            self.country_wanted.emit(self._shown[0].proposal.key.country)
