"""When each date's value is published: the release calendars (clock times Eastern, as the publishers keep them).

The days are those of the Reserve Banks (`XFED`) and of SIFMA's Treasury calendar (`XSIF`); the clock times are known
from practice, not from a contract, so an instant taken from here is always marked as assumed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

EASTERN = ZoneInfo("America/New_York")
_DAY = timedelta(days=1)
_WEDNESDAY, _FRIDAY, _SATURDAY = 2, 4, 5
_YEARS = range(1950, 2051)
#: Days on which a market was closed although its calendar says open: the Good Fridays on which SIFMA only closed early
#: and the New York Fed published no SOFR (the SOFR file has no value on them).
_EXTRA: dict[str, frozenset[date]] = {
    "XFED": frozenset(),
    "XSIF": frozenset({date(2021, 4, 2), date(2023, 4, 7), date(2026, 4, 3)}),
}
#: Public sites show a release some time after its hour; nothing is called late before that.
GRACE = timedelta(hours=6)


#: The calendars whose days the bank may correct.
CALENDARS = tuple(_EXTRA)


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the bank knows better than the lists: weekdays on which a calendar is shut or open after all, as (calendar,
    day), and values that come out at another instant (UTC) than is usual, as (release, date of the value).
    """

    shut: frozenset[tuple[str, date]] = frozenset()
    opened: frozenset[tuple[str, date]] = frozenset()
    moved: Mapping[tuple[str, date], datetime] = field(default_factory=dict, hash=False)


NONE = Overrides()


@cache
def _closed(calendar: str) -> frozenset[date]:
    return frozenset(holidays.financial_holidays(calendar, years=_YEARS)) | _EXTRA[calendar]


def is_open(calendar: str, day: date, overrides: Overrides = NONE) -> bool:
    """Whether `day` is a business day of "XFED" (Reserve Banks) or "XSIF" (Treasury securities market)."""
    if (calendar, day) in overrides.shut:
        return False
    return day.weekday() < _SATURDAY and (day not in _closed(calendar) or (calendar, day) in overrides.opened)


@cache
def _closed_abroad(place: str) -> frozenset[date]:
    """The holidays of the euro's settlement system ("TARGET") or of Japan ("JP"); the bank does not correct them."""
    if place == "TARGET":
        return frozenset(holidays.financial_holidays("ECB", years=_YEARS))
    return frozenset(holidays.country_holidays(place, years=_YEARS))


def _next_open(calendar: str, day: date, overrides: Overrides) -> date:
    while not is_open(calendar, day, overrides):
        day += _DAY
    return day


@dataclass(frozen=True, slots=True)
class Release:
    """Which dates a series has (`has`), and the Eastern day and hour at which a date's value comes out."""

    has: Callable[[date, Overrides], bool]
    day: Callable[[date, Overrides], date]
    hour: time


def _fourth_tuesday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 21)


