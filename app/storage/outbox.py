"""The outbox: what waits to be sent, what was sent, and what was given up; and how each person is reached."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from alerts.quiet_hours import QuietHours
from alerts.rule import Severity
from app.storage.persons import person_id
from app.storage.tables.outbox import outbox, outbox_attempt, reader

#: The recipient of everything that goes to the bank's webhook.
WEBHOOK = "webhook"


class Channel(StrEnum):
    """How a message travels."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class State(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"  # refused for good, or failed for too long: a person retries or drops it
    DROPPED = "dropped"  # by a person


class Content(StrEnum):
    """What a message is about."""

    ALERT = "alert"
    SILENCE = "silence"
    TEST = "test"
    NOTICE = "notice"  # a risk notice to a client or an institution
    UNANSWERED = "unanswered"  # one that nobody answered in time: told to who sent it


@dataclass(frozen=True, slots=True)
class Reader:
    """How a person is reached; `families` empty: all; `quiet` None: at any hour."""

    person: str
    email: str = ""
    language: str = "en"
    families: tuple[str, ...] = ()
    least: Severity = Severity.WARNING
    resolved: bool = True
    quiet: QuietHours | None = None
    critical_breaks: bool = True

    def wants(self, family: str, severity: Severity | None) -> bool:
        """Whether an alert's family and severity are among what this person is told of."""
        grave = severity is Severity.CRITICAL or self.least is Severity.WARNING
        return grave and (not self.families or family in self.families)

    def quiet_until(self, severity: Severity | None, at: datetime) -> datetime | None:
        """Until when a message is held back; None where it may go out at `at`."""
        if self.quiet is None or (severity is Severity.CRITICAL and self.critical_breaks):
            return None
        return self.quiet.until(at)


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one reader on one channel; `facts` is all that it says, in codes and in every language."""

    key: str
    channel: Channel
    recipient: str
    kind: Content
    severity: Severity | None
    facts: Mapping[str, Any]
    at: datetime
    next_at: datetime
    notice: int | None = None
    state: State = State.WAITING
    attempts: int = 0
    held_until: datetime | None = None
    failing_since: datetime | None = None
    fault: str = ""
    detail: str = ""
    sent_at: datetime | None = None
    sent_in: str | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of sending a message once; `who` is a person where it was done by hand."""

    at: datetime
    outcome: str
    fault: str = ""
    detail: str = field(default="")
    who: str = ""


def key_of(*parts: str) -> str:
    """The key by which a second copy is recognised: the same parts always give the same one."""
    return "tw-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def add(connection: Connection, messages: Iterable[Message]) -> int:
    """Store those whose key is not there yet; how many that were."""
    wanted = {one.key: one for one in messages}
    if not wanted:
        return 0
    there = set(connection.scalars(select(outbox.c.key).where(outbox.c.key.in_(wanted))))
    rows = [_row(one) for key, one in wanted.items() if key not in there]
    if rows:
        connection.execute(outbox.insert(), rows)
    return len(rows)


def messages(connection: Connection, states: Sequence[State] = (), limit: int | None = None) -> tuple[Message, ...]:
    """Messages in these states (none: all), newest first."""
    query = select(outbox).order_by(outbox.c.id.desc()).limit(limit)
    if states:
        query = query.where(outbox.c.state.in_([one.value for one in states]))
    return tuple(_message(row) for row in connection.execute(query))


def find(connection: Connection, key: str) -> Message | None:
    """One message by its key."""
    row = connection.execute(select(outbox).where(outbox.c.key == key)).one_or_none()
    return None if row is None else _message(row)


def counts(connection: Connection) -> dict[State, int]:
    """How many messages are in each state."""
    query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    found = {State(state): int(count) for state, count in connection.execute(query)}
    return {state: found.get(state, 0) for state in State}


