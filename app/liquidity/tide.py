"""Is the tide going out? The direction of the Fed's assets, and what the next drain would hit."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import numpy as np

from alerts.finding import Finding
from app.liquidity.overview import Tide, Tile
from app.series.catalogue import BILLIONS, SERIES
from app.series.points import Points

#: Candidates for reserves: the Wednesday levels, then the week average; the one with the latest figure is named.
_RESERVES = ("WRBWFRBL", "WLODLL", "WRESBAL")
IDS: tuple[str, ...] = ("WALCL", *_RESERVES, "RRPONTSYD", "SOFR", "IORB", "SOFR_IORB", "GDP")
STALE_BY: tuple[str, ...] = ("WALCL", *_RESERVES, "RRPONTSYD", "SOFR_IORB")

WEEKS = 4
#: Assets that move less than this in four weeks stand still, in percent [our choice: the slowest run-off, 25 bn a
#: month of 6,700, was 0.37 %].
SLACK_PERCENT = 0.25
#: ON RRP below this, in USD billions, is no buffer any more (ALERTS.md 2.2, rule L7).
EMPTY_BILLIONS = 100.0
_AVERAGE_OVER = 20
#: Months in which the Fed let its holdings run off: caps from October 2017 and from June 2022 (qt_caps.csv).
RUNOFFS: tuple[tuple[date, date], ...] = (
    (date(2017, 10, 1), date(2019, 7, 31)),
    (date(2022, 6, 1), date(2025, 11, 30)),
)


class Direction(StrEnum):
    """How the assets moved in four weeks."""

    EBB = "ebb"
    SLACK = "slack"
    FLOOD = "flood"


class Buffer(StrEnum):
    """What stands between a drain and reserves."""

    EMPTY = "empty"
    FULL = "full"
    UNKNOWN = "unknown"


def build(whole: Mapping[str, Points], stale: Mapping[str, bool]) -> Tide:
    """The card, from the points of IDS in catalogue units and whether each id of STALE_BY is behind its calendar."""
    reserves = _reserves(whole)
    tiles = (
        _level("total_assets", "WALCL", whole, stale),
        _level("reserves", reserves, whole, stale),
        _on_rrp(whole, stale),
        _spread(whole, stale),
    )
    return Tide(_answer(tiles[0], tiles[2]), tiles, ("WALCL", reserves, "RRPONTSYD"), RUNOFFS)


def _answer(assets: Tile, on_rrp: Tile) -> Finding:
    """Cases: tide.no_data, and tide.<direction>_<buffer>."""
    if assets.value is None or assets.change is None:
        return Finding("tide.no_data", {"missing": ("total_assets",)})
    before = assets.value - assets.change
    percent = assets.change / before * 100 if before else 0.0
    direction = Direction.SLACK if abs(percent) < SLACK_PERCENT else Direction.EBB if percent < 0 else Direction.FLOOD
    buffer = Buffer.UNKNOWN if on_rrp.value is None else Buffer.EMPTY if on_rrp.value < EMPTY_BILLIONS else Buffer.FULL
    values = {"change": assets.change, "percent": percent, "weeks": WEEKS, "on_rrp": on_rrp.value, "date": assets.date}
    return Finding(f"tide.{direction}_{buffer}", values)


def _reserves(whole: Mapping[str, Points]) -> str:
    latest = {id: last for id in _RESERVES if (last := whole[id].last) is not None}
    # max keeps the first of equals, so a Wednesday level goes before the average of the same week.
    return max(latest, key=lambda id: latest[id]) if latest else _RESERVES[-1]


def _level(tile: str, id: str, whole: Mapping[str, Points], stale: Mapping[str, bool]) -> Tile:
    of = whole[id]
    if not len(of):
        return Tile(tile, id, None, BILLIONS, None, None, WEEKS, stale[id], Finding("tile.no_data", {"series": id}))
    scale = 1 if SERIES[id].unit == BILLIONS else 1000
    value = float(of.values[-1]) / scale
    change = float(of.values[-1] - of.values[-1 - WEEKS]) / scale if len(of) > WEEKS else None
    values = {"change": change, "weeks": WEEKS}
    note = Finding("tile.change", values) if change is not None else None
    gdp = whole["GDP"]
    if tile == "reserves" and change is not None and len(gdp):
        note = Finding("tile.change_gdp", values | {"share": value / float(gdp.values[-1]) * 100, "series": id})
    return Tile(tile, id, value, BILLIONS, of.last, change, WEEKS, stale[id], note)


def _on_rrp(whole: Mapping[str, Points], stale: Mapping[str, bool]) -> Tile:
    id = "RRPONTSYD"
    of = whole[id]
    if not len(of):
        return Tile("on_rrp", id, None, BILLIONS, None, None, 1, stale[id], Finding("tile.no_data", {"series": id}))
    peak = int(np.argmax(of.values))
    note = Finding("tile.peak", {"peak": float(of.values[peak]), "date": of.dates[peak].item()})
    change = float(of.values[-1] - of.values[-2]) if len(of) > 1 else None
    return Tile("on_rrp", id, float(of.values[-1]), BILLIONS, of.last, change, 1, stale[id], note)


def _spread(whole: Mapping[str, Points], stale: Mapping[str, bool]) -> Tile:
    id, unit = "SOFR_IORB", "bp"
    of = whole[id]
    if not len(of):
        return Tile("sofr_iorb", id, None, unit, None, None, 1, stale[id], Finding("tile.no_data", {"series": id}))
    recent = of.values[-_AVERAGE_OVER:]
    note = Finding("tile.average", {"average": float(np.mean(recent)), "observations": len(recent)})
    change = float(of.values[-1] - of.values[-2]) if len(of) > 1 else None
    return Tile("sofr_iorb", id, float(of.values[-1]), unit, of.last, change, 1, stale[id], note)
