"""The only APScheduler: one tick, again and again. What is due stands in the run ledger, never here."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_MAX_INSTANCES,
    EVENT_JOB_MISSED,
    JobEvent,
)
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)
# It would say everything a second time, and call a long tick a warning.
logging.getLogger("apscheduler").setLevel(logging.CRITICAL)


class Scheduler:
    """Calls `tick` at once and every `seconds` from then on, in one thread of its own, never twice at a time.

    A wait does not run on while the machine sleeps, so the first tick after a sleep is up to `seconds` late.
    """

    def __init__(self, tick: Callable[[], object], seconds: float) -> None:
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(1)},
            # However late a tick is, it runs, and once: the ledger knows what it has to catch up with.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
            timezone=UTC,
        )
        trigger = IntervalTrigger(seconds=seconds, timezone=UTC)
        # A job of its own for the first tick would be taken out again, which goes wrong if the end comes just then.
        self._scheduler.add_job(tick, trigger, id="tick", next_run_time=datetime.now(UTC))
        self._scheduler.add_listener(_heard, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)

    def start(self) -> None:
        """Begin; returns at once."""
        self._scheduler.start()

    def stop(self) -> None:
        """End, after the tick that is under way; no thread is left."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)


def _heard(event: JobEvent) -> None:
    if event.code == EVENT_JOB_ERROR:
        log.error("the schedule's tick failed", exc_info=event.exception)
    elif event.code == EVENT_JOB_MISSED:
        log.warning("the schedule's tick of %s was missed", event.scheduled_run_time)
    else:  # the tick before is still at work: long, but no fault
        log.info("the schedule's tick waits for the one before")
