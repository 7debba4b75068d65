"""The left-hand side: the lists with their open items, and the countries that are flagged."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from app.i18n import gettext as _
from app.wording import reviews as words
from app.wording import terms
from exposures.reviews.made import MadeList
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.text import label


class ListsCard(Card):
    """`chosen(list id)`; beneath the lists stand the flagged countries, because they make the items."""

    chosen = Signal(object)
    country_wanted = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._made: tuple[MadeList, ...] = ()
        self.table = TableView(
            (
                Column("name", lambda: _("List"), Kind.TWO_LINE, detail="id", stretch=1, priority=0),
                Column("open", lambda: _("Open"), Kind.NUMBER, strong=True, priority=0),
            ),
            title="",
            row="two_line",
            whole=True,
            name="reviews.lists",
            state=state,
        )
        self.flags = TableView(
            (
                Column("country", lambda: _("Country or region"), stretch=1, priority=0, note="cause"),
                Column("tier", lambda: _("Tier"), Kind.SEVERITY, detail="word", priority=0),
            ),
            title="",
            name="reviews.flags",
            state=state,
        )
        self._flagged = label("q")
        self._flagged.setWordWrap(True)
        self._flagged.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.body.addWidget(self.table)
        self.body.addSpacing(10)
        self.body.addWidget(self._flagged)
        self.body.addWidget(self.flags, 1)
        self.table.selected.connect(self.chosen)
        self.flags.opened.connect(self.country_wanted)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which list?"))
        self._flagged.setText(_("Which countries are flagged?"))
        self.table.setAccessibleName(_("Review lists"))
        self.flags.setAccessibleName(_("Flagged countries and regions"))
        if self._made:
            self.show_lists(self._made)

    def show_lists(self, made: tuple[MadeList, ...]) -> None:
        """Show the lists; the chosen one stays chosen."""
        self._made = made
        kept = self.table.current
        self.table.rows.load(
            {
                "name": [words.list_name(one.id) for one in made],
                "id": [one.id for one in made],
                "open": [len(one.open_items) if one.making else None for one in made],
            },
            keys=[one.id for one in made],
        )
        making = next((one.making for one in made if one.making is not None), None)
        flags = [] if making is None else sorted(making.flags, key=lambda flag: (flag.tier.value, flag.country))
        self.flags.rows.load(
            {
                "country": [terms.country(flag.country) for flag in flags],
                "tier": ["critical" if flag.tier.value == "A" else "warning" for flag in flags],
                "word": [flag.tier.value for flag in flags],
                "cause": [
                    "\n".join([words.tier(flag.tier.value), *(words.reason(cause.reason) for cause in flag.causes)])
                    for flag in flags
                ],
            },
            keys=[flag.country for flag in flags],
        )
        self.flags.setVisible(bool(flags))
        self._flagged.setVisible(bool(flags))
        if made and (kept is None or not self.table.select(kept)):
            self.table.select(made[0].id)
