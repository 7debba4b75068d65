"""Who works with the workspace, and who is acting now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts.finding import Finding
from app.events import Events, PersonsChanged
from app.refusals import Misused, Refused
from app.services.bank_days import BankDays
from app.storage import absences, audit, outbox, passwords, persons, roles
from app.storage.absences import Absence
from app.storage.database import Database
from app.storage.persons import Person, Role, person_id

_LONGEST_ID, _LONGEST_NAME = 128, 255


@dataclass(frozen=True, slots=True)
class Member:
    """A person as the workspace knows it today.

    `seen` is the newest row of the audit trail under the account, the program's own rows counted; None: none yet.
    `password` is "set", "none", or "once": an administrator gave one out that has not been changed. `away` is the
    absence that holds today, `next` the first that will, `deputises` those in which the person stands in today.
    """

    person: Person
    seen: datetime | None
    password: str
    away: Absence | None = None
    next: Absence | None = None
    deputises: tuple[Absence, ...] = ()
    reached: bool = False  # by mail: has an address

    @property
    def approves(self) -> bool:
        """Whether the person's role is enough to do the second step."""
        return self.person.left is None and roles.ORDER.index(self.person.role) >= roles.ORDER.index(Role.APPROVER)


@dataclass(frozen=True, slots=True)
class Staff:
    """The page's answer: everybody, who is at work now, and whether every first step can find a second person."""

    members: tuple[Member, ...]
    acting: Person
    finding: Finding

    def name(self, account: str) -> str:
        """A person by name, where somebody wrote it down."""
        return next((one.person.name for one in self.members if one.person.id == person_id(account)), account)


