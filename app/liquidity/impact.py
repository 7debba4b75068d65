"""What the tide did outside the Fed: the source document's figures beside today's data, the difference explained (M10).

Growth is per year, compounded. A spread is the US 10-year yield less another's, in percentage points; where both are
daily the month's average is compared, because the document prints months.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from alerts.finding import Finding
from app.liquidity import document, measures
from app.liquidity.measures import Measure
from app.liquidity.tracks import Track
from app.series.catalogue import SERIES

#: Foreign 10-year yields: the daily one first, then the month average of FRED.
_FOREIGN = {
    "us_jp": ("YIELD_10Y_JP", "IRLTLT01JPM156N"),
    "us_ea": ("YIELD_10Y_EURO", "IRLTLT01EZM156N"),
    "us_cn": ("YIELD_10Y_CN",),
}
#: A value may be so many days older than the date of the document.
_WITHIN = 10
#: The document rounds to two decimals, spreads to one: so far apart are two figures that are still the same.
_SAME = {"money_multiplier": 0.005, "us_jp": 0.05, "us_ea": 0.05}
_SAME_ELSE = 0.005
_YEAR_DAYS = 365.25
#: The foreign inflow is judged over the document's span.
_FLOWS = "TIC_LONG_TERM_NET"

IDS: tuple[str, ...] = tuple(
    id
    for id in (
        "M2_BASE",
        "WALCL",
        "GDP",
        "TOTBKCR",
        "TOTLL",
        "WRESBAL",
        "DGS10",
        *(id for ids in _FOREIGN.values() for id in ids),
        "BAMLEMCBPIOAS",
        _FLOWS,
        "DTWEXBGS",
        "SP500",
        "NASDAQCOM",
        "VIXCLS",
    )
    if id == "M2_BASE" or id in SERIES
)


@dataclass(frozen=True, slots=True)
class Impact:
    """All rows, and the answers of the three questions: was it lent on, do yields pull, who is right."""

    measures: tuple[Measure, ...]
    lending: Finding
    yields: Finding
    finding: Finding
    multiplier: Track
    spreads: tuple[Track, ...]

    def measure(self, id: str) -> Measure:
        """The row with that id."""
        return next(measure for measure in self.measures if measure.id == id)


def build(whole: Mapping[str, Track]) -> Impact:
    """The rows and answers from the tracks of IDS (those that the catalogue has)."""
    spreads = {id: _spread(id, ids, whole) for id, ids in _FOREIGN.items()}
    rows = (
        _ends("money_multiplier", "ratio", whole["M2_BASE"], _daily),
        _growth("bank_credit_growth", whole["TOTBKCR"]),
        _growth("loan_growth", whole["TOTLL"]),
        _growth("reserve_growth", whole["WRESBAL"]),
        _ends("assets_gdp", "percent", gdp_share(whole["WALCL"], whole["GDP"]), _daily),
        *(_ends(id, "percentage points", spread, _monthly) for id, spread in spreads.items()),
        *(
            _plain(id, whole.get(series), series, unit)
            for id, series, unit in (
                ("em_spread", "BAMLEMCBPIOAS", "percent"),
                ("dollar", "DTWEXBGS", "index"),
                ("equities", "SP500", "index"),
                ("growth_equities", "NASDAQCOM", "index"),
                ("volatility", "VIXCLS", "index"),
            )
        ),
        _flows(whole.get(_FLOWS)),
    )
    return Impact(
        rows,
        measures.lending(rows),
        measures.yields(rows),
        measures.answer(rows),
        whole["M2_BASE"],
        tuple(spreads.values()),
    )


def gdp_share(level: Track, gdp: Track) -> Track:
    """A level in USD millions in percent of the GDP (USD billions a year) of the quarter in which each date lies.

    Dates after the last quarter that is out are left out: another quarter's GDP would be another figure.
    """
    if not len(gdp) or not len(level):
        return level.take(np.zeros(len(level), bool))
    place = np.searchsorted(gdp.dates, level.dates, side="right") - 1
    inside = (
        (place >= 0)
        & (gdp.values[np.maximum(place, 0)] > 0)
        & (level.dates < gdp.dates[np.maximum(place, 0)] + np.timedelta64(92, "D"))
    )
    kept, place = level.take(inside), place[inside]
    values = kept.values / 1000 / gdp.values[place] * 100
    known = np.maximum(kept.known_from, gdp.known_from[place])
    return Track(f"{level.id}_GDP", "percent", kept.dates, values, known, f"{level.source} / {gdp.source}")


def _spread(id: str, others: tuple[str, ...], whole: Mapping[str, Track]) -> Track:
    """The US yield less the first other that has data, in percentage points: by day, or by month's average."""
    other = next((whole[one] for one in others if one in whole and len(whole[one])), None)
    ours = whole["DGS10"]
    empty = ours.take(np.zeros(len(ours), bool))
    if other is None or not len(ours):
        return Track(id, "percentage points", empty.dates, empty.values, empty.known_from)
    if SERIES[other.id].frequency == "monthly":
        ours = month_average(ours)
    _, left, right = np.intersect1d(ours.dates, other.dates, assume_unique=True, return_indices=True)
    return Track(
        id,
        "percentage points",
        ours.dates[left],
        np.round(ours.values[left] - other.values[right], 6),
        np.maximum(ours.known_from[left], other.known_from[right]),
        f"{ours.source} less {other.source}",
    )


