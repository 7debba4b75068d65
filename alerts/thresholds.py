"""Other lines for a rule, tried on its past: the sweep, and a line chosen on one half and judged on the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from alerts.backtest import HORIZON, Crisis, Signals, back_test
from alerts.metric import Readings
from alerts.monitor import condition_values
from alerts.rule import Rule


@dataclass(frozen=True, slots=True)
class Trial:
    """A threshold tried on the same past: how many alerts a year, and the months."""

    threshold: float
    a_year: float | None
    signals: Signals | None


@dataclass(frozen=True, slots=True)
class Split:
    """The threshold that was best before `at` (in-sample), and what it and the rule's own did from then on."""

    at: date
    chosen: float
    before: Trial
    after: Trial
    own_after: Trial


def with_threshold(rule: Rule, threshold: float) -> Rule:
    """The rule with another line in its mildest band alone, the recovery threshold moved with it."""
    severity, band = rule.bands[0]
    recovery = None if band.recovery is None else band.recovery + (threshold - band.threshold)
    moved = replace(band, threshold=threshold, recovery=recovery)
    bands = {"warning": None, "critical": None} | {severity.value: moved}
    return replace(rule, **bands)  # type: ignore[arg-type]


def thresholds(values: NDArray[np.float64], upward: bool, count: int = 15) -> tuple[float, ...]:
    """Lines to try: the worst half of the values that there were, by percentile, mildest first."""
    known = values[~np.isnan(values)]
    if not len(known):
        return ()
    marks = np.linspace(50, 99, count)
    found = np.percentile(known, marks if upward else 100 - marks)
    # Three digits are enough for a line that a person chooses.
    return tuple(dict.fromkeys(float(f"{value:.3g}") for value in found))


def sweep(
    rule: Rule, readings: Readings, crises: Sequence[Crisis], lines: Iterable[float], horizon: int = HORIZON
) -> tuple[Trial, ...]:
    """Each line tried over the whole past: in-sample, so the best of them looks better than it will be."""
    return tuple(_trial(with_threshold(rule, line), readings, crises, horizon) for line in lines)


def _trial(rule: Rule, readings: Readings, crises: Sequence[Crisis], horizon: int) -> Trial:
    done = back_test(rule, readings, crises, horizon)
    return Trial(rule.bands[0][1].threshold, done.a_year, done.signals)


def split(rule: Rule, readings: Readings, crises: Sequence[Crisis], horizon: int = HORIZON) -> Split | None:
    """Choose the line by noise-to-signal on the first half of the past, and judge it on the second.

    None where one of the halves has no crisis, or no line called one: then there is nothing to choose by.
    """
    values = condition_values(readings, rule)
    valued = np.flatnonzero(~np.isnan(values))
    if len(valued) < 2:
        return None
    middle = int(valued[len(valued) // 2])
    at: date = readings.dates[middle].item()
    early = [crisis for crisis in crises if crisis.start < at]
    late = [crisis for crisis in crises if crisis.start >= at]
    upward = rule.bands[0][1].comparison.upward
    first, second = readings.take(slice(0, middle)), readings.take(slice(middle, None))
    trials = sweep(rule, first, early, thresholds(values[:middle], upward), horizon)
    rated = [
        (ratio, trial) for trial in trials if trial.signals and (ratio := trial.signals.noise_to_signal) is not None
    ]
    if not rated or not any(crisis.concerns(readings.metric.labels) for crisis in late):
        return None
    best = min(rated, key=lambda pair: pair[0])[1]
    after = _trial(with_threshold(rule, best.threshold), second, late, horizon)
    own = _trial(with_threshold(rule, rule.bands[0][1].threshold), second, late, horizon)
    return Split(at, best.threshold, best, after, own)
