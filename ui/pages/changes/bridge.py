"""The card "Why did the total change?": from the total before to the total after, exchange rates apart from volume."""

from app.i18n import gettext as _
from app.wording import changes as words
from app.wording import formats
from app.wording.sentences import sentence
from exposures.changes import Changed, why
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class BridgeCard(Card):
    """The total of one book, what moved it, and the total of the next."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._changed: Changed | None = None
        self.table = TableView(
            (
                Column("what", lambda: _("What"), stretch=1, priority=0, indent="depth"),
                Column("lines", lambda: _("Lines"), Kind.NUMBER, priority=1),
                Column("amount", self._head, Kind.NUMBER, decimals=1, strong=True, priority=0, note="exact"),
            ),
            title="",
            whole=True,
            selectable=False,
            name="changes.bridge",
            state=state,
        )
        self.body.addWidget(self.table)
        self.body.addStretch(1)

    def _head(self) -> str:
        currency = self._changed.currency if self._changed else "USD"
        return _("{currency} m").format(currency=formats.currency(currency))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Why did the total change?"))
        self.add_note(_("Exchange rates: what was owed before, at the new rates, at which all else is counted."))
        self.table.setAccessibleName(_("From the total before to the total after"))
        if self._changed is not None:
            self.show_changes(self._changed)

    def show_changes(self, changed: Changed) -> None:
        """Show the bridge between two books."""
        self._changed = changed
        bridge = changed.bridge
        rows = [("before", 0, bridge.before)]
        rows += [(kind.value, 1, amount) for kind, amount in bridge.parts.items()]
        rows.append(("fx", 1, bridge.fx))
        if bridge.rates:
            rows.append(("rates", 1, bridge.rates))
        rows.append(("after", 0, bridge.after))
        days = {"before": changed.before, "after": changed.after}
        self.say(formats.together([sentence(found) for found in why(changed)]))
        self.table.rows.load(
            {
                "what": [
                    formats.day(days[code]) if code in days else words.kind(code) for code, _depth, _amount in rows
                ],
                "depth": [depth for _code, depth, _amount in rows],
                "lines": [changed.counts.get(code) for code, _depth, _amount in rows],
                "amount": [amount / formats.MILLION for _code, _depth, amount in rows],
                "exact": [formats.number(amount, 2) for _code, _depth, amount in rows],
            }
        )
