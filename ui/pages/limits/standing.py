"""The card "Which limits are tight?": every limit of every scope with its use, the tightest first."""

from PySide6.QtCore import Signal

from app.i18n import gettext as _
from app.i18n import pgettext
from app.services.gauging import LimitTable
from app.wording import formats
from app.wording import limits as words
from app.wording.sentences import sentence
from exposures.limits import LimitUse
from ui.pages.exposures.matrix import severity
from ui.pages.exposures.survey import millions
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class StandingCard(Card):
    """`picked(LimitUse)` when a limit is chosen, `set_wanted` where the first one is to be set."""

    picked = Signal(object)
    opened = Signal(object)
    set_wanted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._table: LimitTable | None = None
        self._rows: dict[str, LimitUse] = {}
        self.table = TableView(
            (
                Column("limit", lambda: _("Limit"), Kind.TWO_LINE, detail="what", stretch=2, width=120, priority=0),
                Column(
                    "used", lambda: _("Limit used"), Kind.BAR, detail="expected", tone="state", note="note",
                    unit=lambda: "%", priority=0,
                ),
                Column("state_word", lambda: pgettext("limit", "State"), Kind.SEVERITY, detail="note", priority=0),
                Column("amount", lambda: _("Limit, with excess"), Kind.NUMBER, decimals=1, unit=self._unit, priority=0),
                Column("exposure", lambda: _("Used"), Kind.NUMBER, decimals=1, unit=self._unit, priority=1),
                Column("pending", lambda: _("Pending approval"), Kind.NUMBER, decimals=1, unit=self._unit, priority=3),
                Column("headroom", lambda: _("Headroom"), Kind.NUMBER, decimals=1, unit=self._unit, sign=True,
                       strong=True, priority=0),
                Column("excess", lambda: _("Excess granted"), Kind.NUMBER, decimals=1, unit=self._unit, priority=2,
                       fades=True),
                Column("until", lambda: _("Review by"), Kind.DATE, tone="late", priority=2, fades=True),
                Column("owner", lambda: _("Owner"), priority=4, fades=True),
                Column("source", lambda: _("Source"), priority=5, fades=True),
            ),
            title="",
            row="two_line",
            name="limits.standing",
            state=state,
        )  # fmt: skip
        self.body.addWidget(self.table, 1)
        self.table.selected.connect(self._pick)
        self.table.opened.connect(self._open)

    def _unit(self) -> str:
        return _("{currency} m").format(currency=formats.currency(self._table.currency if self._table else "USD"))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which limits are tight?"))
        self.table.setAccessibleName(_("Limits, the tightest first"))
        if self._table is not None:
            self.show_table(self._table)

    def show_table(self, table: LimitTable) -> None:
        """Show every limit, and say how many countries and regions with exposure have none."""
        self._table = table
        rows = [use for use in table.rows if use.limit is not None]
        without = len(table.rows) - len(rows)
        self._rows = {key_of(use): use for use in rows}
        if not rows:
            self.show_empty(
                "limits",
                _("No limit is set"),
                sentence(table.finding),
                (_("Set a limit"), self.set_wanted.emit),
            )
            self.add_note("")
            return
        self.show_content()
        self.say(sentence(table.finding))
        states = [severity(use) for use in rows]
        shares = [use.use.share for use in rows]
        expected = [use.use.share_with_pending for use in rows]
        limits = [use.limit for use in rows if use.limit is not None]
        self.table.rows.load(
            {
                "limit": [words.subject(use.scope.value, use.key, use.within, use.name) for use in rows],
                "what": [words.scope(use.scope.value) for use in rows],
                "used": [None if share is None else float(share * 100) for share in shares],
                "expected": [None if share is None else float(share * 100) for share in expected],
                "state": [state for state, _word in states],
                "state_word": [state for state, _word in states],
                "note": [word for _state, word in states],
                "amount": [millions(use.use.limit) for use in rows],
                "exposure": [millions(use.use.used) for use in rows],
                "pending": [millions(use.use.pending) for use in rows],
                "headroom": [millions(use.use.headroom) for use in rows],
                "excess": [millions(use.excess) if use.excess else None for use in rows],
                "until": [limit.valid_to for limit in limits],
                "late": ["warning" if use.expired else "" for use in rows],
                "owner": [limit.owner for limit in limits],
                "source": [limit.source for limit in limits],
            },
            keys=list(self._rows),
        )
        notes = [_("The tick marks the limit, with its temporary excess.")]
        if without:
            notes.append(_("{count} countries and regions with exposure have no limit.").format(count=without))
        self.add_note(formats.together((*notes, *map(sentence, table.faults))))

    def _pick(self, key: object) -> None:
        self.picked.emit(self._rows.get(str(key)) if key is not None else None)

    def _open(self, key: object) -> None:
        if str(key) in self._rows:
            self.opened.emit(self._rows[str(key)])


def key_of(use: LimitUse) -> str:
    """What tells one limit from another in the table."""
    return "\x1f".join((use.scope.value, use.key, use.within))
