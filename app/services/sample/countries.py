"""The sample's figures abroad: countries, foreign yields, flows; only what had come out by the sample's now."""

import calendar
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from app.series.catalogue import SERIES
from app.series.releases import NONE, RELEASES, published
from app.services.sample.courses import History, Points, between, dated, noisy, rounded, stepped, weekdays
from app.services.sample.history import NOW

#: How far noise may carry a line from its straight course, as a share of its level.
_NOISE = {"yields": 0.05, "flows": 0.02, "months": 0.008}


def countries() -> History:
    """Every series of the sample's countries and foreign markets in its catalogue unit, by date."""
    known = tomllib.loads(files(__package__).joinpath("countries.toml").read_text("utf-8"))
    whole: History = {}
    for name, values in known["steps"].items():
        points = dated(values)
        whole[name] = stepped(points, list(weekdays(min(points), NOW.date())))
    for name, values in known["yields"].items():
        points = dated(values)
        course = noisy(name, points, list(weekdays(min(points), NOW.date())), _NOISE["yields"])
        whole[name] = rounded(course, 3)
    for kind, months in (("months", 1), ("flows", 1), ("quarters", 3)):
        for name, values in known[kind].items():
            whole[name] = _periods(name, dated(values), months, _NOISE.get(kind, 0.0))
    first = known["years"].pop("first")
    for name, figures in known["years"].items():
        whole[name] = {date(first + past, 12, 31): float(figure) for past, figure in enumerate(figures)}
    return {name: _out(name, values) for name, values in whole.items()}


def _periods(name: str, points: Points, months: int, share: float) -> dict[date, float]:
    """Ends of months or quarters; what the catalogue has in millions is given in billions."""
    ends = [day for day in _ends(min(points), max(points)) if day.month % months == 0]
    if SERIES[name].unit != "USD millions":
        return rounded(between(points, ends), 1)
    return {day: float(round(value * 1000)) for day, value in noisy(name, points, ends, share).items()}


def _ends(first: date, last: date) -> Iterator[date]:
    for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, month = index // 12, index % 12 + 1
        yield date(year, month, calendar.monthrange(year, month)[1])


def _out(name: str, values: Points) -> dict[date, float]:
    """Only the days that the series has and whose value had come out."""
    release = SERIES[name].release
    has = RELEASES[release].has
    return {day: value for day, value in values.items() if has(day, NONE) and published(release, day) <= NOW}
