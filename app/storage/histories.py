"""Whole histories as columns, kept in memory: a day adds a few hundred rows to the half million that pages and rules
read, so what was read before is kept and only what newer fetches brought is read again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, DateTime, Row, func, select, type_coerce

from app.series import units
from app.series.catalogue import SERIES
from app.series.points import Points
from app.series.series import Basis
from app.storage.tables.series import fetch, observation, series_unit

_ROW = observation.c


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """One value a date in the catalogue's unit, and where the last one came from (None: there is none)."""

    points: Points
    source: str | None


class _Columns(NamedTuple):
    """Rows of one series; `joined` and `take` give others."""

    dates: NDArray[np.datetime64]
    known_from: NDArray[np.datetime64]
    values: NDArray[np.float64]
    assumed: NDArray[np.bool_]
    sources: NDArray[np.str_]

    def take(self, part: NDArray[np.bool_] | NDArray[np.intp]) -> "_Columns":
        return _Columns(
            self.dates[part], self.known_from[part], self.values[part], self.assumed[part], self.sources[part]
        )

    def joined(self, other: "_Columns") -> "_Columns":
        return _Columns(
            np.concatenate((self.dates, other.dates)),
            np.concatenate((self.known_from, other.known_from)),
            np.concatenate((self.values, other.values)),
            np.concatenate((self.assumed, other.assumed)),
            np.concatenate((self.sources, other.sources)),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Every row of one series, sorted so that of one date the row that counts comes last."""

    unit: str
    accepted: datetime | None  # when that unit was accepted; None: the catalogue's
    columns: _Columns
    newest: History  # of all rows
    latest: np.datetime64 | None  # the last instant at which anything became known


class Histories:
    """The kept rows of one database; any thread may ask.

    Rows are only ever added, each by a row of the fetch log, so the log tells what is new. The one thing that changes
    stored values, another unit, is told by the table of accepted units.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp = (0, 0)  # number of the newest fetch, and how many there are
        self._kept: dict[str, _Rows] = {}

    def read(
        self, connection: Connection, ids: Collection[str], as_of: datetime | None = None
    ) -> Mapping[str, History]:
        """The history of each series as known at `as_of` (None: all that is stored), chosen as `observations.best`."""
        accepted = {row.series_id: (row.unit, row.at) for row in connection.execute(select(series_unit))}
        if connection.get_execution_options().get("tidewatch_write", False):
            return _histories(_whole(connection, ids, accepted), as_of)  # what is rolled back must not be kept
        with self._lock:
            if not self._catch_up(connection):
                return _histories(_whole(connection, ids, accepted), as_of)
            wanted = [
                id
                for id in ids
                if id not in self._kept or (self._kept[id].unit, self._kept[id].accepted) != _unit(id, accepted)
            ]
            if wanted:
                self._kept |= _whole(connection, wanted, accepted)
            kept = {id: self._kept[id] for id in ids}
        return _histories(kept, as_of)

    def _catch_up(self, connection: Connection) -> bool:
        """Add what came since; false where the connection sees an older state than the kept one."""
        newest, before = self._stamp
        query = select(func.max(fetch.c.id), func.count())
        last, count = connection.execute(query).one()
        stamp = (last or 0, count)
        if stamp == self._stamp:
            return True
        if stamp[0] < newest:
            return False
        # A fetch that was stored late under an earlier number would be missed: then everything is read anew.
        if connection.execute(select(func.count()).where(fetch.c.id <= newest)).scalar_one() != before:
            self._kept = {}
        elif self._kept:
            added = connection.execute(_query().where(_ROW.fetch_id > newest)).all()
            for id, rows in _by_series(added).items():
                if id in self._kept:
                    kept = self._kept[id]
                    self._kept[id] = _sorted(id, kept.unit, kept.accepted, kept.columns.joined(_columns(rows)))
        self._stamp = stamp
        return True


def _query() -> Any:
    # The plain instant is read without a function call a row; see `_naive`.
    instant = type_coerce(_ROW.known_from, DateTime(timezone=True)).label("known_from")
    return select(_ROW.series_id, _ROW.date, instant, _ROW.value, _ROW.basis, _ROW.source_id)


def _unit(id: str, accepted: Mapping[str, tuple[str, datetime]]) -> tuple[str, datetime | None]:
    return accepted.get(id, (SERIES[id].unit, None))


def _whole(
    connection: Connection, ids: Iterable[str], accepted: Mapping[str, tuple[str, datetime]]
) -> dict[str, _Rows]:
    found = {}
    for id in ids:
        rows = connection.execute(_query().where(_ROW.series_id == id)).all()
        found[id] = _sorted(id, *_unit(id, accepted), _columns(rows))
    return found


def _by_series(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _columns(rows: Sequence[Row[Any]]) -> _Columns:
    _, days, instants, values, bases, sources = zip(*rows, strict=True) if rows else ((),) * 6
    return _Columns(
        np.array(days, dtype="datetime64[D]"),
        np.array([_naive(one) for one in instants] if instants and instants[0].tzinfo else instants, "datetime64[us]"),
        np.array(values, dtype=np.float64),
        np.array(bases, dtype=np.str_) == Basis.ASSUMED.value if bases else np.zeros(0, dtype=np.bool_),
        np.array(sources, dtype=np.str_),
    )


def _naive(instant: datetime) -> datetime:
    """Without its zone, in UTC: a database that keeps zones gives them back."""
    return instant.astimezone(UTC).replace(tzinfo=None)


def _sorted(id: str, unit: str, accepted: datetime | None, columns: _Columns) -> _Rows:
    ranks = {name: rank for rank, (name, _) in enumerate(SERIES[id].sources)}
    names, places = np.unique(columns.sources, return_inverse=True)
    worse = np.array([-ranks.get(str(name), len(ranks)) for name in names], dtype=np.int64)[places]
    # By date; of one date the better source later, and of one source (or two equal ones) what became known later.
    found = columns.take(np.lexsort((places, columns.known_from, worse, columns.dates)))
    latest = found.known_from.max() if len(found.known_from) else None
    return _Rows(unit, accepted, found, _chosen(id, unit, found), latest)


def _histories(kept: Mapping[str, _Rows], as_of: datetime | None) -> dict[str, History]:
    until = None if as_of is None else np.datetime64(_naive(as_of), "us")
    return {id: rows.newest if until is None else _as_of(id, rows, until) for id, rows in kept.items()}


def _as_of(id: str, rows: _Rows, until: np.datetime64) -> History:
    if rows.latest is None or rows.latest <= until:
        return rows.newest
    return _chosen(id, rows.unit, rows.columns.take(rows.columns.known_from <= until))


def _chosen(id: str, unit: str, rows: _Columns) -> History:
    """The last row of each date, in the catalogue's unit."""
    last = np.ones(len(rows.dates), dtype=np.bool_)
    last[:-1] = rows.dates[1:] != rows.dates[:-1]
    found = rows.take(last)
    values = found.values
    if unit != SERIES[id].unit:
        by = units.factor(unit, SERIES[id].unit)
        values = np.array([units.convert(value, by) for value in values.tolist()], dtype=np.float64)
    of = Points(found.dates, values, found.known_from, found.assumed, found.dates)
    for column in (of.dates, of.values, of.known_from, of.assumed):
        column.flags.writeable = False  # many read the same columns
    return History(of, str(found.sources[-1]) if len(of) else None)
