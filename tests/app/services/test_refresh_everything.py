"""Every source at once against a mirror of them: a first fill, the same again, and the next day's increment."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from app.bootstrap import Program
from app.credentials import variable
from app.sources import SOURCES
from app.storage import holdings, treasury_flows
from tests.app.sources.mirror import KEY, Mirror, point_to
from tests.conftest import Clock

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


@pytest.fixture(scope="module")
def mirror() -> Iterator[Mirror]:
    running = Mirror(date(2024, 12, 1), FRIDAY)
    yield running
    running.close()


@pytest.mark.slow
def test_a_fill_a_repetition_and_an_increment(
    program: Program, clock: Clock, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable("fred"), KEY)
    point_to(mirror.url, program.workspace.sources)
    clock.now = datetime(2026, 11, 21, 6, tzinfo=UTC)
    filled = program.refreshing.refresh()
    assert [(one.source, one.resource, one.error) for one in filled.failed] == []
    assert {one.source for one in filled.outcomes if one.added} == {one.id for one in SOURCES} - {"fredgraph"}
    with program.database.read() as connection:
        assert holdings.dates(connection)[0] == date(2026, 11, 18)
        assert treasury_flows.last_day(connection) == date(2026, 11, 19)

    # The same again: every question that can be is asked on a condition, and nothing is stored.
    mirror.counts = dict.fromkeys(mirror.counts, 0)
    again = program.refreshing.refresh()
    assert (again.added, again.failed) == (0, ())
    assert mirror.counts["unchanged"] == mirror.counts["requests"]

    mirror.until, clock.now = MONDAY, datetime(2026, 11, 24, 6, tzinfo=UTC)
    mirror.counts = dict.fromkeys(mirror.counts, 0)
    increment = program.refreshing.refresh()
    assert increment.failed == ()
    assert increment.added > 0
    assert program.watching.series("SOFR").observations[-1].date == FRIDAY
    assert program.watching.series("SOFR").source == "nyfed"
    assert program.refreshing.refresh().added == 0

    # The key went nowhere but into FRED's questions.
    assert all((f"api_key={KEY}" in path) == path.startswith("/fred/") for path in mirror.paths)
