"""What a rule would have said in the past, and what that was worth: the signals approach.

Kaminsky, Lizondo, Reinhart (IMF Staff Papers 45(1), 1998): months are counted as A signal and crisis within the
horizon, B signal and none, C none and crisis, D neither. Noise-to-signal = [B/(B+D)] / [A/(A+C)].
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from alerts.finding import Finding
from alerts.metric import Readings
from alerts.monitor import Event, Kind, State, advance, condition_values
from alerts.rule import Rule, Severity

#: Kaminsky, Lizondo, Reinhart call a signal good if a crisis follows within 24 months.
HORIZON = 730
_YEAR = 365.25
_ENDS = (Kind.RESOLVED, Kind.NO_DATA)


@dataclass(frozen=True, slots=True)
class Crisis:
    """Something that should have been called: its first day, and the labels it is about (none: any)."""

    name: str
    start: date
    labels: tuple[tuple[str, str], ...] = ()

    def concerns(self, labels: Mapping[str, str]) -> bool:
        """Whether an alert of those labels could call it."""
        return all(labels.get(name) == text for name, text in self.labels)


@dataclass(frozen=True, slots=True)
class Episode:
    """One firing: from `fired` to `ended` (None: still at the end), the value and line it fired at, its worst value.

    `began` is the first hit; `known_from` when the firing observation was known, `assumed` from a calendar.
    """

    labels: Mapping[str, str]
    began: date
    fired: date
    ended: date | None
    severity: Severity
    value: float
    threshold: float
    worst: float
    days: int
    known_from: datetime
    assumed: bool


@dataclass(frozen=True, slots=True)
class Signals:
    """Months by signal and crisis."""

    a: int
    b: int
    c: int
    d: int

    @property
    def noise_to_signal(self) -> float | None:
        """[B/(B+D)] / [A/(A+C)]; None where a part has no months or nothing was called."""
        if not self.a or not self.b + self.d:
            return None
        return (self.b / (self.b + self.d)) / (self.a / (self.a + self.c))

    @property
    def precision(self) -> float | None:
        """Of the months with a signal those that a crisis followed."""
        return self.a / (self.a + self.b) if self.a + self.b else None

    @property
    def recall(self) -> float | None:
        """Of the months before a crisis those with a signal."""
        return self.a / (self.a + self.c) if self.a + self.c else None


@dataclass(frozen=True, slots=True)
class Lead:
    """How many days before a crisis the rule first fired within the horizon; None: it did not."""

    crisis: Crisis
    days: int | None


@dataclass(frozen=True, slots=True)
class BackTest:
    """One rule over one set of readings. `assumed` of the `observations` have a known-from that is assumed.

    `signals` and `leads` are there only where crises of these labels were given.
    """

    rule: Rule
    labels: Mapping[str, str]
    start: date | None
    end: date | None
    observations: int
    assumed: int
    episodes: tuple[Episode, ...]
    signals: Signals | None
    leads: tuple[Lead, ...]

    @property
    def years(self) -> float:
        """From the first value to the last."""
        if self.start is None or self.end is None:
            return 0.0
        return max((self.end - self.start).days, 1) / _YEAR

    @property
    def a_year(self) -> float | None:
        """Alerts a year; None without a value."""
        return len(self.episodes) / self.years if self.years else None

    @property
    def longest(self) -> Episode | None:
        """The episode that lasted longest."""
        return max(self.episodes, key=lambda one: one.days, default=None)


def back_test(rule: Rule, readings: Readings, crises: Sequence[Crisis] = (), horizon: int = HORIZON) -> BackTest:
    """The rule over all readings from the first on, by the function that live use calls."""
    values = condition_values(readings, rule)
    _, events = advance(State(), readings, rule)
    return _judged(rule, readings, values, events, crises, horizon)


def finding(done: BackTest) -> Finding:
    """What a past says of a rule: nothing, silence, how often it fired, and with crises what that was worth."""
    longest = done.longest
    values = {
        "count": len(done.episodes),
        "a_year": done.a_year,
        "start": done.start,
        "years": done.years,
        "longest": None if longest is None else longest.days,
        "crises": len(done.leads),
        "called": sum(lead.days is not None for lead in done.leads),
        "noise": None if done.signals is None else done.signals.noise_to_signal,
    }
    if done.start is None:
        return Finding("backtest.no_values", values)
    if longest is None:
        return Finding("backtest.silent", values)
    if done.signals is None:
        return Finding("backtest.fired", values)
    if not values["called"]:
        return Finding("backtest.missed", values)
    noise = done.signals.noise_to_signal
    # Above 1 a signal is as likely before calm as before a crisis: Kaminsky, Lizondo, Reinhart drop such indicators.
    return Finding("backtest.noise" if noise is not None and noise > 1 else "backtest.called", values)


def _judged(
    rule: Rule,
    readings: Readings,
    values: NDArray[np.float64],
    events: Iterable[Event],
    crises: Sequence[Crisis],
    horizon: int,
) -> BackTest:
    valued = np.flatnonzero(~np.isnan(values))
    labels = readings.metric.labels
    found = tuple(_episodes(rule, readings, values, events))
    if not len(valued):
        return BackTest(rule, labels, None, None, 0, 0, found, None, ())
    start, end = readings.dates[valued[0]].item(), readings.dates[valued[-1]].item()
    mine = [crisis for crisis in crises if crisis.concerns(labels) and start < crisis.start <= end + timedelta(horizon)]
    signals = _signals(found, start, end, mine, horizon) if mine else None
    leads = tuple(Lead(crisis, _lead(found, crisis, horizon)) for crisis in mine)
    assumed = int(readings.assumed[valued].sum())
    return BackTest(rule, labels, start, end, len(valued), assumed, found, signals, leads)


def _episodes(
    rule: Rule, readings: Readings, values: NDArray[np.float64], events: Iterable[Event]
) -> Iterable[Episode]:
    fired: Event | None = None
    worst = None
    for event in events:
        if event.kind is Kind.FIRED:
            fired, worst = event, event.severity
        elif event.kind is Kind.RAISED:
            worst = event.severity
        elif event.kind in _ENDS and fired is not None:
            yield _episode(rule, readings, values, fired, worst, event.date)
            fired = None
    if fired is not None:
        yield _episode(rule, readings, values, fired, worst, None)


def _episode(
    rule: Rule,
    readings: Readings,
    values: NDArray[np.float64],
    fired: Event,
    severity: Severity | None,
    ended: date | None,
) -> Episode:
    first = int(np.searchsorted(readings.dates, np.datetime64(fired.date)))
    last = len(readings) if ended is None else int(np.searchsorted(readings.dates, np.datetime64(ended)))
    part = values[first : max(last, first + 1)]
    upward = rule.bands[0][1].comparison.upward
    until = ended or readings.dates[-1].item()
    assert severity is not None
    assert fired.value is not None
    assert fired.threshold is not None
    return Episode(
        readings.metric.labels,
        fired.episode,
        fired.date,
        ended,
        severity,
        fired.value,
        fired.threshold,
        float(np.nanmax(part) if upward else np.nanmin(part)),
        (until - fired.date).days,
        readings.known_from[first].astype("datetime64[us]").item().replace(tzinfo=UTC),
        bool(readings.assumed[first]),
    )


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _signals(episodes: Iterable[Episode], start: date, end: date, crises: Sequence[Crisis], horizon: int) -> Signals:
    """Every month from the first value on whose horizon lies behind the last value, or that a crisis followed."""
    first, last = _month(start), _month(end)
    signal = np.zeros(last - first + 1, dtype=bool)
    for one in episodes:
        # The day on which it ended is calm again.
        until = one.ended - timedelta(1) if one.ended else end
        signal[_month(one.fired) - first : _month(max(until, one.fired)) - first + 1] = True
    followed, known = np.zeros(len(signal), dtype=bool), np.zeros(len(signal), dtype=bool)
    for place in range(len(signal)):
        year, month = divmod(first + place, 12)
        begins = date(year, month + 1, 1)
        followed[place] = any(begins <= crisis.start <= begins + timedelta(horizon) for crisis in crises)
        known[place] = followed[place] or begins + timedelta(horizon) <= end
    return Signals(
        int((signal & followed & known).sum()),
        int((signal & ~followed & known).sum()),
        int((~signal & followed & known).sum()),
        int((~signal & ~followed & known).sum()),
    )


def _lead(episodes: Iterable[Episode], crisis: Crisis, horizon: int) -> int | None:
    """An episode that was running when the horizon began counts from there."""
    begins = crisis.start - timedelta(horizon)
    leads = [
        (crisis.start - max(one.fired, begins)).days
        for one in episodes
        if one.fired <= crisis.start and (one.ended is None or one.ended > begins)
    ]
    return max(leads, default=None)
