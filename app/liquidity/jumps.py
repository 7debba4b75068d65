"""SOFR's move from one day to the next, without the part that the Federal Reserve decided itself."""

import numpy as np

from alerts.metric import Metric, Readings

SOFR_JUMP = Metric("SOFR_JUMP", "basis points")


def sofr_jump(sofr: Readings, top: Readings) -> Readings:
    """ΔSOFR over one observation less the change of the target range's top over the same days, in basis points.

    Both arguments in percent. Where the top is not known on both days the raw change stands: the policy date is
    unknown then, and it is better to hear of a move than not.
    """
    known = ~np.isnan(sofr.values)
    dates, rates = sofr.dates[known], sofr.values[known]
    decided = np.full(len(dates), np.nan)
    _, here, there = np.intersect1d(dates, top.dates, assume_unique=True, return_indices=True)
    decided[here] = top.values[there]
    moves = np.diff(rates) - np.nan_to_num(np.diff(decided))
    return Readings(SOFR_JUMP, dates[1:], np.round(moves * 100, 6), sofr.known_from[known][1:], sofr.assumed[known][1:])