def month_average(of: Track) -> Track:
    """The average of each month's values, dated by its first day; known since the last of them was."""
    months = of.dates.astype("datetime64[M]")
    starts = np.flatnonzero(np.diff(months, prepend=np.datetime64("0001-01", "M")).astype(int) != 0)
    if not len(starts):
        return of
    counts = np.diff(np.append(starts, len(of)))
    values = np.add.reduceat(of.values, starts) / counts
    known = np.maximum.reduceat(of.known_from, starts)
    return Track(of.id, of.unit, months[starts].astype("datetime64[D]"), values, known, of.source)


def _daily(of: Track, day: date) -> float | None:
    return of.at(day, _WITHIN)


def _monthly(of: Track, day: date) -> float | None:
    return month_average(of).at(day.replace(day=1))


def _ends(id: str, unit: str, of: Track, read: Callable[[Track, date], float | None]) -> Measure:
    printed = _printed(id)
    first = second = None
    if printed is not None:
        first, second = read(of, printed.start), read(of, printed.end)
    reason = _missing(id, of) or _differs(id, printed, (first, second))
    return _measure(id, unit, printed, first, second, None, of, of.latest, reason)


def _growth(id: str, of: Track) -> Measure:
    """Percent a year over the document's span, and over the last 52 weeks."""
    printed = _printed(id) or document.figure("loan_growth")
    first, second = of.at(printed.start, _WITHIN), of.at(printed.end, _WITHIN)
    value = None
    if first and second:
        years = (printed.end - printed.start).days / _YEAR_DAYS
        value = ((second / first) ** (1 / years) - 1) * 100
    latest = None
    if of.last is not None and of.latest is not None:
        before = of.at((of.dates[-1] - np.timedelta64(364, "D")).item(), within=7)
        latest = (of.latest / before - 1) * 100 if before else None
    known = _printed(id)
    reason = _missing(id, of) or _differs(id, known, (value,))
    return _measure(id, "percent a year", known, None, None, value, of, latest, reason)


def _plain(id: str, of: Track | None, series: str, unit: str) -> Measure:
    """A figure of which the document prints no number."""
    if of is None:
        return Measure(
            id, unit, None, None, None, None, None, None, "", None, Finding("impact.not_carried", {"series": series})
        )
    return _measure(id, unit, None, None, None, None, of, of.latest, _missing(id, of))


def _flows(of: Track | None) -> Measure:
    """Foreigners' net purchases over the document's span, in USD billions; the latest is the sum of twelve months."""
    id, unit, printed = "foreign_inflow", "USD billions", document.figure("foreign_inflow")
    if of is None:
        reason = Finding("impact.not_carried", {"series": _FLOWS})
        return Measure(id, unit, printed, None, None, None, None, None, "", None, reason)
    inside = (of.dates >= np.datetime64(printed.start)) & (of.dates <= np.datetime64(printed.end) + 31)
    months = int(inside.sum())
    value = float(of.values[inside].sum()) / 1000 if months >= 15 else None
    latest = float(of.values[-12:].sum()) / 1000 if len(of) >= 12 else None
    if value is not None:
        reason = Finding("impact.inflow_lines")
    else:
        reason = _missing(id, of) or Finding(
            "impact.span", {"start": printed.start, "end": printed.end, "series": of.id}
        )
    return _measure(id, unit, printed, None, None, value, of, latest, reason)


def _measure(
    id: str,
    unit: str,
    printed: document.Figure | None,
    first: float | None,
    second: float | None,
    value: float | None,
    of: Track,
    latest: float | None,
    reason: Finding | None,
) -> Measure:
    known = of.known(-1).isoformat() + "Z" if len(of) else None
    return Measure(id, unit, printed, first, second, value, latest, of.last, of.source, known, reason)


def _printed(id: str) -> document.Figure | None:
    return next((figure for figure in document.figures() if figure.id == id), None)


def _missing(id: str, of: Track) -> Finding | None:
    if len(of):
        return None
    if id == "us_cn":
        return Finding("impact.no_free_source", {"series": _FOREIGN["us_cn"][0]})
    return Finding("impact.no_data", {"series": _FOREIGN.get(id, (of.id,))[0]})


def _differs(id: str, printed: document.Figure | None, ours: tuple[float | None, ...]) -> Finding | None:
    """Cases: impact.span (no data on the document's dates), .same, .erratum, and .<id>: why this figure differs."""
    if printed is None:
        return None
    said = (printed.value,) if printed.value is not None else (printed.first, printed.second)
    if any(one is None for one in ours):
        return Finding("impact.span", {"start": printed.start, "end": printed.end, "series": id})
    slack = _SAME.get(id, _SAME_ELSE) + 1e-9
    if all(abs(float(a or 0) - float(b or 0)) <= slack for a, b in zip(said, ours, strict=True)):
        return Finding("impact.same")
    if printed.errata and id not in _FOREIGN:
        return Finding(f"erratum.{printed.errata[0]}")
    return Finding(f"impact.{'yields' if id in _FOREIGN else id}")
