"""The only way back from the services: what happened becomes a signal in the window's thread."""

from PySide6.QtCore import QObject, Qt, Signal

from app.events import Event, Events


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
