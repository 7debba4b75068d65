"""What the daily check does, as its TOML file says: hours, marks, and the steps with what each looks at."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any

from alerts.rule import FAMILIES

#: How a step comes to its verdict.
RULES = ("data", "alerts", "book", "open_work")
#: Every mark that the rules ask for.
MARKS = ("book_age_watch", "book_age_act", "limit_watch", "late_act", "maturities", "due_watch")


class InvalidPolicy(ValueError):
    """A file that says something the check cannot do: where, and what is wrong, both codes."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(place, problem)
        self.place, self.problem = place, problem


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that a figure is measured against, its unit, and who says so."""

    value: Decimal
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that is shown though no rule watches it; `over` observations back for a change in value."""

    metric: str
    over: int = 0


@dataclass(frozen=True, slots=True)
class StepPolicy:
    """One step: how it is judged, the alert families and figures it looks at, and what does not exist yet.

    `reopens`: late data opens it again. `flags`: it tells of flagged countries. `period_end` is the series whose date
    is named where it is the last of a month or quarter.
    """

    id: str
    rule: str
    families: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    missing: tuple[str, ...] = ()
    reopens: bool = False
    flags: bool = False
    period_end: str | None = None


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """The whole file; the hours are the bank's own."""

    cut_off: time
    start: time
    decide_by: time
    countersign_by: time
    late_days: int
    marks: Mapping[str, Mark]
    steps: tuple[StepPolicy, ...]

    def mark(self, name: str) -> Decimal:
        """The value of a mark."""
        return self.marks[name].value


def read_policy(text: str) -> CheckPolicy:
    """The policy from its TOML text; raises InvalidPolicy."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidPolicy("file", "syntax") from error
    try:
        hours, late = content["hours"], content["late"]
        marks = {
            name: Mark(Decimal(str(row["value"])), row["unit"], row["source"]) for name, row in content["marks"].items()
        }
        steps = tuple(_step(row) for row in content["step"])
        policy = CheckPolicy(
            hours["cut_off"],
            hours["start"],
            hours["decide_by"],
            hours["countersign_by"],
            int(late["days"]),
            marks,
            steps,
        )
    except (KeyError, TypeError) as error:
        raise InvalidPolicy(str(error), "missing_or_unknown") from error
    for name in MARKS:
        if name not in marks:
            raise InvalidPolicy(name, "missing_mark")
    ids = [step.id for step in steps]
    if not ids or len(set(ids)) < len(ids):
        raise InvalidPolicy("step", "not_distinct")
    if not policy.cut_off <= policy.start <= policy.decide_by <= policy.countersign_by:
        raise InvalidPolicy("hours", "order")
    return policy


def _step(row: Mapping[str, Any]) -> StepPolicy:
    values = dict(row)
    figures = tuple(Figure(**figure) for figure in values.pop("figures", ()))
    for name in ("families", "missing"):
        values[name] = tuple(values.get(name, ()))
    step = StepPolicy(figures=figures, **values)
    if step.rule not in RULES:
        raise InvalidPolicy(step.id, "unknown_rule")
    if unknown := set(step.families) - set(FAMILIES):
        raise InvalidPolicy(step.id, f"unknown_family: {min(unknown)}")
    return step
