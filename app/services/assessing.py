"""Assessing countries and regions: their indicators, vulnerability scores, and what rules and flags read of them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

from alerts.metric import Metric, Readings
from app.countries import course, formula, indicators
from app.countries.formula import Formula
from app.countries.indicators import Curve
from app.countries.score import Figure, Score, score
from app.paths import Workspace
from app.series import releases
from app.series.catalogue import SERIES
from app.series.points import Points
from app.series.releases import Overrides
from app.settings import REVIEW_SETTINGS
from app.storage import levels, settings
from app.storage.database import Database
from app.storage.histories import Histories
from app.timetable import table
from exposures.flags import CountryReading
from exposures.reason import exact

#: What rules can watch of every country, labelled by it: metric id -> input of the score, and its unit.
METRICS: Mapping[str, tuple[str, str]] = {
    "FX_RISE_YEAR": ("fx_250", "percent"),
    "RESERVES_CHANGE": ("reserves_change", "percent"),
    "IMPORT_COVER": ("import_cover", "months"),
    "RESERVES_DEBT": ("reserves_debt", "percent"),
    "CURRENT_ACCOUNT": ("current_account", "percent"),
    "CPI": ("cpi", "percent"),
    "REAL_RATE": ("real_rate", "percentage points"),
    "EXTERNAL_DEBT": ("external_debt", "percent"),
    "SPREAD": ("spread", "basis points"),
}
#: The score itself, 0 to 100, and 1 where a currency crashes, else 0.
SCORE, CRASH = "SCORE", "FX_CRASH"
#: More decimals of a computed figure are binary noise.
_DECIMALS = 9
#: What a score is compared with [choice].
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Known:
    """What is stored about countries as known at one instant: points and last source by series, releases missed."""

    instant: datetime
    today: date
    points: Mapping[str, Points]
    sources: Mapping[str, str]
    overrides: Overrides

    def missed(self, id: str) -> int:
        """How many releases of a series should be there and are not."""
        last = self.points[id].last if id in self.points else None
        return 0 if last is None else releases.missed(SERIES[id].release, last, self.instant, self.overrides)

    def source(self, ids: Iterable[str]) -> str:
        """Where the last observations of series came from."""
        return ", ".join(sorted({self.sources[id] for id in ids if id in self.sources}))

    def figure(self, curve: Curve) -> Figure | None:
        """A curve's latest value up to today."""
        place = curve.at(self.today)
        value = None if place is None else exact(round(float(curve.points.values[place]), _DECIMALS))
        if place is None or value is None:
            return None
        missed = max((self.missed(id) for id in curve.series), default=0)
        known = curve.points.known_from[place].astype("datetime64[s]").item().replace(tzinfo=UTC)
        return Figure(value, curve.points.oldest[place].item(), missed, self.source(curve.series), known)


