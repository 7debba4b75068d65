"""Quiet hours by hand: over midnight, over both changes of clocks, and at their edges."""

from datetime import UTC, datetime, time

import pytest

from alerts.quiet_hours import QuietHours

NIGHT = QuietHours(time(22), time(7), "Asia/Shanghai")  # UTC+8, no change of clocks


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-05-26T13:59", None),  # 21:59 in Shanghai
        ("2026-05-26T14:00", "2026-05-26T23:00"),  # 22:00: until 07:00, which is 23:00 UTC
        ("2026-05-26T22:59", "2026-05-26T23:00"),
        ("2026-05-26T23:00", None),  # 07:00
    ],
)
def test_over_midnight(at: str, until: str | None) -> None:
    expected = None if until is None else datetime.fromisoformat(until).replace(tzinfo=UTC)
    assert NIGHT.until(datetime.fromisoformat(at).replace(tzinfo=UTC)) == expected


def test_within_a_day() -> None:
    lunch = QuietHours(time(12), time(13, 30), "UTC")
    assert lunch.until(datetime(2026, 5, 26, 12, 0, tzinfo=UTC)) == datetime(2026, 5, 26, 13, 30, tzinfo=UTC)
    assert lunch.until(datetime(2026, 5, 26, 13, 30, tzinfo=UTC)) is None


def test_the_clocks_of_new_york_change() -> None:
    """31 October 2026 22:00 EDT is 02:00 UTC; 1 November 07:00 EST is 12:00 UTC: ten hours. In spring eight."""
    night = QuietHours(time(22), time(7), "America/New_York")
    begins = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
    assert night.until(begins) == datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
    spring = datetime(2026, 3, 8, 3, 0, tzinfo=UTC)  # 7 March 22:00 EST
    assert night.until(spring) == datetime(2026, 3, 8, 11, 0, tzinfo=UTC)  # 07:00 EDT
