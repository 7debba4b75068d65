"""A fortnight over the end of daylight saving and Veterans Day, with four sleeps, three real kills and a dead source.

30 October to 13 November 2026 in New York: each period's refresh, check and lists exist exactly once, and everything
that is told arrives at least once, though the webhook hangs up for a day, is out of order for another, and the program
is killed after it sent something and before it wrote that down.
"""

import json
import signal
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from alerts.quiet_hours import QuietHours
from alerts.rule import Severity
from app.bootstrap import open_program
from app.settings import REVIEW_SETTINGS
from app.storage import settings
from app.storage.outbox import Reader, State
from app.timetable.run import Cause, Run, Status
from tests.app.services.fortnight import NEW_YORK, local
from tests.app.services.workbooks import write_csv

REPOSITORY = Path(__file__).resolve().parents[3]
#: Weekdays; the bank works on Veterans Day (11 November), the Reserve Banks do not.
CHECKED = [date(2026, 10, 30), *(date(2026, 11, day) for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13))]
#: SOFR and EFFR have every day of the Reserve Banks; the last that was out when it began was Wednesday's.
FIXED = [date(2026, 10, day) for day in (28, 29, 30)] + [date(2026, 11, day) for day in (2, 3, 4, 5, 6, 9, 10, 12)]
#: Wednesdays; that of Veterans Day too.
WEDNESDAYS = [date(2026, 10, 28), date(2026, 11, 4), date(2026, 11, 11)]


def start(root: Path, began: str, ends: str, sleeps: Any = (), dies: Any = None) -> int:
    """Live a stretch in a process of its own; returns how it ended."""
    plan = json.dumps({"began": began, "ends": ends, "sleeps": sleeps, "dies": dies or {}})
    command = [sys.executable, "-m", "tests.app.services.fortnight", str(root), plan]
    ran = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=600)
    assert "Traceback" not in ran.stderr, ran.stderr[-6000:]
    return ran.returncode


def make_bank(root: Path, file: Path) -> None:
    """A bank in New York with a small book."""
    began = local("2026-10-30T06:00")
    with open_program(root, clock=lambda: began) as program:
        zone = next(setting for setting in REVIEW_SETTINGS if setting.key == "time_zone")
        with program.database.write() as connection:
            settings.put(connection, "reviews", zone, "America/New_York", at=began, who="test")
        night = QuietHours(time(20), time(8), "America/New_York")
        program.subscribing.set_reader(Reader("wu", "wu@bank.example", "zh_CN", quiet=night))
        program.importing.commit(write_csv(file, "1,Ege Bank,TR,loan,USD,5000000,1"), date(2026, 10, 29))


pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9"),
]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the bank lived through it."""
    folder = tmp_path_factory.mktemp("fortnight")
    root = folder / "workspace"
    make_bank(root, folder / "book.csv")
    killed = -signal.SIGKILL
    # Killed when its first letter was taken, and opened again.
    assert start(root, "2026-10-30T06:30", "2026-10-30T07:00", dies={"delivery": "after"}) == killed
    # The computer sleeps from Friday afternoon, over the change of clocks, until Monday at 09:12.
    assert start(root, "2026-10-30T07:00", "2026-11-03T08:00", [("2026-10-30T15:00", "2026-11-02T09:12")]) == 0
    # Killed as it begins the check of Tuesday, and opened again.
    assert start(root, "2026-11-03T08:00", "2026-11-04T08:00", dies={"check": "before"}) == killed
    # Asleep on Wednesday morning, and from Thursday noon over the H.4.1 to Monday.
    nights = [("2026-11-04T08:10", "2026-11-04T11:00"), ("2026-11-05T12:00", "2026-11-09T08:00")]
    assert start(root, "2026-11-03T08:50", "2026-11-10T08:00", nights) == 0
    # Killed after it made Tuesday's lists, before it could write that down.
    assert start(root, "2026-11-10T08:00", "2026-11-11T08:00", dies={"lists": "after"}) == killed
    # Over Veterans Day; asleep until after Friday's check.
    assert start(root, "2026-11-10T09:30", "2026-11-13T18:00", [("2026-11-12T16:00", "2026-11-13T08:45")]) == 0
    return folder


def test_each_period_exists_exactly_once(lived: Path) -> None:
    root = lived / "workspace"
    end = local("2026-11-13T18:00")
    with open_program(root, clock=lambda: end) as program:
        ledger = program.scheduling.history(10_000)
        made = program.checking.checks()
        with program.database.read() as connection:
            making = connection.exec_driver_sql("SELECT count(*) FROM review_run").scalar_one()
            twice = connection.exec_driver_sql(
                "SELECT count(*) FROM observation GROUP BY series_id, date, source_id HAVING count(*) > 1"
            ).all()
            asked = connection.exec_driver_sql(
                "SELECT at, outcome FROM fetch WHERE resource = 'SOFR' OR resource LIKE 'SOFR from %' ORDER BY at"
            ).all()
            board = connection.exec_driver_sql("SELECT DISTINCT outcome FROM fetch WHERE source_id = 'ddp'").all()
        open_ = [period for job in program.scheduling.status().jobs for period in job.open]

    assert {run.status for run in ledger} == {Status.DONE}
    assert open_ == []
    assert {run.outcome for run in ledger if run.period.job == "refresh"} == {"refresh.arrived"}
    assert [row.outcome for row in board] == ["failed"]
    fetches = [run for run in ledger if run.period.job == "refresh" and run.settled_by is None]
    assert len(asked) == len(fetches) == len({row.at for row in asked})
    assert days(ledger, "check") == days(ledger, "lists") == CHECKED
    assert sorted(check.business_date for check in made) == CHECKED
    assert making == len(CHECKED)
    assert twice == []
    assert days(ledger, "backup") == [date(2026, 10, 30) + timedelta(days=n) for n in range(15)]
    for release in ("sofr", "effr"):
        assert days(ledger, "refresh", release) == FIXED
    assert days(ledger, "refresh", "h41") == WEDNESDAYS
    on_rrp = [day for day in FIXED if day >= date(2026, 10, 29)] + [date(2026, 11, 13)]
    assert days(ledger, "refresh", "on_rrp") == on_rrp  # on the day itself

    by = {(run.period.job, run.period.key): run for run in ledger}
    checks = {run.period.key: run for run in ledger if run.period.job == "check"}
    assert all(run.period.as_of == at(run.period.key, "08:00") for run in checks.values())
    late = {key: (run.cause, run.late) for key, run in checks.items() if run.late}
    assert late == {
        "2026-11-02": (Cause.ASLEEP, timedelta(minutes=42)),
        "2026-11-03": (Cause.CRASHED, timedelta(minutes=20)),
        "2026-11-04": (Cause.ASLEEP, timedelta(minutes=150)),
        "2026-11-06": (Cause.ASLEEP, timedelta(days=2, minutes=1410)),
        "2026-11-13": (Cause.ASLEEP, timedelta(minutes=15)),
    }
    assert by["lists", "2026-11-10"].attempt == checks["2026-11-03"].attempt == 2
    # One fetch on Monday the 9th settled the Thursday's H.4.1 and everything else that was missed.
    thursday = by["refresh", "h41 2026-11-04"]
    assert thursday.started == local("2026-11-09T08:00")
    assert thursday.settled_by == by["refresh", "effr 2026-11-05"].settled_by is not None


def test_everything_that_is_told_arrives_and_a_second_copy_is_known_by_its_key(lived: Path) -> None:
    received = [json.loads(line) for line in (lived / "received.jsonl").read_text().splitlines()]
    end = local("2026-11-13T18:00")
    with open_program(lived / "workspace", clock=lambda: end) as program:
        inbox = [one for one in program.answering.inbox(10_000) if not one.hidden]
        messages = [one.message for one in program.notifying.queue((), None)]
        alerts = {int(alert.id.removeprefix("A-")): alert.rule.id for alert in program.monitoring.alerts(None)}
    # By hand: SOFR jumps on two days and is back on the next; the book of 29 October is older than 7 days (a warning)
    # on 6 November and than 10 (critical) on the 9th, while the computer slept from the 5th to the 9th.
    told = {(alerts.get(one.alert), one.kind.value, one.observed) for one in inbox}
    jumps = {
        ("L2", kind, date(2026, 11, day))
        for day, kind in ((3, "fired"), (4, "resolved"), (10, "fired"), (12, "resolved"))
    }
    assert jumps <= told
    assert {("X3", "fired", date(2026, 11, 6)), ("X3", "raised", date(2026, 11, 9))} <= told
    # Of each notice one message to the webhook and one to the reader; none is left, none given up.
    assert {one.state for one in messages} == {State.SENT}
    for channel in ("webhook", "mail"):
        mine = [one for one in messages if one.channel == channel]
        assert {one.facts["notice"] for one in mine} == {one.key for one in inbox}
        arrived = Counter(key for row in received if row["channel"] == channel for key in row["keys"])
        assert set(arrived) == {one.key for one in mine}  # at least once, and nothing that was never told
    # Twice came what was taken and could not be written down, with the same keys.
    twice = {key for key, times in Counter(key for row in received for key in row["keys"]).items() if times > 1}
    assert twice
    first = received[0]
    assert first["letter"] == next(row for row in received[1:] if row["channel"] == first["channel"])["letter"]
    hung_up = [row for row in received if local("2026-11-04T00:00") <= instant(row) < local("2026-11-05T00:00")]
    assert {key for row in hung_up if row["channel"] == "webhook" for key in row["keys"]} <= twice
    # In quiet hours (20:00 to 08:00) only critical alerts came by mail.
    grave = {one.key for one in messages if one.severity is Severity.CRITICAL}
    for row in received:
        hour = instant(row).astimezone(NEW_YORK).hour
        if row["channel"] == "mail" and (hour >= 20 or hour < 8):
            assert set(row["keys"]) <= grave


def instant(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["at"])


def days(ledger: tuple[Run, ...], job: str, release: str | None = None) -> list[date]:
    """The periods of a job, each as often as it stands in the ledger."""
    keys = [run.period.key for run in ledger if run.period.job == job]
    if release is not None:
        keys = [key.partition(" ")[2] for key in keys if key.startswith(f"{release} ")]
    return sorted(map(date.fromisoformat, keys))


def at(day: str, hour: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=NEW_YORK)
