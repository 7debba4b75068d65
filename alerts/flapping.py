"""Whether an alert flaps: Icinga's weighted share of changes among the last twenty observations.

The newest change weighs most (0.80 to 1.18 in steps of 0.02). Above 30 % an alert flaps, below 25 % it no longer does
(Icinga 2, checkable-flapping.cpp).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alerts.state import Event, Kind

SLOTS = 20
HIGH, LOW = 30.0, 25.0
_WEIGHTS = 0.8 + 0.02 * np.arange(SLOTS)
_SEVERITIES = {None: 0, "warning": 1, "critical": 2}


@dataclass(frozen=True, slots=True)
class Flapping:
    """Per observation: the weighted share of changes in percent, and whether the alert flaps."""

    shares: NDArray[np.float64]
    flaps: NDArray[np.bool_]


def flapping(states: NDArray[np.int64]) -> Flapping:
    """Of any states in order; before the first one there is no change."""
    changes = np.concatenate([[0.0], (states[1:] != states[:-1]).astype(np.float64)]) if len(states) else np.empty(0)
    padded = np.concatenate([np.zeros(SLOTS - 1), changes])
    shares = 100 * np.correlate(padded, _WEIGHTS) / SLOTS if len(states) else np.empty(0)
    flaps, now = np.zeros(len(states), dtype=bool), False
    # Between the two marks it stays what it was.
    for place in np.flatnonzero((shares > HIGH) | (shares < LOW)).tolist():
        after = bool(shares[place] > HIGH)
        if after != now:
            flaps[place:], now = after, after
    return Flapping(shares, flaps)


def severities(events: Iterable[Event], dates: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """The severity at every observation: 0 calm or pending, 1 warning, 2 critical; what recovers counts as it fired."""
    found = np.zeros(len(dates), dtype=np.int64)
    for event in events:
        place = int(np.searchsorted(dates, np.datetime64(event.date)))
        over = event.kind in (Kind.RESOLVED, Kind.NO_DATA, Kind.LAPSED, Kind.PENDING)
        found[place:] = 0 if over else _SEVERITIES[event.severity]
    return found
