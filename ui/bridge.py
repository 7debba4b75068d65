"""The only way back from the services: what happened becomes a signal in the window's thread."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.events import Event, Events

log = logging.getLogger(__name__)


class Bridge(QObject):
    """`happened(event)` comes later and in the window's thread, whichever thread published the event."""

    happened = Signal(object)
    _arrived = Signal(object)

    def __init__(self, events: Events, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self.happened, Qt.ConnectionType.QueuedConnection)
        self._end = events.subscribe(self._receive)

    def close(self) -> None:
        """Listen no more."""
        self._end()

    def _receive(self, event: Event) -> None:
        self._arrived.emit(event)


class Faults(QObject):
    """Faults nobody caught, from whichever thread: logged, and told in the window's thread through `met`."""

    met = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def install(self) -> None:
        """Hear of every fault from now on: of the window's thread, of other threads, and of objects being cleared."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self.hook
        threading.excepthook = self._hook_thread
        sys.unraisablehook = self._hook_unraisable

    def remove(self) -> None:
        """Hear of no more."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def _hook_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_type is not SystemExit:
            self.hook(told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback)

    def _hook_unraisable(self, told: "sys.UnraisableHookArgs") -> None:
        self.hook(told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback)

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What sys.excepthook calls."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("a fault nobody caught", exc_info=(kind, error, trace))
        if isValid(self):
            self.met.emit(error)
