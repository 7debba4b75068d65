"""The password of approvals: set, changed, said, reset by an administrator, and asked again after idle time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from app import credentials
from app.events import Events, PersonsChanged
from app.refusals import Misused, Refused
from app.settings import Setting
from app.storage import audit, passwords, persons, settings
from app.storage.database import Database
from app.storage.persons import Person

#: A password has so many characters or more [choice].
SHORTEST, LONGEST = 8, 256
ROOM = "approvals"
ASK = Setting("ask_password", bool, True, "Whether an approval asks for the approver's password.")
IDLE = Setting("idle_minutes", int, passwords.IDLE_MINUTES, "Minutes after which the password is asked again.")


class Asking(StrEnum):
    """Whether an approval asks the acting person for a password, and why."""

    SET = "set"  # it is set, and asked
    NONE = "none"  # it would be asked, and none is set: the person sets one first
    ONCE = "once"  # an administrator gave one out: the person sets another one at the next approval
    ALONE = "alone"  # nobody wrote the person down: a desk of one asks for none
    OFF = "off"  # an administrator switched it off


@dataclass(frozen=True, slots=True)
class Approvals:
    """How approvals are asked for here; `having` are the persons who have set a password.

    `until` is when an approval asks again, if none is made before; None: the next one asks.
    """

    asking: Asking
    idle_minutes: int
    until: datetime | None
    having: frozenset[str]

    @property
    def unlocked(self) -> bool:
        """Whether an approval would go through without asking."""
        return self.until is not None


@dataclass(frozen=True, slots=True)
class Reset:
    """A password for one use: shown once to the administrator, who hands it over; it stands in no file and no log."""

    person: Person
    password: str = field(repr=False)


class Unlocking:
    """What a person says counts in the program that runs now, until it was idle for too long; it is never stored."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime], user: str) -> None:
        self._database, self._events, self._clock, self._user = database, events, clock, user

    def state(self) -> Approvals:
        """How approvals are asked for, seen by the acting person."""
        now = self._clock()
        with self._database.read() as connection:
            known = persons.find(connection, self._user)
            idle, having = passwords.idle(connection), passwords.having(connection)
            asks, once = passwords.asks(connection), passwords.is_once(connection, self._user)
        if not asks:
            asking = Asking.OFF
        elif known is None:
            asking = Asking.ALONE
        elif once:
            asking = Asking.ONCE
        else:
            asking = Asking.SET if known.id in having else Asking.NONE
        return Approvals(asking, int(idle.total_seconds() // 60), self._until(now, idle), having)

    def unlock(self, password: str) -> None:
        """Say the password: approvals go through from now on.

        Refused "password.none", "password.wrong", "password.once" (it is right, and another one is to be set first).
        """
        now = self._clock()
        with self._database.read() as connection:
            hashed, once = passwords.find(connection, self._user), passwords.is_once(connection, self._user)
        if hashed is None:
            raise Refused("password.none", person=persons.person_id(self._user))
        if not credentials.is_password(password, hashed):
            self._record(now, "password.wrong", self._user)
            raise Refused("password.wrong")
        if once:
            raise Refused("password.once", person=persons.person_id(self._user))
        self._database.session.open(self._user, now)

    def lock(self) -> None:
        """Ask again from now on."""
        self._database.session.close(self._user)

    def set_password(self, new: str, old: str = "") -> None:
        """Set one's own password, or change it.

        Misused "password.bad"; Refused "password.not_written_down", "password.wrong" (the old one, or the one for one
        use), "password.same" (as the one for one use), "persons.has_left".
        """
        if not SHORTEST <= len(new) <= LONGEST or not new.strip():
            raise Misused("password.bad", least=SHORTEST, most=LONGEST)
        now = self._clock()
        with self._database.read() as connection:
            known, hashed = persons.find(connection, self._user), passwords.find(connection, self._user)
        if known is None:
            raise Refused("password.not_written_down", person=self._user)
        if known.left is not None:
            raise Refused("persons.has_left", person=known.name)
        if hashed is not None and not credentials.is_password(old, hashed):
            self._record(now, "password.wrong", self._user)
            raise Refused("password.wrong")
        if hashed is not None and new == old:
            raise Refused("password.same")
        made = credentials.hash_password(new)
        with self._database.write() as connection:
            if passwords.find(connection, self._user) != hashed:
                raise Refused("password.wrong")  # somebody changed or reset it meanwhile
            passwords.put(connection, self._user, made, now)
            audit.record(connection, at=now, who=self._user, action="password.set", subject=f"person {known.id}")
        self._database.session.open(self._user, now)
        self._events.publish(PersonsChanged())

    def reset(self, account: str) -> Reset:
        """Give somebody a password for one use in the place of theirs; at the next approval it must be changed.

        Refused "persons.unknown", "persons.has_left", "persons.role_needed".
        """
        now = self._clock()
        given = credentials.one_time_password()
        made = credentials.hash_password(given)
        with self._database.write() as connection:
            known = persons.find(connection, account)
            if known is None:
                raise Refused("persons.unknown", person=account)
            if known.left is not None:
                raise Refused("persons.has_left", person=known.name)
            passwords.put(connection, account, made, now, once=True)
            audit.record(connection, at=now, who=self._user, action="password.reset", subject=f"person {known.id}")
        self._database.session.close(account)
        self._events.publish(PersonsChanged())
        return Reset(known, given)

    def switch(self, on: bool) -> None:
        """Ask for passwords from now on, or no more."""
        with self._database.write() as connection:
            settings.put(connection, ROOM, ASK, on, at=self._clock(), who=self._user)
        self._events.publish(PersonsChanged())

    def set_idle(self, minutes: int) -> None:
        """Ask again after so many minutes without an approval; Misused "password.bad_idle"."""
        if not 1 <= minutes <= 24 * 60:
            raise Misused("password.bad_idle", minutes=minutes)
        with self._database.write() as connection:
            settings.put(connection, ROOM, IDLE, minutes, at=self._clock(), who=self._user)
        self._events.publish(PersonsChanged())

    def _until(self, now: datetime, idle: timedelta) -> datetime | None:
        last = self._database.session.last(self._user)
        return last + idle if last is not None and self._database.session.is_open(self._user, now, idle) else None

    def _record(self, now: datetime, action: str, account: str) -> None:
        subject = f"person {persons.person_id(account)}"
        with self._database.write() as connection:
            audit.record(connection, at=now, who=self._user, action=action, subject=subject)
