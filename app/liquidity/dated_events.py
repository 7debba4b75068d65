"""Days that charts mark: turns of the balance-sheet policy, FOMC statements, tax dates, month- and quarter-ends.

Published lists are read from a file, `events.toml` as shipped or the bank's own copy of it; ends of months and
quarters are the calendar's.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

_SATURDAY = 5
_TEXTS = ("source", "url")


class Kind(StrEnum):
    """What happened or happens on the day."""

    RUNOFF = "runoff"  # purchases and run-offs announced, begun, ended
    FOMC = "fomc"
    TAX = "tax"
    QUARTER_END = "quarter_end"
    MONTH_END = "month_end"


class InvalidEvents(ValueError):
    """A file of events that cannot be used: where it is wrong, and how ("toml", "missing", "not_dates", "kind")."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place, self.problem = place, problem


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A marked day; `code` names it where the kind alone does not ("runoff_2_start")."""

    on: date
    kind: Kind
    code: str
    source: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the days of a kind were written down from; empty texts where they are the calendar's."""

    source: str = ""
    url: str = ""


@dataclass(frozen=True)
class Events:
    """The lists of one file, written down on the day `dated`."""

    dated: date
    days: Mapping[Kind, tuple[DatedEvent, ...]]
    origins: Mapping[Kind, Origin]

    def listed(self, kind: Kind, start: date, end: date) -> tuple[DatedEvent, ...]:
        """The events of a kind between two days, both included, oldest first."""
        found = self.days.get(kind)
        if found is None:
            found = tuple(DatedEvent(day, kind, "", "") for day in _ends(kind, start, end))
        return tuple(one for one in found if start <= one.on <= end)

    def origin(self, kind: Kind) -> Origin:
        """Where the days of a kind come from."""
        return self.origins.get(kind, Origin())


def parse(text: str) -> Events:
    """The events of a file; InvalidEvents where it cannot be used."""
    try:
        known = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise InvalidEvents("", "toml") from None
    dated = known.get("dated")
    if type(dated) is not date:
        raise InvalidEvents("dated", "missing")
    days: dict[Kind, tuple[DatedEvent, ...]] = {}
    origins: dict[Kind, Origin] = {}
    for place, group in enumerate(known.get("group", []), 1):
        kind = _kind(group, f"group {place}")
        origins[kind] = _origin(group, kind)
        days[kind] = tuple(sorted(_group(group, kind), key=lambda one: one.on))
    if "tax" in known:
        origins[Kind.TAX] = _origin(known["tax"], Kind.TAX)
        days[Kind.TAX] = tuple(sorted(_tax_days(known["tax"]), key=lambda one: one.on))
    for kind in (Kind.RUNOFF, Kind.FOMC, Kind.TAX):
        days.setdefault(kind, ())
    return Events(dated, days, origins)


@cache
def shipped() -> Events:
    """The lists that the program ships."""
    return parse(shipped_text())


def shipped_text() -> str:
    """The shipped file, to be copied and edited."""
    return files(__package__).joinpath("events.toml").read_text("utf-8")


def listed(kind: Kind, start: date, end: date) -> tuple[DatedEvent, ...]:
    """The shipped events of a kind between two days, both included, oldest first."""
    return shipped().listed(kind, start, end)


def _kind(group: Mapping[str, Any], place: str) -> Kind:
    try:
        kind = Kind(group.get("kind", ""))
    except ValueError:
        raise InvalidEvents(place, "kind") from None
    if kind not in (Kind.RUNOFF, Kind.FOMC):
        raise InvalidEvents(place, "kind")
    return kind


def _origin(group: Mapping[str, Any], kind: Kind) -> Origin:
    for name in _TEXTS:
        if not isinstance(group.get(name), str) or not group[name].strip():
            raise InvalidEvents(f"{kind.value}.{name}", "missing")
    return Origin(group["source"], group["url"])


def _group(group: Mapping[str, Any], kind: Kind) -> Iterator[DatedEvent]:
    for given in group.get("days", []):
        on, code = given if isinstance(given, list) and len(given) == 2 else (given, "")
        if type(on) is not date or not isinstance(code, str):
            raise InvalidEvents(f"{kind.value}.days", "not_dates")
        yield DatedEvent(on, kind, code, group["source"])


def _tax_days(known: Mapping[str, Any]) -> Iterator[DatedEvent]:
    try:
        moved = dict(known["moved"])
        years = range(known["first_year"], known["last_year"] + 1)
        due = [date(year, month, day) for year in years for month, day in known["month_days"]]
    except (KeyError, TypeError, ValueError):
        raise InvalidEvents("tax", "not_dates") from None
    for on in dict.fromkeys(moved.get(day) or _weekday(day) for day in due):
        yield DatedEvent(on, Kind.TAX, "", known["source"])


def _weekday(day: date) -> date:
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day


def _ends(kind: Kind, start: date, end: date) -> Iterator[date]:
    every = 3 if kind is Kind.QUARTER_END else 1
    for year in range(start.year, end.year + 1):
        for month in range(every, 13, every):
            following = date(year + month // 12, month % 12 + 1, 1)
            yield following - timedelta(days=1)
