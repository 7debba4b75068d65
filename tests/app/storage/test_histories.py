"""Histories kept in memory are what the database says, whatever is stored between two reads."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete

from app.series.catalogue import SERIES
from app.series.points import points
from app.series.series import Basis, Batch
from app.storage import observations, schema
from app.storage.database import Database
from app.storage.histories import Histories, History
from app.storage.observations import Fetch
from app.storage.tables.series import fetch, observation, series_unit

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
FIRST = date(2026, 9, 1)
#: One of two sources in the catalogue's order, one of one source, and one that only officers fill.
IDS = ("WALCL", "FX_TRY", "YIELD_10Y_CN")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path_factory.mktemp('kept') / 'kept.sqlite'}")
    schema.prepare(found)
    yield found
    found.close()


def empty(database: Database) -> None:
    with database.write() as connection:
        for table in (observation, series_unit, fetch):
            connection.execute(delete(table))


def straight(connection: Connection, id: str, as_of: datetime | None) -> History:
    """The same by the way that reads row by row."""
    rows = observations.best(connection, SERIES[id], as_of=as_of)
    of = points(observations.in_catalogue_unit(connection, SERIES[id], rows))
    return History(of, rows[-1].source if rows else None)


def assert_same(found: History, expected: History) -> None:
    assert found.source == expected.source
    for name in ("dates", "values", "known_from", "assumed", "oldest"):
        one, other = getattr(found.points, name), getattr(expected.points, name)
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)


def put(connection: Connection, id: str, rows: list[tuple[int, str, int, float, bool]]) -> None:
    """Rows as (day, source, hour known, value, assumed), under a fetch of their own."""
    key = observations.log(connection, Fetch("any", id, NOW, "stored"))
    values: dict[Any, dict[str, Any]] = {
        (day, source, hour): {
            "series_id": id,
            "date": FIRST + timedelta(days=day),
            "source_id": source,
            # each fetch's rows are an hour's thousandth later: a key is never met twice
            "known_from": NOW + timedelta(hours=hour, microseconds=key),
            "value": value,
            "basis": (Basis.ASSUMED if assumed else Basis.FETCHED).value,
            "fetch_id": key,
        }
        for day, source, hour, value, assumed in rows
    }
    if values:
        connection.execute(observation.insert(), list(values.values()))


_ROWS = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.sampled_from(("fred", "fredgraph", "bis", "officer", "sample")),
        st.integers(-40, 0),
        st.integers(1, 99).map(float),
        st.booleans(),
    ),
    max_size=9,
)
_STEPS = st.lists(st.tuples(st.sampled_from(IDS), _ROWS, st.none() | st.integers(-45, 1)), min_size=1, max_size=6)


@given(steps=_STEPS)
def test_what_is_kept_is_what_the_rows_say_after_every_store_at_every_instant(
    database: Database, steps: list[tuple[str, list[tuple[int, str, int, float, bool]], int | None]]
) -> None:
    empty(database)
    histories = Histories()
    for id, rows, hours in steps:
        with database.write() as connection:
            put(connection, id, rows)
        as_of = None if hours is None else NOW + timedelta(hours=hours)
        with database.read() as connection:
            found = histories.read(connection, IDS, as_of)
            for one in IDS:
                assert_same(found[one], straight(connection, one, as_of))


def test_another_unit_is_converted_anew_and_the_figures_stay_in_the_catalogues(tmp_path: Path) -> None:
    database, histories = Database(f"sqlite:///{tmp_path / 'one.sqlite'}"), Histories()
    schema.prepare(database)
    days = tuple((FIRST + timedelta(days=7 * week), 6_500_000.0 + week) for week in range(3))
    with database.write() as connection:
        key = observations.log(connection, Fetch("fredgraph", "WALCL", NOW, "stored"))
        assert observations.store(connection, Batch("WALCL", "fredgraph", days), NOW, key) == 3
    with database.read() as connection:
        before = histories.read(connection, ["WALCL"])["WALCL"]
    with database.write() as connection:
        observations.accept_unit(connection, SERIES["WALCL"], "USD billions", NOW, "anna")
    with database.read() as connection:
        after = histories.read(connection, ["WALCL"])["WALCL"]
    assert SERIES["WALCL"].unit == "USD millions"
    assert after.points.values.tolist() == before.points.values.tolist() == [value for _, value in days]
    database.close()


def test_what_is_rolled_back_is_forgotten(database: Database) -> None:
    empty(database)
    histories = Histories()
    with database.write() as connection:
        put(connection, "WALCL", [(0, "fredgraph", 0, 1.0, False)])
        assert histories.read(connection, ["WALCL"])["WALCL"].points.values.tolist() == [1.0]
        connection.rollback()
    with database.write() as connection:
        put(connection, "WALCL", [(0, "fredgraph", 0, 2.0, False)])
    with database.read() as connection:
        assert histories.read(connection, ["WALCL"])["WALCL"].points.values.tolist() == [2.0]


def test_who_reads_an_older_state_of_the_data_keeps_it(database: Database) -> None:
    empty(database)
    histories = Histories()
    with database.write() as connection:
        put(connection, "WALCL", [(0, "fredgraph", 0, 1.0, False)])
    with database.read() as earlier:
        assert histories.read(earlier, ["WALCL"])["WALCL"].points.values.tolist() == [1.0]
        with database.write() as connection:
            put(connection, "WALCL", [(1, "fredgraph", 0, 2.0, False)])
        with database.read() as later:
            assert histories.read(later, ["WALCL"])["WALCL"].points.values.tolist() == [1.0, 2.0]
        assert histories.read(earlier, ["WALCL"])["WALCL"].points.values.tolist() == [1.0]
    with database.read() as later:
        assert histories.read(later, ["WALCL"])["WALCL"].points.values.tolist() == [1.0, 2.0]


def test_nobody_can_change_what_all_read(database: Database) -> None:
    empty(database)
    histories = Histories()
    with database.write() as connection:
        put(connection, "WALCL", [(0, "fredgraph", 0, 1.0, False)])
    with database.read() as connection:
        values = histories.read(connection, ["WALCL"])["WALCL"].points.values
    with pytest.raises(ValueError, match="read-only"):
        values[0] = 2.0
