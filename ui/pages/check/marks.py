"""The shapes in which verdicts, states of evidence and runs of the schedule are drawn."""

from app.timetable.run import Run
from app.timetable.run import Status as RunStatus
from exposures.check import Check, Status
from exposures.checking import Evidence, State, Verdict

#: A verdict borrows the severity's shape: an octagon acts, a half ring watches, a tick is fine.
VERDICTS = {Verdict.FINE: "ok", Verdict.WATCH: "watch", Verdict.ACT: "critical"}

_STATES = {
    State.CRITICAL: "critical",
    State.WARNING: "warning",
    State.ERROR: "warning",
    State.FAILED: "warning",
    State.STALE: "stale",
    State.NO_DATA: "nodata",
    State.RECOVERING: "watch",
    State.PENDING: "pending",
    State.LATE: "stale",
    State.NORMAL: "ok",
    State.INFO: "",
}


def state_mark(row: Evidence) -> str:
    """The shape of a row of evidence; none for a figure that nothing measures."""
    return _STATES[row.state]


def status_mark(check: Check | None) -> str:
    """Where a day's check stands: to do, now, with the checker, done."""
    if check is None:
        return "todo"
    return {Status.OPEN: "now", Status.WITH_CHECKER: "pending", Status.SIGNED: "done"}[check.status]


def run_mark(run: Run) -> str:
    """What became of a run of the schedule."""
    if run.status is RunStatus.FAILED:
        return "warning"
    if run.status is RunStatus.RUNNING:
        return "now"
    return "stale" if run.late else "ok"
