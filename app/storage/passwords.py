"""Passwords of approvals: a hash for each person, and who said theirs lately in the program that runs now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from app.refusals import Refused
from app.storage import persons
from app.storage.persons import person_id
from app.storage.tables.persons import password
from app.storage.tables.workspace import setting

#: Settings of the workspace, as JSON: whether a password is asked at all, and after how many minutes again.
ASKED_KEY, IDLE_KEY = "approvals.ask_password", "approvals.idle_minutes"
#: Minutes without an approval after which the password is asked again [choice].
IDLE_MINUTES = 15


@dataclass
class Session:
    """Who said the password lately; it lives as long as the program and stands in no file."""

    _last: dict[str, datetime] = field(default_factory=dict)

    def open(self, who: str, at: datetime) -> None:
        """The password was right, or was needed again in time."""
        self._last[person_id(who)] = at

    def last(self, who: str) -> datetime | None:
        """When it was last said, or used; None: not in this program."""
        return self._last.get(person_id(who))

    def close(self, who: str) -> None:
        """Ask again from now on."""
        self._last.pop(person_id(who), None)

    def is_open(self, who: str, at: datetime, idle: timedelta) -> bool:
        """Whether it was said, or used, no longer than `idle` ago."""
        last = self._last.get(person_id(who))
        return last is not None and timedelta(0) <= at - last <= idle


def refuse_locked(connection: Connection, who: str, at: datetime) -> None:
    """An approval asks this in its own unit of work; one that goes through keeps the session open.

    Refused "password.none" where the person never set one, "password.once" where it is one that an administrator gave
    out, "password.asked" where it was not said lately. An account that nobody wrote down has none to say: on such a
    desk nothing is asked, and `persons list` says so.
    """
    if not asks(connection) or persons.find(connection, who) is None:
        return
    if find(connection, who) is None:
        raise Refused("password.none", person=person_id(who))
    if is_once(connection, who):
        raise Refused("password.once", person=person_id(who))
    session = _session(connection)
    if session is None or not session.is_open(who, at, idle(connection)):
        raise Refused("password.asked", person=person_id(who))
    session.open(who, at)


def asks(connection: Connection) -> bool:
    """Whether approvals ask for a password; they do until an administrator switches it off."""
    return _read(connection, ASKED_KEY) != "false"


def idle(connection: Connection) -> timedelta:
    """How long a password counts after it was said or used."""
    said = _read(connection, IDLE_KEY)
    return timedelta(minutes=int(said) if said else IDLE_MINUTES)


def find(connection: Connection, who: str) -> str | None:
    """The hash of a person's password; None where none is set."""
    found: str | None = connection.execute(
        select(password.c.hash).where(password.c.person == person_id(who))
    ).scalar_one_or_none()
    return found


def is_once(connection: Connection, who: str) -> bool:
    """Whether a person's password is one for one use: it counts for no approval, only for setting another one."""
    return bool(connection.execute(select(password.c.once).where(password.c.person == person_id(who))).scalar())


def having(connection: Connection) -> frozenset[str]:
    """Everybody who has set a password, by id."""
    return frozenset(connection.scalars(select(password.c.person).where(password.c.once.is_not(True))))


def waiting(connection: Connection) -> frozenset[str]:
    """Everybody whose password an administrator gave out and who has not set another one yet, by id."""
    return frozenset(connection.scalars(select(password.c.person).where(password.c.once.is_(True))))


def put(connection: Connection, who: str, hash: str, at: datetime, *, once: bool = False) -> None:
    """Keep a person's new hash in the place of the old one."""
    drop(connection, who)
    connection.execute(password.insert().values(person=person_id(who), hash=hash, since=at, once=once))


def drop(connection: Connection, who: str) -> None:
    """Forget a person's password."""
    connection.execute(password.delete().where(password.c.person == person_id(who)))


def _read(connection: Connection, key: str) -> str | None:
    found: str | None = connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar_one_or_none()
    return found


def _session(connection: Connection) -> Session | None:
    found: Session | None = connection.get_execution_options().get("tidewatch_session")
    return found
