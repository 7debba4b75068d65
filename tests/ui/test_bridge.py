"""What services publish, from whichever thread, arrives in the window's thread and later."""

import threading

import pytest

from app.events import BookChanged, Events
from ui.bridge import Bridge, Faults


def test_an_event_of_a_worker_arrives_here(qtbot):
    events = Events()
    bridge, came = Bridge(events), []
    bridge.happened.connect(lambda event: came.append((event, threading.get_ident())))
    worker = threading.Thread(target=events.publish, args=(BookChanged(),))
    worker.start()
    worker.join()
    assert came == []  # not yet: it waits for this thread
    qtbot.waitUntil(lambda: bool(came))
    assert came == [(BookChanged(), threading.get_ident())]


def test_a_closed_bridge_hears_nothing(qtbot):
    events = Events()
    bridge, came = Bridge(events), []
    bridge.happened.connect(came.append)
    bridge.close()
    events.publish(BookChanged())
    qtbot.wait(20)
    assert came == []


@pytest.mark.logs("a fault nobody caught")
def test_a_fault_nobody_caught_is_logged_and_told(qtbot, qapp, caplog):
    faults = Faults(qapp)
    error = ValueError("x")
    with qtbot.waitSignal(faults.met) as told:
        faults.hook(ValueError, error, None)
    assert told.args == [error]
    assert "a fault nobody caught" in caplog.text
