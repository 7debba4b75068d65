"""Python's cyclic garbage is collected in the window's thread only.

Python collects wherever it happens to allocate, in a worker too; a Qt object that dies there, outside its own thread,
takes the whole program down with it.
"""

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer, Slot

#: How often the window's thread looks whether there is something to collect, in milliseconds.
EVERY = 500


class Collector(QObject):
    """While one lives, Python does not collect by itself; `close` gives that back."""

    _alive: ClassVar[int] = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        Collector._alive += 1
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def close(self) -> None:
        """Collect once more, and let Python do it by itself again once no other collector lives."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        gc.collect()
        Collector._alive -= 1
        if not Collector._alive:
            gc.enable()

    @Slot()
    def _collect(self) -> None:
        """What Python would do by itself: the oldest generation whose count is past its threshold."""
        for generation, (count, threshold) in reversed(
            list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
        ):
            if count > threshold:
                gc.collect(generation)
                return
