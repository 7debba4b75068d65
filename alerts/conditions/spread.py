"""A metric less another one, on the dates that both have."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.condition import DECIMALS, Input, Single
from alerts.conditions.level import Level


@dataclass(frozen=True, slots=True)
class Spread(Single):
    """s(t) − r(t), where r is the metric `against`, which must come in the same unit."""

    kind: ClassVar[str] = "spread"
    against: str = ""

    def __post_init__(self) -> None:
        if not self.against:
            raise ValueError("against")

    @property
    def lookback(self) -> int:
        """No history is needed."""
        return 0

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The other metric, on exactly the same dates: a holiday of one calendar is no observation."""
        return (Input(self.against, Level(), exact=True),)

    def unit(self, metric_unit: str) -> str:
        """The metric's unit: a spread of percentages is percentage points."""
        return metric_unit

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """The differences."""
        return np.round(observed - beside[0], DECIMALS)
