"""Which countries and regions are flagged, why, and for how long (tiers, episodes), and whether the dollar tide is on.

Rules: the flagged-countries section of the bank's calculation notes. Everything arrives as plain values.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exposures.calendar import BankCalendar
from exposures.em_set import EmSet as EmSet
from exposures.em_set import parse_em_set as parse_em_set
from exposures.limit_standing import LIMIT_BREACH as LIMIT_BREACH
from exposures.limit_standing import LIMIT_WATCH as LIMIT_WATCH
from exposures.limit_standing import LimitStanding as LimitStanding
from exposures.limit_standing import limit_reason as limit_reason
from exposures.reason import Reason

#: An alert about a country flags it only when its family is one of these.
COUNTRY_FAMILIES = ("fx", "reserves", "prices", "external", "spread", "flows")
#: Fed alerts name no country; these families make the dollar tide.
TIDE_FAMILIES = ("fed_reserves", "corridor", "on_rrp_treasury", "broad_dollar")
#: Bank business days for which a country keeps its tier after the cause has ended.
HOLD_DAYS = 20

#: Notes a cause: country, key, tier, reason.
_Add = Callable[[str, str, "Tier", Reason], None]

SCORE_ACT, SCORE_WATCH, SCORE_WATCH_IN_TIDE = Decimal(70), Decimal(60), Decimal(50)


class Tier(StrEnum):
    """A: act (处置). B: watch (关注)."""

    ACT = "A"
    WATCH = "B"


@dataclass(frozen=True, slots=True)
class FiringAlert:
    """An alert that is firing: its family, severity ("warning" or "critical"), labels and what it saw."""

    rule_id: str
    family: str
    severity: str
    metric: str
    value: float | None
    threshold: float | None
    unit: str
    date: date
    source: str
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def country(self) -> str | None:
        """The country or region it speaks of, if it speaks of one."""
        return self.labels.get("country")

    def reason(self, metric: str, family: str, points: int = 0) -> Reason:
        """The alert as a reason for something."""
        return Reason(
            metric,
            family,
            None if self.value is None else Decimal(repr(self.value)),
            None if self.threshold is None else Decimal(repr(self.threshold)),
            self.unit,
            self.date,
            self.source,
            points,
            {**self.labels, "rule": self.rule_id, "alert_metric": self.metric, "severity": self.severity},
        )


@dataclass(frozen=True, slots=True)
class CountryReading:
    """A country's vulnerability score (kind "score", 0–100) or country-risk level (kind "level"), where one exists."""

    country: str
    kind: str
    value: Decimal | str
    date: date
    source: str


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of a flag; `key` tells it apart from the country's others, `ended` is the day it was first missed."""

    key: str
    tier: Tier
    reason: Reason
    since: date
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class CountryFlag:
    """A country's stay on the flagged list: its number (episode), first day, causes, and the tier they give it now.

    `release_proposed`: every cause has ended and the hold has run out; the stay lasts until somebody releases it.
    """

    country: str
    episode: int
    since: date
    tier: Tier
    causes: tuple[Cause, ...]
    release_proposed: bool = False

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, the causes of tier A first."""
        return tuple(cause.reason for cause in sorted(self.causes, key=lambda cause: (cause.tier, cause.key)))


@dataclass(frozen=True, slots=True)
class Tide:
    """The dollar tide and the Fed alerts that raise it; `exposures.tide` follows it through time.

    `episode` numbers its rises, `since` is the first day, `ended` the first on which nothing raised it any more.
    """

    on: bool
    reasons: tuple[Reason, ...] = ()
    episode: int = 0
    since: date | None = None
    ended: date | None = None
    release_proposed: bool = False


def dollar_tide(alerts: Iterable[FiringAlert]) -> Tide:
    """On when one critical, or warnings from two of the four Fed families, are firing."""
    raising = [alert for alert in alerts if alert.family in TIDE_FAMILIES]
    on = any(alert.severity == "critical" for alert in raising) or len({alert.family for alert in raising}) >= 2
    return Tide(on, tuple(alert.reason("tide", "tide") for alert in raising) if on else ())


def live_causes(
    em_set: EmSet,
    policy_list: Sequence[str],
    alerts: Iterable[FiringAlert],
    limits: Iterable[LimitStanding],
    readings: Iterable[CountryReading],
    tide: Tide,
    today: date,
) -> dict[str, tuple[Cause, ...]]:
    """Every cause that holds today, by country; only the emerging-market set and the policy list can be flagged."""
    causes: dict[str, list[Cause]] = {}

    def add(country: str, key: str, tier: Tier, reason: Reason) -> None:
        if country in em_set or country in policy_list:
            causes.setdefault(country, []).append(Cause(key, tier, reason, today))

    for country in policy_list:
        add(country, "policy", Tier.WATCH, Reason("policy_list", "country", None, None, "code", today, "policy list"))
    by_country: dict[str, list[FiringAlert]] = {}
    for alert in alerts:
        if alert.country is not None and alert.family in COUNTRY_FAMILIES:
            by_country.setdefault(alert.country, []).append(alert)
    families_needed = 1 if tide.on else 2
    for country, firing in by_country.items():
        for alert in firing:
            if alert.severity == "critical":
                add(country, f"alert:{alert.rule_id}", Tier.ACT, alert.reason("country_alert", "country"))
        warned = {alert.family for alert in firing}
        if len(warned) >= families_needed:
            for alert in firing:
                if alert.severity != "critical":
                    reason = alert.reason("country_alert", "country")
                    add(country, f"alert:{alert.rule_id}", Tier.WATCH, reason)
    for use in limits:
        if use.scope == "country":
            _add_limit(add, use)
    for reading in readings:
        _add_reading(add, reading, tide)
    return {country: tuple(found) for country, found in causes.items()}


def update_flags(
    previous: Iterable[CountryFlag], causes: Mapping[str, Sequence[Cause]], today: date, calendar: BankCalendar
) -> tuple[CountryFlag, ...]:
    """The flags of today: `previous` holds each country's latest stay, the released ones (without causes) too.

    A cause that ended keeps its tier for HOLD_DAYS bank business days; then the country is proposed for release, and
    one that comes back meanwhile goes on in the same stay. A new stay has the next number.
    """
    stays = {flag.country: flag for flag in previous}
    flags: list[CountryFlag] = []
    for country in sorted(stays.keys() | causes.keys()):
        stay, live = stays.get(country), causes.get(country, ())
        if stay is None or not stay.causes:
            if live:
                number = 1 if stay is None else stay.episode + 1
                flags.append(CountryFlag(country, number, today, _tier(live), tuple(live)))
            elif stay is not None:
                flags.append(stay)
            continue
        kept = _merged(stay.causes, live, today)
        acting = [cause for cause in kept if _acts(cause, today, calendar)]
        # Once every hold has run out the last causes stay visible as the reasons of the proposal to release.
        shown = acting or list(kept)
        flags.append(CountryFlag(country, stay.episode, stay.since, _tier(shown), tuple(shown), not acting))
    return tuple(flags)


def release(flag: CountryFlag) -> CountryFlag:
    """End a stay; the country's next cause begins a new one."""
    return replace(flag, causes=(), release_proposed=False)


