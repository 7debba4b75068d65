"""Several conditions joined: all of them, any of them, and each also turned round."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.comparison import Comparison
from alerts.conditions.condition import Condition, Input, Single

JOINS = ("and", "or")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the joined: a condition of the rule's own metric, or of `metric`, compared with a line.

    `negated` turns true and false round; what is not known stays unknown.
    """

    condition: Condition
    comparison: Comparison
    threshold: float
    metric: str = ""  # the rule's own
    negated: bool = False

    def __post_init__(self) -> None:
        if not np.isfinite(self.threshold):
            raise ValueError("threshold")
        if self.metric and self.condition.inputs:
            raise ValueError("metric")  # another metric's condition reads that metric alone


@dataclass(frozen=True, slots=True)
class Composite(Single):
    """1 where the parts hold together (`join` "and": all, "or": any), 0 where not.

    Where a part is not known the whole is known only if the others decide it (Kleene): no data satisfies and clears
    nothing. Another metric counts with the newest value that was known when the rule's own became known.
    """

    kind: ClassVar[str] = "composite"
    join: str = "and"
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        if self.join not in JOINS:
            raise ValueError("join")
        if not self.parts:
            raise ValueError("parts")

    @property
    def lookback(self) -> int:
        """The longest of the parts of its own metric."""
        return max((part.condition.lookback for part in self.parts if not part.metric), default=0)

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What the parts read besides the rule's own metric, in their order."""
        found: list[Input] = []
        for part in self.parts:
            inputs = part.condition.inputs
            # A date that only one calendar has must not hide the other parts.
            found += (Input(one.metric, one.condition, exact=False) for one in inputs)
            if part.metric:
                found.append(Input(part.metric, part.condition, exact=False))
        return tuple(found)

    def unit(self, metric_unit: str) -> str:
        """It holds or it does not."""
        return "yes or no"

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """1, 0, or NaN where it cannot be said."""
        columns = list(beside)
        truths = []
        for part in self.parts:
            mine = [columns.pop(0) for _ in part.condition.inputs]
            values = columns.pop(0) if part.metric else part.condition.values(observed, *mine)
            hits = part.comparison.hits(values, part.threshold).astype(np.float64)
            truths.append(np.where(np.isnan(values), np.nan, 1 - hits if part.negated else hits))
        decides = 0.0 if self.join == "and" else 1.0
        table = np.vstack(truths)
        decided = (table == decides).any(axis=0)
        unknown = np.isnan(table).any(axis=0)
        return np.where(decided, decides, np.where(unknown, np.nan, 1 - decides))
