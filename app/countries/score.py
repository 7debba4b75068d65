"""The vulnerability score of a country or region: transparent, dated, with what it lacks (CALCULATIONS 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from app.countries.formula import Formula, Input

_HUNDRED = Decimal(100)
_NONE = Decimal(0)


class Status(StrEnum):
    """Whether an input counts: the first two do, with full weight."""

    FRESH = "fresh"
    PROVISIONAL = "provisional"  # within its greatest age, but a release was missed
    TOO_OLD = "too_old"
    MISSING = "missing"

    @property
    def counts(self) -> bool:
        """Whether the input has a share in the score."""
        return self in (Status.FRESH, Status.PROVISIONAL)


class State(StrEnum):
    """What the score says; `NONE` where too little is known for a number."""

    CALM = "calm"
    WATCH = "watch"
    WARNING = "warning"
    CRITICAL = "critical"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Figure:
    """The latest value of an input: `date` is the oldest observation in it, `missed` how many releases came since.

    `known_from` is since when the value could be computed.
    """

    value: Decimal
    date: date
    missed: int = 0
    source: str = ""
    known_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One input's part in a score. `strain` is s (0–100) and `share` its w·s/Σw; both None where it does not count."""

    input: Input
    status: Status
    figure: Figure | None = None
    age: int | None = None  # days
    strain: Decimal | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one day. `value` is None below the minimum coverage: never a number then.

    `coverage` is Σw of what counts in percent of Σw; `low` and `high` are the score with everything that is missing
    at 0 and at 100.
    """

    on: date
    parts: tuple[Part, ...]
    value: Decimal | None
    coverage: Decimal
    low: Decimal
    high: Decimal
    state: State

    @property
    def provisional(self) -> bool:
        """At least one input that counts has missed a release."""
        return any(part.status is Status.PROVISIONAL for part in self.parts)

    @property
    def lacking(self) -> tuple[Part, ...]:
        """The inputs that do not count."""
        return tuple(part for part in self.parts if not part.status.counts)

    @property
    def newest(self) -> date | None:
        """The newest date among the inputs that count."""
        dates = [part.figure.date for part in self.parts if part.status.counts and part.figure is not None]
        return max(dates, default=None)

    @property
    def oldest(self) -> date | None:
        """The oldest date among the inputs that count: what the score is dated by."""
        dates = [part.figure.date for part in self.parts if part.status.counts and part.figure is not None]
        return min(dates, default=None)

    def part(self, input_id: str) -> Part:
        """One input's part."""
        return next(part for part in self.parts if part.input.id == input_id)


def score(formula: Formula, figures: Mapping[str, Figure], on: date) -> Score:
    """The score on a day, from the latest figure of each input that has one."""
    parts = [_part(one, figures.get(one.id), on) for one in formula.inputs]
    available = sum((part.input.weight for part in parts if part.status.counts), _NONE)
    weighted = sum((part.input.weight * part.strain for part in parts if part.strain is not None), _NONE)
    coverage = available * _HUNDRED / formula.weight
    low = weighted / formula.weight
    high = (weighted + _HUNDRED * (formula.weight - available)) / formula.weight
    value = weighted / available if available and coverage >= formula.minimum_coverage else None
    shared = tuple(
        part
        if part.strain is None
        else Part(
            part.input, part.status, part.figure, part.age, part.strain, part.input.weight * part.strain / available
        )
        for part in parts
    )
    return Score(on, shared, value, coverage, low, high, state(formula, value))


def state(formula: Formula, value: Decimal | None) -> State:
    """The state of a score: unrounded, each mark belongs to the graver side."""
    if value is None:
        return State.NONE
    if value >= formula.critical:
        return State.CRITICAL
    if value >= formula.warning:
        return State.WARNING
    return State.WATCH if value >= formula.watch else State.CALM


def _part(one: Input, figure: Figure | None, on: date) -> Part:
    if figure is None:
        return Part(one, Status.MISSING)
    age = (on - figure.date).days
    if age > one.max_age:
        return Part(one, Status.TOO_OLD, figure, age)
    status = Status.PROVISIONAL if figure.missed else Status.FRESH
    # an input of weight 0 is shown and has no say; it never makes the sum of weights zero
    strain = one.strain(figure.value) if one.weight else None
    return Part(one, status, figure, age, strain)
