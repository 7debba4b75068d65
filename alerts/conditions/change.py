"""The change over a number of observations."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.condition import DECIMALS, Single, earlier


@dataclass(frozen=True, slots=True)
class Change(Single):
    """s(t) − s(t−n) in the metric's unit, n counted in observations and not in days."""

    kind: ClassVar[str] = "change"
    over: int = 1

    def __post_init__(self) -> None:
        if self.over < 1:
            raise ValueError("over")

    @property
    def lookback(self) -> int:
        """As many observations as it looks back over."""
        return self.over

    @property
    def change_over(self) -> int:
        """As many observations as it looks back over."""
        return self.over

    def unit(self, metric_unit: str) -> str:
        """The metric's unit."""
        return metric_unit

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """The differences."""
        return np.round(observed - earlier(observed, self.over), DECIMALS)
