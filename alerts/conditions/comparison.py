"""The four ways to compare a value with a line."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Comparison(StrEnum):
    """How a value is compared with a threshold."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="

    @property
    def upward(self) -> bool:
        """True where more is worse."""
        return self in (Comparison.ABOVE, Comparison.AT_LEAST)

    def hits(self, values: NDArray[np.float64], threshold: float) -> NDArray[np.bool_]:
        """Where `values` satisfy the comparison; NaN never does."""
        match self:
            case Comparison.ABOVE:
                return values > threshold
            case Comparison.AT_LEAST:
                return values >= threshold
            case Comparison.BELOW:
                return values < threshold
            case Comparison.AT_MOST:
                return values <= threshold

    def hit(self, value: float, threshold: float) -> bool:
        """Whether one value satisfies the comparison."""
        match self:
            case Comparison.ABOVE:
                return value > threshold
            case Comparison.AT_LEAST:
                return value >= threshold
            case Comparison.BELOW:
                return value < threshold
            case Comparison.AT_MOST:
                return value <= threshold
