"""The card "Which excesses wait, and which end soon?": temporary excesses with who asked and who decided."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from app.i18n import gettext as _
from app.i18n import pgettext
from app.storage.limits import StoredExcess
from app.storage.persons import person_id
from app.wording import formats
from app.wording import limits as words
from app.wording.sentences import sentence
from exposures import limit_findings
from ui.pages.exposures.survey import millions
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class ExcessesCard(Card):
    """`decided(number, approved)` when a person decides on what another asked for."""

    decided = Signal(int, bool)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._found: tuple[StoredExcess, ...] = ()
        self._on: date | None = None
        self._user = ""
        self._names: dict[str, str] = {}
        self._chosen: int | None = None
        self.approve, self.decline = QPushButton(), QPushButton()
        for button in (self.decline, self.approve):
            self.corner.addWidget(button)
        self.approve.clicked.connect(self._approve)
        self.decline.clicked.connect(self._decline)
        self.table = TableView(
            (
                Column("limit", lambda: _("Limit"), Kind.TWO_LINE, detail="why", stretch=2, width=120, priority=0),
                Column("state", lambda: pgettext("excess", "State"), Kind.SEVERITY, detail="word", priority=0),
                Column("amount", lambda: _("Excess, m"), Kind.NUMBER, decimals=1, strong=True, priority=0),
                Column("currency", lambda: _("Currency"), priority=2),
                Column("until", lambda: _("Until"), Kind.DATE, priority=0),
                Column("asked", lambda: _("Asked by"), priority=1),
                Column("decided", lambda: _("Decided by"), priority=0),
                Column("comment", lambda: _("Comment"), stretch=1, width=60, priority=3, fades=True),
            ),
            title="",
            row="two_line",
            name="limits.excesses",
            state=state,
        )
        self.body.addWidget(self.table, 1)
        self.table.selected.connect(self._pick)
        self._enable()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which excesses wait, and which end soon?"))
        self.approve.setText(_("Approve"))
        self.decline.setText(_("Decline"))
        self.table.setAccessibleName(_("Temporary excesses, the newest first"))
        if self._on is not None:
            self.show_excesses(self._found, self._on, self._user, self._names)

    def show_excesses(
        self, found: tuple[StoredExcess, ...], on: date, user: str, names: Mapping[str, str] | None = None
    ) -> None:
        """Show them as they stand on a day, to a person; `names` of counterparties by their number."""
        self._found, self._on, self._user = found, on, user
        self._names = dict(names or {})
        if not found:
            self.show_empty(
                "limits",
                _("No temporary excess"),
                _("Choose a limit and ask for one; it counts once another person approves it."),
            )
            self.add_note("")
            self._enable()
            return
        self.show_content()
        self.say(sentence(limit_findings.excesses([(one.approved, one.until, one.amount) for one in found], on)))
        states = [_state(one, on) for one in found]
        self.table.rows.load(
            {
                "limit": [
                    words.subject(one.subject[0].value, *one.subject[1:], self._names.get(one.subject[1], ""))
                    for one in found
                ],
                "why": [one.reason for one in found],
                "state": [state for state, _word in states],
                "word": [word for _state, word in states],
                "amount": [millions(one.amount) for one in found],
                "currency": [formats.currency(one.currency) for one in found],
                "until": [one.until for one in found],
                "asked": [one.user for one in found],
                "decided": [one.approver or "–" for one in found],
                "comment": [one.comment for one in found],
            },
            keys=[one.id for one in found],
        )
        self.add_note(_("Who asked for an excess cannot approve it."))
        self._enable()

    def _pick(self, key: object) -> None:
        self._chosen = int(str(key)) if key is not None else None
        self._enable()

    def _enable(self) -> None:
        chosen = next((one for one in self._found if one.id == self._chosen), None)
        mine = chosen is not None and person_id(chosen.user) == person_id(self._user)
        able = chosen is not None and chosen.approved is None and not mine
        for button in (self.approve, self.decline):
            button.setEnabled(able)
            button.setVisible(any(one.approved is None for one in self._found))

    def _approve(self) -> None:
        if self._chosen is not None:
            self.decided.emit(self._chosen, True)

    def _decline(self) -> None:
        if self._chosen is not None:
            self.decided.emit(self._chosen, False)


def _state(one: StoredExcess, on: date) -> tuple[str, str]:
    if one.approved is None:
        return "pending", _("Waits")
    if not one.approved:
        return "nodata", _("Declined")
    if on > one.until:
        return "done", _("Ended")
    return ("warning" if (one.until - on).days <= limit_findings.SOON else "ok"), _("In force")
