"""Persons: who works here and in which role, who is away, and how approvals ask for a password."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Slot

from app.bootstrap import Program
from app.events import CheckChanged, Event, PersonsChanged, ReviewsChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.services.unlocking import Reset
from app.storage.absences import Absence
from app.storage.persons import Person, Role
from app.wording.persons import away_line, role_label
from ui.pages.page import Context, Page
from ui.pages.persons.approvals import ApprovalsCard
from ui.pages.persons.away import AwayCard
from ui.pages.persons.forms import AwayForm, LeaveForm, PersonForm, ResetForm, RoleForm
from ui.pages.persons.seen import Seen, fetch
from ui.pages.persons.staff import StaffCard
from ui.tasks import Lane
from ui.widgets.form import Form


class PersonsPage(Page):
    """Everybody at the left; absences and approvals at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._seen: Seen | None = None
        self.form: Form | None = None
        rights = context.commands.rights
        self.add_button = self.button("primary")
        rights.guard(self.add_button, "person.add")
        self.add_button.clicked.connect(self.add_person)
        self.staff = StaffCard(context.state, rights)
        self.away, self.approvals = AwayCard(context.state, rights), ApprovalsCard(rights)
        grid = self.columns()
        grid.addWidget(self.staff, 0, 0, 2, 8)
        grid.addWidget(self.away, 0, 8, 1, 4)
        grid.addWidget(self.approvals, 1, 8, 1, 4)
        grid.setRowStretch(0, 3)
        grid.setRowStretch(1, 2)
        self.staff.add_wanted.connect(self.add_person)
        self.staff.role_wanted.connect(self._ask_role)
        self.staff.leave_wanted.connect(self._ask_leave)
        self.staff.back_wanted.connect(self._take_back)
        self.staff.reset_wanted.connect(self._ask_reset)
        self.away.away_wanted.connect(self.ask_away)
        self.away.withdrawn.connect(self._withdraw)
        self.approvals.password_wanted.connect(context.commands["approvals.password"].trigger)
        self.approvals.lock_wanted.connect(self._lock)
        self.approvals.ask_wanted.connect(self._change_asking)

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Persons"))
        self.add_button.setText(_("Add a person…"))
        for card in (self.staff, self.away, self.approvals):
            card.mark_sample(self.context.sample)
            card.retranslate()

    def refresh(self, event: Event | None = None) -> None:
        """Ask again when a person, an absence or a password changed, or an approval was made."""
        if event is None or isinstance(event, PersonsChanged | ReviewsChanged | CheckChanged):
            self.ask(partial(fetch, self.context.program), self._show, self._failed, about="persons")

    def show_target(self, **what: Any) -> None:
        """Open a form: `act` is "away" or "add"."""
        if "act" in what:
            self.ask(partial(fetch, self.context.program), partial(self._show_form, str(what["act"])))

    def find(self) -> None:
        """Ctrl+F: into the table of persons."""
        self.staff.table.setFocus()

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self.staff.clear_error()
        self.staff.show_seen(seen)
        self.away.show_seen(seen)
        self.approvals.show_seen(seen)

    def _show_form(self, act: str, seen: Seen) -> None:
        self._show(seen)
        if act == "add" and self.add_button.isEnabled():
            self.add_person()
        elif act == "away" and self.away.away.isEnabled():
            self.ask_away()

    def _failed(self, error: Exception) -> None:
        self.staff.show_error(error, (_("Try again"), self.refresh))

    # ------------------------------------------------------------------ persons

    @Slot()
    def add_person(self) -> None:
        """Ask for somebody new."""
        if self._seen is not None:
            form = PersonForm(self, first=self._seen.acting.since is None)
            form.wanted.connect(self._add)
            self._open(form)

    def _add(self, account: str, name: str, role: Role) -> None:
        work = partial(_add, self.context.program, account, name, role)
        self.ask(work, self._is_person, self._refused, lane=Lane.WRITE)

    @Slot(str)
    def _ask_role(self, id: str) -> None:
        person = self._person(id)
        if person is not None:
            form = RoleForm(person, self)
            form.wanted.connect(self._change_role)
            self._open(form)

    def _change_role(self, id: str, role: Role) -> None:
        work = partial(_change_role, self.context.program, id, role)
        self.ask(work, self._is_person, self._refused, lane=Lane.WRITE)

    @Slot(str)
    def _ask_leave(self, id: str) -> None:
        person = self._person(id)
        if person is not None:
            form = LeaveForm(person, self)
            form.wanted.connect(self._leave)
            self._open(form)

    @Slot(str)
    def _leave(self, id: str) -> None:
        self.ask(partial(_leave, self.context.program, id), self._has_left, self._refused, lane=Lane.WRITE)

    def _has_left(self, person: Person) -> None:
        undo = partial(self._take_back, person.id)
        self._done(_("{person} has left").format(person=person.name), _("Take back"), undo)

    @Slot(str)
    def _take_back(self, id: str) -> None:
        self.ask(partial(_come_back, self.context.program, id), self._is_person, lane=Lane.WRITE)

    def _is_person(self, person: Person) -> None:
        self._done(_("{person}: {role}").format(person=person.name, role=role_label(person.role.value)))

    # ------------------------------------------------------------------ absences

    @Slot()
    def ask_away(self) -> None:
        """Ask who is away, and who stands in."""
        if self._seen is None:
            return
        seen, chosen = self._seen, self.staff.chosen
        start = chosen.person.id if chosen is not None and seen.administers else ""
        form = AwayForm(seen.written, seen.acting.id, seen.today, self, others=seen.administers, start=start)
        form.wanted.connect(self._set_absence)
        self._open(form)

    def _set_absence(self, person: str, deputy: str, first: date, last: date) -> None:
        work = partial(_set_absence, self.context.program, person, deputy, first, last)
        self.ask(work, self._is_away, self._refused, lane=Lane.WRITE)

    def _is_away(self, made: Absence) -> None:
        assert self._seen is not None
        name = self._seen.staff.name
        text = away_line(name(made.person), name(made.deputy), made.first, made.last)
        self._done(text, _("Withdraw"), partial(self._withdraw, made.id))

    @Slot(int)
    def _withdraw(self, number: int) -> None:
        self.ask(partial(_end_absence, self.context.program, number), self._is_withdrawn, lane=Lane.WRITE)

    def _is_withdrawn(self, ended: Absence) -> None:
        assert self._seen is not None
        name = self._seen.staff.name(ended.person)
        self._done(_("{person} is not away; the absence is withdrawn").format(person=name))

    # ------------------------------------------------------------------ approvals

    @Slot(str)
    def _ask_reset(self, id: str) -> None:
        person = self._person(id)
        if person is not None:
            form = ResetForm(person, self)
            form.wanted.connect(partial(self._reset, form))
            self._open(form)

    def _reset(self, form: ResetForm, id: str) -> None:
        work = partial(_reset, self.context.program, id)
        self.ask(work, partial(self._was_reset, form), self._refused, lane=Lane.WRITE)

    def _was_reset(self, form: ResetForm, found: Reset) -> None:
        if form is self.form:
            form.show_given(found)
        self.refresh(None)

    @Slot()
    def _lock(self) -> None:
        self.ask(partial(_lock, self.context.program), self._is_locked)

    def _is_locked(self, _nothing: None) -> None:
        self._done(_("The next approval asks for your password"))

    @Slot(bool, int)
    def _change_asking(self, on: bool, minutes: int) -> None:
        work = partial(_change_asking, self.context.program, on, minutes)
        self.ask(work, self._is_asking, lane=Lane.WRITE)

    def _is_asking(self, _nothing: None) -> None:
        self._done(_("How approvals ask: saved"))

    # ------------------------------------------------------------------ forms

    def _person(self, id: str) -> Person | None:
        member = self._seen.member(id) if self._seen is not None else None
        return None if member is None else member.person

    def _open(self, form: Form) -> None:
        self.form = form
        form.finished.connect(form.deleteLater)
        form.finished.connect(self._closed)
        form.open()

    @Slot()
    def _closed(self, _result: int = 0) -> None:
        self.form = None

    def _done(self, text: str, undo_text: str = "", undo: Any = None) -> None:
        if self.form is not None:
            self.form.accept()
        self.context.done(text, undo_text, undo)
        self.refresh(None)

    def _refused(self, error: Exception) -> None:
        if self.form is not None:
            self.form.refuse(error)
        else:
            self.context.failed(error)


def _add(program: Program, account: str, name: str, role: Role, _job: Job) -> Person:
    return program.staffing.add(account, name, role)


def _change_role(program: Program, id: str, role: Role, _job: Job) -> Person:
    return program.staffing.change_role(id, role)


def _leave(program: Program, id: str, _job: Job) -> Person:
    return program.staffing.leave(id)


def _come_back(program: Program, id: str, _job: Job) -> Person:
    return program.staffing.come_back(id)


def _set_absence(program: Program, person: str, deputy: str, first: date, last: date, _job: Job) -> Absence:
    return program.working.set_absence(person, deputy, first, last)


def _end_absence(program: Program, number: int, _job: Job) -> Absence:
    return program.working.end_absence(number)


def _reset(program: Program, id: str, _job: Job) -> Reset:
    return program.unlocking.reset(id)


def _lock(program: Program, _job: Job) -> None:
    program.unlocking.lock()


def _change_asking(program: Program, on: bool, minutes: int, _job: Job) -> None:
    now = program.unlocking.state()
    if minutes != now.idle_minutes:
        program.unlocking.set_idle(minutes)
    program.unlocking.switch(on)
