"""Work runs off the window's thread, comes back to it, and never reaches a page that is gone."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.jobs import Cancelled, Job
from app.refusals import Refused
from ui.tasks import Lane, Tasks


@pytest.fixture
def tasks(qtbot: QtBot):
    lanes = Tasks()
    yield lanes
    lanes.close()


def _where(_job: Job) -> int:
    return threading.get_ident()


def test_work_runs_elsewhere_and_its_outcome_comes_back_here(qtbot, tasks, alive):
    came: list[tuple[int, int]] = []
    tasks.run(alive, _where, lambda ident: came.append((ident, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(came))
    worker, here = came[0]
    assert worker != threading.get_ident()
    assert here == threading.get_ident()
    assert not tasks.busy()


def test_a_failure_without_a_receiver_is_told_to_the_window(qtbot, tasks, alive):
    def refuse(_job: Job) -> None:
        raise Refused("test.no")

    with qtbot.waitSignal(tasks.failed) as told:
        tasks.run(alive, refuse, print)
    assert told.args[0].code == "test.no"


def test_a_page_that_is_gone_receives_nothing(qtbot, tasks):
    page, came = QObject(), []
    gate = threading.Event()
    tasks.run(page, lambda job: gate.wait(5), came.append, came.append)
    delete(page)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy())
    assert came == []


def test_cancel_is_cooperative_and_told_to_who_asked(qtbot, tasks, alive):
    started, came = threading.Event(), []

    def work(job: Job) -> None:
        started.set()
        while True:
            job.report("rows", 1, 10)

    task = tasks.run(alive, work, print, came.append)
    qtbot.waitUntil(started.is_set)
    task.cancel()
    qtbot.waitUntil(lambda: bool(came))
    assert isinstance(came[0], Cancelled)


def test_the_writers_lane_runs_one_at_a_time(qtbot, tasks, alive):
    inside, most, done = [0], [0], []
    lock = threading.Lock()

    def work(_job: Job) -> None:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        threading.Event().wait(0.02)
        with lock:
            inside[0] -= 1

    for _ in range(5):
        tasks.run(alive, work, done.append, lane=Lane.WRITE)
    qtbot.waitUntil(lambda: len(done) == 5)
    assert most == [1]


def test_progress_comes_in_order_and_ends_with_the_last_step(qtbot, tasks, alive):
    heard, done = [], []

    def work(job: Job) -> None:
        for row in range(1, 1001):
            job.report("rows", row, 1000)

    tasks.run(alive, work, done.append, on_progress=lambda *step: heard.append(step))
    qtbot.waitUntil(lambda: bool(done))
    assert heard[-1] == ("rows", 1000, 1000)
    assert heard == sorted(heard)


def test_closing_asks_everything_to_stop_and_waits(qtbot, alive):
    lanes, ended = Tasks(), []

    def work(job: Job) -> None:
        try:
            while True:
                job.check()
        finally:
            ended.append(True)

    started = partial(lanes.run, alive, work, print, ended.append)
    started()
    lanes.close()
    assert ended in ([], [True])  # not begun, or ended
    assert not lanes.busy()


def test_of_two_questions_about_the_same_thing_only_the_later_is_answered(qtbot, tasks, alive):
    """Two workers read: the earlier question's slow answer must not stand in the place of the later one's."""
    gate, came = threading.Event(), []

    def slow(_job: Job) -> str:
        gate.wait(5)
        return "before"

    tasks.run(alive, slow, came.append, came.append, about="history")
    tasks.run(alive, lambda _job: "after", came.append, about="history")
    tasks.run(alive, lambda _job: "other", came.append, about="layouts")
    qtbot.waitUntil(lambda: len(came) == 2)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy())
    assert sorted(came) == ["after", "other"]


def test_what_was_abandoned_is_not_heard_of_even_where_it_is_done(qtbot, tasks, alive):
    done, came = threading.Event(), []

    def work(_job: Job) -> str:
        done.set()
        return "done"

    task = tasks.run(alive, work, came.append, came.append)
    assert done.wait(5)
    task.abandon()
    qtbot.waitUntil(lambda: not tasks.busy())
    assert came == []


def test_an_outcome_on_its_way_when_the_lanes_go_is_dropped(qtbot, alive):
    lanes, came = Tasks(), []
    ended = threading.Event()
    task = lanes.run(alive, lambda _job: ended.set(), came.append)
    assert ended.wait(5)
    lanes.close()
    delete(lanes)
    QCoreApplication.sendPostedEvents(task)
    assert came == []
