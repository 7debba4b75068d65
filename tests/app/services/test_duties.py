"""What the schedule's jobs say of their runs: arrived, not out yet, a source that failed, lists made before."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.bootstrap import Program
from app.jobs import Job
from app.refusals import Refused
from app.series.catalogue import CATALOGUE, SERIES
from app.services import duties
from app.services.refreshing import Outcome, RefreshReport
from app.timetable.run import Period, Result, Run, Status
from tests.app.services.workbooks import write_csv
from tests.conftest import Clock

DUE = datetime(2026, 11, 24, 13, 15, tzinfo=UTC)
DAY = date(2026, 11, 23)
SOFR = [series.id for series in CATALOGUE if series.release == "sofr" and series.sources and series.last is None]
BROKEN = Refused("source.status", source="fredgraph", name="SOFR", status=503)


def run(job: str, key: str, due: datetime = DUE, attempt: int = 1) -> Run:
    return Run(1, Period(due, job, key), Status.RUNNING, attempt, due, due, None, "desk", 7, 1, due, None, None)


def result(
    program: Program,
    clock: Clock,
    report: RefreshReport,
    *,
    now: datetime = DUE,
    key: str = "sofr 2026-11-23",
    monkeypatch: pytest.MonkeyPatch,
) -> Result:
    clock.now = now
    monkeypatch.setattr(program.refreshing, "refresh", lambda job: report)
    (said,) = duties.refresh(program.refreshing, program.watching, clock)([run("refresh", key)], Job())
    return said


@pytest.fixture
def arrive(program: Program, tmp_path: Path) -> Callable[[date], None]:
    """Store a SOFR of that day."""

    def store(day: date) -> None:
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        (folder / "SOFR.csv").write_text(f"observation_date,SOFR\n{day},4\n")
        assert program.refreshing.take_in(folder).failed == ()

    return store


def test_a_value_that_is_there_has_arrived_whatever_else_failed(
    program: Program, clock: Clock, arrive: Callable[[date], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(DAY)
    failed = RefreshReport((Outcome("fredgraph", "SOFR", 0, BROKEN),))
    assert result(program, clock, failed, monkeypatch=monkeypatch) == Result(
        Status.DONE, "refresh.arrived", {"added": 0}
    )


def test_a_release_is_waited_for_a_day_and_then_left_to_the_next(
    program: Program, clock: Clock, arrive: Callable[[date], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(DAY - timedelta(days=3))
    nothing = RefreshReport(())
    soon, late = DUE + duties.PATIENCE - timedelta(seconds=1), DUE + duties.PATIENCE
    said = [result(program, clock, nothing, now=now, monkeypatch=monkeypatch) for now in (soon, late)]
    assert said == [Result(Status.FAILED, "refresh.not_out"), Result(Status.DONE, "refresh.never_out")]


@pytest.mark.parametrize("resource", ["each", "source"])
def test_a_release_fails_where_every_series_of_it_failed(
    program: Program, clock: Clock, resource: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = [(source, id if resource == "each" else source) for id in SOFR for source, _ in SERIES[id].sources]
    report = RefreshReport(tuple(Outcome(source, name, 0, BROKEN) for source, name in carried))
    said = result(program, clock, report, monkeypatch=monkeypatch)
    assert said == Result(Status.FAILED, "source.status", {"source": "fredgraph", "name": "SOFR", "status": "503"})


def test_one_answer_of_several_is_no_failure(program: Program, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    report = RefreshReport((Outcome("ddp", "H41/condition", 0, BROKEN),))  # FRED has the same series
    said = result(program, clock, report, key="h41 2026-11-18", monkeypatch=monkeypatch)
    assert said.outcome == "refresh.not_out"


def test_what_a_source_did_give_does_not_fail_with_the_rest_of_it(
    program: Program, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = (Outcome("nyfed", "swaps", 0, BROKEN), *(Outcome("nyfed", id, 0) for id in SOFR))
    assert result(program, clock, RefreshReport(outcomes), monkeypatch=monkeypatch).outcome == "refresh.not_out"


def test_a_source_that_is_switched_off_neither_answers_nor_fails(
    program: Program, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = [Outcome(source, source, 0, skipped=True) for source in ("ddp", "fred", "nyfed")]
    outcomes += [Outcome("fredgraph", s.id, 0, BROKEN) for s in CATALOGUE if s.name_in("fredgraph")]
    only_board = {s.id for s in CATALOGUE if s.release == "h41" and not s.name_in("fredgraph") and s.sources}
    said = result(program, clock, RefreshReport(tuple(outcomes)), key="h41 2026-11-18", monkeypatch=monkeypatch)
    assert only_board  # nobody was asked for these
    assert said.outcome == "source.status"


def test_lists_are_made_once_even_if_the_program_died_after_it_made_them(
    program: Program, clock: Clock, tmp_path: Path
) -> None:
    make = duties.lists(program.reviewing)
    assert make([run("lists", "2026-05-26", clock.now)], Job()) == [Result(Status.DONE, "reviews.no_book")]
    program.importing.commit(write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,5000000,1"), date(2026, 5, 22))
    began = clock.now
    clock.advance(minutes=1)
    assert make([run("lists", "2026-05-26", began)], Job()) == [Result(Status.DONE, "lists.made")]
    made = program.reviewing.lists()[0].making
    clock.advance(minutes=1)
    assert make([run("lists", "2026-05-26", began, attempt=2)], Job()) == [Result(Status.DONE, "lists.made")]
    assert program.reviewing.lists()[0].making == made
    assert make([run("lists", "2026-05-27", clock.now, attempt=2)], Job()) == [Result(Status.DONE, "lists.made")]
    assert program.reviewing.lists()[0].making != made


def test_one_copy_serves_for_every_day_that_was_missed() -> None:
    kept: list[int] = []
    runs = [run("backup", "2026-05-26"), run("backup", "2026-05-27")]
    assert duties.backup(lambda: kept.append(1))(runs, Job()) == [Result(Status.DONE, "backup.kept")] * 2
    assert kept == [1]
