"""One row of the run ledger: a period of a job, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from alerts.finding import Finding

#: A run that starts this long after it was due is called late.
PUNCTUAL = timedelta(minutes=5)
_FIRST_RETRY, _LAST_RETRY = timedelta(minutes=5), timedelta(hours=1)


class JobName(Enum):
    """What the schedule does."""

    REFRESH = "refresh"
    CHECK = "check"
    LISTS = "lists"
    BACKUP = "backup"


class Status(Enum):
    """Where a run stands; a failed one is tried again."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Cause(Enum):
    """Why a run began late."""

    ASLEEP = "asleep"  # the computer slept
    CLOSED = "closed"  # the program was closed
    CRASHED = "crashed"  # the program ended without being closed
    FAILED = "failed"  # an attempt before this one failed
    BUSY = "busy"  # other work came first


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time that a job is responsible for; (job, key) is unique in a workspace.

    `key` is "2026-11-27", or "h41 2026-11-25" for the value of that date; `due` and `as_of` are UTC. A check is as
    known at `as_of`, its cut-off, however late it runs.
    """

    due: datetime
    job: str
    key: str
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a job says of one run; `outcome` is a code, `values` can be written as JSON."""

    status: Status
    outcome: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """A row of the ledger. `attempt` counts from one and fences: who lost the claim cannot finish the run."""

    id: int
    period: Period
    status: Status
    attempt: int
    began: datetime  # the first attempt
    started: datetime  # the last one
    finished: datetime | None
    host: str
    pid: int
    holder: int  # the program's row in the watch
    held_until: datetime  # a claim without a sign of life until then may be taken over
    cause: Cause | None
    outcome: str | None  # a code: "fetched", "stored", or a refusal's
    values: Mapping[str, Any] = field(default_factory=dict)
    settled_by: int | None = None  # the run that fetched for this period as well

    def is_held(self, now: datetime) -> bool:
        """Whether a living program works on it."""
        return self.status is Status.RUNNING and now < self.held_until

    def may_be_tried(self, now: datetime) -> bool:
        """Whether it is open for an attempt: failed and waited long enough, or left behind by a dead program."""
        if self.status is Status.FAILED:
            return now >= self.retry_at
        return self.status is Status.RUNNING and not self.is_held(now)

    def state(self, now: datetime) -> str:
        """Its status, or "interrupted" where it is said to run and nobody works on it."""
        interrupted = self.status is Status.RUNNING and not self.is_held(now)
        return "interrupted" if interrupted else self.status.value

    @property
    def retry_at(self) -> datetime:
        """When a failed run is tried again: after 5, 10, 20, 40 minutes, then every hour."""
        wait: timedelta = min(_FIRST_RETRY * 2 ** min(self.attempt - 1, 10), _LAST_RETRY)
        return (self.finished or self.started) + wait

    @property
    def late(self) -> timedelta:
        """How long after it was due the last attempt began; zero where that was in time."""
        late = self.started - self.period.due
        return late if late > PUNCTUAL else timedelta()


def finding(run: Run | None, now: datetime) -> Finding:
    """What to say of a job's last run: never, running, interrupted, failed, in time, or late and why."""
    if run is None:
        return Finding("schedule.never")
    values = {"at": run.started, "now": now, "late": run.late}
    match run.state(now):
        case "running" | "interrupted" as state:
            return Finding(f"schedule.{state}", values)
        case "failed":
            return Finding(
                "schedule.failed", values | {"again": run.retry_at, "code": run.outcome, "values": run.values}
            )
        case "done" if not run.late:
            return Finding("schedule.ran", values)
        case _:
            return Finding(f"schedule.late.{(run.cause or Cause.BUSY).value}", values)
