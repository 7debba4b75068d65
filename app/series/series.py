"""A published series and its observations, each with the instant from which it was known."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Basis(StrEnum):
    """Where an observation's known-from comes from."""

    VINTAGE = "vintage"  # the vendor says when it was published
    ASSUMED = "assumed"  # first met in a back-fill: the scheduled release instant
    FETCHED = "fetched"  # the instant at which this program first saw it


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of a series; a revision is another observation of the same date with a later `known_from` (UTC)."""

    date: date
    value: float
    known_from: datetime
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True)
class Series:
    """A row of the catalogue.

    `low` and `high` bound the plausible absolute values in `unit`; a batch whose median leaves them is refused.
    `sources` names this series in each source, best source first: (("ddp", "RESPPMA_N.WW"), ("fredgraph", "WALCL")).
    `release` names the release calendar that says when a date's value is published.
    Before `first` and after `last` the thing itself does not exist (a closed facility): its amount is zero there.
    """

    id: str
    title: str
    unit: str
    frequency: str
    release: str
    low: float
    high: float
    sources: tuple[tuple[str, str], ...]
    first: date | None = None
    last: date | None = None

    def name_in(self, source: str) -> str | None:
        """What `source` calls this series; None where that source does not carry it."""
        return next((name for key, name in self.sources if key == source), None)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one source says about one series at one moment: (date, value) pairs, oldest first, in `unit`.

    `unit` None means that the source names none: the values are in the unit accepted for the series.
    """

    series_id: str
    source: str
    values: tuple[tuple[date, float], ...]
    unit: str | None = None
