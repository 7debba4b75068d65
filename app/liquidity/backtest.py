"""The simulator against what happened: two past run-offs with the caps that were in force, line by line.

A month's simulated level stands for the first Wednesday after its end: by then its maturities have been paid.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import numpy as np

from alerts.finding import Finding
from app.liquidity.caps import BILLION, Into, caps_of
from app.liquidity.ladder import Ladder
from app.liquidity.months import count_between, later, month_of
from app.liquidity.position import Position, Start
from app.liquidity.runoff import PayDown, Yardstick, simulate
from app.liquidity.scenario import Scenario
from app.series.points import Points

#: What is simulated and compared: line -> series in USD millions.
LINES: Mapping[str, str] = {"total_assets": "WALCL", "treasuries": "TREAST", "mbs": "WSHOMCB"}
SERIES_IDS: tuple[str, ...] = (*LINES.values(), "WSHOBL")
_MILLION = 10**6
_YEAR = 12
#: Agency principal where no twelve months tell it: about 9 % a year of turnover and amortisation, without refinancing
#: [our choice; the bank's to set].
DECLARED_PAY_DOWN = Decimal("0.8")
#: Where the rest buys MBS, declines near the caps are the caps, not the principal; below this share they tell it.
_FREE_OF_CAP = 0.6


@dataclass(frozen=True, slots=True)
class Episode:
    """A past run-off: from the Wednesday before its first redemption to the one that the last month is held against."""

    id: str
    start: date
    end: date

    @property
    def months(self) -> int:
        """How many months are simulated."""
        return count_between(month_of(self.start), month_of(self.end))


#: QT1 between the dates of the source document's Table 2; QT2 over all 42 months with caps.
EPISODES: Mapping[str, Episode] = {
    episode.id: episode
    for episode in (
        Episode("QT1", date(2017, 10, 4), date(2019, 9, 4)),
        Episode("QT2", date(2022, 6, 1), date(2025, 12, 3)),
    )
}

#: Makes the ladder of a start from the day and the bills held then in dollars (None: not known).
Ladders = Callable[[date, int | None], Ladder]


@dataclass(frozen=True, slots=True)
class LineError:
    """Simulated less actual: USD billions, the mean of its absolute values, the largest, and at the end; and percent
    of the actual level, in the mean and at the end.
    """

    line: str
    mean_absolute: float
    largest: float
    at_end: float
    mean_percent: float
    end_percent: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """One episode: dates (the start first), simulated and actual levels in USD billions, errors of every line."""

    episode: Episode
    dates: tuple[date, ...]
    simulated: Mapping[str, tuple[float, ...]]
    actual: Mapping[str, tuple[float, ...]]
    errors: tuple[LineError, ...]
    pay_down: PayDown
    has_ladder: bool
    known_from: datetime | None = None  # since when the last of the published figures was known

    def error(self, line: str) -> LineError:
        """The error of a line."""
        return next(error for error in self.errors if error.line == line)


@dataclass(frozen=True, slots=True)
class Fan:
    """Mean absolute error of total assets in percent of the actual level, by months ahead (index 0 is the start).

    Every month of the episodes that had data was a start: `starts` of them.
    """

    percent: tuple[float, ...]
    starts: int


def run(episode: Episode, whole: Mapping[str, Points], ladders: Ladders) -> Backtest | None:
    """The episode simulated and compared; None where a line is missing on one of its dates."""
    found = _compare(episode.start, episode.months, whole, ladders)
    if found is None:
        return None
    dates, simulated, actual, pay_down, has_ladder = found
    errors = tuple(_error(line, simulated[line], actual[line]) for line in LINES)
    return Backtest(
        episode,
        dates,
        {line: tuple(levels) for line, levels in simulated.items()},
        {line: tuple(levels) for line, levels in actual.items()},
        errors,
        pay_down,
        has_ladder,
        _known_from(dates, whole),
    )


def _known_from(dates: Sequence[date], whole: Mapping[str, Points]) -> datetime:
    wanted = np.array(dates, "datetime64[D]")
    found = [whole[id].known_from[np.isin(whole[id].dates, wanted)] for id in LINES.values()]
    last: datetime = np.concatenate(found).max().astype("datetime64[s]").item()
    return last.replace(tzinfo=UTC)


def fan(whole: Mapping[str, Points], ladders: Ladders) -> Fan:
    """The error at every horizon, from a back-test of each month of the episodes to its episode's end."""
    errors: dict[int, list[float]] = {}
    starts = 0
    for episode in EPISODES.values():
        for place in range(episode.months):
            begin = _wednesday(whole["WALCL"], later(month_of(episode.start), place))
            found = _compare(begin, episode.months - place, whole, ladders) if begin is not None else None
            if found is None:
                continue
            starts += 1
            _, simulated, actual, _, _ = found
            for ahead, (guess, truth) in enumerate(zip(simulated["total_assets"], actual["total_assets"], strict=True)):
                errors.setdefault(ahead, []).append(abs(guess - truth) / truth * 100)
    return Fan(tuple(float(np.mean(errors[ahead])) for ahead in sorted(errors)), starts)


