"""Observations as they became known, what was fetched, and each series' accepted unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select, update

from app.series import drift, units
from app.series.catalogue import SERIES
from app.series.releases import known_from
from app.series.series import Basis, Batch, Observation, Series
from app.storage import vintages
from app.storage.tables.series import fetch, observation, series_unit

_ROW = observation.c
_BASES = {basis.value: basis for basis in Basis}
#: So far before a batch what is stored is held against it.
_BEFORE = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Fetch:
    """A row of the fetch log; `outcome` is stored, unchanged, refused or failed."""

    source: str
    resource: str
    at: datetime
    outcome: str
    code: str | None = None
    message: str | None = None
    added: int = 0
    etag: str | None = None
    last_modified: str | None = None


def log(connection: Connection, entry: Fetch) -> int:
    """Add a row to the fetch log and return its id."""
    values = {"source_id": entry.source} | {
        name: getattr(entry, name)
        for name in ("resource", "at", "outcome", "code", "message", "added", "etag", "last_modified")
    }
    key: int = connection.execute(fetch.insert().values(values)).inserted_primary_key[0]  # type: ignore[index]
    return key


def conclude(
    connection: Connection, key: int, *, added: int, outcome: str, code: str | None, message: str | None
) -> None:
    """Complete a row of the fetch log once its batches have been looked at, in the same unit of work."""
    values = {"added": added, "outcome": outcome, "code": code, "message": message}
    connection.execute(fetch.update().where(fetch.c.id == key).values(values))


def last_answer(connection: Connection, source: str, resource: str) -> tuple[str | None, str | None]:
    """ETag and Last-Modified of the last answer that was stored, for a conditional request."""
    query = (
        select(fetch.c.etag, fetch.c.last_modified)
        .where(fetch.c.source_id == source, fetch.c.resource == resource, fetch.c.outcome == "stored")
        .order_by(fetch.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return (row.etag, row.last_modified) if row else (None, None)


def last_fetches(connection: Connection) -> dict[str, Fetch]:
    """The last fetch of each source, by source id."""
    latest = select(func.max(fetch.c.id)).group_by(fetch.c.source_id)
    return {row.source_id: _fetch(row) for row in connection.execute(select(fetch).where(fetch.c.id.in_(latest)))}


def last_successes(connection: Connection) -> dict[str, datetime]:
    """When each source last answered well, by source id."""
    query = (
        select(fetch.c.source_id, func.max(fetch.c.at).label("at"))
        .where(fetch.c.outcome.in_(("stored", "unchanged")))
        .group_by(fetch.c.source_id)
    )
    return {row.source_id: row.at for row in connection.execute(query)}


def _fetch(row: Row[Any]) -> Fetch:
    return Fetch(
        row.source_id, row.resource, row.at, row.outcome, row.code, row.message, row.added, row.etag, row.last_modified
    )


def accepted_unit(connection: Connection, series: Series) -> str:
    """The unit of what is stored: the catalogue's, until another one was accepted."""
    query = select(series_unit.c.unit).where(series_unit.c.series_id == series.id)
    return connection.execute(query).scalar_one_or_none() or series.unit


def store(connection: Connection, batch: Batch, at: datetime, fetch_id: int | None = None) -> int:
    """Add what is new or revised in a batch met at `at`; an unchanged value adds nothing. Returns the rows added.

    Refused "series.unit_jump", "series.unit_range", "series.unit_step" or "series.unit_fractions" where the batch, or
    a part of it, looks like another unit (nothing is stored).
    """
    series = SERIES[batch.series_id]
    unit, declared = accepted_unit(connection, series), batch.unit is not None
    if batch.unit is not None and batch.unit != unit:
        by = units.factor(batch.unit, unit)
        batch = replace(
            batch,
            values=tuple((day, units.convert(value, by)) for day, value in batch.values),
            unit=unit,
            vintages=tuple(replace(one, value=units.convert(one.value, by)) for one in batch.vintages),
        )
    if not batch.values:
        return 0
    # A little before the batch is looked at too: a new unit may begin with it.
    start = batch.values[0][0] - _BEFORE
    there = connection.execute(_rows(series.id).where(_ROW.date >= start)).all()
    latest = {row[0]: (row[2], row[3]) for row in there if row[1] == batch.source}
    stored = {day: value for day, (_, value) in latest.items()}
    # Another source's values of the same series guard as well: the first batch of a source has no past of its own.
    elsewhere = {row.date: row.value for row in _chosen(series, there) if row.date not in stored}
    drift.guard_steps(series, unit, batch, {})
    units.guard(series, unit, batch, elsewhere | stored)
    drift.guard_steps(series, unit, batch, elsewhere | stored)
    if not declared:
        drift.guard_fractions(series, unit, batch)
    if batch.vintages:
        return vintages.store(connection, series, batch, at, fetch_id)
    rows = []
    for day, value in batch.values:
        before = latest.get(day)
        if before is None:
            instant, assumed = known_from(series.release, day, at)
            basis = Basis.ASSUMED if assumed else Basis.FETCHED
        elif before[1] == value:
            continue
        else:
            # A clock that stands still (a sample workspace, a test) must not make two revisions one.
            instant, basis = max(at, before[0] + timedelta(microseconds=1)), Basis.FETCHED
        rows.append(
            {
                "series_id": series.id,
                "date": day,
                "source_id": batch.source,
                "known_from": instant,
                "value": value,
                "basis": basis.value,
                "fetch_id": fetch_id,
            }
        )
    if rows:
        connection.execute(observation.insert(), rows)
    return len(rows)


