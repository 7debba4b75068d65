"""Keeping the schedule: what is due is claimed in the run ledger, done, and written down with what became of it."""

import logging
import os
import platform
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from alerts.finding import Finding
from app import logs
from app.events import Events, ScheduleChanged
from app.jobs import Cancelled, Job
from app.refusals import Refused
from app.storage import runs
from app.storage.database import Database
from app.storage.runs import Watch
from app.timetable.periods import Task, Timetable, due, next_due
from app.timetable.run import PUNCTUAL, Cause, JobName, Period, Result, Run, Status, finding

if TYPE_CHECKING:
    from app.scheduler import Scheduler

log = logging.getLogger(__name__)

#: Does the work of the runs of one task, and says of each, in their order, what became of it. A Refused is a failure
#: of all of them. It may be called again for a run whose program died: doing it twice must be the same as once.
Duty = Callable[[Sequence[Run], Job], Sequence[Result]]
#: Nobody looks further back: a workspace that was not opened for longer begins anew from there.
LOOK_BACK = timedelta(days=365)
#: Runs of periods from before the look-back that are still of interest: a quarter's figure waits a quarter.
_MARGIN = timedelta(days=200)
#: So much longer than expected between two ticks means that the computer slept.
ASLEEP = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nobody kept the schedule, and why."""

    since: datetime
    until: datetime
    cause: Cause


@dataclass(frozen=True, slots=True)
class Standing:
    """A job for the screen: its last run and what to say of it, what is open now, and what comes next."""

    job: JobName
    last: Run | None
    finding: Finding
    open: tuple[Period, ...]
    next: Period | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The whole schedule: who keeps it, its sentence, and each job."""

    kept_by: tuple[Watch, ...]
    finding: Finding
    jobs: tuple[Standing, ...]


