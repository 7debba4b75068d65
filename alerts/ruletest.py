"""Rule tests: what an engine says to given series, against what a person expected (`alerts.testfile` reads them)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

import numpy as np

from alerts.inputs import Calendars, missing, prepared
from alerts.metric import Metric, Reading, Readings
from alerts.monitor import Phase, State, advance, condition_values
from alerts.notices import notified
from alerts.rule import Rule

LETTERS = {
    Phase.NORMAL: "N",
    Phase.PENDING: "P",
    Phase.FIRING: "F",
    Phase.RECOVERING: "R",
    Phase.NO_DATA: "D",
    Phase.ERROR: "E",
}


@dataclass(frozen=True, slots=True)
class Given:
    """A series as its values become known: per date one value or, where it is revised, several."""

    metric: Metric
    readings: tuple[Reading, ...]

    def known(self, at: datetime) -> Readings:
        """The latest value of every date, as known at an instant."""
        newest: dict[date, Reading] = {}
        for reading in sorted(self.readings, key=lambda one: one.known_from):
            if reading.known_from <= at:
                newest[reading.date] = reading
        return Readings.of(self.metric, newest.values())


@dataclass(frozen=True, slots=True)
class Expected:
    """What shall be: at a day (None: the timeline from the first observation on). None leaves a thing open."""

    rule: str
    at: date | None
    labels: Mapping[str, str]
    state: Phase | None = None
    severity: str | None = None
    notifications: tuple[str, ...] | None = None
    timeline: str = ""


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A test file: rules, series, expectations."""

    rules: tuple[Rule, ...]
    series: tuple[Given, ...]
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What the engine said at one observation, and what somebody was told of because of it."""

    date: date
    value: float | None
    state: Phase
    severity: str | None
    notifications: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """An expectation and what came of it; `problem` is "" or the field that differs, or what is lacking."""

    expected: Expected
    problem: str
    found: str = ""
    steps: tuple[Step, ...] = field(default=())

    @property
    def passed(self) -> bool:
        """As expected."""
        return not self.problem


def run(test: RuleTest, calendars: Calendars) -> tuple[Checked, ...]:
    """Every expectation against the engine, in the file's order."""
    rules = {rule.id: rule for rule in test.rules}
    return tuple(_check(rules[one.rule], one, test.series, calendars) for one in test.expected)


def _check(rule: Rule, expected: Expected, series: Iterable[Given], calendars: Calendars) -> Checked:
    at = datetime.max.replace(tzinfo=UTC) if expected.at is None else datetime.combine(expected.at, time.max, UTC)
    known: dict[str, list[Readings]] = {}
    for given in series:
        known.setdefault(given.metric.id, []).append(given.known(at))
    own = [one for one in known.get(rule.reads, ()) if rule.covers(one.metric) and one.metric.labels == expected.labels]
    if len(own) != 1:
        return Checked(expected, "series" if not own else "duplicate")
    if (lack := missing(rule, own[0], known, calendars)) is not None:
        return Checked(expected, lack.case.rpartition(".")[2])
    readings = prepared(rule, own[0], known, calendars)
    steps = timeline(rule, readings)
    if expected.timeline:
        letters = "".join(LETTERS[step.state] for step in steps)
        return Checked(expected, "" if letters == expected.timeline else "timeline", letters, steps)
    last = steps[-1] if steps else Step(date.min, None, Phase.NORMAL, None, ())
    told = tuple(
        kind
        for step, instant in zip(steps, readings.known_from.astype("datetime64[D]").tolist(), strict=True)
        if instant == expected.at
        for kind in step.notifications
    )
    for name, wanted, found in (
        ("state", expected.state, last.state),
        ("severity", expected.severity, last.severity or "none"),
        ("notifications", expected.notifications, told),
    ):
        if wanted is not None and wanted != found:
            return Checked(expected, name, ", ".join(found) if isinstance(found, tuple) else str(found), steps)
    return Checked(expected, "", "", steps)


def timeline(rule: Rule, readings: Readings) -> tuple[Step, ...]:
    """The state at every observation, evaluated one at a time as live use does it."""
    values = condition_values(readings, rule)
    state, steps = State(), []
    for count, (day, value) in enumerate(zip(readings.dates.tolist(), values.tolist(), strict=True), 1):
        state, events = advance(state, readings.first(count), rule)
        number = None if np.isnan(value) else value
        told = tuple(event.kind.value for event in notified(events))
        steps.append(Step(day, number, state.phase, None if state.severity is None else state.severity.value, told))
    return tuple(steps)
