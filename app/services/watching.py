"""Looking at what is stored: series and derived figures, the balance sheet, and the cards about the Fed."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from alerts.metric import Metric, Readings
from app.liquidity import balance_sheet, composition, corridor, tide
from app.liquidity.overview import Composition, Corridor, Dates, Tide, Values
from app.liquidity.statement import BalanceSheet, Side
from app.paths import Workspace
from app.refusals import Misused, Refused
from app.series import derived, releases
from app.series.catalogue import CATALOGUE, SERIES
from app.series.points import Points
from app.series.series import Basis, Observation, Series
from app.storage import observations
from app.storage.database import Database
from app.storage.histories import Histories
from app.timetable import table


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

    @property
    def answered(self) -> tuple["Answered", ...]:
        """The sources of the observations, the one with the most dates first."""
        found: dict[str, list[date]] = {}
        for row in self.observations:
            found.setdefault(row.source, []).append(row.date)
        series = SERIES.get(self.id)
        return tuple(
            Answered(source, days[0], days[-1], len(days), series.definition_in(source) if series else None)
            for source, days in sorted(found.items(), key=lambda one: -len(one[1]))
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """Which dates of an excerpt one source gave; `definition` is what it measures where the first source differs."""

    source: str
    first: date
    last: date
    dates: int
    definition: str | None


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

    def __init__(
        self, database: Database, histories: Histories, workspace: Workspace, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._histories = histories
        self._workspace = workspace
        self._clock = clock

    def series(
        self, id: str, start: date | None = None, end: date | None = None, as_of: datetime | None = None
    ) -> Excerpt:
        """A series' observations in its accepted unit, or a derived figure's, as known at `as_of`.

        Misused "series.unknown" for an id that is neither.
        """
        with self._database.read() as connection:
            if id in SERIES:
                series = SERIES[id]
                rows = observations.best(connection, series, start=start, end=end, as_of=as_of)
                unit = observations.accepted_unit(connection, series)
            else:
                rows = _between(_rows(self._points(connection, [id], as_of)[id]), start, end)
                unit = derived.unit(id)
        return Excerpt(id, unit, rows[-1].source if rows else None, tuple(rows))

    def history(self, id: str, as_of: datetime | None = None) -> History:
        """The whole history of a series or derived id, in its catalogue unit; Misused "series.unknown"."""
        with self._database.read() as connection:
            whole = self._points(connection, [id], as_of)[id]
        return History(id, derived.unit(id), whole.dates, whole.values)

    def catalogue(self) -> tuple[Entry, ...]:
        """Every series with its stored span."""
        with self._database.read() as connection:
            spans = observations.spans(connection)
            return tuple(
                Entry(series, observations.accepted_unit(connection, series), *spans.get(series.id, (None, None, 0)))
                for series in CATALOGUE
            )

    def balance_sheet_dates(self, as_of: datetime | None = None) -> tuple[date, ...]:
        """The Wednesdays with total assets (as known at `as_of`), newest first."""
        with self._database.read() as connection:
            return tuple(reversed([row.date for row in observations.best(connection, SERIES["WALCL"], as_of=as_of)]))

    def balance_sheet(self, on: date, against: date | None = None, as_of: datetime | None = None) -> BalanceSheet:
        """The two-sided table; Refused "balance_sheet.no_data" where nothing is known of a date."""
        with self._database.read() as connection:
            level = _level(connection, on, as_of)
            earlier = _level(connection, against, as_of) if against is not None else None
        return balance_sheet.build(on, level, against, earlier)

    def composition(self, side: Side, as_of: datetime | None = None) -> Composition:
        """What a side is made of, week by week, in USD billions (as known at `as_of`)."""
        return composition.build(side, self._several(composition.SERIES_IDS[side], as_of))

    def corridor(self, as_of: datetime | None = None) -> Corridor:
        """Money-market rates against IORB (as known at `as_of`)."""
        return corridor.build(self._several(corridor.IDS, as_of))

    def tide(self, as_of: datetime | None = None) -> Tide:
        """The overview card (as known at `as_of`); where the bank's calendar is unusable, the public ones count."""
        now, (overrides, _fault) = as_of or self._clock(), table.read_or_own(self._workspace.calendar)
        whole = self._several(tide.IDS, as_of)
        stale = {
            id: any(
                releases.missed(SERIES[part].release, last, now, overrides) > 0
                for part in derived.series_of(id)
                if part != "IOER" and (last := whole[part].last) is not None
            )
            for id in tide.STALE_BY
        }
        return tide.build(whole, stale)

    def readings(self, metric_ids: Iterable[str], as_of: datetime | None = None) -> dict[str, Readings]:
        """Each metric's readings as known at `as_of`; an id is a series, a derived figure or a change such as
        "change(WALCL,4)"; one without data has no rows. Misused "series.unknown".
        """
        return {
            id: Readings(Metric(id, derived.unit(id)), of.dates, of.values, of.known_from, of.assumed)
            for id, of in self._several(metric_ids, as_of).items()
        }

    def _several(self, ids: Iterable[str], as_of: datetime | None = None) -> dict[str, Points]:
        with self._database.read() as connection:
            return self._points(connection, list(ids), as_of)

    def _points(self, connection: Connection, ids: Collection[str], as_of: datetime | None) -> dict[str, Points]:
        """Any ids' points in catalogue units."""
        for id in ids:
            if any(part not in SERIES for part in derived.series_of(id)):
                raise Misused("series.unknown", series=id)
        parts = {part for id in ids for part in derived.series_of(id)}
        known = {id: one.points for id, one in self._histories.read(connection, sorted(parts), as_of).items()}
        return {id: derived.compute(id, known) for id in ids}


def _level(connection: Connection, on: date, as_of: datetime | None) -> dict[str, Observation]:
    level = {}
    for id in balance_sheet.SERIES_IDS:
        series = SERIES[id]
        rows = observations.best(connection, series, on=(on,), as_of=as_of)
        if rows:
            level[id] = observations.in_catalogue_unit(connection, series, rows)[0]
    if not level:
        before = observations.best(connection, SERIES["WALCL"], end=on, as_of=as_of)
        raise Refused("balance_sheet.no_data", date=on, nearest=before[-1].date if before else None)
    return level


def _rows(of: Points) -> list[Observation]:
    return [
        Observation(day, value, known.replace(tzinfo=UTC), Basis.ASSUMED if assumed else Basis.FETCHED, "derived")
        for day, value, known, assumed in zip(
            of.dates.tolist(), of.values.tolist(), of.known_from.tolist(), of.assumed.tolist(), strict=True
        )
    ]


def _between(rows: Iterable[Observation], start: date | None, end: date | None) -> list[Observation]:
    return [row for row in rows if (start is None or row.date >= start) and (end is None or row.date <= end)]
