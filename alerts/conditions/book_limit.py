"""How much of a limit the book uses."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.condition import Single


@dataclass(frozen=True, slots=True)
class BookLimit(Single):
    """Use of a limit in percent, one observation per book; `pending`: with what is approved and not yet drawn.

    The rule names the limited thing, "country": it reads its utilisation (CALCULATIONS 3).
    """

    kind: ClassVar[str] = "book_limit"
    pending: bool = True

    @property
    def lookback(self) -> int:
        """No history is needed."""
        return 0

    def reads(self, metric: str) -> str:
        """The utilisation of the limits of that kind."""
        return f"{metric}_utilisation" if self.pending else f"{metric}_utilisation_used"

    def unit(self, metric_unit: str) -> str:
        """Percent of the limit."""
        return metric_unit

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """The utilisation."""
        return observed
