"""Looking at what is stored: series and derived figures, the balance sheet, and the cards about the Fed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from alerts.metric import Reading
from app.liquidity.overview import Composition, Corridor, Dates, Tide, Values
from app.liquidity.statement import BalanceSheet, Side
from app.series.series import Observation, Series
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class History:
    """A series or derived figure for charts: dates ascending (datetime64[D]), values in `unit`, as known at `as_of`."""

    id: str
    unit: str
    dates: Dates
    values: Values


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A series between two dates as known at one instant; `source` is the source of the last observation."""

    id: str
    unit: str
    source: str | None
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the catalogue with what is stored of it."""

    series: Series
    unit: str
    first: date | None
    last: date | None
    count: int


class Watching:
    """Reads only; every call sees one state of the data."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def series(
        self, id: str, start: date | None = None, end: date | None = None, as_of: datetime | None = None
    ) -> Excerpt:
        """A series' (or derived figure's) observations as known at `as_of`; Misused "series.unknown"."""
        raise NotImplementedError

    def history(self, id: str, as_of: datetime | None = None) -> History:
        """The whole history of a series or derived id, in its catalogue unit."""
        raise NotImplementedError

    def catalogue(self) -> tuple[Entry, ...]:
        """Every series with its stored span."""
        raise NotImplementedError

    def balance_sheet_dates(self) -> tuple[date, ...]:
        """The Wednesdays with total assets, newest first."""
        raise NotImplementedError

    def balance_sheet(self, on: date, against: date | None = None, as_of: datetime | None = None) -> BalanceSheet:
        """The two-sided table; Refused "balance_sheet.no_data" where nothing is known of a date."""
        raise NotImplementedError

    def composition(self, side: Side) -> Composition:
        """What a side is made of, week by week."""
        raise NotImplementedError

    def corridor(self) -> Corridor:
        """Money-market rates against IORB."""
        raise NotImplementedError

    def tide(self) -> Tide:
        """The overview card."""
        raise NotImplementedError

    def readings(
        self, metric_ids: Iterable[str], as_of: datetime | None = None, since: date | None = None
    ) -> dict[str, tuple[Reading, ...]]:
        """Each metric's readings, oldest first, as known at `as_of`; an id is a series, a derived figure or a change
        such as "change(WALCL,4)"; one without data has an empty tuple.
        """
        raise NotImplementedError