class Staffing:
    """Persons are written down under the account they work with.

    Until somebody is written down as administrator, whoever works here is one; after that, an account that nobody has
    written down is an officer's.
    """

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime], user: str) -> None:
        self._database, self._events = database, events
        self._clock, self._user = clock, user
        self._days = BankDays(database)

    def persons(self) -> tuple[Person, ...]:
        """Everybody who is written down and has not left, and the acting person; by id."""
        with self._database.read() as connection:
            known, acting = persons.present(connection), roles.acting(connection, self._user)
        return tuple(sorted({*known, acting}, key=lambda person: person.id))

    def staff(self) -> Staff:
        """Everybody, those who left too, with what is known of each today."""
        today = self._days.of(self._clock())
        with self._database.read() as connection:
            known, acting = persons.persons(connection), roles.acting(connection, self._user)
            seen, having, waiting = audit.last_by(connection), *_passwords(connection)
            open_ = [one for one in absences.absences(connection) if one.ended_at is None and one.last >= today]
            asks, readers = passwords.asks(connection), outbox.readers(connection)
        everybody = {one.id: one for one in known}
        everybody.setdefault(acting.id, acting)
        members = []
        for id, person in sorted(everybody.items(), key=lambda pair: (pair[1].left is not None, pair[0])):
            mine = sorted((one for one in open_ if one.person == id), key=lambda one: one.first)
            away = next((one for one in mine if one.holds(today)), None)
            later = next((one for one in mine if one.first > today), None)
            deputises = tuple(one for one in open_ if one.deputy == id and one.holds(today))
            password = "once" if id in waiting else "set" if id in having else "none"
            reached = id in readers and bool(readers[id].email)
            members.append(Member(person, seen.get(id), password, away, later, deputises, reached))
        return Staff(tuple(members), acting, _finding(members, asks=asks))

    def acting(self) -> Person:
        """The person at work: whose account the program runs under."""
        with self._database.read() as connection:
            return roles.acting(connection, self._user)

    def may(self, action: str) -> bool:
        """Whether the acting person's role is enough for an action of the audit trail ("limits.set")."""
        return roles.may(self.acting().role, action)

    def least(self, action: str) -> Role:
        """The least role that an action needs."""
        return roles.least(action)

    def add(self, account: str, name: str, role: Role) -> Person:
        """Write somebody down; the acting person too, if nobody has yet.

        Misused "persons.bad_id", "persons.bad_name"; Refused "persons.known".
        """
        id, name = person_id(account), name.strip()
        if not id or len(id) > _LONGEST_ID or not id.isprintable():
            raise Misused("persons.bad_id", most=_LONGEST_ID)
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            raise Misused("persons.bad_name", most=_LONGEST_NAME)
        now = self._clock()
        added = Person(id, name, role, now)
        with self._database.write() as connection:
            roles.require(connection, self._user, "person.add")  # before it writes the acting person down
            acting = roles.acting(connection, self._user)
            for one in (added,) if acting.since is not None or acting.id == id else (acting, added):
                persons.add(connection, one, now)
                audit.record(
                    connection,
                    at=now,
                    who=self._user,
                    action="person.add",
                    subject=f"person {one.id}",
                    after={"name": one.name, "role": one.role.value},
                )
        self._events.publish(PersonsChanged())
        return added

    def change_role(self, account: str, role: Role) -> Person:
        """Give somebody who is written down another role; Refused "persons.unknown", "persons.last_administrator"."""
        now = self._clock()
        with self._database.write() as connection:
            before = persons.find(connection, account)
            if before is None:
                raise Refused("persons.unknown", person=account)
            # Recorded first: who gives the administration away is asked for the role as it still is.
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="person.role",
                subject=f"person {before.id}",
                before={"role": before.role.value},
                after={"role": role.value},
            )
            persons.change_role(connection, account, role)
        self._events.publish(PersonsChanged())
        return Person(before.id, before.name, role, before.since, before.left)

    def leave(self, account: str) -> Person:
        """Somebody works here no longer: may look, approves nothing, is told nothing, and has no password.

        What the person did stays, under the name. Refused "persons.unknown", "persons.has_left",
        "persons.last_administrator", "persons.is_deputy" (while, or before, the person stands in for somebody).
        """
        now = self._clock()
        today = self._days.of(now)
        with self._database.write() as connection:
            before = persons.find(connection, account)
            if before is None:
                raise Refused("persons.unknown", person=account)
            if before.left is not None:
                raise Refused("persons.has_left", person=before.name)
            for one in absences.absences(connection):
                if one.deputy == before.id and one.ended_at is None and one.last >= today:
                    away = persons.find(connection, one.person) or before
                    raise Refused("persons.is_deputy", person=before.name, other=away.name, number=one.id)
            self._record_leaving(connection, now, "person.left", before)
            persons.set_left(connection, account, now)
            passwords.drop(connection, account)
        self._database.session.close(account)
        self._events.publish(PersonsChanged())
        return Person(before.id, before.name, before.role, before.since, now)

    def come_back(self, account: str) -> Person:
        """Somebody who left works here again, in the role of then; Refused "persons.unknown", "persons.not_left"."""
        now = self._clock()
        with self._database.write() as connection:
            before = persons.find(connection, account)
            if before is None:
                raise Refused("persons.unknown", person=account)
            if before.left is None:
                raise Refused("persons.not_left", person=before.name)
            self._record_leaving(connection, now, "person.back", before)
            persons.set_left(connection, account, None)
        self._events.publish(PersonsChanged())
        return Person(before.id, before.name, before.role, before.since)

    def _record_leaving(self, connection: Connection, now: datetime, action: str, of: Person) -> None:
        audit.record(
            connection,
            at=now,
            who=self._user,
            action=action,
            subject=f"person {of.id}",
            before={"left": of.left},
            after={"left": now if action == "person.left" else None},
        )


def _passwords(connection: Connection) -> tuple[frozenset[str], frozenset[str]]:
    return passwords.having(connection), passwords.waiting(connection)


def _finding(members: list[Member], *, asks: bool) -> Finding:
    """Whether what one person proposes another can confirm today; the gravest thing in the way first.

    "people.alone": nobody else; "people.one_approver": only one may do the second step, so that this person's own
    first steps wait; "people.nobody_today": every approver is away and no approver stands in; "people.no_password":
    approvers who would be asked and cannot answer; "people.away": deputies stand in today; "people.fine".
    """
    present = [one for one in members if one.person.left is None]
    approvers = [one for one in present if one.approves]
    if len(present) < 2:
        return Finding("people.alone", {"person": present[0].person.name if present else ""})
    if len(approvers) < 2:
        return Finding("people.one_approver", {"person": approvers[0].person.name if approvers else ""})
    away = [one for one in present if one.away is not None]
    if all(one.away is not None for one in approvers):
        return Finding("people.nobody_today", {"approvers": len(approvers)})
    silent = [one for one in approvers if asks and one.person.since and one.password == "none"]  # noqa: S105 - a state, no password
    if silent:
        return Finding("people.no_password", {"without": len(silent), "approvers": len(approvers)})
    if away:
        return Finding("people.away", {"away": len(away), "all": len(present)})
    return Finding("people.fine", {"all": len(present), "approvers": len(approvers)})