class Scheduling:
    """One of these in each program; several on one workspace share the work, and each period is done once."""

    def __init__(
        self,
        database: Database,
        events: Events,
        clock: Callable[[], datetime],
        timetable: Callable[[datetime], Timetable],
        duties: Mapping[JobName, Duty],
        *,
        sample: bool,
        monotonic: Callable[[], float] = time.monotonic,
        every: float = 30.0,
        heartbeat: Callable[[], object] = lambda: None,
    ) -> None:
        """`every` seconds there is a tick, and after its work a `heartbeat`."""
        self._heartbeat = heartbeat
        self._database, self._events, self._clock = database, events, clock
        self._timetable, self._duties = timetable, duties
        self._sample, self._monotonic, self._every = sample, monotonic, every
        self._watch: int | None = None
        self._gaps: list[Gap] = []
        self._seen: tuple[datetime, float] | None = None  # wall and monotonic clock after the last tick
        self._job = Job()
        self._ticking = threading.Lock()
        self._scheduler: Scheduler | None = None

    def start(self) -> None:
        """Keep the schedule from now on, in a thread of its own; a sample workspace has none."""
        if self._sample or self._scheduler is not None:
            return
        from app.scheduler import Scheduler  # commands that keep no schedule do not load it

        self._scheduler = Scheduler(self.tick, self._every)
        self._scheduler.start()

    def stop(self) -> None:
        """Keep it no longer; what is under way ends at its next step and is done again later. No thread is left."""
        self._job.cancel()
        if self._scheduler is not None:
            self._scheduler.stop()
            self._scheduler = None
        with self._ticking:
            if self._watch is not None:
                with self._database.write() as connection:
                    runs.end_watch(connection, self._watch, self._clock())
                self._watch = None
                self._seen = None
                self._events.publish(ScheduleChanged())
            self._job = Job()

    def tick(self) -> tuple[Run, ...]:
        """Do everything that is due now and nobody else does; returns what this program did, in order."""
        if self._sample or not self._ticking.acquire(blocking=False):
            return ()
        try:
            done = tuple(self._work(self._keep_watch(self._clock())))
            self._heartbeat()
            return done
        except Cancelled:  # whoever keeps the schedule next takes over what was claimed
            return ()
        finally:
            self._seen = (self._clock(), self._monotonic())
            self._ticking.release()

    def status(self) -> Schedule:
        """Where every job stands, whichever program did it."""
        now = self._clock()
        with self._database.read() as connection:
            kept_by = runs.alive(connection, now)
            last = {job: next(iter(runs.latest(connection, 1, job.value)), None) for job in self._duties}
            began = runs.first_watch(connection)
        if self._sample:
            return Schedule((), Finding("schedule.sample"), ())
        table = self._timetable(now)
        open_ = [] if began is None else self._due(table, began, now)
        jobs = tuple(
            Standing(
                job,
                run,
                finding(run, now),
                tuple(period for task in open_ if task.job is job for period in task.periods),
                next_due(table, job, now),
            )
            for job, run in last.items()
        )
        said = Finding("schedule.kept", {"programs": len(kept_by)}) if kept_by else Finding("schedule.unkept")
        if table.fault is not None:
            said = Finding("schedule.fault", {"code": table.fault.code, "values": table.fault.values})
        return Schedule(kept_by, said, jobs)

    def history(self, limit: int = 50) -> tuple[Run, ...]:
        """The last runs, newest first."""
        with self._database.read() as connection:
            return runs.latest(connection, limit)

    def _keep_watch(self, now: datetime) -> int:
        """Give a sign of life, and find out for how long nobody gave one."""
        with self._database.write() as connection:
            if self._watch is None:
                before = runs.last_watch(connection)
                self._watch = runs.begin_watch(connection, platform.node()[:255], os.getpid(), now)
                self._gaps.append(_gap_before(before, now))
                begun = True
            else:
                runs.beat(connection, self._watch, now)
                begun = False
        if self._seen is not None and (gap := self._sleep(self._seen, now)) is not None:
            log.info("nobody kept the schedule from %s to %s: the computer slept", gap.since, gap.until)
            self._gaps.append(gap)
        if begun:
            self._events.publish(ScheduleChanged())
        return self._watch

    def _sleep(self, seen: tuple[datetime, float], now: datetime) -> Gap | None:
        wall, monotonic = seen
        passed, counted = now - wall, timedelta(seconds=self._monotonic() - monotonic)
        # Where the monotonic clock stops in sleep the two differ; where it does not, the tick itself came too late.
        slept = passed - counted > ASLEEP or passed > ASLEEP + timedelta(seconds=self._every)
        return Gap(wall, now, Cause.ASLEEP) if slept else None

    def _work(self, watch: int) -> list[Run]:
        with self._database.read() as connection:
            began = runs.first_watch(connection) or self._clock()
        done: list[Run] = []
        tried: set[Task] = set()
        while True:
            self._job.check()
            now = self._clock()
            found = self._due(self._timetable(now), began, now)
            task = next((one for one in found if one.job in self._duties and one not in tried), None)
            if task is None:
                return done
            tried.add(task)  # another program may be quicker; once is enough for one tick
            if claimed := self._claim(task, watch, now):
                done += self._do(task.job, claimed)

    def _due(self, table: Timetable, began: datetime, now: datetime) -> list[Task]:
        since = max(table.day_begins(began), now - LOOK_BACK)  # the first day counts from its morning
        with self._database.read() as connection:
            ledger = runs.runs(connection, since - _MARGIN)
        return due(table, since, now, ledger)

    def _claim(self, task: Task, watch: int, now: datetime) -> tuple[Run, ...]:
        with self._database.write() as connection:
            ledger = runs.runs(connection, task.periods[0].due)
            ids = []
            for period in task.periods:
                seen = ledger.get((period.job, period.key))
                if seen is not None and (seen.status is Status.DONE or seen.is_held(now)):
                    continue
                id = runs.claim(connection, period, watch, now, self._cause(period, seen, now), seen)
                if id is not None:
                    ids.append(id)
            return runs.by_id(connection, ids)

    def _cause(self, period: Period, seen: Run | None, now: datetime) -> Cause | None:
        if now - period.due <= PUNCTUAL:
            return None
        if seen is not None and seen.status is Status.FAILED:
            return Cause.FAILED
        if seen is not None:  # left behind: by this workspace's last program, or by another that died meanwhile
            return next((gap.cause for gap in reversed(self._gaps) if gap.until >= seen.held_until), Cause.CRASHED)
        covering = (gap for gap in reversed(self._gaps) if gap.since <= period.due <= gap.until)
        return next((gap.cause for gap in covering), Cause.BUSY)

    def _do(self, job: JobName, claimed: tuple[Run, ...]) -> tuple[Run, ...]:
        self._events.publish(ScheduleChanged())
        try:
            with self._beating():
                results = self._duties[job](claimed, self._job)
        except Cancelled:
            raise
        except Refused as error:
            values = {key: str(value) for key, value in error.values.items()}
            results = [Result(Status.FAILED, error.code, values)] * len(claimed)
        except Exception:
            log.exception("the schedule's %s failed", logs.Code(job.value))
            results = [Result(Status.FAILED, "schedule.fault")] * len(claimed)
        return self._finish(claimed, results)

    def _finish(self, claimed: tuple[Run, ...], results: Sequence[Result]) -> tuple[Run, ...]:
        """Write down what became of the runs: the newest of those that are done settles the others."""
        now = self._clock()
        done = [run for run, one in zip(claimed, results, strict=True) if one.status is Status.DONE]
        newest = max(done, key=lambda run: (run.period.due, run.id), default=None)
        with self._database.write() as connection:
            for run, result in zip(claimed, results, strict=True):
                by = newest.id if newest is not None and run in done and run is not newest else None
                if not runs.finish(connection, run, result.status, now, result.outcome, result.values, by):
                    log.warning(
                        "%s %s was taken over by another program", logs.Code(run.period.job), logs.Code(run.period.key)
                    )
            ended = runs.by_id(connection, [run.id for run in claimed])
        self._events.publish(ScheduleChanged())
        return ended

    @contextmanager
    def _beating(self) -> Iterator[None]:
        """Signs of life from a second thread while long work goes on."""
        over = threading.Event()
        thread = threading.Thread(target=self._beat, args=(over,), name="schedule-heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _beat(self, over: threading.Event) -> None:
        while not over.wait(self._every):
            try:
                with self._database.write() as connection:
                    if self._watch is not None:
                        runs.beat(connection, self._watch, self._clock())
            except Exception:
                log.exception("no sign of life could be given")


def _gap_before(before: Watch | None, now: datetime) -> Gap:
    """From the last sign of life of any program to now."""
    if before is None:
        return Gap(datetime.min.replace(tzinfo=UTC), now, Cause.CLOSED)
    alive = before.ended is None and now - before.last_seen < runs.LEASE
    if before.ended is None and not alive:
        return Gap(before.last_seen, now, Cause.CRASHED)
    return Gap(before.last_seen, now, Cause.CLOSED)
