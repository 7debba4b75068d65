"""Figures that officers enter: kept as entered, and stored as observations once a second person accepted them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.refusals import Refused
from app.series import units
from app.series.catalogue import SERIES
from app.series.series import Basis, Batch
from app.storage import observations, persons
from app.storage.observations import Fetch
from app.storage.tables.countries import series_entry, series_entry_decision
from app.storage.tables.series import observation

#: The source under which accepted figures stand beside the live ones.
OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure as an officer gives it: in the series' unit, with where it comes from; `cell` of an imported file."""

    series_id: str
    date: date
    value: float
    source: str
    note: str = ""
    file: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure that was entered, by whom and when, and what a second person said; `accepted` None: not yet checked."""

    id: int
    draft: Draft
    who: str
    at: datetime
    accepted: bool | None = None
    checked_by: str | None = None
    checked_at: datetime | None = None
    reason: str = ""


def add(connection: Connection, drafts: Iterable[Draft], who: str, at: datetime) -> tuple[int, ...]:
    """Keep figures as entered; nothing counts yet. Returns their numbers."""
    numbers = []
    for one in drafts:
        row = series_entry.insert().values(
            series_id=one.series_id,
            date=one.date,
            value=one.value,
            source=one.source,
            note=one.note,
            file=one.file,
            cell=one.cell,
            who=who,
            at=at,
        )
        numbers.append(int(connection.execute(row).inserted_primary_key[0]))  # type: ignore[index]
    return tuple(numbers)


def entries(
    connection: Connection, *, series_ids: Sequence[str] | None = None, waiting: bool = False
) -> tuple[Entry, ...]:
    """Every entry, newest first; of some series, or only those that wait for a second person."""
    decided = series_entry_decision.c
    query = select(series_entry, decided.accepted, decided.who.label("checker"), decided.at.label("checked"))
    query = query.add_columns(decided.reason).outerjoin(series_entry_decision, decided.entry_id == series_entry.c.id)
    if series_ids is not None:
        query = query.where(series_entry.c.series_id.in_(series_ids))
    if waiting:
        query = query.where(decided.id.is_(None))
    return tuple(_entry(row) for row in connection.execute(query.order_by(series_entry.c.id.desc())))


def decide(
    connection: Connection, numbers: Sequence[int], accepted: bool, who: str, at: datetime, reason: str
) -> tuple[Entry, ...]:
    """A second person accepts or returns entries; accepted ones become observations, known from now.

    Refused "entries.unknown", "entries.decided", "persons.same_person", and "series.unit_range" where a value cannot
    be in the series' unit. Nothing is stored then.
    """
    known = {one.id: one for one in entries(connection)}
    chosen = []
    for number in numbers:
        if number not in known:
            raise Refused("entries.unknown", entry=number)
        if known[number].accepted is not None:
            raise Refused("entries.decided", entry=number, who=known[number].checked_by)
        persons.refuse_same_person(connection, known[number].who, who)
        chosen.append(known[number])
    for one in chosen:
        values = {"entry_id": one.id, "accepted": accepted, "who": who, "at": at, "reason": reason}
        connection.execute(series_entry_decision.insert().values(values))
    if accepted:
        for series_id in dict.fromkeys(one.draft.series_id for one in chosen):
            _publish(connection, series_id, [one for one in chosen if one.draft.series_id == series_id], at)
    return tuple(one for one in entries(connection) if one.id in set(numbers))


def refuse_range(connection: Connection, drafts: Iterable[Draft]) -> None:
    """Refused "series.unit_range" or "series.unit_jump" where figures cannot be in their series' unit."""
    found = list(drafts)
    for series_id in dict.fromkeys(one.series_id for one in found):
        series = SERIES[series_id]
        stored = {row.date: row.value for row in observations.best(connection, series)}
        values = tuple(sorted((one.date, one.value) for one in found if one.series_id == series_id))
        accepted = observations.accepted_unit(connection, series)
        by = units.factor(series.unit, accepted)
        batch = Batch(series_id, OFFICER, tuple((day, units.convert(value, by)) for day, value in values))
        units.guard(series, accepted, batch, stored)


def _publish(connection: Connection, series_id: str, accepted: Sequence[Entry], at: datetime) -> None:
    series = SERIES[series_id]
    by = units.factor(series.unit, observations.accepted_unit(connection, series))
    key = observations.log(connection, Fetch(OFFICER, series_id, at, "stored", added=len(accepted)))
    newest = select(observation.c.date, func.max(observation.c.known_from).label("known_from")).where(
        observation.c.series_id == series_id, observation.c.source_id == OFFICER
    )
    before = {row.date: row.known_from for row in connection.execute(newest.group_by(observation.c.date))}
    rows: dict[date, dict[str, Any]] = {}
    for one in sorted(accepted, key=lambda one: one.id):  # of two for one date the later counts
        # a clock that stands still (a sample workspace, a test) must not make two revisions one
        last = before.get(one.draft.date)
        rows[one.draft.date] = {
            "series_id": series_id,
            "date": one.draft.date,
            "source_id": OFFICER,
            "known_from": at if last is None else max(at, last + timedelta(microseconds=1)),
            "value": units.convert(one.draft.value, by),
            "basis": Basis.FETCHED.value,
            "fetch_id": key,
        }
    connection.execute(observation.insert(), list(rows.values()))


def _entry(row: Row[Any]) -> Entry:
    draft = Draft(row.series_id, row.date, row.value, row.source, row.note, row.file, row.cell)
    return Entry(row.id, draft, row.who, row.at, row.accepted, row.checker, row.checked, row.reason or "")
