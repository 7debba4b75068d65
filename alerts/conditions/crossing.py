"""The moment at which a metric passes a line or another metric."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.condition import Input, Single, earlier
from alerts.conditions.level import Level

DIRECTIONS = ("up", "down", "either")


@dataclass(frozen=True, slots=True)
class Crossing(Single):
    """1 at the observation that lies beyond the line while the one before did not, otherwise 0.

    The line is `line`, or on every date that both have the metric `against`. Up: s(t−1) ≤ line and s(t) > line.
    """

    kind: ClassVar[str] = "crossing"
    direction: str = "up"
    line: float = 0.0
    against: str = ""

    def __post_init__(self) -> None:
        if self.direction not in DIRECTIONS:
            raise ValueError("direction")
        if not np.isfinite(self.line):
            raise ValueError("line")

    @property
    def lookback(self) -> int:
        """The observation before."""
        return 1

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The other metric, where there is one."""
        return (Input(self.against, Level(), exact=True),) if self.against else ()

    def unit(self, metric_unit: str) -> str:
        """It crossed or it did not."""
        return "yes or no"

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 where it crossed, 0 where not, NaN at the first observation."""
        over = observed - (beside[0] if beside else self.line)
        before = earlier(over, 1)
        up = (before <= 0) & (over > 0) & (self.direction != "down")
        down = (before >= 0) & (over < 0) & (self.direction != "up")
        return np.where(np.isnan(over) | np.isnan(before), np.nan, (up | down).astype(np.float64))
