"""How a figure of the book moved since earlier books."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from alerts.conditions.change import Change
from alerts.conditions.condition import Single, at_least_one
from alerts.conditions.percent_change import PercentChange


@dataclass(frozen=True, slots=True)
class BookChange(Single):
    """x(b) − x(b−n), n counted in books, in the book's currency or in percent of the earlier book.

    Each book is taken at its own exchange rates: a fall may be the currency's alone, which the book page shows.
    """

    kind: ClassVar[str] = "book_change"
    over: int = 1
    in_percent: bool = True

    def __post_init__(self) -> None:
        at_least_one(self.over, "over")

    @property
    def lookback(self) -> int:
        """As many books as it looks back over."""
        return self.over

    @property
    def change_over(self) -> int:
        """As many observations as it looks back over."""
        return self.over

    def unit(self, metric_unit: str) -> str:
        """Percent, or the figure's own unit."""
        return "percent" if self.in_percent else metric_unit

    def values(self, observed: NDArray[np.float64], *beside: NDArray[np.float64]) -> NDArray[np.float64]:
        """The changes; a book without the figure before gives no percentage."""
        if self.in_percent:
            return PercentChange(self.over, "dollar_rise").values(observed)
        return Change(self.over).values(observed)