def best(
    connection: Connection,
    series: Series,
    *,
    start: date | None = None,
    end: date | None = None,
    on: Sequence[date] | None = None,
    as_of: datetime | None = None,
) -> list[Observation]:
    """One observation a date, oldest first, in the accepted unit: the best source in catalogue order, and of it the
    latest that was known at `as_of`. A source outside the catalogue row (the sample, an officer) comes after those.
    """
    query = _rows(series.id)
    if start is not None:
        query = query.where(_ROW.date >= start)
    if end is not None:
        query = query.where(_ROW.date <= end)
    if on is not None:
        query = query.where(_ROW.date.in_(on))
    if as_of is not None:
        query = query.where(_ROW.known_from <= as_of)
    return _chosen(series, connection.execute(query).all())


def _rows(series_id: str) -> Select[Any]:
    # In the order of the primary key, which needs no sorting, and all at once: this is what every page waits for.
    columns = (_ROW.date, _ROW.source_id, _ROW.known_from, _ROW.value, _ROW.basis)
    return select(*columns).where(_ROW.series_id == series_id).order_by(_ROW.date, _ROW.source_id, _ROW.known_from)


def _chosen(series: Series, found: Iterable[Sequence[Any]]) -> list[Observation]:
    """Of the rows of `_rows` the one that counts for each date."""
    ranks = {name: rank for rank, (name, _) in enumerate(series.sources)}
    last = len(ranks)
    chosen: dict[date, tuple[int, Any]] = {}
    for row in found:
        rank = ranks.get(row[1], last)
        standing = chosen.get(row[0])
        if standing is None or rank < standing[0] or (rank == standing[0] and row[2] >= standing[1][2]):
            chosen[row[0]] = (rank, row)
    return [
        Observation(day, value, known_from, _BASES[basis], source)
        for _, (day, source, known_from, value, basis) in chosen.values()
    ]


def in_catalogue_unit(connection: Connection, series: Series, observations: Iterable[Observation]) -> list[Observation]:
    """Observations read in the accepted unit, in the catalogue's, which everything computes in."""
    unit = accepted_unit(connection, series)
    if unit == series.unit:
        return list(observations)
    by = units.factor(unit, series.unit)
    return [
        Observation(row.date, units.convert(row.value, by), row.known_from, row.basis, row.source)
        for row in observations
    ]


def failures(connection: Connection, since: datetime, until: datetime) -> list[Fetch]:
    """The resources whose newest fetch between two instants failed or was refused."""
    latest = (
        select(func.max(fetch.c.id))
        .where(fetch.c.at >= since, fetch.c.at <= until)
        .group_by(fetch.c.source_id, fetch.c.resource)
    )
    query = select(fetch).where(fetch.c.id.in_(latest), fetch.c.outcome.in_(("failed", "refused")))
    return [_fetch(row) for row in connection.execute(query.order_by(fetch.c.source_id, fetch.c.resource))]


def last_fetch(connection: Connection) -> int:
    """The number of the newest row of the fetch log; 0 where there is none."""
    return connection.execute(select(func.max(fetch.c.id))).scalar_one() or 0


def arrived(connection: Connection, after: int, known_by: datetime) -> bool:
    """Whether fetches later than number `after` brought something that was already known at `known_by`: late data."""
    query = select(_ROW.series_id).where(_ROW.fetch_id > after, _ROW.known_from <= known_by).limit(1)
    return connection.execute(query).first() is not None


def spans(connection: Connection, as_of: datetime | None = None) -> dict[str, tuple[date, date, int]]:
    """First date, last date and number of dates stored, by series id; with `as_of` of what was known then."""
    query = select(
        _ROW.series_id,
        func.min(_ROW.date).label("first"),
        func.max(_ROW.date).label("last"),
        func.count(func.distinct(_ROW.date)).label("dates"),
    ).group_by(_ROW.series_id)
    if as_of is not None:
        query = query.where(_ROW.known_from <= as_of)
    return {row.series_id: (row.first, row.last, row.dates) for row in connection.execute(query)}


def accept_unit(connection: Connection, series: Series, unit: str, at: datetime, who: str) -> int:
    """Convert every stored value of a series to `unit`, exactly; returns how many. Refused "series.unit"."""
    by = units.factor(accepted_unit(connection, series), unit)
    key = (_ROW.source_id, _ROW.date, _ROW.known_from)
    rows = connection.execute(select(*key, _ROW.value).where(_ROW.series_id == series.id)).all()
    if rows and by != 1:
        change = (
            update(observation)
            .where(
                _ROW.series_id == series.id,
                _ROW.source_id == bindparam("its_source"),
                _ROW.date == bindparam("its_date"),
                _ROW.known_from == bindparam("its_instant"),
            )
            .values(value=bindparam("converted"))
        )
        connection.execute(
            change,
            [
                {
                    "its_source": row.source_id,
                    "its_date": row.date,
                    "its_instant": row.known_from,
                    "converted": units.convert(row.value, by),
                }
                for row in rows
            ],
        )
    connection.execute(series_unit.delete().where(series_unit.c.series_id == series.id))
    connection.execute(series_unit.insert().values(series_id=series.id, unit=unit, at=at, who=who))
    return len(rows)
