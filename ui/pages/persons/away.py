"""The right-hand side, above: who is away or will be, who stands in, and taking an absence back."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.storage.absences import Absence
from app.wording import formats
from app.wording.persons import away_line
from ui.commands import Rights
from ui.pages.persons.seen import Seen
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class AwayCard(Card):
    """Who is away, and who does the work? `away_wanted`, `withdrawn(number)`."""

    away_wanted = Signal()
    withdrawn = Signal(int)

    def __init__(self, state: State, rights: Rights) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self.table = TableView(
            (
                Column("state", lambda: _("Today"), Kind.SEVERITY, detail="word", priority=0),
                Column("who", lambda: _("Away"), Kind.TWO_LINE, detail="deputy", note="whole", stretch=1, width=120,
                       strong=True, priority=0),
                Column("days", lambda: pgettext("absence", "Days"), Kind.TWO_LINE, detail="last", priority=0),
            ),
            title="", row="two_line", name="persons.away", state=state,
        )  # fmt: skip
        self.away, self.withdraw = QPushButton(), QPushButton()
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.away, self.withdraw):
            button.setProperty("k", "small")
            row.addWidget(button)
        rights.guard(self.away, "absence.set")
        rights.guard(self.withdraw, "absence.end")
        row.addStretch(1)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row)
        self.away.clicked.connect(self.away_wanted)
        self.withdraw.clicked.connect(self._withdraw)
        self.table.selected.connect(self._offer)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Who is away, and who does the work?"))
        self.table.setAccessibleName(_("Absences, now and later"))
        self.away.setText(_("Away…"))
        self.withdraw.setText(_("Withdraw"))
        if self._seen is not None:
            self.show_seen(self._seen)

    def show_seen(self, seen: Seen) -> None:
        """Show what holds or will, the first to begin first."""
        self._seen = seen
        found, name = seen.absences, seen.staff.name
        if len(seen.written) < 2:
            self.show_empty(
                "calendar",
                _("Nobody could stand in"),
                _("Once a second person is written down, one can stand in for the other between two days."),
            )
            self.add_note("")
            return
        self.show_content()
        self.add_note(
            _("A deputy receives owned items, alerts, approvals and messages; never one's own work as its checker.")
        )
        today = sum(one.holds(seen.today) for one in found)
        self.say(
            ngettext("{count} person is away today.", "{count} persons are away today.", today).format(
                count=formats.number(today)
            )
            if today
            else _("Nobody is away today.")
        )
        kept = self.table.current
        self.table.rows.load(
            {
                "state": ["pending" if one.holds(seen.today) else "todo" for one in found],
                "word": [
                    pgettext("absence", "Now") if one.holds(seen.today) else pgettext("absence", "Later")
                    for one in found
                ],
                "who": [name(one.person) for one in found],
                "deputy": [_("deputy {name}").format(name=name(one.deputy)) for one in found],
                "whole": [away_line(name(one.person), name(one.deputy), one.first, one.last) for one in found],
                "days": [_("from {day}").format(day=formats.day(one.first)) for one in found],
                "last": [_("to {day}").format(day=formats.day(one.last)) for one in found],
            },
            keys=[one.id for one in found],
        )
        if found and (kept is None or not self.table.select(kept)):
            self.table.select(found[0].id)
        self._offer()

    @property
    def chosen(self) -> Absence | None:
        """Whose row is chosen."""
        found = self._seen.absences if self._seen is not None else ()
        return next((one for one in found if one.id == self.table.current), None)

    @Slot()
    def _offer(self, _key: object = None) -> None:
        seen, one = self._seen, self.chosen
        me = seen is not None and any(each.person.id == seen.acting.id for each in seen.written)
        self.away.setEnabled(seen is not None and len(seen.written) > 1 and (me or seen.administers))
        mine = seen is not None and one is not None and (one.person == seen.acting.id or seen.administers)
        self.withdraw.setEnabled(mine)
        self.withdraw.setToolTip("" if mine or one is None else _("Only an administrator withdraws another's absence"))

    @Slot()
    def _withdraw(self) -> None:
        if self.chosen is not None:
            self.withdrawn.emit(self.chosen.id)
