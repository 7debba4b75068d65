"""The rate corridor: money-market rates in basis points against interest on reserve balances."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from alerts.finding import Finding
from app.liquidity.overview import Corridor, Spread
from app.series.points import Points

IDS: tuple[str, ...] = ("SOFR_IORB", "EFFR_IORB", "BOTTOM_IORB", "TOP_IORB", "IORB")
#: SOFR above IORB for so many observations is firmness, not a quarter-end (ALERTS.md 2.2, rule L1).
FIRM_FOR = 5


def build(whole: Mapping[str, Points]) -> Corridor:
    """The corridor from the points of IDS."""
    sofr, effr = whole["SOFR_IORB"], whole["EFFR_IORB"]
    bottom, top, iorb = whole["BOTTOM_IORB"], whole["TOP_IORB"], whole["IORB"]
    ends = [last for last in (sofr.last, effr.last) if last is not None]
    return Corridor(
        _answer(sofr, effr, bottom, top),
        (_spread("sofr", sofr), _spread("effr", effr)),
        _spread("lower", bottom),
        _spread("upper", top),
        float(iorb.values[-1]) if len(iorb) else None,
        _quarter_ends(sofr.dates[0].item(), ends) if len(sofr) else (),
        min(ends, default=None),
    )


def _answer(sofr: Points, effr: Points, bottom: Points, top: Points) -> Finding:
    """Cases: corridor.no_data, broken_above, broken_below (EFFR outside the range), repo_above (SOFR above its top),
    firm (SOFR above IORB for FIRM_FOR observations), holding.
    """
    names = {"SOFR": sofr, "EFFR": effr, "target_range": top, "IORB": sofr if len(effr) == 0 else effr}
    if missing := tuple(name for name, part in names.items() if not len(part)):
        return Finding("corridor.no_data", {"missing": missing})
    assert sofr.last is not None
    assert effr.last is not None
    low, high = bottom.at(effr.last), top.at(effr.last)
    roof = top.at(sofr.last)
    if low is None or high is None or roof is None:
        return Finding("corridor.no_data", {"missing": ("target_range",)})
    now_sofr, now_effr = float(sofr.values[-1]), float(effr.values[-1])
    values = {"sofr": now_sofr, "effr": now_effr, "lower": low, "upper": high, "date": min(sofr.last, effr.last)}
    if now_effr > high:
        return Finding("corridor.broken_above", values)
    if now_effr < low:
        return Finding("corridor.broken_below", values)
    if now_sofr > roof:
        return Finding("corridor.repo_above", values)
    recent = sofr.values[-FIRM_FOR:]
    if len(recent) == FIRM_FOR and bool(np.all(recent > 0)):
        return Finding("corridor.firm", values | {"observations": FIRM_FOR})
    return Finding("corridor.holding", values)


def _spread(id: str, of: Points) -> Spread:
    return Spread(id, of.dates, of.values)


def _quarter_ends(start: date, ends: list[date]) -> tuple[date, ...]:
    days = (date(year, month, day) for year in range(start.year, max(ends).year + 1) for month, day in _QUARTERS)
    return tuple(day for day in days if start <= day <= max(ends))


_QUARTERS = ((3, 31), (6, 30), (9, 30), (12, 31))