def _month_after(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _money_stock(day: date, overrides: Overrides) -> date:
    """H.6: the fourth Tuesday of the month after."""
    return _next_open("XFED", _fourth_tuesday(*_month_after(day, 1)), overrides)


def _gdp(day: date, overrides: Overrides) -> date:
    """The advance estimate, about thirty days after the quarter's end."""
    year, month = _month_after(day, 3)
    return _next_open("XFED", date(year, month, 30 if month != 2 else 28), overrides)


def _following_monday(day: date, overrides: Overrides) -> date:
    return _next_open("XFED", day + timedelta(days=7 - day.weekday()), overrides)


def _after(calendar: str, days: int) -> Callable[[date, Overrides], date]:
    return lambda day, overrides: _next_open(calendar, day + days * _DAY, overrides)


def _open_days(calendar: str) -> Callable[[date, Overrides], bool]:
    return lambda day, overrides: is_open(calendar, day, overrides)


def _same_day(day: date, _overrides: Overrides) -> date:
    return day


def _weekday(day: date, _overrides: Overrides) -> bool:
    return day.weekday() < _SATURDAY


def _working_abroad(place: str) -> Callable[[date, Overrides], bool]:
    return lambda day, _: day.weekday() < _SATURDAY and day not in _closed_abroad(place)


def _last_of(months: int) -> Callable[[date, Overrides], bool]:
    """The last days of months, quarters (3) or years (12)."""
    return lambda day, _: (day + _DAY).day == 1 and day.month % months == 0


def _later(days: int) -> Callable[[date, Overrides], date]:
    return lambda day, _: day + days * _DAY


def _tic_day(day: date, overrides: Overrides) -> date:
    """Treasury International Capital: about the eighteenth of the second month after."""
    year, month = _month_after(day, 2)
    return _next_open("XFED", date(year, month, 18), overrides)


# The lags of the international institutions are what public accounts of them say, rounded up: a value before its day is
# no news, and none is called late that only came when it usually does.
RELEASES: dict[str, Release] = {
    "h41": Release(lambda d, _: d.weekday() == _WEDNESDAY, _after("XFED", 1), time(16, 30)),
    "h8": Release(lambda d, _: d.weekday() == _WEDNESDAY, _after("XFED", 9), time(16, 15)),
    "on_rrp": Release(_open_days("XFED"), _same_day, time(13, 15)),
    "policy": Release(lambda d, _: True, _same_day, time(9, 0)),
    "srf": Release(_open_days("XFED"), _same_day, time(13, 45)),
    "dts": Release(_open_days("XFED"), _after("XFED", 1), time(16, 0)),
    "effr": Release(_open_days("XFED"), _after("XFED", 1), time(9, 0)),
    "sofr": Release(_open_days("XSIF"), _after("XSIF", 1), time(8, 0)),
    "h15": Release(_open_days("XFED"), _after("XFED", 1), time(16, 15)),
    "h10": Release(_open_days("XFED"), _following_monday, time(16, 15)),
    "h6": Release(lambda d, _: d.day == 1, _money_stock, time(13, 0)),
    "gdp": Release(lambda d, _: d.day == 1 and d.month % 3 == 1, _gdp, time(8, 30)),
    "market": Release(_weekday, _later(1), time(8, 0)),
    "target": Release(_working_abroad("TARGET"), _later(1), time(8, 0)),
    "jgb": Release(_working_abroad("JP"), _later(1), time(8, 0)),
    "bis_fx": Release(_weekday, _later(5), time(12, 0)),
    "bis_rates": Release(_weekday, _later(8), time(12, 0)),
    "bis_month": Release(_last_of(1), _later(20), time(12, 0)),
    "bis_claims": Release(_last_of(3), _later(136), time(12, 0)),
    "imf_month": Release(_last_of(1), _later(75), time(12, 0)),
    "wdi": Release(_last_of(12), _later(365), time(12, 0)),
    "tic": Release(_last_of(1), _tic_day, time(16, 0)),
    "entered": Release(_last_of(1), _later(30), time(8, 0)),
}


@cache
def published(release: str, day: date, overrides: Overrides = NONE) -> datetime:
    """The scheduled instant (UTC) at which the value of `day` comes out."""
    moved = overrides.moved.get((release, day))
    if moved is not None:
        return moved
    calendar = RELEASES[release]
    return datetime.combine(calendar.day(day, overrides), calendar.hour, EASTERN).astimezone(UTC)


def known_from(release: str, day: date, now: datetime) -> tuple[datetime, bool]:
    """Since when a value first met at `now` was known, and whether that is assumed from the calendar."""
    scheduled = published(release, day)
    return (scheduled, True) if scheduled <= now else (now, False)


def expected(release: str, now: datetime, overrides: Overrides = NONE) -> date:
    """The latest date whose value should be there by `now`."""
    return next(_due(release, now, overrides))


def missed(release: str, latest: date, now: datetime, overrides: Overrides = NONE) -> int:
    """How many releases after the value of `latest` should be there by `now`."""
    count = 0
    for day in _due(release, now, overrides):
        if day <= latest:
            break
        count += 1
    return count


def next_after(release: str, now: datetime, overrides: Overrides = NONE) -> tuple[date, datetime]:
    """The date whose value comes out next, and the scheduled instant."""
    day = expected(release, now + GRACE, overrides)
    while True:
        day += _DAY
        if RELEASES[release].has(day, overrides) and published(release, day, overrides) > now:
            return day, published(release, day, overrides)


def released(release: str, now: datetime, overrides: Overrides = NONE) -> Iterator[tuple[date, datetime]]:
    """The dates whose values have come out by `now`, latest first, each with its instant."""
    day = now.date() + _DAY
    while day.year >= _YEARS.start:
        if RELEASES[release].has(day, overrides):
            instant = published(release, day, overrides)
            if instant <= now:
                yield day, instant
        day -= _DAY


def _due(release: str, now: datetime, overrides: Overrides) -> Iterator[date]:
    """The dates whose values should be there by `now`, latest first."""
    return (day for day, _ in released(release, now - GRACE, overrides))
