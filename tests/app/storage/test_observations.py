"""Observations: revisions add rows, reading picks source and moment, another unit is refused or converted exactly."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.bootstrap import Program
from app.refusals import Refused
from app.series.catalogue import SERIES
from app.series.series import Basis, Batch, Observation
from app.sources import fredgraph
from app.storage import observations
from app.storage.tables.series import observation

NOW = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)
WALCL = SERIES["WALCL"]
W1, W2 = date(2022, 5, 11), date(2022, 5, 18)


def batch(values: Sequence[tuple[date, float]], source: str = "fredgraph", unit: str | None = None) -> Batch:
    return Batch("WALCL", source, tuple(values), unit)


def store(program: Program, one: Batch, at: datetime = NOW) -> int:
    with program.database.write() as connection:
        return observations.store(connection, one, at)


def best(program: Program, as_of: datetime | None = None) -> list[Observation]:
    with program.database.read() as connection:
        return observations.best(connection, SERIES["WALCL"], as_of=as_of)


def rows(program: Program) -> int:
    with program.database.read() as connection:
        return connection.execute(select(func.count()).select_from(observation)).scalar_one()


def test_a_back_fill_is_known_from_its_scheduled_release_and_says_that_it_is_assumed(program: Program) -> None:
    assert store(program, batch([(W2, 8945898)])) == 1
    (seen,) = best(program)
    assert seen == Observation(W2, 8945898, datetime(2022, 5, 19, 20, 30, tzinfo=UTC), Basis.ASSUMED, "fredgraph")


def test_a_value_ahead_of_its_release_is_known_from_the_fetch(program: Program) -> None:
    ahead = datetime(2022, 5, 19, 8, tzinfo=UTC)
    store(program, batch([(W2, 8945898)]), ahead)
    assert (best(program)[0].known_from, best(program)[0].basis) == (ahead, Basis.FETCHED)


def test_an_unchanged_value_adds_nothing_and_a_revision_adds_a_row(program: Program) -> None:
    store(program, batch([(W1, 8942008), (W2, 8945898)]))
    assert store(program, batch([(W1, 8942008), (W2, 8945898)]), NOW + timedelta(days=1)) == 0
    revised_at = NOW + timedelta(days=2)
    assert store(program, batch([(W1, 8942008), (W2, 8945900)]), revised_at) == 1
    assert rows(program) == 3
    assert best(program)[1] == Observation(W2, 8945900, revised_at, Basis.FETCHED, "fredgraph")
    assert best(program, revised_at - timedelta(seconds=1))[1].value == 8945898
    assert best(program, datetime(2022, 5, 19, tzinfo=UTC)) == [
        Observation(W1, 8942008, datetime(2022, 5, 12, 20, 30, tzinfo=UTC), Basis.ASSUMED, "fredgraph")
    ]


def test_two_revisions_under_a_clock_that_stands_still_both_stay(program: Program) -> None:
    for value in (8945898, 8945899, 8945900):
        store(program, batch([(W2, value)]))
    assert rows(program) == 3
    assert best(program)[0].value == 8945900


def test_a_revision_back_to_an_earlier_value_is_a_revision(program: Program) -> None:
    for hours, value in enumerate((8945898, 8945899, 8945898)):
        store(program, batch([(W2, value)]), NOW + timedelta(hours=hours))
    assert [best(program, NOW + timedelta(hours=h))[0].value for h in (0, 1, 2)] == [8945898, 8945899, 8945898]


def test_reading_takes_the_best_source_of_each_date_even_over_a_later_word(program: Program) -> None:
    store(program, batch([(W1, 8942008)], "ddp"))
    store(program, batch([(W1, 8942009), (W2, 8945898)], "fredgraph"), NOW + timedelta(days=1))
    store(program, batch([(W1, 8942010), (W2, 8945899)], "sample"), NOW + timedelta(days=2))
    assert [(seen.value, seen.source) for seen in best(program)] == [(8942008, "ddp"), (8945898, "fredgraph")]


def test_a_source_outside_the_row_is_read_where_no_other_has_the_date(program: Program) -> None:
    store(program, batch([(W2, 8945898)], "sample"))
    assert best(program)[0].source == "sample"


def test_a_declared_unit_is_converted_to_the_accepted_one(program: Program) -> None:
    store(program, batch([(W2, 8945.898)], "ddp", "USD billions"))
    assert best(program)[0].value == 8945898.0


def test_another_sources_values_guard_the_first_batch_of_a_new_one(program: Program) -> None:
    store(program, batch([(W2, 8945898)], "ddp"))
    with pytest.raises(Refused) as refused:
        store(program, batch([(W2, 8945.898)], "fredgraph"))
    assert refused.value.code == "series.unit_jump"
    assert rows(program) == 1


def test_an_accepted_unit_converts_what_is_stored_and_reads_back_the_same(program: Program) -> None:
    store(program, batch([(W1, 8942008), (W2, 8945898)]))
    store(program, batch([(W2, 8945900)]), NOW + timedelta(days=1))
    with program.database.write() as connection:
        assert observations.accept_unit(connection, WALCL, "USD billions", NOW, "Chen Li") == 3
    assert [seen.value for seen in best(program)] == [8942.008, 8945.9]
    with program.database.read() as connection:
        back = observations.in_catalogue_unit(connection, WALCL, best(program))
        assert observations.accepted_unit(connection, WALCL) == "USD billions"
    assert [seen.value for seen in back] == [8942008.0, 8945900.0]
    assert store(program, batch([(W2, 8945.9)]), NOW + timedelta(days=2)) == 0  # the new unit is what is stored
    with pytest.raises(Refused):
        store(program, batch([(W2, 8945900)]), NOW + timedelta(days=3))  # and the old one a jump
    with program.database.write() as connection:
        observations.accept_unit(connection, WALCL, "USD millions", NOW, "Chen Li")
    assert [seen.value for seen in best(program)] == [8942008.0, 8945900.0]


@pytest.mark.shared
def test_the_whole_real_rrpontsyd_file_loads(program: Program, shared_data: Path) -> None:
    body = (shared_data / "fred" / "RRPONTSYD.csv").read_bytes()
    (real,) = fredgraph.parse(body, "RRPONTSYD.csv")
    steps = [b / a for (_, a), (_, b) in zip(real.values, real.values[1:], strict=False) if a]
    assert max(steps) > 10_000  # it truly moved so in one day
    assert store(program, real) == len(real.values)
    # And piece by piece, each with a week that is stored already, as a program that runs for years meets them.
    with program.database.write() as connection:
        connection.execute(observation.delete())
    years: dict[int, list[tuple[date, float]]] = {}
    for day, value in real.values:
        years.setdefault(day.year, []).append((day, value))
    seen: list[tuple[date, float]] = []
    for values in years.values():
        window = seen[-5:] + values
        store(program, Batch("RRPONTSYD", "fredgraph", tuple(window)))
        seen += values
    assert rows(program) == len(real.values)
