"""How current data are, by dates: weekends and holidays are no fault, a missed Thursday is late and then stale."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.bootstrap import Program
from app.wording.sentences import refusal
from tests.conftest import Clock

#: The last value that is there, the moment (UTC), and what is then said of it. A public site has six hours' grace.
#: 2026: 19 November is a Thursday, 26 November is Thanksgiving; New York is at UTC-5.
CASES = [
    # H.4.1 of Wednesday the 18th, out on Thursday the 19th at 16:30
    ("WALCL", "h41", date(2026, 11, 18), "2026-11-23T13:30", "fresh"),  # Monday morning
    ("WALCL", "h41", date(2026, 11, 18), "2026-11-26T23:00", "fresh"),  # Thanksgiving evening: it comes on Friday
    ("WALCL", "h41", date(2026, 11, 18), "2026-11-27T13:30", "fresh"),  # the day after Thanksgiving, before it is out
    ("WALCL", "h41", date(2026, 11, 18), "2026-11-28T03:29", "fresh"),  # within its grace
    ("WALCL", "h41", date(2026, 11, 18), "2026-11-28T03:30", "late"),
    ("WALCL", "h41", date(2026, 11, 18), "2026-12-04T03:29", "late"),
    ("WALCL", "h41", date(2026, 11, 18), "2026-12-04T03:30", "stale"),  # the Thursday after is missed too
    ("WALCL", "h41", date(2026, 11, 11), "2026-11-20T03:29", "fresh"),  # Thursday evening
    ("WALCL", "h41", date(2026, 11, 11), "2026-11-20T03:30", "late"),  # a missed Thursday release
    ("WALCL", "h41", date(2026, 11, 11), "2026-11-23T13:30", "late"),
    ("WALCL", "h41", date(2026, 11, 11), "2026-11-28T03:30", "stale"),
    # SOFR of Friday the 20th, out on Monday the 23rd at 08:00
    ("SOFR", "rates", date(2026, 11, 19), "2026-11-23T13:30", "fresh"),  # Monday morning
    ("SOFR", "rates", date(2026, 11, 19), "2026-11-23T19:00", "late"),
    ("SOFR", "rates", date(2026, 11, 24), "2026-11-27T13:30", "fresh"),  # the day after Thanksgiving: Wednesday's
    ("SOFR", "rates", date(2026, 11, 24), "2026-11-27T19:00", "late"),
    ("SOFR", "rates", date(2026, 11, 23), "2026-11-27T19:00", "stale"),
    # ON RRP of the day itself, out at 13:15
    ("RRPONTSYD", "on_rrp", date(2026, 11, 20), "2026-11-23T13:30", "fresh"),  # Monday morning
    ("RRPONTSYD", "on_rrp", date(2026, 11, 25), "2026-11-27T13:30", "fresh"),  # the day after Thanksgiving
    ("RRPONTSYD", "on_rrp", date(2026, 11, 25), "2026-11-28T00:15", "late"),
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def put(program: Program, folder: Path, series: str, day: date) -> None:
    folder.mkdir()
    (folder / f"{series}.csv").write_text(f"observation_date,{series}\n{day},{'6600000' if series == 'WALCL' else 4}\n")
    assert program.refreshing.take_in(folder).failed == ()


def state(program: Program, group: str) -> str:
    return next(one.state for one in program.refreshing.freshness() if one.id == group)


@pytest.mark.parametrize(("series", "group", "day", "moment", "expected"), CASES)
def test_by_dates(
    program: Program, clock: Clock, tmp_path: Path, series: str, group: str, day: date, moment: str, expected: str
) -> None:
    clock.now = utc(moment)
    put(program, tmp_path / "in", series, day)
    assert state(program, group) == expected


def test_a_release_that_the_bank_moved_is_not_late_before(program: Program, clock: Clock, tmp_path: Path) -> None:
    put(program, tmp_path / "in", "WALCL", date(2026, 11, 18))
    clock.now = utc("2026-11-28T03:30")
    assert state(program, "h41") == "late"
    program.workspace.calendar.write_text("[moved.h41]\n2026-11-25 = 2026-11-30T16:30:00\n")
    assert state(program, "h41") == "fresh"
    clock.now = utc("2026-12-01T03:30")
    assert state(program, "h41") == "late"


def test_a_day_that_the_bank_shut_moves_what_would_come_out(program: Program, clock: Clock, tmp_path: Path) -> None:
    put(program, tmp_path / "in", "WALCL", date(2026, 11, 11))
    clock.now = utc("2026-11-20T03:30")
    program.workspace.calendar.write_text("[XFED]\nshut = [2026-11-19]\n")
    assert state(program, "h41") == "fresh"
    clock.now = utc("2026-11-21T03:30")
    assert state(program, "h41") == "late"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[XFED", "calendar.toml, line 1 cannot be read"),
        ("[NYSE]\nshut = []", "nothing called NYSE"),
        ("[XFED]\nclosed = []", "nothing called XFED.closed"),
        ("[XFED]\nshut = ['2026-11-19']", "XFED.shut must be a list of dates"),
        ("XFED = 3", "XFED must be a table"),
        ("[moved.h99]", "nothing called moved.h99"),
        ("[moved.h41]\nsoon = 2026-11-30T16:30:00", "moved.h41.soon must be a date"),
        ("[moved.h41]\n2026-11-25 = 2026-11-30", "must be a date and time"),
    ],
)
def test_a_table_that_says_something_else_is_named_and_the_public_calendars_count(
    program: Program, clock: Clock, tmp_path: Path, text: str, said: str
) -> None:
    put(program, tmp_path / "in", "WALCL", date(2026, 11, 18))
    clock.now = utc("2026-11-28T03:30")
    program.workspace.calendar.write_text(text)
    assert state(program, "h41") == "late"
    standing = program.sourcing.standing()
    walcl = next(one for source in standing.providers for one in source.carried if one.series.id == "WALCL")
    assert walcl.state == "late"
    assert standing.calendar is not None
    what, remedy = refusal(standing.calendar)
    assert said in what
    assert "Until then the public calendars count, and nothing is fetched by itself." in remedy
