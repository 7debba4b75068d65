"""Garbage with a cycle dies in the window's thread, whoever made it."""

import gc
import threading

import pytest

from ui.garbage import Collector


class Ring:
    """Holds itself; tells in which thread it died."""

    def __init__(self, deaths: list[int]) -> None:
        self.itself = self
        self.deaths = deaths

    def __del__(self) -> None:
        self.deaths.append(threading.get_ident())


def allocate_much(deaths: list[int]) -> None:
    for _ in range(5_000):
        Ring(deaths)


@pytest.fixture
def collector(qtbot, monkeypatch):
    monkeypatch.setattr(Collector, "_alive", 0)  # another test of this process may have left a window open
    made = Collector()
    yield made
    made.close()


def test_a_worker_never_collects_while_a_window_lives(qtbot, collector):
    deaths: list[int] = []
    worker = threading.Thread(target=allocate_much, args=(deaths,))
    worker.start()
    worker.join()

    assert deaths == []
    qtbot.waitUntil(lambda: len(deaths) == 5_000, timeout=5_000)
    assert set(deaths) == {threading.get_ident()}


def test_python_collects_by_itself_again_once_the_last_one_is_closed(qtbot, collector):
    second = Collector()
    second.close()
    second.close()
    assert not gc.isenabled()
    collector.close()
    assert gc.isenabled()
