"""The left-hand side: everybody, in which role, here or away, and whether an approval would find a password."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from app.i18n import gettext as _
from app.i18n import pgettext
from app.services.staffing import Member, Staff
from app.storage.persons import Role
from app.wording import formats
from app.wording import persons as words
from app.wording.sentences import sentence
from ui.commands import Rights
from ui.pages.persons.seen import Seen
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class StaffCard(Card):
    """Who works here, and can somebody confirm? `add_wanted`; `role_wanted`, `leave_wanted`, `back_wanted`,
    `reset_wanted` with an account.
    """

    add_wanted = Signal()
    role_wanted = Signal(str)
    leave_wanted = Signal(str)
    back_wanted = Signal(str)
    reset_wanted = Signal(str)

    def __init__(self, state: State, rights: Rights) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self.table = TableView(
            (
                Column("name", lambda: _("Person"), Kind.TWO_LINE, detail="id", note="id", stretch=1, width=110,
                       strong=True, priority=0),
                Column("state", lambda: _("Today"), Kind.SEVERITY, detail="word", priority=0),
                Column("role", lambda: _("Role"), priority=0),
                Column("deputy", lambda: pgettext("person", "Deputy"), Kind.TWO_LINE, detail="days", note="whole",
                       stretch=1, width=120, priority=1),
                Column("password", lambda: _("Password"), Kind.TWO_LINE, detail="approves", width=110, priority=1),
                Column("seen", lambda: _("Last seen"), quiet=True, priority=2),
            ),
            title="", row="two_line", name="persons.staff", state=state,
        )  # fmt: skip
        self.role, self.leave, self.reset = QPushButton(), QPushButton(), QPushButton()
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.role, self.reset, self.leave):
            button.setProperty("k", "small")
            row.addWidget(button)
        rights.guard(self.role, "person.role")
        rights.guard(self.reset, "password.reset")
        rights.guard(self.leave, "person.left", "person.back")
        row.addStretch(1)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row)
        self.role.clicked.connect(self._role)
        self.leave.clicked.connect(self._leave)
        self.reset.clicked.connect(self._reset)
        self.table.selected.connect(self._offer)
        self.table.opened.connect(self._role)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Who works here, and can somebody confirm what another one does?"))
        self.table.setAccessibleName(_("Persons"))
        self.role.setText(_("Change role…"))
        self.reset.setText(_("Reset password…"))
        self.add_note(
            _("Last seen: the newest row of the audit trail under the account, the program's own rows included.")
        )
        self._offer()
        if self._seen is not None:
            self.show_seen(self._seen)

    def show_seen(self, seen: Seen) -> None:
        """Show everybody; the chosen one stays chosen."""
        self._seen = seen
        members = seen.staff.members
        if seen.acting.since is None and len(members) < 2:
            self.show_empty(
                "persons",
                _("You work here alone"),
                _(
                    "A second person confirms review decisions, levels, entered figures, excesses, notices and the"
                    " daily check; until then these wait. Write down the accounts that open this workspace."
                ),
                (_("Add a person…"), self.add_wanted.emit),
            )
            return
        self.show_content()
        self.say(sentence(seen.staff.finding))
        kept = self.table.current
        self.table.rows.load(
            {
                "name": [one.person.name for one in members],
                "id": [_account(one, seen) for one in members],
                "state": [_mark(one) for one in members],
                "word": [_word(one) for one in members],
                "role": [words.role_label(one.person.role.value) for one in members],
                "deputy": [_deputy(one, seen.staff)[0] for one in members],
                "days": [_deputy(one, seen.staff)[1] for one in members],
                "whole": [" ".join(_deputy(one, seen.staff)) for one in members],
                "password": [_password(one, seen) for one in members],
                "approves": [_("may approve") if one.approves else "" for one in members],
                "seen": [formats.moment(one.seen) if one.seen is not None else _("never") for one in members],
            },
            keys=[one.person.id for one in members],
        )
        if kept is None or not self.table.select(kept):
            self.table.select(seen.acting.id)
        self._offer()

    @property
    def chosen(self) -> Member | None:
        """Whose row is chosen."""
        return self._seen.member(self.table.current) if self._seen is not None else None

    @Slot()
    def _offer(self, _key: object = None) -> None:
        one = self.chosen
        written, left = (
            one is not None and one.person.since is not None,
            one is not None and one.person.left is not None,
        )
        self.role.setEnabled(written and not left)
        self.reset.setEnabled(written and not left)
        self.leave.setEnabled(written)
        self.leave.setText(_("Take back") if left else _("Has left…"))
        why = "" if written else _("Nobody has written this account down: add a person first")
        for button in (self.role, self.reset, self.leave):
            button.setToolTip(why)

    @Slot()
    def _role(self, _key: object = None) -> None:
        if self.chosen is not None and self.role.isEnabled():
            self.role_wanted.emit(self.chosen.person.id)

    @Slot()
    def _leave(self) -> None:
        if (one := self.chosen) is not None:
            wanted = self.leave_wanted if one.person.left is None else self.back_wanted
            wanted.emit(one.person.id)

    @Slot()
    def _reset(self) -> None:
        if self.chosen is not None:
            self.reset_wanted.emit(self.chosen.person.id)


def _account(one: Member, seen: Seen) -> str:
    return _("{account} (you)").format(account=one.person.id) if one.person.id == seen.acting.id else one.person.id


def _mark(one: Member) -> str:
    if one.person.left is not None:
        return "nodata"
    return "pending" if one.away is not None else "ok"


def _word(one: Member) -> str:
    if one.person.left is not None:
        return pgettext("person", "Left")
    return pgettext("person", "Away") if one.away is not None else pgettext("person", "Here")


def _deputy(one: Member, staff: Staff) -> tuple[str, str]:
    """Who stands in for the person, or for whom it does, and until when or from when on."""
    if one.person.left is not None:
        return _("left on {day}").format(day=formats.day(one.person.left.date())), ""
    if one.away is not None:
        return staff.name(one.away.deputy), _("to {day}").format(day=formats.day(one.away.last))
    if one.deputises:
        names = formats.listed(staff.name(each.person) for each in one.deputises)
        until = min(each.last for each in one.deputises)
        return _("stands in for {names}").format(names=names), _("to {day}").format(day=formats.day(until))
    if one.next is not None:
        return staff.name(one.next.deputy), _("from {day}").format(day=formats.day(one.next.first))
    return "", ""


def _password(one: Member, seen: Seen) -> str:
    if one.person.left is not None or one.person.role is Role.VIEWER:
        return ""
    if one.person.since is None:
        return _("not asked")
    return words.password_label(one.password)
