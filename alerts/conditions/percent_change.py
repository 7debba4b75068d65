"""The change over a number of observations, in percent."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.condition import DECIMALS, Single, earlier

#: v: what a currency lost, the rate s being local units for one dollar. d: what the dollar, or an index, gained.
MEASURES = ("value", "dollar_rise")


@dataclass(frozen=True, slots=True)
class PercentChange(Single):
    """Over n observations, by name: value v = s(t−n)/s(t) − 1, or dollar rise d = s(t)/s(t−n) − 1, times 100.

    43.02 → 45.82 is v = −6.11 % and d = +6.51 %. Where either rate is not above zero, or the change is beyond
    every number, there is no value.
    """

    kind: ClassVar[str] = "percent_change"
    over: int = 5
    measure: str = "value"

    def __post_init__(self) -> None:
        if self.over < 1:
            raise ValueError("over")
        if self.measure not in MEASURES:
            raise ValueError("measure")

    @property
    def lookback(self) -> int:
        """As many observations as it looks back over."""
        return self.over

    @property
    def change_over(self) -> int:
        """As many observations as it looks back over."""
        return self.over

    def unit(self, metric_unit: str) -> str:
        """Percent, whatever the metric's unit."""
        return "percent"

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """The changes in percent."""
        rates = np.where(observed > 0, observed, np.nan)
        before = earlier(rates, self.over)
        with np.errstate(over="ignore"):  # a rate of next to nothing: the change is no number
            ratio = before / rates if self.measure == "value" else rates / before
            percent = np.round((ratio - 1) * 100, DECIMALS)
        return np.where(np.isfinite(percent), percent, np.nan)
