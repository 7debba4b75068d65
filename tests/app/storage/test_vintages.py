"""Vintages: every revision with its own known-from, whichever order they are met in."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from app.bootstrap import Program
from app.series.catalogue import SERIES
from app.series.series import Basis, Batch, Observation, Vintage
from app.storage import observations

NOW = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)
DAY = date(2022, 1, 1)
ADVANCE, SECOND, THIRD = (
    datetime(2022, 4, 28, 12, 30, tzinfo=UTC),
    datetime(2022, 5, 26, 12, 30, tzinfo=UTC),
    datetime(2022, 6, 29, 12, 30, tzinfo=UTC),
)
GDP = [(DAY, 24382.683, ADVANCE), (DAY, 24384.289, SECOND), (DAY, 24386.734, THIRD)]


def store(program: Program, told: Sequence[tuple[date, float, datetime]], at: datetime = NOW) -> int:
    vintages = tuple(Vintage(*one) for one in told)
    values = tuple({one.date: one.value for one in vintages}.items())
    with program.database.write() as connection:
        return observations.store(connection, Batch("GDP", "fred", values, "USD billions", vintages), at)


def seen(program: Program, as_of: datetime | None = None) -> list[Observation]:
    with program.database.read() as connection:
        return observations.best(connection, SERIES["GDP"], as_of=as_of)


def test_each_revision_is_seen_from_its_release_on(program: Program) -> None:
    assert store(program, GDP) == 3
    second = timedelta(seconds=1)
    assert seen(program, ADVANCE - second) == []
    found = [seen(program, at)[0] for at in (ADVANCE, SECOND - second, SECOND, THIRD)]
    assert [one.value for one in found] == [24382.683, 24382.683, 24384.289, 24386.734]
    assert {one.basis for one in found} == {Basis.VINTAGE}


def test_the_same_vintages_again_add_nothing(program: Program) -> None:
    store(program, GDP)
    assert store(program, GDP, NOW + timedelta(days=1)) == 0


def test_a_part_that_begins_between_two_vintages_adds_nothing_either(program: Program) -> None:
    """A later question clips the vintage in force to its own first day: what was in force then is known already."""
    store(program, GDP[:2])
    clipped = datetime(2022, 6, 1, 12, 30, tzinfo=UTC)
    assert store(program, [(DAY, 24384.289, clipped), GDP[2]]) == 1
    assert seen(program, clipped)[0].known_from == SECOND


def test_what_an_archive_holds_from_before_it_was_begun_was_known_by_the_release_calendar(program: Program) -> None:
    begun = datetime(1991, 12, 4, 13, 30, tzinfo=UTC)
    store(program, [(date(1980, 1, 1), 2789.8, begun), (date(1991, 7, 1), 6205.0, begun)])
    old, new = seen(program)
    assert (old.known_from.date(), old.basis) == (date(1980, 4, 30), Basis.ASSUMED)
    # The third quarter of 1991 came out on 30 October: 35 days before the archive, which may say so itself.
    assert (new.known_from, new.basis) == (begun, Basis.VINTAGE)


def test_a_value_met_by_a_fetch_is_dated_by_its_source_afterwards(program: Program) -> None:
    late = THIRD + timedelta(hours=9)
    with program.database.write() as connection:
        observations.store(connection, Batch("GDP", "fred", ((DAY, 24386.734),), "USD billions"), late)
    assert store(program, GDP) >= 2
    assert seen(program, THIRD)[0].value == 24386.734
    assert seen(program, ADVANCE)[0].value == 24382.683
