"""What the program knows of each country or region: which series carries what, and the score's inputs from them.

A curve is a series or a figure computed from series, as columns: value, since when it was known, and the oldest date
of what it was computed from, which is what its age is counted from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from app.series.catalogue import SERIES
from app.series.points import Points, Values, points

#: What is known of a country: the beginnings of the series' ids, the first that has data counts (`country_series`).
PREFIXES: Mapping[str, tuple[str, ...]] = {
    "reserves": ("RESERVES", "RESERVES_YEAR"),
    "import_cover": ("IMPORT_COVER",),
    "short_debt": ("STDEBT_RESERVES",),
    "policy_rate": ("POLICY_RATE",),
    "cpi": ("CPI",),
    "external_debt": ("EXTERNAL_DEBT_GNI",),
    "current_account": ("CURRENT_ACCOUNT",),
    "spread": ("SPREAD",),
    "premium": ("PARALLEL_PREMIUM",),
    "gdp": ("GDP",),
    "foreign_claims": ("FOREIGN_CLAIMS",),
}
#: Observations over which a currency is followed (CALCULATIONS 1.3): a week, a month, a year of trading.
SHORT, LONG, YEAR = 5, 20, 250
#: A crash [S: Frankel and Rose 1996]: a dollar rise over a year of at least 25 %, 10 points above the year before.
CRASH, CRASH_MORE = 25.0, 10.0
_MONTHS = 12


def series_of(country: str, concept: str) -> tuple[str, ...]:
    """The catalogued series that can carry a concept of a country, the best first; "fx" is its exchange rate."""
    if concept == "fx":
        return (_CURRENCIES[country],) if country in _CURRENCIES else ()
    ids = (f"{prefix}_{country}" for prefix in PREFIXES[concept])
    return tuple(id for id in ids if id in SERIES)


def covered() -> tuple[str, ...]:
    """Every country or region of which the catalogue has a series, in its order."""
    return tuple(dict.fromkeys(series.country for series in SERIES.values() if series.country is not None))


def wanted(country: str) -> tuple[str, ...]:
    """Every series about a country."""
    return tuple(id for concept in ("fx", *PREFIXES) for id in series_of(country, concept))


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A figure through time and the series it rests on (empty where nothing is known)."""

    points: Points
    series: tuple[str, ...] = ()

    def at(self, on: date) -> int | None:
        """The place of the latest value dated on or before a day."""
        place = int(np.searchsorted(self.points.dates, np.datetime64(on), side="right")) - 1
        return place if place >= 0 else None


def plain(country: str, concept: str, known: Mapping[str, Points]) -> Curve:
    """A concept of a country as it is published."""
    for id in series_of(country, concept):
        if id in known and len(known[id]):
            return Curve(known[id], (id,))
    return Curve(points(()))


def curves(country: str, known: Mapping[str, Points]) -> dict[str, Curve]:
    """Every input of the score (`app.countries.formula.INPUTS`), from the points of `wanted(country)`."""
    rate = plain(country, "fx", known)
    reserves, short = plain(country, "reserves", known), plain(country, "short_debt", known)
    policy, cpi = plain(country, "policy_rate", known), plain(country, "cpi", known)
    return {
        "fx_250": dollar_rise(rate, YEAR),
        "fx_20": dollar_rise(rate, LONG),
        "reserves_change": year_change(reserves),
        "import_cover": plain(country, "import_cover", known),
        "reserves_debt": _each(short, lambda percent: 100 / percent * 100),  # published as debt over reserves
        "current_account": plain(country, "current_account", known),
        "cpi": cpi,
        "real_rate": difference(policy, cpi),
        "external_debt": plain(country, "external_debt", known),
        "spread": plain(country, "spread", known),
    }


def dollar_rise(rate: Curve, over: int) -> Curve:
    """The dollar's rise d = s(t)/s(t−n) − 1 in percent, s being local units for one dollar; plus: the dollar rose."""
    return _moved(rate, over, lambda now, then: now / then - 1)


def value_change(rate: Curve, over: int) -> Curve:
    """The change in value v = s(t−n)/s(t) − 1 in percent; minus: the currency is weaker."""
    return _moved(rate, over, lambda now, then: then / now - 1)