class Assessing:
    """Reads only; the score's formula is the bank's own file where the workspace has one."""

    def __init__(
        self, database: Database, histories: Histories, workspace: Workspace, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._histories, self._workspace, self._clock = database, histories, workspace, clock

    def formula(self) -> Formula:
        """The formula in force; Refused "country.bad_formula"."""
        own = self._workspace.score_formula
        if own.exists():
            return formula.parse(own.read_text("utf-8"), own.name)
        return formula.parse(files("app.countries").joinpath("score.toml").read_text("utf-8"))

    def countries(self) -> tuple[str, ...]:
        """Every country or region that the catalogue has an exchange rate of, in its order."""
        return tuple(code for code in indicators.covered() if indicators.series_of(code, "fx"))

    def known(self, as_of: datetime | None = None, countries: Iterable[str] | None = None) -> Known:
        """What was known at `as_of` (None: now) of all countries or some."""
        now = self._clock()
        instant = now if as_of is None else as_of
        wanted = [
            id for code in (self.countries() if countries is None else countries) for id in indicators.wanted(code)
        ]
        with self._database.read() as connection:
            found = self._histories.read(connection, wanted, instant if instant < now else None)
        # The daily check rests on this and goes on without the bank's corrections; it says so itself.
        overrides, _fault = table.read_or_own(self._workspace.calendar)
        there = {id: one for id, one in found.items() if one.source is not None}
        whole = {id: one.points for id, one in there.items()}
        sources = {id: one.source for id, one in there.items() if one.source is not None}
        return Known(instant, self._day(instant), whole, sources, overrides)

    def scores(self, known: Known, countries: Iterable[str] | None = None) -> dict[str, Score]:
        """The scores of the day of `known`."""
        rule = self.formula()
        return {code: self.score(code, known, rule) for code in (self.countries() if countries is None else countries)}

    def score(self, country: str, known: Known, rule: Formula | None = None) -> Score:
        """One country's score on the day of `known`."""
        found = {
            name: figure
            for name, curve in indicators.curves(country, known.points).items()
            if (figure := known.figure(curve)) is not None
        }
        return score(rule or self.formula(), found, known.today)

    def course(self, country: str, known: Known) -> Points:
        """The score through time, as it could have been computed then."""
        curves = indicators.curves(country, known.points)
        return course.course(self.formula(), curves, indicators.plain(country, "fx", known.points))

    def country_readings(self, as_of: datetime | None = None) -> tuple[CountryReading, ...]:
        """Scores and country-risk levels for the flags; a country without a score or a level has none."""
        known = self.known(as_of)
        found = []
        for code, one in self.scores(known).items():
            if one.value is not None and one.newest is not None:
                found.append(CountryReading(code, "score", one.value, one.newest, "score"))
        with self._database.read() as connection:
            standing = levels.in_force(connection, known.instant)
        for code, level in standing.items():
            day = self._day(level.decided_at or level.at)
            found.append(CountryReading(code, "level", level.level, day, level.approver or level.who))
        return tuple(found)

    def readings(self, metric_ids: Collection[str], as_of: datetime) -> Iterator[Readings]:
        """What rules watch of countries, in columns, one for each country."""
        asked = {id for id in metric_ids if id in METRICS or id in (SCORE, CRASH)}
        if not asked:
            return
        known = self.known(as_of)
        for code in self.countries():
            curves = indicators.curves(code, known.points)
            rate = indicators.plain(code, "fx", known.points)
            for id in sorted(asked):
                if id == SCORE:
                    yield _readings(Metric(SCORE, "points", {"country": code}), self.course(code, known))
                elif id == CRASH:
                    yield _readings(Metric(CRASH, "flag", {"country": code}), indicators.crashing(rate).points)
                else:
                    name, unit = METRICS[id]
                    yield _readings(Metric(id, unit, {"country": code}), curves[name].points)

    def month_before(self, known: Known, countries: Iterable[str] | None = None) -> Known:
        """What was known a month before."""
        return self.known(known.instant - MONTH, countries)

    def _day(self, instant: datetime) -> date:
        """The bank's day at an instant."""
        with self._database.read() as connection:
            zone = settings.read(connection, "reviews", REVIEW_SETTINGS)["time_zone"]
        return instant.astimezone(ZoneInfo(zone)).date()


def series_behind(metric: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The published series that a country's metric rests on; none for any other metric."""
    concepts: Mapping[str, tuple[str, ...]] = {
        "FX_RISE_YEAR": ("fx",),
        CRASH: ("fx",),
        "RESERVES_CHANGE": ("reserves",),
        "IMPORT_COVER": ("import_cover",),
        "RESERVES_DEBT": ("short_debt",),
        "CURRENT_ACCOUNT": ("current_account",),
        "CPI": ("cpi",),
        "REAL_RATE": ("policy_rate", "cpi"),
        "EXTERNAL_DEBT": ("external_debt",),
        "SPREAD": ("spread",),
        SCORE: ("fx",),
    }
    if metric not in concepts:
        return ()
    codes = [labels["country"]] if "country" in labels else indicators.covered()
    return tuple(id for code in codes for concept in concepts[metric] for id in indicators.series_of(code, concept)[:1])


def _readings(metric: Metric, of: Points) -> Readings:
    return Readings(metric, of.dates, of.values, of.known_from, of.assumed)
