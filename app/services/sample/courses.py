"""Courses of figures through given points: straight, stepped, noisy, and the days they are drawn on."""

import random
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

Points = Mapping[date, float]
History = dict[str, dict[date, float]]


def noisy(name: str, points: Points, days: list[date], share: float) -> dict[date, float]:
    """The straight course with noise of up to about `share` of its level, the same for the same name; it dies away
    towards every given point, so that those stand exactly.
    """
    course = between(points, days)
    noise = random.Random(name)  # noqa: S311 (noise for a chart, not a secret)
    given = sorted(points)
    drift = 0.0
    for day, value in course.items():
        drift = 0.8 * drift + noise.uniform(-0.6, 0.6)
        place = bisect_right(given, day)
        nearest = min(abs((day - other).days) for other in given[max(0, place - 1) : place + 1])
        course[day] = value * (1 + share * drift * min(1.0, nearest / 28))
    return course


def between(points: Points, days: Iterable[date]) -> dict[date, float]:
    """Straight lines between the points; before the first nought, after the last its value."""
    given = sorted(points)
    course: dict[date, float] = {}
    for day in days:
        place = bisect_right(given, day)
        if place == 0:
            course[day] = 0.0
        elif place == len(given):
            course[day] = points[given[-1]]
        else:
            left, right = given[place - 1], given[place]
            part = (day - left).days / (right - left).days
            course[day] = points[left] + part * (points[right] - points[left])
    return course


def stepped(points: Points, days: list[date]) -> dict[date, float]:
    """Each day the value of the last point on or before it."""
    given = sorted(points)
    return {day: points[given[bisect_right(given, day) - 1]] for day in days}


def rounded(values: Mapping[date, float], decimals: int) -> dict[date, float]:
    """Every value to so many decimals."""
    return {day: round(value, decimals) for day, value in values.items()}


def dated(values: Mapping[str, Any]) -> dict[date, float]:
    """A table of the sample's files with dates for keys."""
    return {date.fromisoformat(day): float(value) for day, value in values.items()}


def every(first: date, last: date, step: int) -> Iterator[date]:
    """Every day, or every so many days, both ends included."""
    for offset in range(0, (last - first).days + 1, step):
        yield first + timedelta(days=offset)


def weekdays(first: date, last: date) -> Iterator[date]:
    """Mondays to Fridays."""
    return (day for day in every(first, last, 1) if day.weekday() < 5)
