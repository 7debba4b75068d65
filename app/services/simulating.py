"""Run-off: the T-account, the simulator with its proof, SOMA maturities, and scenarios saved by name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from alerts.finding import Finding
from app.liquidity import backtest, ladder, maturities, position, runoff, runoff_answer, t_account
from app.liquidity.backtest import EPISODES, Backtest, Fan, measured_pay_down
from app.liquidity.caps import BILLION, caps_of
from app.liquidity.holdings import COUPONS
from app.liquidity.ladder import AssumedLadder, Ladder, held_ladder
from app.liquidity.maturities import Profile
from app.liquidity.months import month_of, months_from
from app.liquidity.position import Start
from app.liquidity.redemption import DateRedemption, by_date
from app.liquidity.runoff import PayDown, Simulation, Yardstick
from app.liquidity.scenario import AmpleUnit, Scenario, check, check_months
from app.liquidity.t_account import Channel, Demonstration
from app.refusals import Misused, Refused
from app.series.catalogue import BILLIONS, SERIES
from app.series.points import Points, points
from app.series.series import Observation
from app.storage import audit, holdings, observations, scenarios
from app.storage.database import Database
from app.storage.scenarios import StoredScenario

#: What the floor of ample is measured by, in USD billions.
_YARDSTICKS = {AmpleUnit.GDP: "GDP", AmpleUnit.BANK_ASSETS: "TLAACBW027SBOG"}
#: Lines whose past is shown before the simulated part, and how many of the newest dates before the start.
_PAST_LINES = ("total_assets", "reserves", "on_rrp", "tga")
_PAST_DAYS = 730


@dataclass(frozen=True, slots=True)
class Course:
    """A simulation with its answer, what else it owes, its pace, the past of its lines and the holdings behind it.

    `past` is USD billions by line, `gdp` USD billions a year; without holdings behind the ladder `holdings_as_of` is
    None.
    """

    simulation: Simulation
    finding: Finding
    second: Finding | None
    pace: Finding
    past: Mapping[str, Points]
    gdp: Points
    holdings_as_of: date | None


@dataclass(frozen=True, slots=True)
class Proof:
    """The back-tests that have data, the error fan made of them, and the answer."""

    tests: tuple[Backtest, ...]
    fan: Fan
    finding: Finding


class Simulating:
    """Reads what is stored; only saving and removing a scenario writes."""

    def __init__(self, database: Database, clock: Callable[[], datetime], user: str) -> None:
        self._database = database
        self._clock = clock
        self._user = user

    # ------------------------------------------------------------------ simulator

    def starts(self, as_of: datetime | None = None) -> tuple[date, ...]:
        """The Wednesdays from which a simulation can begin (as known at `as_of`), newest first."""
        with self._database.read() as connection:
            days = [
                frozenset(day for id in position.SOURCES[line] for day in _dates(connection, id, as_of))
                for line in position.NEEDED
            ]
        return tuple(sorted(frozenset.intersection(*days), reverse=True))

    def simulate(
        self, scenario: Scenario, months: int, on: date | None = None, as_of: datetime | None = None
    ) -> Course:
        """The scenario's course from an H.4.1 date (None: the newest), from what was known at `as_of` (None: now).

        Misused "scenario.…" for wrong assumptions; Refused "runoff.no_start" where the date lacks a line.
        """
        check(scenario)
        check_months(months)
        on = on or next(iter(self.starts(as_of)), None)
        if on is None:
            raise Refused("runoff.no_data")
        with self._database.read() as connection:
            start = position.start(on, _level(connection, on, as_of))
            pay_down = _pay_down(connection, scenario, on, as_of)
            known = holdings.dates(connection, as_of)
            due, held_on = _ladder(connection, known, scenario, on, start.bills, as_of)
            yardstick = _yardstick(connection, scenario.ample_unit, on, as_of)
            past = _past(connection, start, as_of)
            gdp = _points(connection, _YARDSTICKS[AmpleUnit.GDP], end=on, as_of=as_of)
        simulation = runoff.simulate(start, scenario, months, due, pay_down, yardstick)
        return Course(
            simulation,
            runoff_answer.answer(simulation),
            runoff_answer.second(simulation),
            runoff_answer.pace(simulation),
            past,
            gdp,
            held_on,
        )

    def proof(self) -> Proof:
        """Both back-tests, the fan and how wrong it was; an episode without data is left out."""
        with self._database.read() as connection:
            whole = {id: _points(connection, id) for id in backtest.SERIES_IDS}
            found = [backtest.run(episode, whole, _ladders(connection)) for episode in EPISODES.values()]
            fan = backtest.fan(whole, _ladders(connection))
        tests = tuple(test for test in found if test is not None)
        return Proof(tests, fan, backtest.answer(tests))

    def backtest(self, episode: str) -> Backtest:
        """One episode; Refused "runoff.no_backtest" where a series lacks one of its dates."""
        with self._database.read() as connection:
            whole = {id: _points(connection, id) for id in backtest.SERIES_IDS}
            test = backtest.run(EPISODES[episode], whole, _ladders(connection))
        if test is None:
            of = EPISODES[episode]
            raise Refused("runoff.no_backtest", episode=of.id, start=of.start, end=of.end)
        return test

    # ------------------------------------------------------------------ how it works, maturities

    def t_account(self, amount: Decimal, mix: Mapping[Channel, Decimal]) -> Demonstration:
        """The three stages of Figure 4 for an amount and a mix; Misused "t_account.…"."""
        return t_account.demonstrate(amount, mix)

    def maturities(self, on: date | None = None, months: int = 24) -> Profile | None:
        """The profile of the newest holdings up to a day (None: the newest of all); None where there are none."""
        with self._database.read() as connection:
            as_of = _newest(holdings.dates(connection), on)
            held = holdings.of(connection, as_of) if as_of is not None else ()
        return maturities.profile(held, months)

    def holdings_known_from(self, as_of: date) -> datetime | None:
        """Since when the holdings of a Wednesday are known as they are; None where there are none."""
        with self._database.read() as connection:
            return holdings.known_from(connection, as_of)

    def holdings_dates(self) -> tuple[date, ...]:
        """The Wednesdays with holdings, newest first."""
        with self._database.read() as connection:
            return holdings.dates(connection)

    def due_dates(self, month: date, cap: Decimal | None = None) -> tuple[DateRedemption, ...]:
        """A month's coupon maturities date by date and what runs off of each under a cap (None: as published).

        From the newest holdings before the month; Refused "runoff.no_holdings" where there are none.
        """
        with self._database.read() as connection:
            as_of = _newest(holdings.dates(connection), month)
            held = holdings.of(connection, as_of) if as_of is not None else ()
        if as_of is None:
            raise Refused("runoff.no_holdings")
        allowed = caps_of(month).treasury if cap is None else int(cap * BILLION)
        due = {
            day: sum(kinds.get(kind, 0) for kind in COUPONS)
            for day, kinds in ladder.maturities(held, as_of).items()
            if month_of(day) == month
        }
        return by_date(due, min(sum(due.values()), allowed))

    # ------------------------------------------------------------------ scenarios

    def scenarios(self) -> tuple[StoredScenario, ...]:
        """The saved scenarios by name."""
        with self._database.read() as connection:
            return scenarios.all_saved(connection)

    def scenario(self, name: str) -> Scenario:
        """A saved scenario; Misused "scenario.unknown"."""
        with self._database.read() as connection:
            found = scenarios.find(connection, name)
        if found is None:
            raise Misused("scenario.unknown", name=name)
        return found.scenario

    def save(self, scenario: Scenario, name: str) -> Scenario:
        """Save under a name; what was saved under it before stays in the history. Misused "scenario.no_name"."""
        name = name.strip()
        if not name or len(name) > 128:
            raise Misused("scenario.no_name")
        named = check(replace(scenario, name=name))
        now = self._clock()
        with self._database.write() as connection:
            before = scenarios.find(connection, name)
            text = scenarios.save(connection, named, self._user, now)
            self._record(connection, now, "runoff.save", name, before.text if before else None, text)
        return named

    def remove(self, name: str) -> Scenario:
        """Take a saved scenario away and return it, so that it can be saved again; Misused "scenario.unknown"."""
        now = self._clock()
        with self._database.write() as connection:
            before = scenarios.find(connection, name)
            if before is None:
                raise Misused("scenario.unknown", name=name)
            scenarios.remove(connection, name, self._user, now)
            self._record(connection, now, "runoff.remove", name, before.text, None)
        return before.scenario

    def compare(self, names: Sequence[str], months: int, on: date | None = None) -> tuple[tuple[Course, ...], Finding]:
        """Saved scenarios side by side from the same start, and which reaches its floor first."""
        courses = tuple(self.simulate(self.scenario(name), months, on) for name in names)
        return courses, runoff_answer.compare([course.simulation for course in courses])

    def _record(
        self, connection: Connection, at: datetime, action: str, name: str, before: str | None, after: str | None
    ) -> None:
        audit.record(
            connection, at=at, who=self._user, action=action, subject=f"scenario {name}", before=before, after=after
        )


def _dates(connection: Connection, id: str, as_of: datetime | None) -> Iterable[date]:
    return (row.date for row in observations.best(connection, SERIES[id], as_of=as_of))


def _points(
    connection: Connection,
    id: str,
    start: date | None = None,
    end: date | None = None,
    as_of: datetime | None = None,
) -> Points:
    series = SERIES[id]
    rows = observations.best(connection, series, start=start, end=end, as_of=as_of)
    return points(observations.in_catalogue_unit(connection, series, rows))


def _level(connection: Connection, on: date, as_of: datetime | None) -> Mapping[str, Observation]:
    level = {}
    for id in position.SERIES_IDS:
        rows = observations.best(connection, SERIES[id], on=(on,), as_of=as_of)
        if rows:
            level[id] = observations.in_catalogue_unit(connection, SERIES[id], rows)[0]
    return level


def _pay_down(connection: Connection, scenario: Scenario, on: date, as_of: datetime | None) -> PayDown:
    if scenario.pay_down is not None:
        return PayDown(scenario.pay_down, measured=False)
    return measured_pay_down(_points(connection, "WSHOMCB", end=on, as_of=as_of), on)


#: Holdings older than this many days before the start are no ladder of it: too many bills were rolled since.
_LADDER_AGE = 14


def _newest(days: Iterable[date], on: date | None) -> date | None:
    return next((day for day in days if on is None or day <= on), None)


def _ladder(
    connection: Connection,
    known: Sequence[date],
    scenario: Scenario,
    on: date,
    bills: int | None,
    known_by: datetime | None = None,
) -> tuple[Ladder, date | None]:
    as_of = _newest(known, on)
    if as_of is None or (on - as_of).days > _LADDER_AGE:
        return AssumedLadder(scenario.coupons_due, scenario.bill_months, bills or 0), None
    first = next(months_from(on, 1))
    return held_ladder(holdings.of(connection, as_of, known_by), on, first, scenario.bill_months), as_of


def _ladders(connection: Connection) -> backtest.Ladders:
    known = holdings.dates(connection)
    return lambda on, bills: _ladder(connection, known, Scenario(), on, bills)[0]


def _yardstick(connection: Connection, unit: AmpleUnit, on: date, as_of: datetime | None) -> Yardstick:
    if unit not in _YARDSTICKS:
        return Yardstick(None)
    known = _points(connection, _YARDSTICKS[unit], end=on, as_of=as_of)
    return Yardstick(int(known.values[-1] * BILLION), known.last) if len(known) else Yardstick(None)


def _past(connection: Connection, start: Start, as_of: datetime | None) -> Mapping[str, Points]:
    """Each line's own series up to the start, in USD billions; a line without a figure has no past."""
    found = {}
    first = date.fromordinal(start.on.toordinal() - _PAST_DAYS)
    for line in _PAST_LINES:
        if (id := start.series.get(line)) is not None:
            of = _points(connection, id, first, start.on, as_of)
            found[line] = of if SERIES[id].unit == BILLIONS else replace(of, values=of.values / 1000)
    return found
