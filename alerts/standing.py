"""Where a rule and its labels stand between two evaluations, and whether new readings go on from there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from alerts.finding import Finding
from alerts.metric import Readings
from alerts.monitor import Event, State, advance
from alerts.rule import Rule


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a rule and its labels stand, and what of the readings has been taken."""

    rule_id: str
    scope: str
    labels: Mapping[str, str]
    version: int
    state: State
    evaluated: int
    digest: str
    steps: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """An event with when its observation became known."""

    event: Event
    known_from: datetime | None
    assumed: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A stored acknowledgement; `observed` is the last observation its writer could see."""

    alert_id: int
    at: datetime
    who: str
    reason: str
    until: datetime | None
    observed: date
    owner: str = ""  # who deals with it; its writer where nobody is named
    beyond: float | None = None  # beyond this value the acknowledgement no longer stands
    overtaken: bool = False  # it went beyond


def lack(rule: Rule, readings: Sequence[Readings]) -> Finding | None:
    """What keeps a rule from being evaluated: no readings, another unit, or two figures under one name."""
    if not readings:
        return Finding("alerts.lack.readings", {"metric": rule.metric})
    scopes = [one.metric.scope for one in readings]
    for scope in scopes:
        if scopes.count(scope) > 1:
            return Finding("alerts.lack.duplicate", {"metric": rule.metric, "scope": scope})
    for one in readings:
        unit = rule.condition.unit(one.metric.unit)
        if unit != rule.unit:
            return Finding("alerts.lack.unit", {"metric": rule.metric, "unit": unit, "wanted": rule.unit})
    return None


def goes_on(standing: Standing, rule: Rule, readings: Readings) -> bool:
    """The readings begin with exactly those that were evaluated, by the same version of the rule."""
    if standing.version != rule.version or len(readings) < standing.evaluated:
        return False
    return readings.digest(standing.evaluated) == standing.digest


def standing_after(rule: Rule, readings: Readings, state: State, steps: int, instant: datetime) -> Standing:
    """The standing once all `readings` were taken, `steps` transitions on, as known at `instant`."""
    return Standing(
        rule.id,
        readings.metric.scope,
        readings.metric.labels,
        rule.version,
        state,
        len(readings),
        readings.digest(len(readings)),
        steps,
        instant,
    )


def replay(rule: Rule, readings: Readings, instant: datetime) -> tuple[Standing, list[Noted]]:
    """Evaluate all readings from the first one, as known at `instant`."""
    state, events = advance(State(), readings, rule)
    return standing_after(rule, readings, state, len(events), instant), noted(events, readings)


def noted(events: Iterable[Event], readings: Readings) -> list[Noted]:
    """The events, each with when its observation became known."""
    places = {day: place for place, day in enumerate(readings.dates.tolist())}
    found = []
    for event in events:
        place = places[event.date]
        known = readings.known_from[place].astype("datetime64[us]").item().replace(tzinfo=UTC)
        found.append(Noted(event, known, bool(readings.assumed[place])))
    return found
