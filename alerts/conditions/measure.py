"""What of a metric is held against its past: its level, or a change by name."""

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.change import Change
from alerts.conditions.percent_change import MEASURES, PercentChange

MEASURES_OF_PAST = ("level", "change", *MEASURES)


def measured(observed: NDArray[np.float64], measure: str, over: int) -> NDArray[np.float64]:
    """The level, the change over `over` observations in the metric's unit, or one of the two percent changes."""
    if measure == "level":
        return observed
    return Change(over).values(observed) if measure == "change" else PercentChange(over, measure).values(observed)