def _add_limit(add: _Add, use: LimitStanding) -> None:
    if use.breached:
        add(use.subject, "limit:breach", Tier.ACT, limit_reason(use, "limit_active_breach", "country", LIMIT_BREACH))
    elif use.at_least(LIMIT_WATCH):
        add(use.subject, "limit:use", Tier.WATCH, limit_reason(use, "limit_use", "country", LIMIT_WATCH))


def _add_reading(add: _Add, reading: CountryReading, tide: Tide) -> None:
    value = reading.value
    if reading.kind == "level":
        tier = {"high": Tier.ACT, "relatively_high": Tier.WATCH}.get(str(value))
        mark: Decimal | str = "high" if tier is Tier.ACT else "relatively_high"
        unit = "level"
    else:
        score = Decimal(value)
        watch = SCORE_WATCH_IN_TIDE if tide.on else SCORE_WATCH
        tier = Tier.ACT if score >= SCORE_ACT else Tier.WATCH if score >= watch else None
        mark = SCORE_ACT if tier is Tier.ACT else watch
        unit = "score"
    if tier is not None:
        reason = Reason(f"country_{reading.kind}", "country", value, mark, unit, reading.date, reading.source)
        add(reading.country, reading.kind, tier, reason)


def _merged(before: Sequence[Cause], live: Sequence[Cause], today: date) -> tuple[Cause, ...]:
    now = {cause.key: cause for cause in live}
    kept: list[Cause] = []
    for cause in before:
        current = now.pop(cause.key, None)
        if current is None:
            kept.append(cause if cause.ended else replace(cause, ended=today))
        elif current.tier > cause.tier and cause.ended is None:
            # The cause weakened (critical to warning): its stronger form is held like one that ended.
            kept.append(replace(cause, key=f"{cause.key}:before", ended=today))
            kept.append(current)
        else:
            # Standing on the policy list is dated by its first day; every other cause by its newest figure.
            reason = cause.reason if cause.key == "policy" else current.reason
            kept.append(replace(current, since=cause.since, reason=reason))
    return (*kept, *now.values())


def _acts(cause: Cause, today: date, calendar: BankCalendar) -> bool:
    return cause.ended is None or calendar.between(cause.ended, today) < HOLD_DAYS


def _tier(causes: Sequence[Cause]) -> Tier:
    return min(cause.tier for cause in causes)
