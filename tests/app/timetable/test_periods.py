"""What is due, by a fake clock: over a change of daylight saving, holidays, sleeps and failures."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.series.releases import NONE, Overrides
from app.timetable.periods import Task, Timetable, due, next_due, periods
from app.timetable.run import Cause, JobName, Period, Run, Status
from exposures.calendar import BankCalendar

NEW_YORK = ZoneInfo("America/New_York")
THANKSGIVING, NATIONAL_DAY = date(2026, 11, 26), date(2026, 10, 1)
US = Timetable(("h41", "sofr"), NONE, BankCalendar(frozenset({THANKSGIVING})), NEW_YORK)
#: The clocks of New York go back on 1 November 2026.
FROM, TO = datetime(2026, 10, 26, 12, tzinfo=UTC), datetime(2026, 11, 9, 12, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def run(period: Period, status: Status = Status.DONE, *, attempt: int = 1, at: datetime | None = None) -> Run:
    at = at or period.due
    return Run(1, period, status, attempt, at, at, at, "desk", 7, 1, at + timedelta(minutes=3), Cause.BUSY, "code")


def ledger(*runs: Run) -> dict[tuple[str, str], Run]:
    return {(one.period.job, one.period.key): one for one in runs}


def keys(found: list[Period], job: str) -> list[str]:
    return [period.key for period in found if period.job == job]


def test_checks_are_at_0830_of_the_bank_and_as_known_at_0800_on_both_sides_of_the_change_of_clocks() -> None:
    checks = {period.key: period for period in periods(US, FROM, TO) if period.job == "check"}
    assert list(checks) == [f"2026-10-{day}" for day in (26, 27, 28, 29, 30)] + [
        f"2026-11-0{day}" for day in (2, 3, 4, 5, 6)
    ]
    assert (checks["2026-10-30"].due, checks["2026-10-30"].as_of) == (utc("2026-10-30T12:30"), utc("2026-10-30T12:00"))
    assert (checks["2026-11-02"].due, checks["2026-11-02"].as_of) == (utc("2026-11-02T13:30"), utc("2026-11-02T13:00"))


def test_a_backup_is_due_every_day_and_no_hour_lies_before_three() -> None:
    found = periods(US, FROM, TO)
    assert keys(found, "backup") == [str(date(2026, 10, 27) + timedelta(days=n)) for n in range(13)]
    for period in found:
        if period.job != "refresh":
            assert period.due.astimezone(NEW_YORK).time() >= time(3)


def test_a_refresh_is_due_a_quarter_of_an_hour_after_each_release() -> None:
    found = [p for p in periods(US, utc("2026-11-24T12:00"), utc("2026-11-30T22:00")) if p.job == "refresh"]
    # SOFR on Thanksgiving does not exist and that of Wednesday comes on Friday; so does the H.4.1 of that Wednesday.
    # What was released last before the schedule began is due too.
    assert [(p.key, p.due) for p in found] == [
        ("h41 2026-11-18", utc("2026-11-19T21:45")),
        ("sofr 2026-11-20", utc("2026-11-23T13:15")),
        ("sofr 2026-11-23", utc("2026-11-24T13:15")),
        ("sofr 2026-11-24", utc("2026-11-25T13:15")),
        ("sofr 2026-11-25", utc("2026-11-27T13:15")),
        ("h41 2026-11-25", utc("2026-11-27T21:45")),
        ("sofr 2026-11-27", utc("2026-11-30T13:15")),
    ]


def test_the_bank_can_move_a_release_and_shut_a_day() -> None:
    overrides = Overrides(
        frozenset({("XSIF", date(2026, 11, 24))}),
        moved={("h41", date(2026, 11, 25)): utc("2026-11-30T21:30")},
    )
    found = periods(replace(US, overrides=overrides), utc("2026-11-24T12:00"), utc("2026-11-30T22:00"))
    assert [key for key in keys(found, "refresh") if key > "sofr 2026-11-20"] == [
        "sofr 2026-11-23",
        "sofr 2026-11-25",
        "sofr 2026-11-27",
    ]
    (moved,) = (period for period in found if period.key == "h41 2026-11-25")
    assert (moved.due, next(p for p in found if p.key == "sofr 2026-11-23").due) == (
        utc("2026-11-30T21:45"),
        utc("2026-11-25T13:15"),
    )


def test_one_refresh_stands_for_everything_missed_and_each_missed_check_for_itself() -> None:
    since, now = utc("2026-11-20T12:00"), utc("2026-11-25T14:00")
    tasks = due(US, since, now, {})
    assert [(task.job, [p.key for p in task.periods]) for task in tasks] == [
        (
            JobName.REFRESH,
            [
                "sofr 2026-11-18",  # was out when the schedule began
                "h41 2026-11-18",
                "sofr 2026-11-19",
                "sofr 2026-11-20",
                "sofr 2026-11-23",
                "sofr 2026-11-24",
            ],
        ),
        (JobName.BACKUP, ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25"]),
        (JobName.CHECK, ["2026-11-20"]),
        (JobName.CHECK, ["2026-11-23"]),
        (JobName.CHECK, ["2026-11-24"]),
        (JobName.CHECK, ["2026-11-25"]),
    ]


def test_lists_wait_for_the_check_of_their_day() -> None:
    since, now = utc("2026-11-24T12:45"), utc("2026-11-24T13:45")
    (check,) = (p for p in periods(US, since, now) if p.job == "check")
    assert JobName.LISTS not in {task.job for task in due(US, since, now, {})}
    assert JobName.LISTS not in {task.job for task in due(US, since, now, ledger(run(check, Status.FAILED, at=now)))}
    assert Task(JobName.LISTS, (replace(check, job="lists"),)) in due(US, since, now, ledger(run(check)))


def test_a_check_waits_while_a_living_program_fetches() -> None:
    since, now = utc("2026-11-24T12:45"), utc("2026-11-24T13:45")
    fetch = Period(utc("2026-11-24T13:15"), "refresh", "sofr 2026-11-23")
    alive = run(fetch, Status.RUNNING, at=now - timedelta(minutes=1))
    dead = run(fetch, Status.RUNNING, at=now - timedelta(minutes=4))
    assert JobName.CHECK not in {task.job for task in due(US, since, now, ledger(alive))}
    found = due(US, since, now, ledger(dead))
    assert JobName.CHECK in {task.job for task in found}
    assert fetch in found[0].periods  # and what the dead one began is done again


def test_a_failed_run_waits_five_minutes_then_twice_as_long_up_to_an_hour() -> None:
    period = Period(utc("2026-11-24T12:30"), "backup", "2026-11-24")
    waits = [run(period, Status.FAILED, attempt=n).retry_at - period.due for n in (1, 2, 3, 4, 5, 6, 40)]
    assert [wait.total_seconds() / 60 for wait in waits] == [5, 10, 20, 40, 60, 60, 60]


def test_a_new_release_takes_what_failed_before_along() -> None:
    since, now = utc("2026-11-24T12:45"), utc("2026-11-25T13:15")
    failed = run(Period(utc("2026-11-24T13:15"), "refresh", "sofr 2026-11-23"), Status.FAILED, attempt=9, at=now)
    others = [run(p) for p in periods(US, since, now) if p.key not in ("sofr 2026-11-23", "sofr 2026-11-24")]
    (task,) = due(US, since, now, ledger(failed, *others))
    assert [period.key for period in task.periods] == ["sofr 2026-11-23", "sofr 2026-11-24"]
    before = due(US, since, now - timedelta(seconds=1), ledger(failed, *others))
    assert before == []  # a failure alone waits


def test_next_due() -> None:
    now = utc("2026-11-25T18:00")
    assert next_due(US, JobName.REFRESH, now) == Period(utc("2026-11-27T13:15"), "refresh", "sofr 2026-11-25")
    check = next_due(US, JobName.CHECK, now)  # after Thanksgiving
    assert check == Period(utc("2026-11-27T13:30"), "check", "2026-11-27", utc("2026-11-27T13:00"))
    assert next_due(replace(US, releases=()), JobName.REFRESH, now) is None
    released = utc("2026-11-27T13:05")  # the release is out and its quarter of an hour runs
    assert next_due(US, JobName.REFRESH, released) == Period(utc("2026-11-27T13:15"), "refresh", "sofr 2026-11-25")
