"""What every condition is: a figure computed from a metric's observations and compared with the bands' thresholds."""

from dataclasses import dataclass
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

    @property
    def change_over(self) -> int:
        """Over how many observations its value is a change; 0 where it is none."""
        ...

    @property
    def inputs(self) -> tuple["Input", ...]:
        """What it reads besides the rule's own metric, in the order of the columns that `values` is given."""
        ...

    def reads(self, metric: str) -> str:
        """The id of the figure that is read for a rule about `metric`."""
        ...

    def unit(self, metric_unit: str) -> str:
        """The unit of the condition's values for a metric in `metric_unit`."""
        ...

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """The condition's value at every observation (`observed` holds no NaN); NaN where it cannot be computed.

        `beside` are the columns of `inputs` at the same observations, NaN where nothing was known.
        """
        ...


@dataclass(frozen=True, slots=True)
class Input:
    """Another metric's figure that a condition reads: of the same labels, or one without labels.

    `exact`: only dates that both have count (a spread). Otherwise the newest that was known when the rule's own
    observation became known: nothing that came later is looked at.
    """

    metric: str
    condition: Condition
    exact: bool


class Single:
    """A condition that is no change and reads nothing but the metric its rule names; others say what they differ in."""

    __slots__ = ()

    @property
    def change_over(self) -> int:
        """It is no change."""
        return 0

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Nothing else."""
        return ()

    def reads(self, metric: str) -> str:
        """The metric itself."""
        return metric


def earlier(observed: NDArray[np.float64], over: int) -> NDArray[np.float64]:
    """For every observation the one `over` observations before it, NaN where history is too short."""
    before = np.full(len(observed), np.nan)
    before[over:] = observed[: max(len(observed) - over, 0)]
    return before


def windows(observed: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """For every observation that has them the `length` before it, itself left out: shape (n − length, length)."""
    if len(observed) <= length:
        return np.empty((0, length))
    return np.lib.stride_tricks.sliding_window_view(observed[:-1], length)


def at_least_one(value: int, name: str) -> None:
    """ValueError naming the parameter where it counts less than one observation."""
    if value < 1:
        raise ValueError(name)
