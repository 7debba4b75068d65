"""Whatever happens in the child, the program lives and says what happened."""

import multiprocessing
import os
import threading
import time
from typing import Any

import pytest

from app.jobs import Cancelled, Job
from app.refusals import Misused, Refused
from app.spreadsheets import child
from app.spreadsheets.child import Limits
from app.wording.sentences import refusal
from tests.app.spreadsheets import work


@pytest.fixture(autouse=True)
def _as_the_program_starts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "processes", multiprocessing.get_context("spawn"))


def refused(function: Any, *arguments: Any, limits: Limits | None = None) -> Refused:
    start = time.monotonic()
    with pytest.raises(Refused) as caught:
        child.run(function, *arguments, limits=limits)
    assert time.monotonic() - start < 10
    assert "(importing." not in refusal(caught.value)[0]
    return caught.value


def test_results_and_progress_come_back() -> None:
    seen: list[tuple[str, int, int]] = []
    assert child.run(work.count, 3, job=Job(lambda *step: seen.append(step))) == 3
    assert seen == [("counting", 0, 3), ("counting", 1, 3), ("counting", 2, 3)]
    found = child.run(work.environment)
    assert found["pid"] != os.getpid()
    assert found["threads"] == "1"


@pytest.mark.parametrize(("function", "signal"), [(work.abort, "SIGABRT"), (work.kill_itself, "SIGKILL")])
def test_a_child_that_dies(function: Any, signal: str) -> None:
    error = refused(function)
    assert (error.code, error.values) == ("importing.reader_died", {"signal": signal})


def test_a_child_that_eats_memory() -> None:
    assert refused(work.eat, limits=Limits(memory=500 * 2**20)).code == "importing.out_of_memory"


def test_a_child_that_takes_too_long() -> None:
    assert refused(work.deaf, 60, limits=Limits(seconds=1)).code == "importing.out_of_time"


@pytest.mark.logs("tests.app.spreadsheets.work.PanicException")
def test_a_panic_that_is_no_exception() -> None:
    error = refused(work.panic)
    assert error.code == "importing.reader_failed"
    assert "index out of bounds" in error.values["error"]


def test_refusals_come_through_as_they_are() -> None:
    error = refused(work.refuse)
    assert (error.code, error.values, error.exit_code) == ("importing.empty_file", {"file": "x.csv"}, 1)
    assert isinstance(refused(work.misuse), Misused)


def test_many_rows_may_take_more_memory() -> None:
    limits = Limits(memory=300 * 2**20, ceiling=900 * 2**20)
    assert refused(work.hold, 400, 100_000, limits=limits).code == "importing.out_of_memory"
    assert child.run(work.hold, 400, 100_001, limits=limits) == 400 * 2**20


def test_cancel_stops_the_child() -> None:
    job = Job(lambda *_: threading.Timer(0.1, job.cancel).start())
    start = time.monotonic()
    with pytest.raises(Cancelled):
        child.run(work.sleep, 60, job=job)
    assert time.monotonic() - start < 8


def test_a_cancel_that_comes_too_late_does_not_hide_what_was_done() -> None:
    job = Job(lambda *_: threading.Timer(0.1, job.cancel).start())
    assert child.run(work.deaf, 1.0, job=job) == "done"


def test_a_child_that_has_settled_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it stores is there for all: nobody is told that nothing was stored."""
    monkeypatch.setattr(child, "_GRACE", 0.05)
    job = Job(lambda *_: threading.Timer(0.05, job.cancel).start())
    assert child.run(work.settle, 0, 0.5, job=job) == "kept"


def test_a_cancel_before_it_settles_is_heard() -> None:
    job = Job()
    stopping = threading.Timer(0.1, job.cancel)
    stopping.start()
    with pytest.raises(Cancelled):
        child.run(work.settle, 0.5, 0, job=job)
    stopping.join()


def test_a_child_that_hears_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_GRACE", 0.1)
    job = Job(lambda *_: job.cancel())
    start = time.monotonic()
    with pytest.raises(Cancelled):
        child.run(work.deaf, 60, job=job)
    assert time.monotonic() - start < 8


def test_a_job_cancelled_before_starts_no_child() -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        child.run(work.count, 1, job=job)


def test_the_child_knows_neither_window_nor_database() -> None:
    loaded = child.run(work.modules)
    assert "exposures.importing" in loaded
    assert not [name for name in loaded if name.startswith(("PySide6", "shiboken6", "ui", "sqlalchemy"))]


def test_a_large_file_has_longer() -> None:
    """Ten seconds a megabyte, and never less than ten minutes."""
    assert Limits.of(5 * 2**20).seconds == 600
    assert Limits.of(150 * 2**20).seconds == 1_500
    assert Limits.of(150 * 2**20).memory == Limits().memory
