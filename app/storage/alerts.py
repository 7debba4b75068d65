"""Rules, states, transitions and acknowledgements in the database; history is only ever added to."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, func, select

from alerts.alert import Transition
from alerts.listing import Timelines, Withdrawn
from alerts.monitor import Event, Kind, Phase, State
from alerts.rule import Rule, Severity
from alerts.rulefile import read, write
from alerts.standing import Note, Noted, Standing
from app.storage.tables.alerts import (
    acknowledgement,
    acknowledgement_terms,
    alert,
    alert_action,
    alert_event,
    alert_state,
    rule_version,
)

#: The kind of an action that ends an acknowledgement because the alert went beyond the value it carried.
DROPPED = "dropped"
#: The rows that end a part of a timeline instead of adding to it.
_ANEW = (Kind.REVISED, Kind.RULE_CHANGED)


def rules(connection: Connection, as_of: datetime | None = None) -> dict[str, Rule]:
    """The latest version of every rule, by id; with `as_of` the one that stood then.

    A rule that is younger stood then in its first version: the program was only not there yet.
    """
    number: ColumnElement[int] = func.max(rule_version.c.version)
    if as_of is not None:
        then = case((rule_version.c.at <= as_of, rule_version.c.version))
        number = func.coalesce(func.max(then), func.min(rule_version.c.version))
    newest = select(rule_version.c.rule_id, number.label("version")).group_by(rule_version.c.rule_id).subquery()
    query = select(rule_version.c.text).join(
        newest,
        (rule_version.c.rule_id == newest.c.rule_id) & (rule_version.c.version == newest.c.version),
    )
    query = query.order_by(rule_version.c.rule_id)
    found = [read(text)[0] for text in connection.scalars(query)]
    return {rule.id: rule for rule in found}


def authors(connection: Connection) -> dict[str, str]:
    """Who wrote the latest version of every rule."""
    query = select(rule_version.c.rule_id, rule_version.c.who).order_by(rule_version.c.version)
    return {row.rule_id: row.who for row in connection.execute(query)}


def first_written(connection: Connection) -> dict[str, datetime]:
    """When every rule came into the workspace."""
    query = select(rule_version.c.rule_id, func.min(rule_version.c.at).label("at")).group_by(rule_version.c.rule_id)
    return {row.rule_id: row.at for row in connection.execute(query)}


def rule_text(rule: Rule) -> str:
    """A rule in the form in which it is stored and exported."""
    return write([rule])


def add_rule(connection: Connection, rule: Rule, *, at: datetime, who: str, reason: str) -> None:
    """Store a version of a rule."""
    row = {"rule_id": rule.id, "version": rule.version, "text": rule_text(rule)}
    connection.execute(rule_version.insert().values(**row, at=at, who=who, reason=reason))


def standings(connection: Connection) -> dict[tuple[str, str], Standing]:
    """Every state by rule and scope."""
    return {
        (row.rule_id, row.scope): Standing(
            row.rule_id,
            row.scope,
            json.loads(row.labels),
            row.version,
            _state(row.state),
            row.evaluated,
            row.digest,
            row.steps,
            row.as_of,
        )
        for row in connection.execute(select(alert_state))
    }


def put_standing(connection: Connection, standing: Standing) -> None:
    """Store where a rule and its labels stand now."""
    key = (alert_state.c.rule_id == standing.rule_id) & (alert_state.c.scope == standing.scope)
    values = {
        "labels": json.dumps(dict(standing.labels), sort_keys=True),
        "version": standing.version,
        "state": _state_text(standing.state),
        "evaluated": standing.evaluated,
        "digest": standing.digest,
        "steps": standing.steps,
        "as_of": standing.as_of,
    }
    if not connection.execute(alert_state.update().where(key).values(**values)).rowcount:
        connection.execute(alert_state.insert().values(rule_id=standing.rule_id, scope=standing.scope, **values))


def append(connection: Connection, standing: Standing, events: Sequence[Noted], at: datetime) -> None:
    """Add events after the `standing.steps` that stand."""
    if not events:
        return
    rows = [
        {
            "rule_id": standing.rule_id,
            "scope": standing.scope,
            "step": standing.steps + place,
            "kind": noted.event.kind.value,
            "episode": noted.event.episode,
            "observed": noted.event.date,
            "value": noted.event.value,
            "threshold": noted.event.threshold,
            "severity": noted.event.severity,
            "phase": noted.event.phase.value,
            "known_from": noted.known_from,
            "assumed": noted.assumed,
            "version": standing.version,
            "at": at,
        }
        for place, noted in enumerate(events)
    ]
    connection.execute(alert_event.insert(), rows)


def revise(connection: Connection, standing: Standing, step: int, kind: Kind, at: datetime) -> None:
    """Say that from `step` on the events so far no longer stand; `kind` is REVISED or RULE_CHANGED."""
    connection.execute(
        alert_event.insert().values(
            rule_id=standing.rule_id,
            scope=standing.scope,
            step=step,
            kind=kind.value,
            version=standing.version,
            at=at,
        )
    )


def timelines(connection: Connection, key: tuple[str, str] | None = None) -> Timelines:
    """The events that stand, in order, by rule and scope; with `key` only those of one."""
    return _fold(connection, key)[0]


def withdrawn(connection: Connection) -> Withdrawn:
    """The events that no longer stand, by rule and scope and by episode, the revision that took them away last."""
    return _fold(connection, None)[1]


def _fold(connection: Connection, key: tuple[str, str] | None) -> tuple[Timelines, Withdrawn]:
    lines: Timelines = {}
    dropped: Withdrawn = {}
    query = select(alert_event).order_by(alert_event.c.id)
    if key is not None:
        query = query.where(alert_event.c.rule_id == key[0], alert_event.c.scope == key[1])
    for row in connection.execute(query):
        line = lines.setdefault((row.rule_id, row.scope), [])
        if row.kind not in _ANEW:
            line.append(_noted(row))
            continue
        gone: dict[date, list[Transition]] = {}
        for noted, told in line[row.step :]:
            gone.setdefault(noted.event.episode, []).append(told)
        for told_of in gone.values():
            told_of.append(_revision(row))
        dropped.setdefault((row.rule_id, row.scope), {}).update(gone)
        del line[row.step :]
    return lines, dropped


def revisions(connection: Connection) -> dict[tuple[str, str], list[Transition]]:
    """When timelines were made anew, and why, oldest first, by rule and scope."""
    found: dict[tuple[str, str], list[Transition]] = {}
    query = select(alert_event).where(alert_event.c.kind.in_([kind.value for kind in _ANEW]))
    for row in connection.execute(query.order_by(alert_event.c.id)):
        found.setdefault((row.rule_id, row.scope), []).append(_revision(row))
    return found


def numbers(connection: Connection) -> dict[tuple[str, str, date], int]:
    """The number of every numbered episode."""
    return {(row.rule_id, row.scope, row.episode): row.id for row in connection.execute(select(alert))}


def add_number(connection: Connection, rule_id: str, scope: str, episode: date) -> int:
    """Number an episode."""
    row = connection.execute(alert.insert().values(rule_id=rule_id, scope=scope, episode=episode))
    number: int = row.inserted_primary_key[0]  # type: ignore[index]
    return number


def move_number(connection: Connection, number: int, episode: date) -> None:
    """An open episode begins on another day since the past was revised; it keeps its number."""
    connection.execute(alert.update().where(alert.c.id == number).values(episode=episode))


def notes(connection: Connection, until: datetime | None = None) -> dict[int, Note]:
    """The last acknowledgement of every alert that has one (given by `until`)."""
    terms = acknowledgement_terms.c
    query = select(acknowledgement, terms.owner, terms.beyond).select_from(
        acknowledgement.outerjoin(acknowledgement_terms)
    )
    dropped = select(alert_action.c.alert_id, func.max(alert_action.c.at)).where(alert_action.c.kind == DROPPED)
    if until is not None:
        query = query.where(acknowledgement.c.at <= until)
        dropped = dropped.where(alert_action.c.at <= until)
    dropped = dropped.group_by(alert_action.c.alert_id)
    gone: dict[int, datetime] = {row[0]: row[1] for row in connection.execute(dropped)}
    return {
        row.alert_id: Note(
            row.alert_id,
            row.at,
            row.who,
            row.reason,
            row.until,
            row.observed,
            row.owner or "",
            row.beyond,
            row.alert_id in gone and gone[row.alert_id] >= row.at,
        )
        for row in connection.execute(query.order_by(acknowledgement.c.id))
    }


def add_note(connection: Connection, note: Note) -> None:
    """Store an acknowledgement with its terms."""
    values = asdict(note)
    terms = {name: values.pop(name) for name in ("owner", "beyond")}
    del values["overtaken"]
    made = connection.execute(acknowledgement.insert().values(**values))
    number = made.inserted_primary_key[0]  # type: ignore[index]
    connection.execute(acknowledgement_terms.insert().values(acknowledgement_id=number, **terms))


def _revision(row: Row[Any]) -> Transition:
    return Transition(Kind(row.kind), None, None, None, None, None, row.version, row.at)


def _noted(row: Row[Any]) -> tuple[Noted, Transition]:
    severity = None if row.severity is None else Severity(row.severity)
    kind = Kind(row.kind)
    event = Event(kind, row.observed, row.value, row.threshold, severity, Phase(row.phase), row.episode)
    seen = Transition(kind, row.observed, row.value, row.threshold, severity, row.known_from, row.version, row.at)
    return Noted(event, row.known_from, row.assumed), seen


def _state_text(state: State) -> str:
    return json.dumps(asdict(state), default=date.isoformat)


def _state(text: str) -> State:
    values = json.loads(text)
    for name in ("episode", "date"):
        values[name] = None if values[name] is None else date.fromisoformat(values[name])
    values |= {"calm": Phase(values["calm"]), "on": tuple(values["on"]), "waiting": tuple(values["waiting"])}
    values["hits"] = tuple(None if day is None else date.fromisoformat(day) for day in values.get("hits", ()))
    values["severity"] = None if values["severity"] is None else Severity(values["severity"])
    return State(**values)
