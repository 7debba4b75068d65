"""The only way back from the services: what happened becomes a signal in the window's thread."""

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

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

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What sys.excepthook calls."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("a fault nobody caught", exc_info=(kind, error, trace))
        self.met.emit(error)
