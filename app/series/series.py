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
    `definitions` says in a code (worded by `app.wording.sourcing.definition`) what a source measures where that is not
    quite what the first one does: (("bcra", "closing"),).
    `release` names the release calendar that says when a date's value is published.
    `whole` says that the publisher has no fractions in `unit`: a file with fractions is in a larger one.
    Before `first` and after `last` the thing itself does not exist (a closed facility): its amount is zero there.
    `country` is the ISO code of the country or region whose figure it is. `meaning` says what exactly is measured
    where the title leaves that open. A value older than `max_age` days does not count in the vulnerability score.
    `absence` says why a series has no source: "no_free_source" where an officer enters or imports it.
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
    definitions: tuple[tuple[str, str], ...] = ()
    whole: bool = False
    country: str | None = None
    meaning: str = ""
    max_age: int | None = None
    absence: str | None = None

    def name_in(self, source: str) -> str | None:
        """What `source` calls this series; None where that source does not carry it."""
        return next((name for key, name in self.sources if key == source), None)

    def definition_in(self, source: str) -> str | None:
        """The code of what `source` measures; None where that is what the first source does."""
        return next((code for key, code in self.definitions if key == source), None)


@dataclass(frozen=True, slots=True)
class Vintage:
    """A value as it was published at `known_from` (UTC); the next vintage of the same date replaces it."""

    date: date
    value: float
    known_from: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """What one source says about one series at one moment: (date, value) pairs, oldest first, in `unit`.

    `unit` None means that the source names none: the values are in the unit accepted for the series.
    `vintages` are given where the source says when each value was published, by date and then by instant; `values` are
    then the newest of each date.
    """

    series_id: str
    source: str
    values: tuple[tuple[date, float], ...]
    unit: str | None = None
    vintages: tuple[Vintage, ...] = ()
