"""What long work reports while it runs, and how it is asked to stop."""

from collections.abc import Callable
from threading import Event


class Cancelled(Exception):
    """The person asked the work to stop; nothing was stored."""


class Job:
    """Handed to long work: `report` tells how far it is, `check` raises Cancelled once `cancel` was called."""

    def __init__(self, on_progress: Callable[[str, int, int], None] | None = None) -> None:
        self._on_progress = on_progress
        self._cancelled = Event()

    def report(self, phase: str, done: int, total: int) -> None:
        """Tell that `done` of `total` steps of a phase are behind us (a phase is a code, worded by the caller)."""
        self.check()
        if self._on_progress is not None:
            self._on_progress(phase, done, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next check."""
        self._cancelled.set()

    def wait(self, seconds: float) -> None:
        """Let time pass; Cancelled as soon as the person asks to stop."""
        self._cancelled.wait(seconds)
        self.check()

    def check(self) -> None:
        """Raise Cancelled if the person asked to stop."""
        if self._cancelled.is_set():
            raise Cancelled
