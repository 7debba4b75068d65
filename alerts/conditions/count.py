"""How many of the last observations lie beyond a line."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.comparison import Comparison
from alerts.conditions.condition import Single, at_least_one


@dataclass(frozen=True, slots=True)
class Count(Single):
    """Of the last `over` observations, itself included, how many satisfy `comparison` with `line`."""

    kind: ClassVar[str] = "count"
    over: int = 5
    comparison: str = ">"
    line: float = 0.0

    def __post_init__(self) -> None:
        at_least_one(self.over, "over")
        if self.comparison not in tuple(Comparison):
            raise ValueError("comparison")
        if not np.isfinite(self.line):
            raise ValueError("line")

    @property
    def lookback(self) -> int:
        """All but itself."""
        return self.over - 1

    def unit(self, metric_unit: str) -> str:
        """Observations."""
        return "observations"

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """The counts; NaN until there are `over` observations."""
        found = np.full(len(observed), np.nan)
        if len(observed) >= self.over:
            sums = np.concatenate([[0], np.cumsum(Comparison(self.comparison).hits(observed, self.line))])
            found[self.over - 1 :] = sums[self.over :] - sums[: -self.over]
        return found
