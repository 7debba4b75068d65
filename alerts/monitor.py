"""The life of an alert: one pure function for live use, for catching up and for replay.

Every observation after the last evaluated one is taken once, in order. An alert goes normal → pending → firing →
recovering → normal; severity is an attribute of firing. It fires when `hold` observations have passed since the first
hit (that one counts as the sample at elapsed 0). An observation without a value neither satisfies nor clears
anything and does not count.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from alerts.metric import Readings
from alerts.rule import Band, NoData, Rule, Severity

#: A date, where a field of that name stands in the way.
Day: TypeAlias = date


class Phase(StrEnum):
    """Where an alert is."""

    NORMAL = "normal"
    PENDING = "pending"
    FIRING = "firing"
    RECOVERING = "recovering"
    NO_DATA = "no_data"
    ERROR = "error"


class Kind(StrEnum):
    """What happened to an alert."""

    PENDING = "pending"  # first hit; an episode begins
    LAPSED = "lapsed"  # the hits ended before the alert fired
    FIRED = "fired"
    RAISED = "raised"  # to a higher severity
    LOWERED = "lowered"
    RECOVERING = "recovering"  # below the line, held for `keep` observations
    RETURNED = "returned"  # from recovering back to firing, without waiting again
    RESOLVED = "resolved"
    NO_DATA = "no_data"  # only under the policy "state": the episode ends unresolved
    # Two that keepers of a history add; a pass over readings never makes them.
    REVISED = "revised"  # an earlier observation changed, and all was evaluated anew
    RULE_CHANGED = "rule_changed"  # the same, because the rule has a new version


@dataclass(frozen=True, slots=True)
class Event:
    """One transition: at which observation, with which value against which line; `episode` is its first hit's date."""

    kind: Kind
    date: Day
    value: float | None
    threshold: float | None
    severity: Severity | None
    phase: Phase
    episode: Day


@dataclass(frozen=True, slots=True)
class State:
    """An alert between two observations; everything that the next one needs.

    `waiting` counts per band the observations, or days, since its first hit (None: not hit) and is full at the band's
    `hold`; `hits` are the dates of those first hits; `missed` counts observations since the first miss while
    recovering. `fault` is why the rule cannot be evaluated now; the rest stays as it was, and the next evaluation
    takes the fault away.
    """

    calm: Phase = Phase.NORMAL
    severity: Severity | None = None
    on: tuple[bool, ...] = ()
    waiting: tuple[int | None, ...] = ()
    missed: int | None = None
    episode: Day | None = None
    date: Day | None = None
    value: float | None = None
    stale: bool = False
    fault: str | None = None
    hits: tuple[Day | None, ...] = ()

    @property
    def phase(self) -> Phase:
        """The state shown: error while the rule cannot be evaluated."""
        return Phase.ERROR if self.fault else self.calm

    @property
    def open(self) -> bool:
        """An episode is running."""
        return self.episode is not None


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
    run = _Run(state, rule, readings.dates[start:], values)
    codes = _codes(values, rule)
    ends = np.append(np.flatnonzero(codes[1:] != codes[:-1]) + 1, len(codes))
    at = 0
    for end in ends.tolist():
        code = int(codes[at])
        # Within a run of equal comparisons the machine comes to rest; the rest of the run changes nothing.
        while at < end and run.step(code, at):
            at += 1
        at = end
    return run.state(), tuple(run.events)


def condition_values(readings: Readings, rule: Rule, start: int = 0) -> NDArray[np.float64]:
    """The condition's values of the readings from `start` on; an observation counts only where there is a value."""
    known = ~np.isnan(readings.values)
    before = np.flatnonzero(known[:start])
    lookback = rule.condition.lookback
    begin = start if not lookback or not len(before) else int(before[-min(lookback, len(before))])
    part, known = readings.values[begin:], known[begin:]
    beside = (column[begin:][known] for column in readings.beside)
    computed = np.full(len(part), np.nan)
    computed[known] = rule.condition.values(part[known], *beside)
    return computed[start - begin :]


def episodes(events: Iterable[Event]) -> dict[Day, tuple[Event, ...]]:
    """The events of one alert by episode, in order."""
    found: dict[Day, list[Event]] = {}
    for event in events:
        found.setdefault(event.episode, []).append(event)
    return {start: tuple(of) for start, of in found.items()}


def _last(values: NDArray[np.float64]) -> float | None:
    known = values[~np.isnan(values)]
    return float(known[-1]) if len(known) else None


def _codes(values: NDArray[np.float64], rule: Rule) -> NDArray[np.int64]:
    """Each observation's comparisons as bits: per band hit and still held, and one bit for no value."""
    codes = np.isnan(values).astype(np.int64)
    for place, (_, band) in enumerate(rule.bands):
        codes |= band.comparison.hits(values, band.threshold).astype(np.int64) << (1 + 2 * place)
        codes |= band.comparison.hits(values, band.clears_at).astype(np.int64) << (2 + 2 * place)
    return codes


