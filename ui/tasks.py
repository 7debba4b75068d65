"""The only way into worker threads: work is run in a lane, and its outcome comes back to the window's thread.

A page that was closed receives nothing: what it asked for is asked to stop, and the outcome is dropped.
"""

import logging
from collections.abc import Callable
from enum import Enum
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

from app.jobs import Cancelled, Job
from app.refusals import Refused
from ui.garbage import Collector

log = logging.getLogger(__name__)
#: Progress is told at most this often (seconds); the last step always.
PROGRESS_EVERY = 0.05


class Lane(Enum):
    """Where work queues; the value is how many workers serve the lane."""

    READ = ("read", 2)
    WRITE = ("write", 1)  # everything that changes the database
    NETWORK = ("network", 1)  # everything that waits for somebody else's machine


class Task(QObject):
    """Work under way: `cancel` asks it to stop; it lives in the window's thread."""

    _succeeded = Signal(object)
    _failed = Signal(object)
    _progressed = Signal(str, int, int)

    def __init__(
        self,
        owner: QObject,
        work: Callable[[Job], Any],
        on_success: Callable[[Any], None],
        on_failure: Callable[[Exception], None],
        on_progress: Callable[[str, int, int], None] | None,
        on_end: Callable[["Task"], None],
        about: str = "",
    ) -> None:
        super().__init__()
        self.owner = owner
        self.about = about
        self._abandoned = False
        self.work = work
        self.job = Job(self._report)
        self._on_success = on_success
        self._on_failure = on_failure
        self._on_progress = on_progress
        self._on_end = on_end
        self._told = 0.0
        self._succeeded.connect(self._succeed)
        self._failed.connect(self._fail)
        self._progressed.connect(self._progress)

    def cancel(self) -> None:
        """Ask the work to stop; `on_failure` receives Cancelled when it has."""
        self.job.cancel()

    def abandon(self) -> None:
        """Ask the work to stop, and hear no more of it, even where its outcome is on its way already."""
        self._abandoned = True
        self.job.cancel()

    def _heard(self) -> bool:
        return not self._abandoned and isValid(self.owner)

    def execute(self) -> None:
        """Do the work (in the worker's thread)."""
        try:
            self.job.check()
            outcome = self.work(self.job)
        except Exception as error:
            if not isinstance(error, Cancelled | Refused):
                log.exception("work failed by a fault of the program")
            self._failed.emit(error)
        else:
            self._succeeded.emit(outcome)

    def _report(self, phase: str, done: int, total: int) -> None:
        now = monotonic()
        if done >= total or now - self._told >= PROGRESS_EVERY:
            self._told = now
            self._progressed.emit(phase, done, total)

    @Slot(object)
    def _succeed(self, outcome: object) -> None:
        self._on_end(self)
        if self._heard():
            self._on_success(outcome)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._on_end(self)
        if self._heard():
            self._on_failure(error)

    @Slot(str, int, int)
    def _progress(self, phase: str, done: int, total: int) -> None:
        if self._on_progress is not None and self._heard():
            self._on_progress(phase, done, total)


class _Errand(QRunnable):
    """What a worker runs. The task must not die in the worker's thread: the window's keeps it until `ended`."""

    def __init__(self, task: Task) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._task: Task | None = task
        self.ended = False

    def run(self) -> None:
        assert self._task is not None
        self._task.execute()
        self._task = None
        self.ended = True


class Tasks(QObject):
    """The lanes. `failed` tells of every failure for which nobody gave an `on_failure`."""

    failed = Signal(object)
    #: How many tasks are under way.
    changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools: dict[Lane, QThreadPool] = {}
        for lane in Lane:
            pool = QThreadPool(self)
            pool.setMaxThreadCount(lane.value[1])
            self._pools[lane] = pool
        self._under_way: dict[Task, _Errand] = {}
        #: Their outcome is here, but the worker may not have let go of them yet.
        self._delivered: list[tuple[Task, _Errand]] = []
        self._collector = Collector(self)

    def run(
        self,
        owner: QObject,
        work: Callable[[Job], Any],
        on_success: Callable[[Any], None],
        on_failure: Callable[[Exception], None] | None = None,
        on_progress: Callable[[str, int, int], None] | None = None,
        lane: Lane = Lane.READ,
        about: str = "",
    ) -> Task:
        """Run `work(job)` in a lane; the callbacks are called in the window's thread while `owner` lives.

        `on_failure` receives what was raised, Cancelled included; without it the window shows the error. A question
        `about` something makes the owner's earlier one about the same thing void: two workers serve the reading lane,
        and an older answer that comes later would stand in the newer one's place.
        """
        for earlier in tuple(self._under_way) if about else ():
            if earlier.owner is owner and earlier.about == about:
                earlier.abandon()
        task = Task(owner, work, on_success, on_failure or self._tell, on_progress, self._end, about)
        errand = _Errand(task)
        self._under_way[task] = errand
        self.changed.emit(len(self._under_way))
        self._pools[lane].start(errand)
        return task

    def cancel(self, owner: QObject) -> None:
        """Ask everything that `owner` started to stop."""
        for task in tuple(self._under_way):
            if task.owner is owner:
                task.cancel()

    def busy(self) -> bool:
        """Whether any work is under way, or its outcome not yet delivered."""
        return bool(self._under_way)

    def close(self) -> None:
        """Ask everything to stop and wait until every worker has ended; no outcome is delivered any more."""
        for task in self._under_way:
            task.abandon()
        for pool in self._pools.values():
            pool.clear()
            pool.waitForDone()
        self._under_way.clear()
        self._delivered.clear()
        self._collector.close()

    def _end(self, task: Task) -> None:
        if not isValid(self):  # an outcome that was on its way when the window was taken down
            return
        self._delivered = [(one, errand) for one, errand in self._delivered if not errand.ended]
        if (errand := self._under_way.pop(task, None)) is not None:
            self._delivered.append((task, errand))
        self.changed.emit(len(self._under_way))

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self.failed.emit(error)
