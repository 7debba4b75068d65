"""The observation itself."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.condition import Single


@dataclass(frozen=True, slots=True)
class Level(Single):
    """The metric's own value, in its own unit."""

    kind: ClassVar[str] = "level"

    @property
    def lookback(self) -> int:
        """No history is needed."""
        return 0

    def unit(self, metric_unit: str) -> str:
        """The metric's unit."""
        return metric_unit

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """The observations."""
        return observed
