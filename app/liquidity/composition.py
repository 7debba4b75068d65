"""What a side of the balance sheet is made of, week by week: the lines with a long history, and the explicit rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from alerts.finding import Finding
from app.liquidity.overview import Composition, Dates, Layer, Values
from app.liquidity.statement import Side
from app.series.catalogue import BILLIONS, SERIES
from app.series.points import Points

#: A line is drawn by the first of its series that covers this part of the weeks; otherwise it is in the rest.
_COVERAGE = 0.9
#: The New York Fed's overnight facility began on this day; no figure before it is no gap.
_ON_RRP_BEGAN = np.datetime64("2013-09-23")
#: A daily figure may stand for a Wednesday without one (a holiday) for this long.
_CARRY = np.timedelta64(6, "D")


@dataclass(frozen=True, slots=True)
class _Band:
    id: str
    series: tuple[str, ...]
    needed: bool = False  # without it the side has no answer


_BANDS: Mapping[Side, tuple[_Band, ...]] = {
    Side.ASSETS: (_Band("treasuries", ("TREAST",), needed=True), _Band("mbs", ("WSHOMCB",), needed=True)),
    Side.LIABILITIES: (
        _Band("notes", ("WLFN",)),
        _Band("tga", ("WDTGAL", "WTREGEN")),
        _Band("reserves", ("WRBWFRBL", "WLODLL", "WRESBAL"), needed=True),
        _Band("on_rrp", ("WLRRAOL", "RRPONTSYD"), needed=True),
    ),
}

SERIES_IDS: Mapping[Side, tuple[str, ...]] = {
    side: ("WALCL", *(id for band in bands for id in band.series)) for side, bands in _BANDS.items()
}


def build(side: Side, whole: Mapping[str, Points]) -> Composition:
    """The stack of one side in USD billions, from the points of SERIES_IDS[side] in catalogue units.

    Cases: composition.assets, composition.liabilities (their latest shares), composition.no_data (what is missing).
    """
    assets = whole["WALCL"]
    total = _billions("WALCL", assets.values)
    layers: list[Layer] = []
    missing: list[str] = [] if len(assets) else ["total_assets"]
    for band in _BANDS[side]:
        layer = next((layer for id in band.series if (layer := _layer(band, id, whole[id], assets.dates))), None)
        if layer is not None:
            layers.append(layer)
        elif band.needed:
            missing.append(band.id)
    shown = np.logical_and.reduce([np.isfinite(total), *(np.isfinite(layer.values) for layer in layers)])
    dates, total = assets.dates[shown], total[shown]
    layers = [Layer(layer.id, layer.series, layer.values[shown]) for layer in layers]
    rest = total - np.sum([layer.values for layer in layers], axis=0) if layers else total
    finding = (
        _answer(side, dates[-1].item(), layers, rest, total)
        if not missing and len(dates)
        else Finding("composition.no_data", {"missing": tuple(missing) or ("total_assets",)})
    )
    averaged = any(id in ("WRESBAL", "WTREGEN") for layer in layers for id in layer.series)
    notes = (Finding("note.week_average"),) if averaged else ()
    return Composition(side, finding, dates, (Layer("rest", (), rest), *layers), total, notes)


def _billions(id: str, values: Values) -> Values:
    return values if SERIES[id].unit == BILLIONS else values / 1000


def _layer(band: _Band, id: str, of: Points, dates: Dates) -> Layer | None:
    """The series on the weeks' dates, or None where it covers too few of them."""
    if not len(of) or not len(dates):
        return None
    if SERIES[id].frequency == "daily":
        index = np.searchsorted(of.dates, dates, side="right") - 1
        found = (index >= 0) & (dates - of.dates[np.maximum(index, 0)] <= _CARRY)
    else:
        index = np.searchsorted(of.dates, dates)
        found = (index < len(of)) & (of.dates[np.minimum(index, len(of) - 1)] == dates)
    index = np.clip(index, 0, len(of) - 1)
    values = np.where(found, _billions(id, of.values)[index], np.nan)
    if band.id == "on_rrp":
        values = np.where(~found & (dates < _ON_RRP_BEGAN), 0.0, values)
    return Layer(band.id, (id,), values) if np.isfinite(values).mean() >= _COVERAGE else None


def _answer(side: Side, on: date, layers: list[Layer], rest: Values, total: Values) -> Finding:
    shares = {layer.id: float(layer.values[-1] / total[-1] * 100) for layer in layers}
    named = ("treasuries", "mbs") if side is Side.ASSETS else ("reserves", "on_rrp")
    values = {id: shares[id] for id in named}
    return Finding(f"composition.{side}", {"date": on, **values, "rest": 100 - sum(values.values())})
