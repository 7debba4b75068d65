"""Where an observation stands among its own past."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.condition import Single, at_least_one, windows
from alerts.conditions.measure import MEASURES_OF_PAST, measured


@dataclass(frozen=True, slots=True)
class Percentile(Single):
    """The percentage of the `window` observations before it that lie below it, equal ones by half.

    The observation itself and everything after it are left out, so that a back-test sees what was seen then.
    """

    kind: ClassVar[str] = "percentile"
    window: int = 1250
    measure: str = "level"
    over: int = 20

    def __post_init__(self) -> None:
        at_least_one(self.window, "window")
        at_least_one(self.over, "over")
        if self.measure not in MEASURES_OF_PAST:
            raise ValueError("measure")

    @property
    def lookback(self) -> int:
        """The window, and what its first change looks back over."""
        return self.window + (0 if self.measure == "level" else self.over)

    def unit(self, metric_unit: str) -> str:
        """Percent of the past, whatever the metric's unit."""
        return "percent"

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """The ranks, 0 to 100; NaN until the window is full."""
        x = measured(observed, self.measure, self.over)
        found = np.full(len(x), np.nan)
        past = windows(x, self.window)
        if len(past):
            now = x[self.window :, None]
            below = (np.count_nonzero(past < now, axis=1) + np.count_nonzero(past <= now, axis=1)) / 2
            gaps = np.concatenate([[0], np.cumsum(np.isnan(x))])
            known = gaps[self.window + 1 :] == gaps[: -self.window - 1]
            found[self.window :] = np.where(known, 100 * below / self.window, np.nan)
        return found
