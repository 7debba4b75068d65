"""How far an observation lies from its own past, in standard deviations."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.condition import DECIMALS, Single, at_least_one, windows
from alerts.conditions.measure import MEASURES_OF_PAST, measured


@dataclass(frozen=True, slots=True)
class ZScore(Single):
    """(x − mean) / sample standard deviation of the `window` observations before it, itself left out.

    x is the level, or by name a change over `over` observations. A past without spread gives no value: nothing can
    be called unusual there. 1,250 observations are five years of trading days.
    """

    kind: ClassVar[str] = "z_score"
    window: int = 1250
    measure: str = "level"
    over: int = 20

    def __post_init__(self) -> None:
        at_least_one(self.window - 1, "window")  # one observation has no deviation
        at_least_one(self.over, "over")
        if self.measure not in MEASURES_OF_PAST:
            raise ValueError("measure")

    @property
    def lookback(self) -> int:
        """The window, and what its first change looks back over."""
        return self.window + (0 if self.measure == "level" else self.over)

    def unit(self, metric_unit: str) -> str:
        """Standard deviations, whatever the metric's unit."""
        return "standard deviations"

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """The z-scores; NaN until the window is full."""
        x = measured(observed, self.measure, self.over)
        found = np.full(len(x), np.nan)
        past = windows(x, self.window)
        if len(past):
            mean = past.mean(axis=1)
            deviation = past.std(axis=1, ddof=1)
            # Equal numbers may leave a deviation of binary dust.
            spread = np.where(deviation > np.abs(mean) * 1e-12, deviation, np.nan)
            with np.errstate(over="ignore", invalid="ignore"):
                z = np.round((x[self.window :] - mean) / spread, DECIMALS)
            found[self.window :] = np.where(np.isfinite(z), z, np.nan)
        return found
