"""Release calendars against real files and known dates."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.series import releases
from app.series.catalogue import CATALOGUE
from app.series.releases import RELEASES, expected, known_from, missed, next_after, published


def dates_of(path: Path) -> set[date]:
    with path.open() as file:
        return {date.fromisoformat(row[0]) for row in list(csv.reader(file))[1:] if row[1] not in ("", ".")}


@pytest.mark.shared
@pytest.mark.parametrize(("series", "release"), [("SOFR", "sofr"), ("EFFR", "effr")])
def test_the_calendar_has_exactly_the_days_of_the_real_file(shared_data: Path, series: str, release: str) -> None:
    seen = dates_of(shared_data / "fred" / f"{series}.csv")
    first, last = min(seen), max(seen)
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    assert {day for day in days if RELEASES[release].has(day, releases.NONE)} == seen


def test_every_series_has_a_calendar() -> None:
    assert {series.release for series in CATALOGUE} <= set(RELEASES)


@pytest.mark.parametrize(
    ("release", "day", "instant"),
    [
        ("h41", date(2022, 5, 18), "2022-05-19T20:30"),  # Thursday 16:30 EDT
        ("h41", date(2026, 11, 25), "2026-11-27T21:30"),  # Thanksgiving: Friday, EST
        ("gdp", date(2026, 1, 1), "2026-04-30T12:30"),  # the first quarter is not known in the first quarter
        ("gdp", date(2025, 10, 1), "2026-01-30T13:30"),
        ("sofr", date(2026, 4, 2), "2026-04-06T12:00"),  # over Good Friday and the weekend
        ("effr", date(2026, 5, 22), "2026-05-26T13:00"),  # over Memorial Day
        ("on_rrp", date(2022, 12, 30), "2022-12-30T18:15"),
        ("h8", date(2026, 6, 10), "2026-06-22T20:15"),  # Juneteenth is a Friday in 2026
        ("h6", date(2020, 1, 1), "2020-02-25T18:00"),  # fourth Tuesday
        ("h10", date(2026, 5, 22), "2026-05-26T20:15"),  # Monday is a holiday
        ("bis_claims", date(2026, 3, 31), "2026-08-14T16:00"),  # 136 days
        ("imf_month", date(2026, 9, 30), "2026-12-14T17:00"),  # 75 days
        ("wdi", date(2024, 12, 31), "2025-12-31T17:00"),
        ("tic", date(2026, 9, 30), "2026-11-18T21:00"),
        ("tic", date(2026, 4, 30), "2026-06-18T20:00"),
        ("tic", date(2025, 11, 30), "2026-01-20T21:00"),  # the eighteenth is the Sunday before a holiday
    ],
)
def test_scheduled_instants(release: str, day: date, instant: str) -> None:
    assert published(release, day) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("release", "shut", "open_days"),
    [
        ("target", [date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1)], [date(2026, 4, 2), date(2026, 7, 3)]),
        ("jgb", [date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6)], [date(2026, 5, 1), date(2026, 12, 25)]),
        ("imf_month", [date(2026, 5, 1), date(2026, 5, 30)], [date(2026, 5, 31), date(2024, 2, 29)]),
        ("bis_claims", [date(2026, 1, 31)], [date(2026, 3, 31), date(2025, 12, 31)]),
        ("wdi", [date(2026, 6, 30)], [date(2025, 12, 31)]),
    ],
)
def test_days_that_foreign_series_have(release: str, shut: list[date], open_days: list[date]) -> None:
    assert not any(RELEASES[release].has(day, releases.NONE) for day in shut)
    assert all(RELEASES[release].has(day, releases.NONE) for day in open_days)


def test_a_value_met_before_its_release_is_known_from_the_meeting() -> None:
    early = datetime(2022, 5, 19, 12, tzinfo=UTC)
    assert known_from("h41", date(2022, 5, 18), early) == (early, False)
    late = datetime(2026, 1, 1, tzinfo=UTC)
    assert known_from("h41", date(2022, 5, 18), late) == (datetime(2022, 5, 19, 20, 30, tzinfo=UTC), True)


def test_what_is_expected_and_missed_follows_the_calendar_and_its_grace() -> None:
    release = published("h41", date(2026, 5, 20))
    assert expected("h41", release) == date(2026, 5, 13)  # sites show it some time later
    assert expected("h41", release + releases.GRACE) == date(2026, 5, 20)
    assert missed("h41", date(2026, 5, 20), release + timedelta(days=6)) == 0
    assert missed("h41", date(2026, 5, 13), release + releases.GRACE) == 1
    assert missed("h41", date(2026, 4, 22), release + releases.GRACE) == 4
    assert missed("effr", date(2026, 5, 21), datetime(2026, 5, 26, 12, tzinfo=UTC)) == 0  # a long weekend is no fault


def test_the_next_release_is_the_one_after_now() -> None:
    monday = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)
    assert next_after("on_rrp", monday) == (date(2026, 5, 26), datetime(2026, 5, 26, 17, 15, tzinfo=UTC))
    assert next_after("h41", monday) == (date(2026, 5, 27), datetime(2026, 5, 28, 20, 30, tzinfo=UTC))
    at = published("h41", date(2026, 5, 20))
    assert next_after("h41", at)[0] == date(2026, 5, 27)
    assert next_after("h41", at - timedelta(seconds=1))[0] == date(2026, 5, 20)
