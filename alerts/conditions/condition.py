"""What every condition is: a figure computed from a metric's observations and compared with the bands' thresholds."""

from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

#: Differences of decimals leave dust (2.20 − 2.10 > 0.10); nine decimals are finer than any published figure.
DECIMALS = 9


class Condition(Protocol):
    """A frozen dataclass; its fields are its parameters, from which a rule file and a rule editor take their form."""

    kind: ClassVar[str]

    @property
    def lookback(self) -> int:
        """How many earlier observations a value needs."""
        ...

    def unit(self, metric_unit: str) -> str:
        """The unit of the condition's values for a metric in `metric_unit`."""
        ...

    def values(self, observed: NDArray[np.float64]) -> NDArray[np.float64]:
        """The condition's value at every observation (`observed` holds no NaN); NaN where it cannot be computed."""
        ...


def earlier(observed: NDArray[np.float64], over: int) -> NDArray[np.float64]:
    """For every observation the one `over` observations before it, NaN where history is too short."""
    before = np.full(len(observed), np.nan)
    before[over:] = observed[: max(len(observed) - over, 0)]
    return before
