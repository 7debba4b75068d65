"""An alert as a person meets it: one episode, what happened in it, who took note, and what a list of them says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.finding import Finding
from alerts.monitor import Kind, Phase
from alerts.rule import OnError, Rule, Severity

#: What ends an episode; one without any of them was taken away by a revision.
ENDS = (Kind.RESOLVED, Kind.LAPSED, Kind.NO_DATA)


@dataclass(frozen=True, slots=True)
class Transition:
    """A stored event of an alert; `known_from` is when the observation became known, `at` when it was evaluated."""

    kind: Kind
    observed: date | None  # None where the timeline was made anew
    value: float | None
    threshold: float | None
    severity: Severity | None
    known_from: datetime | None
    rule_version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Who took note of an alert, why and until when, and who deals with it.

    `dropped` tells why it no longer stands: "raised", "beyond" (the value it carried), "expired".
    """

    who: str
    at: datetime
    reason: str
    until: datetime | None
    dropped: str | None
    owner: str = ""
    beyond: float | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One episode of a rule and its labels.

    `id` ("A-0001") never changes. `observed` is the date of the observation that `value` (of the condition, in
    `unit`) belongs to; `threshold` is the line of its severity and `clears_at` the line back. `since` is the
    observation from which phase and severity are what they are, `since_known` when that was known. A closed alert
    has phase normal (or no data) and `resolved`, the date on which it ended. While pending or recovering, `passed` of
    `needed` observations are behind it.
    """

    id: str
    rule: Rule
    labels: Mapping[str, str]
    phase: Phase
    severity: Severity | None
    unit: str
    value: float | None
    observed: date | None
    threshold: float | None
    clears_at: float | None
    episode: date
    since: date
    since_known: datetime | None
    resolved: date | None
    passed: int | None
    needed: int | None
    stale: bool
    fault: str | None
    acknowledgement: Acknowledgement | None  # the last one, standing or dropped
    history: tuple[Transition, ...]  # oldest first

    @property
    def open(self) -> bool:
        """The episode is running: pending, firing or recovering."""
        return self.resolved is None

    @property
    def fires(self) -> bool:
        """Firing, also while its rule cannot be evaluated, unless the rule's policy says otherwise."""
        broken = self.fault is not None and self.rule.on_error is OnError.STATE
        return self.open and self.severity is not None and not self.recovering and not broken

    @property
    def recovering(self) -> bool:
        """Below its line, and held."""
        return self.open and self.severity is not None and self.last_kind is Kind.RECOVERING

    @property
    def last_kind(self) -> Kind:
        """What happened last, evaluations made anew left aside."""
        return [told.kind for told in self.history if told.observed is not None][-1]

    @property
    def acknowledged(self) -> bool:
        """An acknowledgement stands."""
        return self.acknowledgement is not None and self.acknowledgement.dropped is None


def summary(alert: Alert) -> Finding:
    """What one alert says now: its figure against its line, how long it waits, or how it ended."""
    band = alert.rule.band(alert.severity) if alert.severity is not None else alert.rule.bands[0][1]
    condition = alert.rule.condition
    values = {
        "value": alert.value,
        "unit": alert.unit,
        "over": condition.change_over,
        "threshold": alert.threshold,
        "clears_at": alert.clears_at,
        "upward": band is None or band.comparison.upward,
        "severity": alert.severity,
        "passed": alert.passed,
        "needed": alert.needed,
        "in_days": any(one.in_days and one.hold == alert.needed for _, one in alert.rule.bands),
        "episode": alert.episode,
        "ended": alert.resolved,
        "fault": alert.fault,
    }
    if alert.resolved is not None:
        if alert.last_kind not in ENDS:
            return Finding("alerts.withdrawn", values)
        fired = any(told.kind is Kind.FIRED for told in alert.history)
        lost = alert.last_kind is Kind.NO_DATA
        return Finding("alerts.lost" if lost else "alerts.resolved" if fired else "alerts.lapsed", values)
    if alert.fault is not None:
        return Finding("alerts.error", values)
    if alert.stale:
        return Finding("alerts.stale", values)
    match alert.phase:
        case Phase.PENDING:
            return Finding("alerts.pending", values)
        case Phase.RECOVERING:
            return Finding("alerts.recovering", values)
    return Finding("alerts.firing", values)


def standing(severity_raised: bool, until: datetime | None, now: datetime) -> str | None:
    """Why an acknowledgement no longer stands: its alert rose since, or its time is over; None while it stands."""
    if severity_raised:
        return "raised"
    return "expired" if until is not None and until <= now else None


def working_days(start: date, end: date) -> int:
    """Mondays to Fridays after `start` up to `end`."""
    days = (end - start).days
    return sum((start + timedelta(days=day)).weekday() < 5 for day in range(1, days + 1))


def finding(alerts: Iterable[Alert], now: datetime) -> Finding:
    """What a list of alerts says: none open, only waiting ones, all acknowledged, or the oldest that is not."""
    listed = [alert for alert in alerts if alert.open]
    firing = [alert for alert in listed if alert.fires]
    values = {
        "firing": len(firing),
        "critical": sum(alert.severity is Severity.CRITICAL for alert in firing),
        "others": len(listed) - len(firing),
    }
    if not listed:
        return Finding("alerts.none", values)
    if not firing:
        return Finding("alerts.none_firing", values)
    waiting = [alert for alert in firing if not alert.acknowledged]
    if not waiting:
        return Finding("alerts.all_acknowledged", values)
    oldest = min((alert.since_known.date() if alert.since_known else alert.since) for alert in waiting)
    return Finding("alerts.unacknowledged", values | {"days": working_days(oldest, now.date())})
