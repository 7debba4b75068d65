"""A series or derived figure as a page shows it: values with their source, and since when each was known."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from app.series.points import Dates, Instants, Points, Values


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Equal-length columns, dates ascending; `source` names where the latest values come from ("ddp:RESPPMA_N.WW").

    `first` are the first prints on the same dates, None where nothing was ever revised.
    """

    id: str
    unit: str
    dates: Dates
    values: Values
    known_from: Instants
    source: str = ""
    first: Values | None = None

    def __len__(self) -> int:
        return len(self.dates)

    @property
    def last(self) -> date | None:
        """The latest date, None without data."""
        return self.dates[-1].item() if len(self.dates) else None

    @property
    def latest(self) -> float | None:
        """The latest value, None without data."""
        return float(self.values[-1]) if len(self.values) else None

    def place(self, day: date, within: int = 0) -> int | None:
        """Where the value of a day stands, or of the nearest day at most `within` days before it."""
        index = int(np.searchsorted(self.dates, np.datetime64(day), side="right")) - 1
        if index < 0 or (np.datetime64(day) - self.dates[index]).astype(int) > within:
            return None
        return index

    def at(self, day: date, within: int = 0) -> float | None:
        """The value of a day, or of the nearest at most `within` days before it."""
        place = self.place(day, within)
        return None if place is None else float(self.values[place])

    def known(self, place: int) -> datetime:
        """Since when the value at a place was known, in UTC but without a zone."""
        instant: datetime = self.known_from[place].item()
        return instant

    def take(self, index: np.ndarray) -> "Track":
        """The rows of a mask or an index."""
        first = None if self.first is None else self.first[index]
        return Track(
            self.id, self.unit, self.dates[index], self.values[index], self.known_from[index], self.source, first
        )


def track(id: str, unit: str, whole: Points, source: str = "", first: Points | None = None) -> Track:
    """A track of points; of the first prints only those that differ make it one with revisions."""
    prints = None
    if first is not None and len(first):
        _, here, there = np.intersect1d(whole.dates, first.dates, assume_unique=True, return_indices=True)
        found = whole.values.copy()
        found[here] = first.values[there]
        if bool(np.any(found != whole.values)):
            prints = found
    return Track(id, unit, whole.dates, whole.values, whole.known_from, source, prints)


def ratio(id: str, unit: str, part: Track, whole: Track, by: float) -> Track:
    """`part` over `whole` times `by`, on the dates that both have; known since both were."""
    _, left, right = np.intersect1d(part.dates, whole.dates, assume_unique=True, return_indices=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = part.values[left] / whole.values[right] * by
    known = np.maximum(part.known_from[left], whole.known_from[right])
    source = " / ".join(name for name in (part.source, whole.source) if name)
    made = Track(id, unit, part.dates[left], values, known, source)
    return made.take(np.isfinite(values))


def scaled(of: Track, unit: str, by: float) -> Track:
    """The same track in another unit."""
    return Track(
        of.id, unit, of.dates, of.values * by, of.known_from, of.source, None if of.first is None else of.first * by
    )
