"""First prints: what a date's value was when it came out, beside what it is now."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from app.series.series import Basis, Observation, Series
from app.storage.tables.series import observation

_ROW = observation.c


def latest_and_first(
    connection: Connection, series: Series, as_of: datetime | None = None
) -> tuple[list[Observation], list[Observation]]:
    """What `best` gives (as known at `as_of`) and each date's first print by the same source, both oldest first."""
    query = select(_ROW.date, _ROW.source_id, _ROW.known_from, _ROW.value, _ROW.basis).where(
        _ROW.series_id == series.id
    )
    if as_of is not None:
        query = query.where(_ROW.known_from <= as_of)
    ranks = {name: rank for rank, (name, _) in enumerate(series.sources)}
    chosen: dict[date, tuple[int, Any, Any]] = {}
    for row in connection.execute(query.order_by(_ROW.date, _ROW.known_from)):
        rank = ranks.get(row.source_id, len(ranks))
        standing = chosen.get(row.date)
        if standing is None or rank < standing[0]:
            chosen[row.date] = (rank, row, row)
        elif rank == standing[0]:
            chosen[row.date] = (rank, standing[1], row)
    both = tuple(
        [Observation(row.date, row.value, row.known_from, Basis(row.basis), row.source_id) for row in rows]
        for rows in ([latest for _, _, latest in chosen.values()], [first for _, first, _ in chosen.values()])
    )
    return both[0], both[1]
