"""Calendar months, each told by its first day."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

#: A start in the first week of a month has that month's maturities still ahead of it.
_FIRST_WEEK = 7


def month_of(day: date) -> date:
    """The month a day is in."""
    return day.replace(day=1)


def later(month: date, months: int) -> date:
    """The month so many months after another (before it where negative)."""
    place = month.year * 12 + month.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def end_of(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def count_between(first: date, last: date) -> int:
    """How many months lie between two months; 0 for the same."""
    return (last.year - first.year) * 12 + last.month - first.month


def months_from(start: date, count: int) -> Iterator[date]:
    """The months that a simulation from a day runs through: the day's own if it is in its first week, else the next."""
    first = month_of(start) if start.day <= _FIRST_WEEK else later(start, 1)
    return (later(first, place) for place in range(count))