def crashing(rate: Curve) -> Curve:
    """1 where the currency crashes (E1), else 0: d over a year ≥ 25 %, and at least 10 points above the year before."""
    rises = dollar_rise(rate, YEAR)
    of = rises.points
    now, before = of.take(slice(YEAR, None)), of.take(slice(None, max(len(of) - YEAR, 0)))
    hit = (now.values >= CRASH) & (now.values - before.values >= CRASH_MORE)
    return Curve(_with(now, hit.astype(np.float64)), rises.series)


def crash_since(rate: Curve) -> date | None:
    """The first day of the crash that holds on the last day; None where none does."""
    flags = crashing(rate).points
    if not len(flags) or not flags.values[-1]:
        return None
    calm = np.flatnonzero(flags.values == 0)
    first: date = flags.dates[int(calm[-1]) + 1 if len(calm) else 0].item()
    return first


def volatility(rate: Curve) -> float | None:
    """The standard deviation of the last 20 daily changes of the logarithm, in % a year of 250 days."""
    values = rate.points.values
    if len(values) <= LONG:
        return None
    steps = np.diff(np.log(values[-LONG - 1 :]))
    return float(np.std(steps, ddof=1) * np.sqrt(YEAR) * 100)


def difference(first: Curve, second: Curve) -> Curve:
    """The first less the second, both at their latest, on every date of either once both are there."""
    return _together(first, second, lambda left, right: left - right)


def year_change(of: Curve) -> Curve:
    """The change from the same month a year earlier in percent, at the last observation of each month."""
    found = of.points
    months = found.dates.astype("datetime64[M]")
    last = np.flatnonzero(np.r_[months[1:] != months[:-1], True]) if len(months) else np.array([], dtype=np.intp)
    ends = found.take(last)
    month = months[last]
    place = np.searchsorted(month, month - _MONTHS)
    there = np.flatnonzero((place < len(month)) & (month[np.minimum(place, len(month) - 1)] == month - _MONTHS))
    now, then = ends.take(there), ends.take(place[there])
    with np.errstate(divide="ignore", invalid="ignore"):
        values = (now.values / then.values - 1) * 100
    # dated by its own observation: the earlier one is the window's start, not an older input
    whole = Points(now.dates, values, np.maximum(now.known_from, then.known_from), now.assumed, now.oldest)
    return Curve(whole.take(np.isfinite(values)), of.series)


def _moved(rate: Curve, over: int, formula: Callable[[Values, Values], Values]) -> Curve:
    of = rate.points
    now, then = of.take(slice(over, None)), of.take(slice(None, max(len(of) - over, 0)))
    with np.errstate(divide="ignore", invalid="ignore"):
        values = formula(now.values, then.values) * 100
    whole = Points(now.dates, values, np.maximum(now.known_from, then.known_from), now.assumed, now.oldest)
    return Curve(whole.take(np.isfinite(values)), rate.series)


def _each(of: Curve, formula: Callable[[Values], Values]) -> Curve:
    with np.errstate(divide="ignore", invalid="ignore"):
        values = formula(of.points.values)
    return Curve(_with(of.points, values).take(np.isfinite(values)), of.series)


def _together(first: Curve, second: Curve, formula: Callable[[Values, Values], Values]) -> Curve:
    """Both at their latest, on every date of either once both are there."""
    a, b = first.points, second.points
    if not len(a) or not len(b):
        return Curve(points(()), (*first.series, *second.series))
    dates = np.union1d(a.dates, b.dates)
    dates = dates[dates >= max(a.dates[0], b.dates[0])]
    left = a.take(np.searchsorted(a.dates, dates, side="right") - 1)
    right = b.take(np.searchsorted(b.dates, dates, side="right") - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = formula(left.values, right.values)
    whole = Points(
        dates,
        values,
        np.maximum(left.known_from, right.known_from),
        left.assumed | right.assumed,
        np.minimum(left.oldest, right.oldest),
    )
    return Curve(whole.take(np.isfinite(values)), (*first.series, *second.series))


def _with(of: Points, values: Values) -> Points:
    return Points(of.dates, values, of.known_from, of.assumed, of.oldest)


def known_by(of: Points, instant: datetime) -> Points:
    """What was known of a series at an instant."""
    return of.take(of.known_from <= np.datetime64(instant.replace(tzinfo=None), "us"))


#: The exchange rate of each country.
_CURRENCIES: Mapping[str, str] = {
    series.country: series.id
    for series in SERIES.values()
    if series.country is not None and series.id.startswith("FX_")
}
