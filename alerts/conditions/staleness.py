"""How many releases a metric is behind its calendar."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.condition import Single


@dataclass(frozen=True, slots=True)
class Staleness(Single):
    """Releases that should have come by then, after six hours of grace, and had not; judged day by day.

    It reads "missed(METRIC)", a figure that whoever knows the release calendar gives (`app.series.releases`).
    """

    kind: ClassVar[str] = "staleness"

    @property
    def lookback(self) -> int:
        """No history is needed."""
        return 0

    def reads(self, metric: str) -> str:
        """The releases missed by the metric."""
        return f"missed({metric})"

    def unit(self, metric_unit: str) -> str:
        """Releases."""
        return "releases"

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """The releases missed."""
        return observed
