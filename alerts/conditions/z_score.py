"""How far an observation lies from its own past, in standard deviations."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.condition import DECIMALS, Single, at_least_one
from alerts.conditions.measure import MEASURES_OF_PAST, measured

#: Equal numbers may leave a deviation of binary dust; below this part of the mean it is none.
_DUST = 1e-12
#: Below this part of the squared mean a difference of sums has lost too many digits.
_CANCELLED = 1e-8


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
        if len(x) > self.window:
            mean, deviation = _moments(x[:-1], self.window)
            spread = np.where(deviation > np.abs(mean) * _DUST, deviation, np.nan)
            with np.errstate(over="ignore", invalid="ignore"):
                z = np.round((x[self.window :] - mean) / spread, DECIMALS)
            found[self.window :] = np.where(np.isfinite(z), z, np.nan)
        return found


def _moments(x: NDArray[np.float64], window: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and sample deviation of every `window` in a row, each from its own numbers alone.

    A running sum would be faster and depend on where it began; live use and replay must agree to the last digit.
    """
    ones = np.ones(window)
    with np.errstate(over="ignore", invalid="ignore"):
        sums, squares = np.correlate(x, ones), np.correlate(x * x, ones)
        mean = sums / window
        variance = (squares - sums * mean) / (window - 1)
        coarse = ~(variance > mean * mean * _CANCELLED)  # a small difference of large numbers: once more, exactly
    deviation = np.sqrt(np.where(coarse, np.nan, variance))
    if coarse.any():
        past = np.lib.stride_tricks.sliding_window_view(x, window)[coarse]
        deviation[coarse] = past.std(axis=1, ddof=1)
    return mean, deviation
