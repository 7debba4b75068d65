"""Following the Fed's claims, rates and their effects: what the pages and commands on dollar liquidity show."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection

from app.liquidity import absorbers, balance_sheet, bridge, cash_flows, document, impact, rates
from app.liquidity.absorbers import Absorber
from app.liquidity.bridge import Bridge
from app.liquidity.cash_flows import CashFlows
from app.liquidity.document import Comparison
from app.liquidity.impact import Impact
from app.liquidity.rates import Rates
from app.liquidity.scale import Gdp, Measuring, Scale
from app.liquidity.statement import BalanceSheet
from app.liquidity.tracks import Track, track
from app.refusals import Misused, Refused
from app.series import derived
from app.series.catalogue import SERIES
from app.series.points import Points, points
from app.services.watching import Watching
from app.storage import observations, prints, treasury_flows
from app.storage.database import Database

#: A quarter has at most so many days.
_QUARTER_DAYS = 92


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A published series: best and first prints as points in the catalogue's unit, and where the latest came from."""

    best: Points
    first: Points
    source: str


class Tracking:
    """Reads only; every call sees one state of the data."""

    def __init__(self, database: Database, watching: Watching, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._watching = watching
        self._clock = clock

    def tracks(self, ids: Iterable[str], as_of: datetime | None = None) -> dict[str, Track]:
        """Series or derived figures (as known at `as_of`) with sources, known-from and first prints.

        Misused "series.unknown".
        """
        with self._database.read() as connection:
            cache: dict[str, _Loaded] = {}
            return {id: read_track(connection, id, cache, as_of) for id in ids}

    def reserves(self, as_of: datetime | None = None) -> Absorber:
        """Reserves, their share of liabilities, and required and excess reserves while there were any."""
        return absorbers.reserves(self.tracks(absorbers.IDS, as_of))

    def on_rrp(self, as_of: datetime | None = None) -> Absorber:
        """Overnight reverse repos, their share of liabilities, and the award rate."""
        return absorbers.on_rrp(self.tracks(absorbers.IDS, as_of))

    def treasury_account(self, as_of: datetime | None = None) -> Absorber:
        """The Treasury's account: daily where the Treasury's statement is there, with its share and peaks."""
        return absorbers.tga(self.tracks(absorbers.IDS, as_of))

    def rates(self, as_of: datetime | None = None) -> Rates:
        """The corridor in percent, spreads, turns and the standing repo facility."""
        return rates.build(self.tracks(rates.IDS, as_of), self._watching.corridor(as_of))

    def impact(self, as_of: datetime | None = None) -> Impact:
        """The source document's figures beside today's."""
        return impact.build(self.tracks(impact.IDS, as_of))

    def bridge(self, on: date, against: date, as_of: datetime | None = None) -> Bridge:
        """Why reserves changed; Refused "balance_sheet.no_data" where nothing is known of a date."""
        return bridge.build(self._watching.balance_sheet(on, against, as_of))

    def printed_bridge(self) -> Bridge:
        """The bridge of the source document's own Table 2."""
        return bridge.printed(document.table("2"))

    def document_table(self, id: str, as_of: datetime | None = None) -> Comparison:
        """A printed table beside the program's figures; Misused "document.unknown" for another number.

        Dates without any data make a comparison without figures, never a refusal: the printed side stands.
        """
        known = tuple(table.id for table in document.tables())
        if id not in known:
            raise Misused("document.unknown", table=id, known=known)
        printed = document.table(id)
        try:
            sheet = self._watching.balance_sheet(printed.second, printed.first, as_of)
        except Refused as error:
            if error.code != "balance_sheet.no_data":
                raise
            sheet = self._of_one_date(printed, as_of)
        return document.compare(printed, sheet)

    def measuring(
        self, scale: Scale, on: date, against: date | None = None, as_of: datetime | None = None
    ) -> Measuring:
        """A unit for the amounts of two dates; percent of GDP needs the GDP of each date's quarter."""
        if scale is not Scale.GDP:
            return Measuring(scale)
        with self._database.read() as connection:
            gdp = read_track(connection, "GDP", {}, as_of)
        return Measuring(scale, _gdp(gdp, on), _gdp(gdp, against) if against is not None else None)

    def cash_flows(self, days: int, *, without_debt: bool = True, as_of: datetime | None = None) -> CashFlows:
        """What came into the Treasury's account and left it in the last so many days with data, by category."""
        with self._database.read() as connection:
            end = treasury_flows.last_day(connection, as_of) or (as_of or self._clock()).date()
            start = end - timedelta(days=days - 1)
            flows = treasury_flows.between(connection, start, end, as_of)
            known = treasury_flows.known_from(connection, start, end, as_of)
        return replace(cash_flows.build(flows, start, end, without_debt=without_debt), known_from=known)

    def _of_one_date(self, printed: document.Table, as_of: datetime | None) -> BalanceSheet:
        """A sheet of two dates of which one, or neither, has any data."""
        levels = []
        with self._database.read() as connection:
            for day in (printed.second, printed.first):
                found = {}
                for id in balance_sheet.SERIES_IDS:
                    rows = observations.best(connection, SERIES[id], on=(day,), as_of=as_of)
                    if rows:
                        found[id] = observations.in_catalogue_unit(connection, SERIES[id], rows)[0]
                levels.append(found)
        return balance_sheet.build(printed.second, levels[0], printed.first, levels[1])


def _gdp(gdp: Track, day: date) -> Gdp | None:
    """The GDP of the quarter in which a day lies; None where that quarter is not out."""
    place = gdp.place(day, within=_QUARTER_DAYS - 1)
    if place is None or gdp.values[place] <= 0:
        return None
    return Gdp(gdp.dates[place].item(), Decimal(repr(float(gdp.values[place]))), gdp.source)


def read_track(connection: Connection, id: str, cache: dict[str, _Loaded], as_of: datetime | None = None) -> Track:
    """A series or derived figure with source, known-from and first prints; Misused "series.unknown".

    A `cache` holds what was known at one instant.
    """
    parts = derived.series_of(id)
    for part in parts:
        if part not in SERIES:
            raise Misused("series.unknown", series=id)
        if part not in cache:
            cache[part] = _load(connection, part, as_of)
    whole = derived.compute(id, {part: cache[part].best for part in parts})
    first = derived.compute(id, {part: cache[part].first for part in parts})
    source = " + ".join(dict.fromkeys(cache[part].source for part in parts if cache[part].source))
    return track(id, derived.unit(id), whole, source, first)


def _load(connection: Connection, id: str, as_of: datetime | None) -> _Loaded:
    series = SERIES[id]
    latest, first = prints.latest_and_first(connection, series, as_of)
    rows = observations.in_catalogue_unit(connection, series, latest)
    firsts = observations.in_catalogue_unit(connection, series, first)
    source = f"{rows[-1].source}:{series.name_in(rows[-1].source) or id}" if rows else ""
    return _Loaded(points(rows), points(firsts), source)