def claim(connection: Connection, wanted: Iterable[Message], now: datetime, until: datetime) -> tuple[Message, ...]:
    """Take messages to send them; those that another program is sending just now are left out."""
    mine = []
    for one in wanted:
        free = or_(outbox.c.held_until.is_(None), outbox.c.held_until <= now)
        update = outbox.update().where(outbox.c.id == one.id, outbox.c.state == State.WAITING.value, free)
        if connection.execute(update.values(held_until=until)).rowcount:
            mine.append(one)
    return tuple(mine)


def put(connection: Connection, message: Message, attempt: Attempt) -> None:
    """Store how far a message has come and the attempt that brought it there."""
    values = {name: getattr(message, name) for name in _MOVING} | {"state": message.state.value}
    connection.execute(outbox.update().where(outbox.c.id == message.id).values(values))
    row = {"outbox_id": message.id, "at": attempt.at, "outcome": attempt.outcome, "fault": attempt.fault}
    connection.execute(outbox_attempt.insert().values(**row, detail=attempt.detail, who=attempt.who))


def attempts(connection: Connection, message: int) -> tuple[Attempt, ...]:
    """Every attempt of a message, oldest first."""
    query = select(outbox_attempt).where(outbox_attempt.c.outbox_id == message).order_by(outbox_attempt.c.id)
    return tuple(Attempt(row.at, row.outcome, row.fault, row.detail, row.who) for row in connection.execute(query))


def last_sent(connection: Connection) -> dict[Channel, datetime]:
    """When each channel last delivered something."""
    query = select(outbox.c.channel, func.max(outbox.c.sent_at)).where(outbox.c.sent_at.is_not(None))
    return {Channel(channel): at for channel, at in connection.execute(query.group_by(outbox.c.channel))}


def readers(connection: Connection) -> dict[str, Reader]:
    """How everybody is reached, by the person's id."""
    return {row.person_id: _reader(row) for row in connection.execute(select(reader).order_by(reader.c.person_id))}


def put_reader(connection: Connection, one: Reader) -> Reader | None:
    """Store how a person is reached and return how it was before."""
    before = readers(connection).get(one.person)
    quiet = one.quiet
    values = {
        "email": one.email,
        "language": one.language,
        "families": json.dumps(list(one.families)),
        "least": one.least.value,
        "resolved": one.resolved,
        "quiet_start": "" if quiet is None else f"{quiet.start:%H:%M}",
        "quiet_end": "" if quiet is None else f"{quiet.end:%H:%M}",
        "zone": "" if quiet is None else quiet.zone,
        "critical_breaks": one.critical_breaks,
    }
    if before is None:
        connection.execute(reader.insert().values(person_id=person_id(one.person), **values))
    else:
        connection.execute(reader.update().where(reader.c.person_id == one.person).values(values))
    return before


_MOVING = ("attempts", "next_at", "held_until", "failing_since", "fault", "detail", "sent_at", "sent_in")


def _row(one: Message) -> dict[str, Any]:
    return {
        "key": one.key,
        "channel": one.channel.value,
        "recipient": one.recipient,
        "kind": one.kind.value,
        "severity": None if one.severity is None else one.severity.value,
        "notice_id": one.notice,
        "facts": json.dumps(dict(one.facts), ensure_ascii=False, sort_keys=True),
        "at": one.at,
        "state": one.state.value,
        **{name: getattr(one, name) for name in _MOVING},
    }


def _message(row: Row[Any]) -> Message:
    return Message(
        row.key,
        Channel(row.channel),
        row.recipient,
        Content(row.kind),
        None if row.severity is None else Severity(row.severity),
        json.loads(row.facts),
        row.at,
        row.next_at,
        row.notice_id,
        State(row.state),
        row.attempts,
        row.held_until,
        row.failing_since,
        row.fault,
        row.detail,
        row.sent_at,
        row.sent_in,
        row.id,
    )


def _reader(row: Row[Any]) -> Reader:
    quiet = None
    if row.quiet_start:
        quiet = QuietHours(time.fromisoformat(row.quiet_start), time.fromisoformat(row.quiet_end), row.zone)
    return Reader(
        row.person_id,
        row.email,
        row.language,
        tuple(json.loads(row.families)),
        Severity(row.least),
        row.resolved,
        quiet,
        row.critical_breaks,
    )
