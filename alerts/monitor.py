"""The life of an alert: one pure function for live use, for catching up and for replay.

Every observation after the last evaluated one is taken once, in order. An alert goes normal → pending → firing →
recovering → normal; severity is an attribute of firing. It fires when `hold` observations have passed since the first
hit (that one counts as the sample at elapsed 0). An observation without a value neither satisfies nor clears
anything and does not count.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from alerts.conditions import Condition
from alerts.machine import Course, Place, Told, machine
from alerts.metric import Readings
from alerts.rule import Rule
from alerts.state import Day, Event, Kind, Phase, State

__all__ = ["Event", "Kind", "Phase", "State", "advance", "condition_values", "episodes"]


def advance(state: State, readings: Readings, rule: Rule) -> tuple[State, tuple[Event, ...]]:
    """The state after every reading later than the state's date, and what happened on the way.

    `readings` may begin anywhere before what is new, as long as the `rule.condition.lookback` observations before it
    are there. The result does not depend on how the readings were cut into calls.
    """
    start = 0 if state.date is None else int(np.searchsorted(readings.dates, np.datetime64(state.date), "right"))
    if start == len(readings):
        if not start:
            return replace(state, fault=None), ()
        gone = bool(np.isnan(condition_values(readings, rule, start - 1)[0]))
        return replace(state, fault=None, stale=gone), ()
    values = condition_values(readings, rule, start)
    run = _Walk(state, rule, readings.dates[start:], values)
    if len(values) == 1:
        run.step(_code(float(values[0]), rule), 0)
        return run.state(), tuple(run.events)
    codes = _codes(values, rule)
    ends = np.append(np.flatnonzero(codes[1:] != codes[:-1]) + 1, len(codes))
    at = 0
    for end, code in zip(ends.tolist(), codes[ends - 1].tolist(), strict=True):
        # Within a run of equal comparisons the machine comes to rest; the rest of the run changes nothing.
        while at < end and run.step(code, at):
            at += 1
        at = end
    return run.state(), tuple(run.events)


def condition_values(readings: Readings, rule: Rule, start: int = 0) -> NDArray[np.float64]:
    """The condition's values of the readings from `start` on; an observation counts only where there is a value."""
    key = (rule.condition, start)
    if key not in readings.computed:
        readings.computed[key] = _computed(readings, rule.condition, start)
    return readings.computed[key]


def _computed(readings: Readings, condition: Condition, start: int) -> NDArray[np.float64]:
    begin = _begin(readings.values, condition.lookback, start)
    part = readings.values[begin:]
    known = ~np.isnan(part)
    if known.all():
        return condition.values(part, *(column[begin:] for column in readings.beside))[start - begin :]
    found = np.full(len(part), np.nan)
    found[known] = condition.values(part[known], *(column[begin:][known] for column in readings.beside))
    return found[start - begin :]


def _begin(values: NDArray[np.float64], lookback: int, start: int) -> int:
    """The row from which `lookback` values lie before `start`, or the first."""
    span = lookback
    while lookback and span < start:
        known = np.flatnonzero(~np.isnan(values[start - span : start]))
        if len(known) >= lookback:
            return start - span + int(known[-lookback])
        span *= 2
    return 0 if lookback else start


def episodes(events: Iterable[Event]) -> dict[Day, tuple[Event, ...]]:
    """The events of one alert by episode, in order."""
    found: dict[Day, list[Event]] = {}
    for event in events:
        found.setdefault(event.episode, []).append(event)
    return {start: tuple(of) for start, of in found.items()}


def _last(values: NDArray[np.float64]) -> float | None:
    if len(values) and values[-1] == values[-1]:
        return float(values[-1])
    known = values[~np.isnan(values)]
    return float(known[-1]) if len(known) else None


def _codes(values: NDArray[np.float64], rule: Rule) -> NDArray[np.int64]:
    """Each observation's comparisons as bits: per band hit and still held, and one bit for no value."""
    codes = np.isnan(values).astype(np.int64)
    for place, (_, band) in enumerate(rule.bands):
        codes |= band.comparison.hits(values, band.threshold).astype(np.int64) << (1 + 2 * place)
        codes |= band.comparison.hits(values, band.clears_at).astype(np.int64) << (2 + 2 * place)
    return codes


def _code(value: float, rule: Rule) -> int:
    """The same of one observation."""
    if value != value:
        return 1
    code = 0
    for place, (_, band) in enumerate(rule.bands):
        code |= band.comparison.hit(value, band.threshold) << (1 + 2 * place)
        code |= band.comparison.hit(value, band.clears_at) << (2 + 2 * place)
    return code


class _Walk:
    """One pass over a chunk: where the machine is, the episode's date, and the events so far."""

    def __init__(self, state: State, rule: Rule, dates: NDArray[np.datetime64], values: NDArray[np.float64]) -> None:
        count = len(rule.bands)
        self.machine = machine(rule.warning, rule.critical, rule.keep, rule.no_data)
        self.start = state
        self.dates, self.values = dates, values
        on, waiting = state.on or (False,) * count, state.waiting or (None,) * count
        self.place = Place(state.calm, state.severity, on, waiting, state.missed, state.stale)
        self.hits = state.hits or (None,) * count
        self.episode = state.episode
        self.events: list[Event] = []

    def state(self) -> State:
        """The state after the pass."""
        place, value = self.place, _last(self.values)
        return State(
            place.phase,
            place.severity,
            place.on,
            place.waiting,
            place.missed,
            self.episode,
            self.dates[-1].item(),
            self.start.value if value is None else value,
            place.stale,
            hits=self.hits if any(self.hits) else (),
        )

    def step(self, code: int, at: int) -> bool:
        """Take one observation; False when it changed nothing, so that equal ones after it will not either."""
        days = self._days(at) if self.machine.in_days else ()
        after, told, episode = self.machine.after(self.place, code, days)
        if after is self.place:
            return False
        if told or episode is not Course.KEPT:
            self._tell(told, at)
            if episode is not Course.KEPT:
                self.episode = None if episode is Course.NONE else self.dates[at].item()
        if days:
            first = zip(self.hits, after.waiting, strict=True)
            self.hits = tuple(None if passed is None else hit or self.dates[at].item() for hit, passed in first)
        self.place = after
        return True

    def _days(self, at: int) -> tuple[int, ...]:
        """Days since each band's first hit, which this observation may be."""
        today = self.dates[at].item()
        return tuple(0 if hit is None else (today - hit).days for hit in self.hits)

    def _tell(self, told: tuple[Told, ...], at: int) -> None:
        day, value = self.dates[at].item(), float(self.values[at])
        number = None if value != value else value
        for one in told:
            start = day if one.begins else self.episode
            assert start is not None
            self.events.append(Event(one.kind, day, number, one.threshold, one.severity, one.phase, start))