class _Run:
    """One pass over a chunk: the state unpacked, and the events so far."""

    def __init__(self, state: State, rule: Rule, dates: NDArray[np.datetime64], values: NDArray[np.float64]) -> None:
        self.rule = rule
        self.bands = rule.bands
        count = len(self.bands)
        self.start = state
        self.dates, self.values = dates, values
        self.phase = state.calm
        self.severity = state.severity
        self.on = list(state.on or (False,) * count)
        self.waiting = list(state.waiting or (None,) * count)
        self.hits = list(state.hits or (None,) * count)
        self.missed = state.missed
        self.episode = state.episode
        self.stale = state.stale
        self.events: list[Event] = []

    def state(self) -> State:
        """The state after the pass."""
        value = _last(self.values)
        return State(
            self.phase,
            self.severity,
            tuple(self.on),
            tuple(self.waiting),
            self.missed,
            self.episode,
            self.dates[-1].item(),
            self.start.value if value is None else value,
            self.stale,
            hits=tuple(self.hits) if any(self.hits) else (),
        )

    def step(self, code: int, at: int) -> bool:
        """Take one observation; False when it changed nothing, so that equal ones after it will not either."""
        before = (self.phase, self.severity, tuple(self.on), tuple(self.waiting), self.missed, self.stale)
        told = len(self.events)
        self.stale = bool(code & 1)
        if not self.stale:
            top = self._bands(code, at)
            if top >= 0:
                self._fire(top, at)
            elif self.phase in (Phase.FIRING, Phase.RECOVERING):
                self._miss(at)
            else:
                self._wait(at)
        elif self.rule.no_data is NoData.STATE:
            self._vanish(at)
        after = (self.phase, self.severity, tuple(self.on), tuple(self.waiting), self.missed, self.stale)
        return after != before or len(self.events) != told

    def _bands(self, code: int, at: int) -> int:
        """Move every band by its comparisons; the highest band that is on, −1 for none."""
        standing = -1
        if self.phase in (Phase.FIRING, Phase.RECOVERING):
            standing = next(place for place, (severity, _) in enumerate(self.bands) if severity is self.severity)
        top = -1
        for place, (_, band) in enumerate(self.bands):
            hit, held = code >> (1 + 2 * place) & 1, code >> (2 + 2 * place) & 1
            if self.on[place]:
                self.on[place] = bool(held)
                if not held:
                    self.waiting[place], self.hits[place] = None, None
            elif hit:
                passed = self.waiting[place] = self._passed(place, band, at)
                # What fires already need not wait again for the same severity or a lower one.
                self.on[place] = passed >= band.hold or place <= standing
            else:
                self.waiting[place], self.hits[place] = None, None
            if self.on[place]:
                top = place
        for place in range(top):
            self.on[place] = self.on[place] or bool(code >> (1 + 2 * place) & 1)
        return top

    def _passed(self, place: int, band: Band, at: int) -> int:
        """Observations, or days, since the band's first hit, which this one may be; no more than it must wait."""
        passed = self.waiting[place]
        if not band.in_days:
            return 0 if passed is None else min(passed + 1, band.hold)
        today = self.dates[at].item()
        first = self.hits[place]
        if passed is None or first is None:
            first = self.hits[place] = today
        return int(min((today - first).days, band.hold))

    def _fire(self, top: int, at: int) -> None:
        severity, band = self.bands[top]
        was, self.severity = self.severity, severity
        phase, self.phase = self.phase, Phase.FIRING
        self.missed = None
        if phase not in (Phase.FIRING, Phase.RECOVERING):
            self.episode = self.episode or self.dates[at].item()
            self._tell(Kind.FIRED, at, band.threshold)
            return
        worse = was is Severity.WARNING and severity is Severity.CRITICAL
        if phase is Phase.RECOVERING:
            self._tell(Kind.RETURNED, at, band.threshold)
        elif was is Severity.CRITICAL and severity is Severity.WARNING:
            critical = self.rule.critical
            self._tell(Kind.LOWERED, at, critical.clears_at if critical else None)
        if worse:
            self._tell(Kind.RAISED, at, band.threshold)

    def _miss(self, at: int) -> None:
        self.missed = 0 if self.missed is None else min(self.missed + 1, self.rule.keep)
        mildest = self.bands[0][1]
        if self.missed < self.rule.keep:
            if self.phase is Phase.FIRING:
                self.phase = Phase.RECOVERING
                self._tell(Kind.RECOVERING, at, mildest.clears_at)
            return
        self.phase = Phase.NORMAL
        self._tell(Kind.RESOLVED, at, mildest.clears_at)
        self.severity, self.missed, self.episode = None, None, None
        self._wait(at)

    def _wait(self, at: int) -> None:
        waiting = [place for place, passed in enumerate(self.waiting) if passed is not None]
        if waiting and self.phase is not Phase.PENDING:
            self.phase, self.episode = Phase.PENDING, self.dates[at].item()
            self._tell(Kind.PENDING, at, self.bands[waiting[0]][1].threshold)
        elif not waiting:
            pending, self.phase = self.phase is Phase.PENDING, Phase.NORMAL
            if pending:
                self._tell(Kind.LAPSED, at, self.bands[0][1].threshold)
            self.episode = None

    def _vanish(self, at: int) -> None:
        if self.phase is Phase.NO_DATA:
            return
        self.phase = Phase.NO_DATA
        if self.episode is not None:
            self._tell(Kind.NO_DATA, at, None)
        count = len(self.bands)
        self.on, self.waiting, self.hits = [False] * count, [None] * count, [None] * count
        self.severity, self.missed, self.episode = None, None, None

    def _tell(self, kind: Kind, at: int, threshold: float | None) -> None:
        assert self.episode is not None
        value = float(self.values[at])
        self.events.append(
            Event(
                kind,
                self.dates[at].item(),
                None if np.isnan(value) else value,
                threshold,
                self.severity,
                self.phase,
                self.episode,
            )
        )
