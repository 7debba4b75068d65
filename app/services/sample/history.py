"""The sample's series: published figures joined by straight lines with a little noise; the same on every machine."""

import random
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

from app.series.catalogue import SERIES
from app.services.sample.courses import (
    History,
    Points,
    between,
    dated,
    every,
    noisy,
    rounded,
    stepped,
    weekdays,
)

#: The sample's "now": Thursday 26 May 2022, 08:31 in Beijing, the morning after the source document's figures.
NOW = datetime(2022, 5, 26, 0, 31, tzinfo=UTC)

FIRST_WEDNESDAY, LAST_WEDNESDAY = date(2008, 1, 2), date(2022, 5, 18)
LAST_DAY, LAST_FIXING = date(2022, 5, 25), date(2022, 5, 24)

#: How far noise may carry a line from its straight course, as a share of its level.
NOISE = {"WDTGAL": 0.08, "WLRRAOL": 0.04, "WALCL": 0.003, "TREAST": 0.001, "WSHOMCB": 0.003, "WLFN": 0.001}
NOISE |= {"DGS10": 0.03, "DTWEXBGS": 0.006, "RESPPLLDO_N": 0.03}
CURRENCY_NOISE = 0.008


def history() -> History:
    """Every series of the sample in its catalogue unit, by date."""
    known = tomllib.loads(files(__package__).joinpath("history.toml").read_text("utf-8"))
    levels = {name: dict(zip(known["dates"], values, strict=True)) for name, values in known["levels"].items()}
    points = {name: dated(values) for name, values in known["points"].items()}
    whole = _balance_sheet(levels, points)
    whole |= _rates({name: dated(values) for name, values in known["steps"].items()}, known["over_iorb"])
    whole |= _markets(levels, points, {name: dated(values) for name, values in known["currencies"].items()})
    return whole


def _balance_sheet(levels: Mapping[str, Points], points: Mapping[str, Points]) -> History:
    """Wednesday levels in USD millions; reserves close the liabilities, nominal notes close the Treasuries."""
    weeks = list(every(FIRST_WEDNESDAY, LAST_WEDNESDAY, 7))
    lines = {name: _millions(name, levels[name], weeks) for name in ("WALCL", "TREAST", "WSHOMCB", "WSHOFADSL")}
    for name, values in points.items():
        lines[name] = _millions(name, values, weeks)
    unlisted = lines.pop("unlisted_liabilities")
    for name in ("RESPPLLDA_N", "WSHONBNL", "WSHOSHO", "WLRRAL", "RESPPMLL_N", "WLODLL", "WRBWFRBL"):
        lines[name] = {}
    for day in weeks:
        of = {name: values.get(day, 0.0) for name, values in lines.items()}
        lines["RESPPLLDA_N"][day] = 0.0
        lines["WSHONBNL"][day] = of["TREAST"] - of["WSHOBL"] - of["WSHONBIIL"] - of["WSHOICL"]
        lines["WSHOSHO"][day] = of["TREAST"] + of["WSHOFADSL"] + of["WSHOMCB"]
        lines["WLRRAL"][day] = of["WLRRAFOIAL"] + of["WLRRAOL"]
        lines["RESPPMLL_N"][day] = of["WALCL"] - of["WCTCL"]
        others = ("WLFN", "WLRRAFOIAL", "WLRRAOL", "WDTGAL", "WDFOL", "RESPPLLDO_N", "RESH4E_N")
        reserves = lines["RESPPMLL_N"][day] - unlisted[day] - sum(of[name] for name in others)
        lines["WLODLL"][day] = lines["WRBWFRBL"][day] = reserves
    # 6,615 of what depository institutions held in January 2008 was service-related, not reserve balances.
    lines["WRBWFRBL"][FIRST_WEDNESDAY] -= 6615.0
    lines["WRESBAL"] = {day: round(value * 1.004) for day, value in lines["WRBWFRBL"].items()}
    lines["WTREGEN"] = {day: round(value * 0.99) for day, value in lines["WDTGAL"].items()}
    return {name: _within(name, values) for name, values in lines.items()}


def _within(name: str, values: Points) -> dict[date, float]:
    """Only the dates on which the release has the line."""
    series = SERIES[name]
    first, last = series.first or date.min, series.last or date.max
    return {day: value for day, value in values.items() if first <= day <= last}


