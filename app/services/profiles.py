"""What a country's page, the comparison, the flows and the home side hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np

from alerts.alert import Alert
from alerts.finding import Finding
from alerts.rule import Rule
from app.countries.change import Change
from app.countries.findings import Flow, Moves, Stake
from app.countries.formula import Formula
from app.countries.indicators import Curve
from app.countries.score import Score, Status
from app.series.points import Points
from app.services.flagging import Flags
from app.storage.books import Batch
from app.storage.entries import Entry
from app.storage.levels import Level
from exposures.flags import CountryFlag


@dataclass(frozen=True)
class Indicator:
    """One figure of the page: its latest value in `unit`, the change since the observation before, and how it stands.

    `status` is missing where nothing is stored: `absence` then says why ("no_free_source"). `entry` is the officer's
    entry behind the value where it is one.
    """

    concept: str
    series: str
    unit: str
    value: float | None
    on: date | None
    change: float | None
    before: date | None
    age: int | None
    max_age: int | None
    missed: int
    status: Status
    source: str
    entry: Entry | None
    absence: str | None
    course: Points

    @property
    def known_from(self) -> datetime | None:
        """Since when the value was known; None where there is none."""
        if self.on is None:
            return None
        place = int(np.searchsorted(self.course.dates, np.datetime64(self.on)))
        instant: datetime = self.course.known_from[place].astype("datetime64[s]").item()
        return instant.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Country:
    """Everything known of one country or region, as of one instant."""

    code: str
    today: date
    as_of: datetime
    in_set: bool
    policy: bool
    home: bool
    rate: Indicator
    moves: Moves | None
    crash_since: date | None
    fx: Finding
    score: Score
    formula: Formula
    change: Change | None
    scored: Finding
    course: Points
    indicators: tuple[Indicator, ...]
    known: Finding
    flag: CountryFlag | None
    tide_on: bool
    flagged: Finding
    level: Level | None
    proposals: tuple[Level, ...]
    stake: Stake | None
    staked: Finding
    alerts: tuple[Alert, ...]
    fx_rules: tuple[Rule, ...]
    waiting: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure of the comparison tells of itself."""

    on: date
    series: str
    source: str
    unit: str
    known_from: datetime


@dataclass(frozen=True)
class Row:
    """A country or region in the comparison."""

    code: str
    score: Score
    change: Decimal | None
    moves: Moves | None
    values: Mapping[str, float | None]
    told: Mapping[str, Told]  # by concept; of "fx" too
    flag: CountryFlag | None
    level: Level | None
    exposure: Decimal | None
    severity: int


@dataclass(frozen=True)
class Comparison:
    """Every country or region of the emerging-market set with its score, the weakest first."""

    today: date
    currency: str
    rows: tuple[Row, ...]
    finding: Finding
    flags: Flags
    book: Batch | None = None


@dataclass(frozen=True)
class Flows:
    """Portfolio flows into emerging markets by month, oldest first, each with its entry."""

    flows: tuple[Flow, ...]
    finding: Finding
    entries: tuple[Entry, ...]
    waiting: tuple[Entry, ...]


@dataclass(frozen=True)
class Home:
    """The home side: renminbi, spread over Treasuries, cross-border flows and the renminbi's share."""

    rate: Indicator
    moves: Moves | None
    volatility: float | None  # of the last 20 daily changes, % a year
    yield_home: Indicator
    yield_us: Indicator
    spread: Curve  # percentage points
    others: tuple[Indicator, ...]
    finding: Finding
    known: Finding  # which of the figures are there
    waiting: tuple[Entry, ...]
