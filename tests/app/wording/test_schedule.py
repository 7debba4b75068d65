"""What the screen says of a run, every case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app import i18n
from app.series.releases import RELEASES
from app.timetable.run import Cause, JobName, Period, Run, Status, finding
from app.wording import schedule
from app.wording.sentences import SENTENCES, sentence

DUE = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
RAN = Run(
    1,
    Period(DUE, "check", "2026-11-23", DUE),
    Status.DONE,
    1,
    DUE,
    DUE,
    DUE,
    "desk",
    7,
    1,
    DUE,
    None,
    "check.made",
)


def clock(at: datetime) -> str:
    """The machine's clock time, formed without the program."""
    return at.astimezone().strftime("%H:%M")


def said(run: Run | None, now: datetime | None = None) -> str:
    return sentence(finding(run, now or (DUE if run is None else run.started)))


def late(minutes: int, cause: Cause | None) -> Run:
    return replace(RAN, started=DUE + timedelta(minutes=minutes), cause=cause)


def test_in_time_late_and_why() -> None:
    assert said(None) == "Has not run yet."
    assert said(RAN) == f"Ran {clock(DUE)}."
    assert said(late(5, None)) == f"Ran {clock(DUE + timedelta(minutes=5))}."
    at = clock(DUE + timedelta(minutes=42))
    assert {cause: said(late(42, cause)) for cause in (*Cause, None)} == {
        Cause.ASLEEP: f"Ran {at}, 42 minutes late: the computer was asleep.",
        Cause.CLOSED: f"Ran {at}, 42 minutes late: the program was closed.",
        Cause.CRASHED: f"Ran {at}, 42 minutes late: the program had ended unexpectedly.",
        Cause.FAILED: f"Ran {at}, 42 minutes late: an earlier attempt had failed.",
        Cause.BUSY: f"Ran {at}, 42 minutes late: other work came first.",
        None: f"Ran {at}, 42 minutes late: other work came first.",
    }


def test_an_earlier_day_is_named() -> None:
    assert said(RAN, DUE + timedelta(days=2)) == f"Ran 23 Nov {clock(DUE)}."


def test_running_and_failed() -> None:
    running = replace(RAN, status=Status.RUNNING, held_until=DUE + timedelta(minutes=3))
    assert said(running) == f"Running since {clock(DUE)}."
    left = DUE + timedelta(minutes=3)
    assert said(running, left) == f"Interrupted after {clock(DUE)}; it is done again."
    values = {"source": "fredgraph", "name": "SOFR", "status": "503"}
    failed = replace(RAN, status=Status.FAILED, outcome="source.status", values=values)
    again = clock(DUE + timedelta(minutes=5))
    assert said(failed) == f"Failed {clock(DUE)}. fredgraph answered 503 for SOFR. It is tried again {again}."
    other = replace(failed, outcome="schedule.fault", values={})
    assert "a fault of the program" in said(other)
    assert "has not come out yet" in said(replace(other, outcome="refresh.not_out"))
    assert "check.too_early" in said(replace(other, outcome="check.too_early"))


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (1, "1 minute"),
        (119, "119 minutes"),
        (120, "2 hours"),
        (47 * 60 + 59, "47 hours"),
        (48 * 60, "2 days"),
        (2000 * 60, "83 days"),
    ],
)
def test_stretches_of_time(minutes: int, text: str) -> None:
    assert schedule.span(timedelta(minutes=minutes)) == text


def test_every_job_status_release_and_cause_has_words() -> None:
    assert len({schedule.job_label(job.value) for job in JobName}) == len(JobName)
    assert len({schedule.state_label(state) for state in (*(one.value for one in Status), "interrupted")}) == 4
    assert {f"schedule.late.{cause.value}" for cause in Cause} <= set(SENTENCES)
    assert len({schedule.release_label(release) for release in RELEASES}) == len(RELEASES)
    assert schedule.period_label("refresh", "h41 2026-11-25") == "H.4.1 of 25 Nov 2026"
    assert schedule.period_label("check", "2026-11-25") == "25 Nov 2026"


def test_in_chinese() -> None:
    with i18n.speaking("zh_CN"):
        assert "42" in said(late(42, Cause.ASLEEP))
        assert "late" not in said(late(42, Cause.ASLEEP))
