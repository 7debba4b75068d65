"""The one scheduler: at once, again and again, never twice at a time, and gone when it is stopped."""

import threading
import time

import pytest

from app.scheduler import Scheduler


def test_it_ticks_at_once_and_again_and_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    thrice = threading.Semaphore(0)
    scheduler = Scheduler(thrice.release, 0.05)
    scheduler.start()
    for _ in range(3):
        assert thrice.acquire(timeout=10)
    scheduler.stop()
    assert set(threading.enumerate()) == before
    while thrice.acquire(blocking=False):
        pass
    time.sleep(0.2)
    assert not thrice.acquire(blocking=False)  # nothing after the end
    scheduler.stop()  # once more is no fault


def test_a_long_tick_is_never_joined_by_a_second_and_is_awaited() -> None:
    lock, together, done = threading.Lock(), [], threading.Event()
    begun = threading.Event()

    def tick() -> None:
        together.append(lock.acquire(blocking=False))
        begun.set()
        time.sleep(0.3)
        lock.release()
        done.set()

    scheduler = Scheduler(tick, 0.05)
    scheduler.start()
    assert begun.wait(10)
    time.sleep(0.5)
    scheduler.stop()
    assert done.is_set()
    assert all(together)
    assert not lock.locked()


@pytest.mark.logs("the schedule's tick failed")
def test_a_tick_that_fails_is_logged_and_the_next_one_comes() -> None:
    twice = threading.Semaphore(0)

    def tick() -> None:
        twice.release()
        raise RuntimeError("disk full")

    scheduler = Scheduler(tick, 0.05)
    scheduler.start()
    for _ in range(2):
        assert twice.acquire(timeout=10)
    scheduler.stop()
