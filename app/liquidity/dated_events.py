"""Days that charts mark: turns of the balance-sheet policy, FOMC statements, tax dates, month- and quarter-ends."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

_SATURDAY = 5


class Kind(StrEnum):
    """What happened or happens on the day."""

    RUNOFF = "runoff"  # purchases and run-offs announced, begun, ended
    FOMC = "fomc"
    TAX = "tax"
    QUARTER_END = "quarter_end"
    MONTH_END = "month_end"


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A marked day; `code` names it where the kind alone does not ("runoff_2_start")."""

    on: date
    kind: Kind
    code: str
    source: str


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("events.toml").read_text("utf-8"))


def listed(kind: Kind, start: date, end: date) -> tuple[DatedEvent, ...]:
    """The events of a kind between two days, both included, oldest first."""
    if kind in (Kind.QUARTER_END, Kind.MONTH_END):
        found = [DatedEvent(day, kind, "", "") for day in _ends(kind, start, end)]
    elif kind is Kind.TAX:
        found = list(_tax_days())
    else:
        found = list(_group(kind))
    return tuple(sorted((one for one in found if start <= one.on <= end), key=lambda one: one.on))


def source(kind: Kind) -> str:
    """Where the dates of a kind come from; empty where they are the calendar's."""
    if kind is Kind.TAX:
        return str(_known()["tax"]["source"])
    return next((str(group["source"]) for group in _known()["group"] if group["kind"] == kind), "")


def _group(kind: Kind) -> Iterator[DatedEvent]:
    for group in _known()["group"]:
        if group["kind"] == kind:
            for day in group["days"]:
                on, code = day if isinstance(day, list) else (day, "")
                yield DatedEvent(on, kind, code, group["source"])


def _tax_days() -> Iterator[DatedEvent]:
    known = _known()["tax"]
    moved = dict(known["moved"])
    seen = set()
    for year in range(known["first_year"], known["last_year"] + 1):
        for month, day in known["month_days"]:
            on = moved.get(date(year, month, day)) or _weekday(date(year, month, day))
            if on not in seen:
                seen.add(on)
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