def _rates(steps: Mapping[str, Points], over_iorb: Mapping[str, Mapping[str, float]]) -> History:
    """Policy rates every day, market rates on weekdays, in percent."""
    policy_days = list(every(date(2008, 12, 16), NOW.date(), 1))
    upper, paid = (stepped(steps[name], policy_days) for name in ("DFEDTARU", "IORB"))
    splice = date(2021, 7, 29)
    whole: History = {
        "DFEDTARU": upper,
        "DFEDTARL": {day: round(value - 0.25, 2) for day, value in upper.items()},
        "IOER": {day: value for day, value in paid.items() if day < splice},
        "IORB": {day: value for day, value in paid.items() if day >= splice},
        # the facility opened with IORB and asks at least the top of the range
        "SRF_RATE": {day: value for day, value in upper.items() if day >= splice and day.weekday() < 5},
        "RRPONTSYAWARD": stepped(steps["RRPONTSYAWARD"], list(weekdays(date(2013, 9, 23), LAST_DAY))),
    }
    for name, given in over_iorb.items():
        spread = dated(given)
        noise = random.Random(name)  # noqa: S311 (noise for a chart, not a secret)
        days = list(weekdays(min(spread), LAST_FIXING))
        whole[name] = {
            day: max(0.01, round(paid[day] + (bp + _quarter_end(day) + noise.choice((-1, 0, 0, 0, 1))) / 100, 2))
            for day, bp in between(spread, days).items()
        }
    return whole


def _markets(levels: Mapping[str, Points], points: Mapping[str, Points], currencies: Mapping[str, Points]) -> History:
    """Daily, weekly, monthly and quarterly series beside the balance sheet."""
    daily = list(weekdays(FIRST_WEDNESDAY, LAST_FIXING))
    overnight = list(weekdays(date(2013, 9, 23), LAST_DAY))
    weekly = list(every(FIRST_WEDNESDAY, date(2022, 5, 11), 7))
    months = [date(year, month, 1) for year in range(2008, 2023) for month in range(1, 13)]
    whole = {
        "DGS10": rounded(noisy("DGS10", levels["DGS10"], daily, NOISE["DGS10"]), 2),
        "DTWEXBGS": rounded(noisy("DTWEXBGS", levels["DTWEXBGS"], daily[:-2], NOISE["DTWEXBGS"]), 4),
        "RRPONTSYD": rounded(noisy("WLRRAOL", points["WLRRAOL"], overnight, NOISE["WLRRAOL"]), 3),
        "TOTBKCR": rounded(between(levels["TOTBKCR"], weekly), 1),
        "TOTLL": rounded(between(levels["TOTLL"], weekly), 1),
        "M2SL": rounded(between(_from_the_year(levels["M2SL"]), [day for day in months if day <= date(2022, 4, 1)]), 1),
        "BOGMBASE": rounded(
            between(_from_the_year(levels["BOGMBASE"]), [day for day in months if day <= date(2022, 4, 1)]), 1
        ),
        "GDP": rounded(
            between(_from_the_year(levels["GDP"]), [d for d in months if d.month % 3 == 1 and d <= date(2022, 1, 1)]), 1
        ),
    }
    for code, values in currencies.items():
        days = list(weekdays(min(values), LAST_DAY))
        settled = date(2022, 4, 27)  # from here on as written
        course = noisy(f"FX_{code}", values, [day for day in days if day < settled], CURRENCY_NOISE)
        course |= between(values, [day for day in days if day >= settled])
        whole[f"FX_{code}"] = rounded(course, 4)
    return whole


def _from_the_year(points: Points) -> Points:
    """Figures of months and quarters are dated by their first day, the day before the first Wednesday."""
    return {date(2008, 1, 1): points[FIRST_WEDNESDAY], **points}


def _millions(name: str, billions: Points, days: list[date]) -> dict[date, float]:
    course = noisy(name, billions, days, NOISE.get(name, 0.0))
    return {day: float(round(value * 1000)) for day, value in course.items()}


def _quarter_end(day: date) -> int:
    """Basis points by which market rates rise on the last weekday of a quarter."""
    following = day + timedelta(days=3 if day.weekday() == 4 else 1)
    return 4 if day.month % 3 == 0 and following.month != day.month else 0
