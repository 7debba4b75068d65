"""What people and time answer to alerts: notices, silences, outcomes and escalations; rows are only ever added."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from alerts.notices import Silence, Told
from alerts.rule import Severity
from app.storage.tables.alerts import alert_action, alert_notice, alert_silence, alert_silence_end


class Acted(StrEnum):
    """What was done about an alert besides acknowledging it."""

    DROPPED = "dropped"  # its acknowledgement, because it went beyond the value that carried it
    OUTCOME = "outcome"  # how it turned out


class Outcome(StrEnum):
    """How an alert turned out, said by a person once it has ended; a back-test counts them."""

    TRUE = "true"  # it told of something that needed action
    FALSE = "false"  # nothing was behind it
    KNOWN = "known"  # true, and known before


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that was done."""

    alert: int
    kind: Acted
    at: datetime
    who: str
    value: str
    comment: str


@dataclass(frozen=True, slots=True)
class StoredNotice:
    """One thing to tell; `hidden` is why nobody is told: "silence:3", "flapping", or empty. `alert` 0: of none."""

    key: str
    alert: int
    kind: Told
    severity: Severity | None
    observed: date | None
    at: datetime
    recipient: str
    hidden: str = ""
    silence: int | None = None
    id: int = 0


def add_action(connection: Connection, action: Action) -> None:
    """Store it."""
    row = {"alert_id": action.alert, "kind": action.kind.value, "at": action.at, "who": action.who}
    connection.execute(alert_action.insert().values(**row, value=action.value, comment=action.comment))


def actions(connection: Connection) -> dict[int, list[Action]]:
    """Everything done, oldest first, by the alert's number."""
    found: dict[int, list[Action]] = {}
    for row in connection.execute(select(alert_action).order_by(alert_action.c.id)):
        action = Action(row.alert_id, Acted(row.kind), row.at, row.who, row.value, row.comment)
        found.setdefault(row.alert_id, []).append(action)
    return found


def add_notices(connection: Connection, several: Iterable[StoredNotice]) -> tuple[StoredNotice, ...]:
    """Store those whose key is not there yet, and give them back with their numbers."""
    wanted = {one.key: one for one in several}
    if not wanted:
        return ()
    there = set(connection.scalars(select(alert_notice.c.key).where(alert_notice.c.key.in_(wanted))))
    rows = [_notice_row(one) for one in wanted.values() if one.key not in there]
    if not rows:
        return ()
    connection.execute(alert_notice.insert(), rows)
    query = select(alert_notice.c.key, alert_notice.c.id).where(alert_notice.c.key.in_([row["key"] for row in rows]))
    return tuple(
        replace(wanted[key], id=number) for key, number in connection.execute(query.order_by(alert_notice.c.id))
    )


def _notice_row(one: StoredNotice) -> dict[str, Any]:
    return {
        "key": one.key,
        "alert_id": one.alert or None,
        "silence_id": one.silence,
        "kind": one.kind.value,
        "severity": None if one.severity is None else one.severity.value,
        "observed": one.observed,
        "at": one.at,
        "recipient": one.recipient,
        "hidden": one.hidden,
    }


def notices(connection: Connection, limit: int | None = None) -> tuple[StoredNotice, ...]:
    """The notices, newest first."""
    query = select(alert_notice).order_by(alert_notice.c.id.desc()).limit(limit)
    return tuple(
        StoredNotice(
            row.key,
            row.alert_id or 0,
            Told(row.kind),
            None if row.severity is None else Severity(row.severity),
            row.observed,
            row.at,
            row.recipient,
            row.hidden,
            row.silence_id,
            row.id,
        )
        for row in connection.execute(query)
    )


def add_silence(connection: Connection, silence: Silence, at: datetime) -> int:
    """Store it and give its number."""
    row = {"start": silence.start, "end": silence.end, "author": silence.author, "comment": silence.comment}
    matchers = json.dumps(dict(silence.matchers), sort_keys=True)
    made = connection.execute(alert_silence.insert().values(**row, matchers=matchers, at=at))
    number: int = made.inserted_primary_key[0]  # type: ignore[index]
    return number


def end_silence(connection: Connection, number: int, at: datetime, who: str) -> None:
    """A person ends it before its time."""
    connection.execute(alert_silence_end.insert().values(silence_id=number, at=at, who=who))


def silences(connection: Connection) -> tuple[Silence, ...]:
    """Every silence, newest first."""
    joined = alert_silence.outerjoin(alert_silence_end)
    query = select(alert_silence, alert_silence_end.c.at.label("ended")).select_from(joined)
    return tuple(
        Silence(row.id, json.loads(row.matchers), row.start, row.end, row.author, row.comment, row.ended)
        for row in connection.execute(query.order_by(alert_silence.c.id.desc()))
    )
