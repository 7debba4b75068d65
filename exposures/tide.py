"""The dollar tide through time: what raises it, how long it lasts once that has ended, and who ends it.

Rules: the flagged-countries section of the bank's calculation notes. The tide goes off as a flag does: a cause that
ends keeps it for HOLD_DAYS bank business days, then it is proposed for release and stays until somebody releases it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from alerts.finding import Finding
from exposures.calendar import BankCalendar
from exposures.flags import HOLD_DAYS, TIDE_FAMILIES, FiringAlert, Tide, dollar_tide

#: Under this name a release of the tide is kept beside those of countries.
NAME = "TIDE"


def update_tide(previous: Tide, alerts: Iterable[FiringAlert], today: date, calendar: BankCalendar) -> Tide:
    """The tide of today, from the one before and what fires now; a new rise has the next number."""
    live = dollar_tide(alerts)
    if live.on:
        if previous.on:
            return replace(live, episode=previous.episode, since=previous.since)
        return replace(live, episode=previous.episode + 1, since=today)
    if not previous.on:
        return previous
    ended = previous.ended or today
    return replace(previous, ended=ended, release_proposed=calendar.between(ended, today) >= HOLD_DAYS)


def release_tide(tide: Tide) -> Tide:
    """End the tide; the next rise begins a new one."""
    return Tide(on=False, episode=tide.episode)


@dataclass(frozen=True, slots=True)
class FamilyStanding:
    """One of the four Fed families: the gravest severity that fires in it (None: none), and its alerts."""

    family: str
    severity: str | None
    alerts: tuple[FiringAlert, ...]


def families(alerts: Iterable[FiringAlert]) -> tuple[FamilyStanding, ...]:
    """The families of the tide in their order, those without an alert too."""
    by_family: Mapping[str, list[FiringAlert]] = {name: [] for name in TIDE_FAMILIES}
    for alert in alerts:
        if alert.family in by_family:
            by_family[alert.family].append(alert)
    return tuple(FamilyStanding(name, _gravest(found), tuple(found)) for name, found in by_family.items())


def finding(tide: Tide, standing: Iterable[FamilyStanding]) -> Finding:
    """Is the dollar tide out? Cases: dollar_tide.off, .one_warning, .critical, .warnings, .held, .release_proposed."""
    raised = [one for one in standing if one.severity is not None]
    values = {
        "families": tuple(one.family for one in raised),
        "critical": tuple(one.family for one in raised if one.severity == "critical"),
        "since": tide.since,
        "ended": tide.ended,
        "days": HOLD_DAYS,
    }
    if tide.on and tide.ended is not None:
        return Finding("dollar_tide.release_proposed" if tide.release_proposed else "dollar_tide.held", values)
    if tide.on:
        return Finding("dollar_tide.critical" if values["critical"] else "dollar_tide.warnings", values)
    return Finding("dollar_tide.one_warning" if raised else "dollar_tide.off", values)


def _gravest(alerts: Iterable[FiringAlert]) -> str | None:
    severities = {alert.severity for alert in alerts}
    return "critical" if "critical" in severities else "warning" if severities else None
