"""A rule's readings: its own metric's, on the days that count, with what its condition reads besides at each row."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from alerts.conditions import Condition, Input
from alerts.finding import Finding
from alerts.metric import Readings
from alerts.rule import Rule

#: Which of some dates a calendar counts, by the calendar's id.
Calendars = Mapping[str, Callable[[NDArray[np.datetime64]], NDArray[np.bool_]]]

#: Mondays to Fridays; the calendars of the publishers are given by whoever knows them.
WEEKDAYS: Calendars = {"weekdays": lambda dates: np.is_busday(dates.astype("datetime64[D]"))}


def metrics_of(rule: Rule) -> frozenset[str]:
    """Every metric id that a rule reads."""
    return frozenset({rule.reads, *(one.metric for one in rule.condition.inputs)})


def prepared(rule: Rule, own: Readings, known: Mapping[str, Sequence[Readings]], calendars: Calendars) -> Readings:
    """The readings to evaluate: `own` on the rule's calendar, joined with the inputs among `known` (by metric id).

    Nothing that `missing` would name may be missing.
    """
    if rule.calendar:
        own = own.take(calendars[rule.calendar](own.dates))
    for one in rule.condition.inputs:
        other = partner(own, known.get(one.metric, ()))
        assert other is not None
        own = _on_the_same_dates(own, other, one) if one.exact else _as_known(own, other, one)
    return own


def missing(rule: Rule, own: Readings, known: Mapping[str, Sequence[Readings]], calendars: Calendars) -> Finding | None:
    """What keeps a rule from being evaluated over `own`: an unknown calendar, an input not there or in another unit."""
    if rule.calendar and rule.calendar not in calendars:
        return Finding("alerts.lack.calendar", {"metric": rule.metric, "calendar": rule.calendar})
    for one in rule.condition.inputs:
        other = partner(own, known.get(one.metric, ()))
        if other is None:
            return Finding("alerts.lack.readings", {"metric": one.metric})
        if one.exact and other.metric.unit != own.metric.unit:
            values = {"metric": one.metric, "unit": other.metric.unit, "wanted": own.metric.unit}
            return Finding("alerts.lack.unit", values)
    return None


def partner(own: Readings, candidates: Iterable[Readings]) -> Readings | None:
    """Of an input's readings those of the same labels, otherwise those without labels."""
    by_scope = {one.metric.scope: one for one in candidates}
    return by_scope.get(own.metric.scope, by_scope.get(""))


def _on_the_same_dates(own: Readings, other: Readings, of: Input) -> Readings:
    _, mine, theirs = np.intersect1d(own.dates, other.dates, assume_unique=True, return_indices=True)
    part, values = own.take(mine), _values(of.condition, other)[theirs]
    return _beside(part, values, np.maximum(part.known_from, other.known_from[theirs]), other.assumed[theirs])


def _as_known(own: Readings, other: Readings, of: Input) -> Readings:
    """The newest date of the other that was known when each of ours became known; NaN before there is one."""
    order = np.argsort(other.known_from, kind="stable")
    newest = np.maximum.accumulate(order) if len(order) else order
    place = np.searchsorted(other.known_from[order], own.known_from, side="right") - 1
    there = place >= 0
    index = newest[place[there]]
    values, assumed = np.full(len(own), np.nan), np.zeros(len(own), dtype=bool)
    values[there], assumed[there] = _values(of.condition, other)[index], other.assumed[index]
    return _beside(own, values, own.known_from, assumed)


def _values(condition: Condition, of: Readings) -> NDArray[np.float64]:
    """A condition's value at every row of another metric; a row without a value keeps what stood before it."""
    known = ~np.isnan(of.values)
    found = np.full(len(of), np.nan)
    if known.any():
        found[known] = condition.values(of.values[known])
        last = np.maximum.accumulate(np.where(known, np.arange(len(of)), -1))
        found = np.where(last >= 0, found[last], np.nan)
    return found


def _beside(
    own: Readings,
    values: NDArray[np.float64],
    known_from: NDArray[np.datetime64],
    assumed: NDArray[np.bool_],
) -> Readings:
    columns = (*own.beside, values)
    return Readings(own.metric, own.dates, own.values, known_from, own.assumed | assumed, columns)
