"""A series as columns: what derived figures, charts and findings compute with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from app.series.series import Basis, Observation

Dates = NDArray[np.datetime64]  # datetime64[D], ascending, each date once
Values = NDArray[np.float64]
Instants = NDArray[np.datetime64]  # datetime64[us], UTC


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Equal-length columns; `oldest` is the oldest date among the inputs of each value."""

    dates: Dates
    values: Values
    known_from: Instants
    assumed: NDArray[np.bool_]
    oldest: Dates

    def __len__(self) -> int:
        return len(self.dates)

    def take(self, index: NDArray[np.intp] | NDArray[np.bool_] | slice) -> "Points":
        """The rows of an index, a mask or a slice."""
        return Points(
            self.dates[index], self.values[index], self.known_from[index], self.assumed[index], self.oldest[index]
        )

    @property
    def last(self) -> date | None:
        """The latest date, None without data."""
        return self.dates[-1].item() if len(self.dates) else None

    def at(self, day: date) -> float | None:
        """The value of exactly that date."""
        index = int(np.searchsorted(self.dates, np.datetime64(day)))
        if index < len(self.dates) and self.dates[index] == np.datetime64(day):
            return float(self.values[index])
        return None


def points(observations: Iterable[Observation]) -> Points:
    """Columns of observations that are already one per date, oldest first."""
    rows = list(observations)
    dates = np.array([row.date for row in rows], dtype="datetime64[D]")
    return Points(
        dates,
        np.array([row.value for row in rows], dtype=np.float64),
        np.array([row.known_from.replace(tzinfo=None) for row in rows], dtype="datetime64[us]"),
        np.array([row.basis is Basis.ASSUMED for row in rows], dtype=np.bool_),
        dates,
    )


def splice(parts: Iterable[Points]) -> Points:
    """The first part, and on dates it has not, the second, and so on (IORB, before it IOER)."""
    whole = points(())
    for part in parts:
        new = part.take(~np.isin(part.dates, whole.dates))
        joined = Points(
            np.concatenate([whole.dates, new.dates]),
            np.concatenate([whole.values, new.values]),
            np.concatenate([whole.known_from, new.known_from]),
            np.concatenate([whole.assumed, new.assumed]),
            np.concatenate([whole.oldest, new.oldest]),
        )
        whole = joined.take(np.argsort(joined.dates, kind="stable"))
    return whole
