"""The card "Where did it change?": by country or region, connected group or booking entity."""

from typing import Any

from PySide6.QtCore import Signal, Slot

from app.i18n import gettext as _
from app.wording import formats, terms
from exposures.book import Dimension
from exposures.changes import Changed
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.choice import Segments


class PlacesCard(Card):
    """`picked(dimension, key)` when a row is chosen."""

    picked = Signal(str, object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._changed: Changed | None = None
        self.by = Segments(["country", "group", "entity"], "country")
        self.by.chosen.connect(self._choose)
        self.corner.addWidget(self.by)
        self.table = TableView(
            (
                Column("name", lambda: _("Name"), stretch=1, width=90, priority=0, note="name"),
                Column("before", lambda: _("Before"), Kind.NUMBER, decimals=1, priority=2),
                Column("after", lambda: _("After"), Kind.NUMBER, decimals=1, priority=1),
                Column("fx", lambda: _("Exchange rates"), Kind.NUMBER, decimals=1, sign=True, priority=1),
                Column("volume", lambda: _("Volume"), Kind.NUMBER, decimals=1, sign=True, priority=1),
                Column("change", lambda: _("Change"), Kind.NUMBER, decimals=1, sign=True, strong=True, priority=0),
            ),
            title="",
            name="changes.places",
            state=state,
        )
        self.body.addWidget(self.table, 1)
        self.table.selected.connect(self._pick)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Where did it change?"))
        self.by.fill([_("Country or region"), _("Group"), _("Entity")])
        self.table.setAccessibleName(_("Changes by place, the largest first"))
        if self._changed is not None:
            self.show_changes(self._changed)

    def show_changes(self, changed: Changed) -> None:
        """Show two books' sums beside each other, in millions of the book's currency."""
        self._changed = changed
        dimension = Dimension(self.by.current)
        rows = changed.by[dimension]
        moved = [row for row in rows if row.change]
        if moved:
            self.say(
                _("{name} moved most, {change}, of {count} that moved.").format(
                    name=_name(dimension, moved[0].key),
                    change=_("{number} m").format(
                        number=formats.number(moved[0].change / formats.MILLION, 1, sign=True)
                    ),
                    count=formats.number(len(moved)),
                )
            )
        else:
            self.say(_("Nothing moved."))
        self.table.rows.load(
            {
                "name": [_name(dimension, row.key) for row in rows],
                "before": [row.before / formats.MILLION for row in rows],
                "after": [row.after / formats.MILLION for row in rows],
                "fx": [row.fx / formats.MILLION for row in rows],
                "volume": [row.volume / formats.MILLION for row in rows],
                "change": [row.change / formats.MILLION for row in rows],
            },
            keys=[row.key for row in rows],
        )

    @Slot(str)
    def _choose(self, _by: str) -> None:
        if self._changed is not None:
            self.show_changes(self._changed)
        self.picked.emit(self.by.current, None)

    @Slot(object)
    def _pick(self, key: Any) -> None:
        self.picked.emit(self.by.current, key)


def _name(dimension: Dimension, key: str | None) -> str:
    if dimension is Dimension.COUNTRY:
        return terms.country(key)
    return key or _("not said")
