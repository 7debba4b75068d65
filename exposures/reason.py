"""Why something is on a list: a figure, the mark it passed, its date and where it can be looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

#: A figure as it was measured: an amount in the reporting currency, a ratio in percent, a class, a grade.
Value = Decimal | str | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: `metric` and `family` are codes; `unit` tells how `value` and `threshold` are read.

    Units: "percent" (92 means 92 %), "money" (reporting currency, major unit), "days", "class", "grade", "code"
    (a word of ours), or the unit of the alert's own metric. `points` is what the reason adds before the maximum
    within its family is taken. A missing figure is None, never zero.
    """

    metric: str
    family: str
    value: Value
    threshold: Value
    unit: str
    date: date
    source: str
    points: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)


def exact(value: float | int | Decimal | None) -> Decimal | None:
    """A measured number as the shortest decimal that is the same number; no data stays None."""
    if value is None or value != value:
        return None
    return value if isinstance(value, Decimal) else Decimal(repr(value))