def measured_pay_down(mbs: Points, on: date) -> PayDown:
    """Average principal of the twelve months before a day, where the levels tell it; else the declared percentage.

    The levels tell it where principal beyond the cap bought no MBS, or where the declines stayed well below the caps.
    """
    first = later(month_of(on), -_YEAR)
    months = [later(first, place) for place in range(_YEAR)]
    levels = [_level(mbs, month) for month in (*months, month_of(on))]
    declared = PayDown(DECLARED_PAY_DOWN, measured=False)
    known = [level for level in levels if level]
    if len(known) < len(levels):
        return declared
    terms = [caps_of(month) for month in months]
    declines = [before - after for before, after in pairwise(known)]
    bound = [place for place, caps in enumerate(terms) if caps.excess_into is Into.MBS]
    allowed = sum(terms[place].agency for place in bound)
    if any(not terms[place].agency for place in bound):
        return declared
    if bound and sum(declines[place] for place in bound) >= _FREE_OF_CAP * allowed:
        return declared
    average = sum(decline / before for decline, before in zip(declines, known, strict=False)) / _YEAR * 100
    return PayDown(Decimal(repr(round(max(0.0, average), 3))), measured=True)


def answer(tests: Sequence[Backtest]) -> Finding:
    """How wrong the simulator was: backtest.none (no episode has data), backtest.one, backtest.all.

    Percentages are of total assets: the larger mean error, and the larger error at the end.
    """
    if not tests:
        return Finding("backtest.none")
    errors = [test.error("total_assets") for test in tests]
    values = {
        "episode": tests[0].episode.id,
        "percent": max(error.mean_percent for error in errors),
        "end": max(abs(error.end_percent) for error in errors),
    }
    return Finding("backtest.one" if len(tests) < len(EPISODES) else "backtest.all", values)


Compared = tuple[tuple[date, ...], dict[str, list[float]], dict[str, list[float]], PayDown, bool]


def _compare(begin: date, months: int, whole: Mapping[str, Points], ladders: Ladders) -> Compared | None:
    first = month_of(begin)
    dates = [begin, *(_wednesday(whole["WALCL"], later(first, place + 1)) for place in range(months))]
    actual: dict[str, list[float]] = {}
    for line, id in LINES.items():
        levels = [None if day is None else whole[id].at(day) for day in dates]
        known = [level / 1000 for level in levels if level is not None]
        if len(known) < len(dates):
            return None
        actual[line] = known
    start = _start(begin, whole)
    pay_down = measured_pay_down(whole["WSHOMCB"], begin)
    ladder = ladders(begin, start.bills)
    course = simulate(start, Scenario(purchases=Decimal(0)), months, ladder, pay_down, Yardstick(None))
    positions = [start.position, *(month.position for month in course.months)]
    simulated = {line: [getattr(position, line) / BILLION for position in positions] for line in LINES}
    return tuple(day for day in dates if day is not None), simulated, actual, pay_down, course.has_ladder


def _start(on: date, whole: Mapping[str, Points]) -> Start:
    """Assets only: who pays does not touch them, so everything is owed to banks."""
    assets, treasuries, mbs = (int((whole[id].at(on) or 0) * _MILLION) for id in LINES.values())
    bills = whole["WSHOBL"].at(on)
    position = Position(treasuries, mbs, assets - treasuries - mbs, assets, None, None, None, None, 0)
    return Start(on, position, None if bills is None else int(bills * _MILLION), {"reserves": "WALCL"})


def _wednesday(of: Points, month: date) -> date | None:
    """The first date with a figure in the first week of a month."""
    place = int(np.searchsorted(of.dates, np.datetime64(month)))
    if place == len(of.dates):
        return None
    day: date = of.dates[place].item()
    return day if day < month + timedelta(days=7) else None


def _level(of: Points, month: date) -> float | None:
    """Dollars at the first Wednesday of a month."""
    day = _wednesday(of, month)
    value = of.at(day) if day is not None else None
    return None if value is None else value * _MILLION


def _error(line: str, simulated: Sequence[float], actual: Sequence[float]) -> LineError:
    """The start is left out: there the two are equal by construction."""
    guess, truth = np.array(simulated[1:]), np.array(actual[1:])
    error = guess - truth
    share = error / truth * 100
    largest = float(error[np.argmax(np.abs(error))])
    return LineError(
        line,
        float(np.mean(np.abs(error))),
        largest,
        float(error[-1]),
        float(np.mean(np.abs(share))),
        float(share[-1]),
    )
