"""Evaluating the rules over what is known, and what a person sees and does about the alerts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from alerts.finding import Finding
from alerts.monitor import Kind, Phase
from alerts.rule import Rule, Severity
from app.events import Events
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class Transition:
    """A stored event of an alert; `known_from` is when the observation became known, `at` when it was evaluated."""

    kind: Kind
    date: date
    value: float | None
    threshold: float | None
    severity: Severity | None
    known_from: datetime | None
    rule_version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Who took note of an alert, why and until when; `dropped` tells why it no longer stands ("raised", "expired")."""

    who: str
    at: datetime
    reason: str
    until: datetime | None
    dropped: str | None


@dataclass(frozen=True, slots=True)
class Alert:
    """One episode of a rule and its labels.

    `id` ("A-0001") never changes. `date` is the observation the `value` (of the condition, in `unit`) belongs to;
    `threshold` is the line of its severity and `clears_at` the line back. `since` is when phase and severity became
    what they are: the observation's date, and `since_known` the instant it was known. A resolved alert has
    phase normal and `resolved`.
    """

    id: str
    rule: Rule
    labels: Mapping[str, str]
    phase: Phase
    severity: Severity | None
    unit: str
    value: float | None
    date: date | None
    threshold: float | None
    clears_at: float | None
    episode: date
    since: date
    since_known: datetime | None
    resolved: date | None
    stale: bool
    fault: str | None
    acknowledgement: Acknowledgement | None  # the last one, standing or dropped
    history: tuple[Transition, ...]  # oldest first

    @property
    def open(self) -> bool:
        """Pending, firing or recovering."""
        return self.resolved is None

    @property
    def acknowledged(self) -> bool:
        """An acknowledgement stands."""
        return self.acknowledgement is not None and self.acknowledgement.dropped is None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an alert's chart shows: the condition's values and the metric's own, on the same dates (datetime64[D])."""

    dates: NDArray[np.datetime64]
    values: NDArray[np.float64]  # of the condition, in `unit`; NaN before there is enough history
    unit: str
    observed: NDArray[np.float64]
    observed_unit: str


@dataclass(frozen=True, slots=True)
class NotEvaluable:
    """A rule that cannot be evaluated, and what it lacks (a finding "alerts.lack.…")."""

    rule: Rule
    lack: Finding


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation did: alerts it looked at, transitions it stored, alerts as of then, and the list's finding.

    `stored` is false when `as_of` lies before what was evaluated already: then this is a look back and nothing more.
    """

    as_of: datetime
    rules: int
    series: int
    transitions: int
    stored: bool
    alerts: tuple[Alert, ...]
    not_evaluable: tuple[NotEvaluable, ...]
    finding: Finding


class Monitoring:
    """Live use, catching up and looking back call the same pure function; everything that happened is kept."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime], user: str) -> None:
        self._database = database
        self._events = events
        self._clock = clock
        self._user = user

    def evaluate(self, as_of: date | datetime | None = None) -> Evaluation:
        """Evaluate every rule over what is new, as known at `as_of` (a date: its end, UTC; None: now); idempotent."""
        raise NotImplementedError

    def alerts(self, recent_days: int | None = 30) -> tuple[Alert, ...]:
        """Open alerts, worst first, then those resolved within `recent_days` (None: all), newest first."""
        raise NotImplementedError

    def alert(self, alert_id: str) -> Alert:
        """One alert by its id; Misused "alerts.unknown"."""
        raise NotImplementedError

    def finding(self) -> Finding:
        """The list's sentence: how many fire, how many critical, the oldest without acknowledgement."""
        raise NotImplementedError

    def evidence(self, alert_id: str) -> Evidence:
        """The series behind an alert, for its chart."""
        raise NotImplementedError

    def acknowledge(self, alert_id: str, reason: str, until: date | datetime | None = None) -> Alert:
        """Take note of a firing alert; Refused "alerts.reason_missing", "alerts.not_firing", "alerts.until_past"."""
        raise NotImplementedError

    def rules(self) -> tuple[Rule, ...]:
        """The current version of every rule."""
        raise NotImplementedError

    def set_rule(self, rule: Rule, reason: str) -> Rule:
        """Store a new version of a rule (or a new rule); its alerts are replayed at the next evaluation."""
        raise NotImplementedError

    def not_evaluable(self) -> tuple[NotEvaluable, ...]:
        """The rules that lack something, and what."""
        raise NotImplementedError
