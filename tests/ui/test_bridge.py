"""What services publish, from whichever thread, arrives in the window's thread and later."""

import sys
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


@pytest.mark.logs("a fault nobody caught")
def test_faults_of_threads_and_of_what_is_cleared_are_told_in_the_windows_thread(qtbot, qapp):
    faults, came = Faults(qapp), []
    faults.met.connect(lambda error: came.append((type(error), threading.get_ident())))
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    faults.install()
    try:
        thread = threading.Thread(target=lambda: [][1])
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: len(came) == 1)
        _Unclearable()  # nobody holds it: it is cleared here
        qtbot.waitUntil(lambda: len(came) == 2)
        thread = threading.Thread(target=sys.exit)  # no fault
        thread.start()
        thread.join()
    finally:
        faults.remove()
    assert [kind for kind, _ in came] == [IndexError, ZeroDivisionError]
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


class _Unclearable:
    def __del__(self) -> None:
        raise ZeroDivisionError
