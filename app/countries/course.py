"""The score through time, as it could have been computed then: what rules watch and charts draw.

A score stands on every date of the exchange rate, and uses of each input the latest value that was known when that
date's rate was; a later figure changes no earlier score. (CALCULATIONS 7; without a rate: every date of any input.)
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from app.countries.formula import Formula
from app.countries.indicators import Curve
from app.series.points import Instants, Points

#: More decimals are binary noise, and would put a score of 70 on either side of its mark.
_DECIMALS = 9


def course(formula: Formula, curves: Mapping[str, Curve], rate: Curve) -> Points:
    """The scores, on the dates on which there is one; `oldest` is the oldest input of each."""
    dates, known, assumed = _grid(curves, rate)
    weighted = np.zeros(len(dates))
    available = np.zeros(len(dates))
    oldest = dates.copy()
    for one in formula.inputs:
        of = curves[one.id].points
        place = _latest(of, dates, known)
        there = place >= 0
        if not there.any():
            continue
        at = of.take(np.maximum(place, 0))
        age = (dates - at.oldest).astype(np.int64)
        counts = there & (age <= one.max_age)
        span = float(one.stress - one.calm)
        strain = 100 * np.clip((at.values - float(one.calm)) / span, 0, 1)
        weighted += np.where(counts, float(one.weight) * strain, 0.0)
        available += np.where(counts, float(one.weight), 0.0)
        oldest = np.where(counts, np.minimum(oldest, at.oldest), oldest)
    enough = (available > 0) & (available / float(formula.weight) * 100 >= float(formula.minimum_coverage))
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.round(weighted / available, _DECIMALS)
    return Points(dates, values, known, assumed, oldest).take(enough)


def _grid(curves: Mapping[str, Curve], rate: Curve) -> tuple[NDArray[np.datetime64], Instants, NDArray[np.bool_]]:
    """The dates of the scores, and when each became known."""
    if len(rate.points):
        return rate.points.dates, rate.points.known_from, rate.points.assumed
    every = [curve.points for curve in curves.values() if len(curve.points)]
    if not every:
        return rate.points.dates, rate.points.known_from, rate.points.assumed
    dates = np.unique(np.concatenate([of.dates for of in every]))
    known = np.zeros(len(dates), dtype="datetime64[us]")
    assumed = np.zeros(len(dates), dtype=np.bool_)
    for of in every:
        place = np.searchsorted(dates, of.dates)
        known[place] = np.maximum(known[place], of.known_from)
        assumed[place] |= of.assumed
    return dates, known, assumed


def _latest(of: Points, dates: NDArray[np.datetime64], known: Instants) -> NDArray[np.intp]:
    """The place of the latest value dated by then and known by then; −1 where there is none."""
    place = np.searchsorted(of.dates, dates, side="right") - 1
    while True:
        unknown = (
            (place >= 0) & (of.known_from[np.maximum(place, 0)] > known) if len(of) else np.zeros(len(dates), bool)
        )
        if not unknown.any():
            return place
        place[unknown] -= 1
