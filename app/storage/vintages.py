"""Observations whose source says when each of them was published: every revision with its own known-from."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from app.series.releases import known_from
from app.series.series import Basis, Batch, Series
from app.storage.tables.series import observation

_ROW = observation.c
#: A source's own archive begins later than its series. What its first vintage says of dates that had come out so long
#: before was published then, by the release calendar, and not on the day on which the archive was begun.
_ARCHIVED_LATE = timedelta(days=40)


def store(connection: Connection, series: Series, batch: Batch, at: datetime, fetch_id: int | None = None) -> int:
    """Add the vintages that are not known yet; returns the rows added. Units have been looked at before.

    A vintage that repeats what was in force at its instant adds nothing; one that was first met by a fetch, and is now
    dated by its source, adds the row with the earlier instant.
    """
    kept = _kept(connection, series.id, batch)
    begun = None if kept else min(one.known_from for one in batch.vintages)
    rows = []
    for one in batch.vintages:
        scheduled, assumed = known_from(series.release, one.date, at)
        instant, basis = one.known_from, Basis.VINTAGE
        if begun is not None and one.known_from == begun and assumed and scheduled < begun - _ARCHIVED_LATE:
            instant, basis = scheduled, Basis.ASSUMED
        before = kept.setdefault(one.date, {})
        while instant in before and before[instant] != one.value:
            instant += timedelta(microseconds=1)  # an older row of the same instant stays, and this one follows it
        in_force = max((known for known in before if known <= instant), default=None)
        if in_force is not None and before[in_force] == one.value:
            continue
        before[instant] = one.value
        rows.append(
            {
                "series_id": series.id,
                "date": one.date,
                "source_id": batch.source,
                "known_from": instant,
                "value": one.value,
                "basis": basis.value,
                "fetch_id": fetch_id,
            }
        )
    if rows:
        connection.execute(observation.insert(), rows)
    return len(rows)


def _kept(connection: Connection, series_id: str, batch: Batch) -> dict[date, dict[datetime, float]]:
    query = select(_ROW.date, _ROW.known_from, _ROW.value).where(
        _ROW.series_id == series_id,
        _ROW.source_id == batch.source,
        _ROW.date >= min(one.date for one in batch.vintages),
    )
    kept: dict[date, dict[datetime, float]] = {}
    for row in connection.execute(query):
        kept.setdefault(row.date, {})[row.known_from] = row.value
    return kept
