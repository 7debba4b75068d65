"""What is watched, when it needs a person, and how long it must last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from alerts.conditions import Comparison, Condition, Level
from alerts.metric import Metric

#: What a rule speaks of; tiers and the dollar tide count families. The last four are the Fed's.
FAMILIES = (
    "fx",
    "reserves",
    "prices",
    "external",
    "spread",
    "flows",
    "limits",
    "data",
    "score",
    "fed_reserves",
    "corridor",
    "on_rrp_treasury",
    "broad_dollar",
)
#: What stands instead of an address where a threshold has no published source.
CHOICE = "choice"


class Severity(StrEnum):
    """How bad it is; an attribute of an alert, not an alert of its own."""

    WARNING = "warning"
    CRITICAL = "critical"


class NoData(StrEnum):
    """What an observation without a value does."""

    KEEP = "keep"  # the state stays and is marked stale; nothing is reset or resolved
    STATE = "state"  # the alert is replaced by the state "no data" (Grafana's way)


class OnError(StrEnum):
    """What it does to an alert that its rule cannot be evaluated (figures in another unit, two under one name)."""

    KEEP = "keep"  # the alert stays what it was and is marked; what fires goes on firing
    STATE = "state"  # while it lasts the alert is in the state "error" and does not fire


class InvalidRule(ValueError):
    """A rule that cannot be: the field it fails in and what is wrong with it, both constants."""

    def __init__(self, field_name: str, problem: str) -> None:
        super().__init__(field_name, problem)
        self.field = field_name
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Band:
    """One severity's line: crossed by `comparison` with `threshold`, for `hold` observations after the first.

    With `in_days` the hold is a duration: calendar days from the first hit's date to the observation's. Once crossed
    the band holds until the value no longer satisfies the same comparison with `recovery`.
    """

    comparison: Comparison
    threshold: float
    hold: int = 0  # "for" in a rule file: fires when so many observations have passed since the first hit
    recovery: float | None = None
    source: str = CHOICE
    in_days: bool = False  # "5d" in a rule file

    def __post_init__(self) -> None:
        if not np.isfinite(self.threshold):
            raise InvalidRule("threshold", "not_a_number")
        if self.hold < 0:
            raise InvalidRule("for", "negative")
        if self.recovery is not None:
            if not np.isfinite(self.recovery):
                raise InvalidRule("recovery", "not_a_number")
            calm = self.recovery <= self.threshold if self.comparison.upward else self.recovery >= self.threshold
            if not calm:
                raise InvalidRule("recovery", "beyond_threshold")

    @property
    def clears_at(self) -> float:
        """The line back to normal: the recovery threshold, or the threshold itself."""
        return self.threshold if self.recovery is None else self.recovery


@dataclass(frozen=True, slots=True)
class Rule:
    """Metric, condition, bands and policies; `unit` is the thresholds' unit; `keep` counts observations.

    On a `calendar` only observations of its open days count. Without acknowledgement an alert goes to the second person
    `escalate_to` once it has fired for `escalate_hours` (0: never).

    A rule without `scope` makes one alert for every set of labels of its metric; `scope` narrows it to some.
    """

    id: str
    metric: str
    unit: str
    family: str
    condition: Condition = field(default_factory=Level)
    warning: Band | None = None
    critical: Band | None = None
    scope: Mapping[str, str] = field(default_factory=dict)
    keep: int = 0
    no_data: NoData = NoData.KEEP
    rationale: str = ""
    source: str = CHOICE
    owner: str = ""
    enabled: bool = True
    version: int = 1
    on_error: OnError = OnError.KEEP
    calendar: str = ""
    escalate_to: str = ""
    escalate_hours: int = 0

    def __post_init__(self) -> None:
        if not self.id or len(self.id) > 64:
            raise InvalidRule("id", "missing" if not self.id else "too_long")
        if not self.metric:
            raise InvalidRule("metric", "missing")
        if self.family not in FAMILIES:
            raise InvalidRule("family", "unknown")
        if self.keep < 0:
            raise InvalidRule("keep", "negative")
        if self.version < 1:
            raise InvalidRule("version", "negative")
        if self.escalate_hours < 0:
            raise InvalidRule("escalate_hours", "negative")
        if bool(self.escalate_to) != bool(self.escalate_hours):
            raise InvalidRule("escalate_to", "missing")
        if self.warning is None and self.critical is None:
            raise InvalidRule("warning", "missing")
        if self.warning is not None and self.critical is not None:
            upward = self.warning.comparison.upward
            if self.critical.comparison.upward != upward:
                raise InvalidRule("critical", "other_direction")
            milder = self.critical.threshold - self.warning.threshold
            if (milder < 0) if upward else (milder > 0):
                raise InvalidRule("critical", "milder_than_warning")

    @property
    def bands(self) -> tuple[tuple[Severity, Band], ...]:
        """The bands there are, mildest first."""
        pairs = ((Severity.WARNING, self.warning), (Severity.CRITICAL, self.critical))
        return tuple((severity, band) for severity, band in pairs if band is not None)

    def band(self, severity: Severity) -> Band | None:
        """The band of a severity."""
        return self.warning if severity is Severity.WARNING else self.critical

    @property
    def reads(self) -> str:
        """The id of the figure that is read: the metric, or what the condition makes of it."""
        return self.condition.reads(self.metric)

    def covers(self, metric: Metric) -> bool:
        """Whether the rule watches this metric: its id, and every label of the scope."""
        return metric.id == self.reads and all(metric.labels.get(name) == want for name, want in self.scope.items())
