"""`schedule run`, `schedule tick`, `schedule list`: the program's own work, without a window."""

import argparse
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import FrameType

from app.bootstrap import Program
from app.cli.command import DONE, REFUSED, Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.timetable.run import Period, Run, Status
from app.wording import schedule as words
from app.wording.formats import moment
from app.wording.sentences import sentence

#: How often `run` looks whether its time is over.
_LOOK_SECONDS = 1.0


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group."""
    group = add_group(commands, "schedule", "what the program does by itself: fetch, check, make lists, back up")
    keep = add_command(group, "run", _run, "keep the schedule until it is interrupted, without a window")
    keep.add_argument("--until", type=_instant, metavar="INSTANT", help="end then, for example 2026-11-23T18:00+08:00")
    add_command(group, "tick", _tick, "do what is due now, once")
    listing = add_command(group, "list", _list, "what ran, why late, and what comes next")
    listing.add_argument("--limit", type=int, default=20, metavar="N", help="so many of the last runs (default: 20)")


def _instant(text: str) -> datetime:
    """An argument with date and time; without a zone it is the machine's."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise argparse.ArgumentTypeError(f"not an instant such as 2026-11-23T18:00+08:00: {text!r}") from None


def _run(program: Program, chosen: argparse.Namespace) -> Outcome:
    if program.sample:  # its clock stands still: no end would ever come
        return _idle(program)
    began = program.clock()
    program.scheduling.start()
    program.delivering.start()
    try:
        with _interruptible() as interrupted:
            while chosen.until is None or program.clock() < chosen.until:
                if interrupted.wait(_LOOK_SECONDS):
                    break
    finally:
        program.scheduling.stop()
    return _did(program, [run for run in reversed(program.scheduling.history(1000)) if run.started >= began])


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """Ctrl-C and a service's stop end the work in order."""
    interrupted = threading.Event()

    def hear(_number: int, _frame: FrameType | None) -> None:
        interrupted.set()

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield interrupted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tick(program: Program, _chosen: argparse.Namespace) -> Outcome:
    if program.sample:
        return _idle(program)
    try:
        return _did(program, program.scheduling.tick())
    finally:
        program.scheduling.stop()


def _list(program: Program, chosen: argparse.Namespace) -> Outcome:
    status, now = program.scheduling.status(), program.clock()
    history = program.scheduling.history(chosen.limit)
    data = {
        "kept_by": [{"host": one.host, "pid": one.pid, "since": one.began} for one in status.kept_by],
        "jobs": [
            {
                "job": one.job,
                "finding": one.finding.case,
                "last": None if one.last is None else _plain(one.last, now),
                "open": [_period(period) for period in one.open],
                "next": None if one.next is None else _period(one.next),
            }
            for one in status.jobs
        ],
        "runs": [_plain(run, now) for run in history],
    }
    lines = [sentence(status.finding)]
    for one in status.jobs:
        then = "" if one.next is None else f"{moment(one.next.due)}  {words.period_label(one.job.value, one.next.key)}"
        lines.append(f"{words.job_label(one.job.value):<20} {sentence(one.finding)}  {then}".rstrip())
    return Outcome(data, (*lines, *_lines(history, now)))


def _idle(program: Program) -> Outcome:
    """Nothing runs here, and why."""
    said = program.scheduling.status().finding
    return Outcome({"runs": [], "finding": said.case}, (sentence(said),))


def _did(program: Program, done: Sequence[Run]) -> Outcome:
    failed, now = any(run.status is Status.FAILED for run in done), program.clock()
    lines = tuple(_lines(done, now)) or (_("Nothing was due."),)
    return Outcome({"runs": [_plain(run, now) for run in done]}, lines, REFUSED if failed else DONE)


def _lines(runs: Iterable[Run], now: datetime) -> Iterator[str]:
    for run in runs:
        period, status = words.period_label(run.period.job, run.period.key), words.state_label(run.state(now))
        yield f"{moment(run.started):<14} {words.job_label(run.period.job):<20} {period:<28} {status}".rstrip()


def _period(period: Period) -> dict[str, object]:
    return {"job": period.job, "period": period.key, "due": period.due, "as_of": period.as_of}


def _plain(run: Run, now: datetime) -> dict[str, object]:
    return _period(run.period) | {
        "status": run.state(now),
        "attempt": run.attempt,
        "started": run.started,
        "finished": run.finished,
        "host": run.host,
        "pid": run.pid,
        "late_seconds": int(run.late.total_seconds()),
        "cause": run.cause,
        "outcome": run.outcome,
        "settled_by": run.settled_by,
    }
