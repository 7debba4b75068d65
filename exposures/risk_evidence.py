"""Rows of the daily check on reserves, major exposures and excesses that end (CALCULATIONS 6, 13).

They inform: CALCULATIONS 13 lets neither a reserve gap nor a major exposure alone call for a watch or an act.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from exposures.check_policy import CheckPolicy
from exposures.checking import Evidence, State, Verdict
from exposures.country_risk import MAJOR_SHARE, CountryRisks
from exposures.limit_findings import SOON, expiring
from exposures.limits import Limit
from exposures.reason import exact


@dataclass(frozen=True, slots=True)
class RiskEvidence:
    """The rows, and the settings without which nothing can be told: "reserve_gap", "net_capital"."""

    rows: tuple[Evidence, ...]
    missing: tuple[str, ...]


def risk_rows(risks: CountryRisks, day: date, source: str) -> RiskEvidence:
    """A row for every country with a gap or a major exposure; the rest counted, and so is what cannot be computed."""
    rows: list[Evidence] = []
    for row in risks.rows:
        labels = {"country": row.country} | ({"level": row.level} if row.level else {})
        if row.gap is not None and row.gap > 0:
            rows.append(
                Evidence("reserve_gap", State.INFO, value=row.gap, unit=risks.currency, date=day, source=source,
                         labels=labels)
            )  # fmt: skip
        if row.major:
            rows.append(
                Evidence("major_exposure", State.INFO, value=row.capital_share, unit="percent", date=day,
                         source=source, critical=MAJOR_SHARE, labels=labels)
            )  # fmt: skip
    known = sum(row.gap is not None for row in risks.rows)
    missing = [] if known or not risks.rows else ["reserve_gap"]
    if known and not any(row.code == "reserve_gap" for row in rows):
        rows.append(Evidence("no_reserve_gap", State.NORMAL, value=exact(known), unit="countries", date=day,
                             source=source))  # fmt: skip
    if known and known < len(risks.rows):
        lost = exact(len(risks.rows) - known)
        rows.append(Evidence("reserve_unknown", State.NO_DATA, value=lost, unit="countries", date=day, source=source))
    if risks.net_capital is None:
        missing.append("net_capital")
    elif not any(row.major for row in risks.rows):
        rows.append(Evidence("no_major_exposure", State.NORMAL, unit="countries", value=exact(0), date=day,
                             source=source))  # fmt: skip
    return RiskEvidence(tuple(rows), tuple(missing))


def excess_rows(limits: Iterable[Limit], today: date, policy: CheckPolicy) -> tuple[Evidence, ...]:
    """Temporary excesses that end soon: a watch within the mark of what is due, before that for information."""
    rows = []
    for limit, until in expiring(limits, today, SOON):
        left = (until - today).days
        near = left <= policy.mark("due_watch")
        labels = {"scope": limit.scope.value, "key": limit.key, "within": limit.within}
        rows.append(
            Evidence(
                "excess_ends",
                State.WARNING if near else State.INFO,
                Verdict.WATCH if near else Verdict.FINE,
                exact(left),
                "days",
                until,
                warning=policy.mark("due_watch"),
                labels=labels,
            )
        )
    return tuple(rows)
