"""The card "What will change?": lines, the counterparties that move most, and the limits that would be broken."""

from PySide6.QtWidgets import QHBoxLayout

from app.i18n import gettext as _
from app.i18n import pgettext
from app.services.outcome import Changes, Ending, Outcome
from app.wording import formats, terms
from app.wording import preview as preview_words
from app.wording.sentences import sentence
from exposures import preview
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.badge import Mark
from ui.widgets.card import Card
from ui.widgets.text import label


class ChangesCard(Card):
    """What will change? Against the book it would follow."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._outcome: Outcome | None = None
        self._against = label("caption")
        self.corner.addWidget(self._against)
        self.table = TableView(
            (
                Column("what", lambda: pgettext("subject", "Lines"), stretch=1, priority=0),
                Column("count", lambda: _("Number"), Kind.NUMBER, strong=True, priority=0),
            ),
            title="",
            whole=True,
            selectable=False,
            name="import.changes",
            state=state,
        )
        self.moves = TableView(
            (
                Column("name", self._moves_head, stretch=1, priority=0, note="name"),
                Column("before", lambda: _("Before"), Kind.NUMBER, decimals=1, priority=1),
                Column("after", lambda: _("After"), Kind.NUMBER, decimals=1, priority=1),
                Column("change", lambda: _("Change"), Kind.NUMBER, decimals=1, sign=True, strong=True, priority=0),
            ),
            title="",
            whole=True,
            selectable=False,
            name="import.moves",
            state=state,
        )
        self.body.addWidget(self.table)
        self.body.addWidget(self.moves)
        self._mark, self._warning = Mark("", 13), label("small")
        self._warning.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._warning, 1)
        self.body.addStretch(1)
        self.body.addLayout(row)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What will change?"))
        self.table.setAccessibleName(_("Lines against the book before"))
        self.moves.setAccessibleName(_("The counterparties whose exposure changes most"))
        if self._outcome is not None:
            self.show_outcome(self._outcome)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show how many lines are new, changed and gone, and what that does to counterparties and limits."""
        self._outcome = outcome
        changes = outcome.changes
        self._warn(outcome)
        self.table.setVisible(changes is None or not changes.moves)
        self.moves.setVisible(changes is not None and bool(changes.moves))
        if changes is None:
            self._against.clear()
            rejected = outcome.ending is Ending.REJECTED
            self.say(
                _("Nothing: all rows or none were asked for.") if rejected else _("Nothing: no line could be read.")
            )
            self.table.rows.load({"what": [], "count": []})
            return
        self._against.setText("" if changes.base is None else _("against batch {batch}").format(batch=changes.base))
        self.say(sentence(preview.changes(changes.base, changes.new, changes.changed, changes.gone)))
        same = outcome.imported - changes.new - changes.changed
        self.table.rows.load(
            {
                "what": [_("New"), _("Changed"), _("As before"), _("Gone")],
                "count": [changes.new, changes.changed, same, changes.gone],
            }
        )
        self._show_moves(changes)

    def _show_moves(self, changes: Changes) -> None:
        self.moves.rows.load(
            {
                "name": [move.name for move in changes.moves],
                "before": [float(move.before) / 1e6 for move in changes.moves],
                "after": [float(move.after) / 1e6 for move in changes.moves],
                "change": [float(move.after - move.before) / 1e6 for move in changes.moves],
            }
        )
        self.moves.restyle()

    def _warn(self, outcome: Outcome) -> None:
        """The limits that would be broken, and the book of this date that the file would replace."""
        said = []
        if outcome.changes is not None and outcome.changes.exceeded:
            places = [terms.country(use.country) for use in outcome.changes.exceeded]
            said.append(preview_words.exceeded(places))
        if outcome.taken_by is not None:
            said.append(
                _("Batch {batch} is the book of this date. To put this file in its place, say why below.").format(
                    batch=outcome.taken_by
                )
            )
        self._mark.show_state("warning" if said else "")
        self._warning.setText(formats.together(said))

    def _moves_head(self) -> str:
        currency = self._outcome.changes.currency if self._outcome and self._outcome.changes else "USD"
        return _("Largest moves, {currency} m").format(currency=formats.currency(currency))
