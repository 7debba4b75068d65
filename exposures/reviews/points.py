"""The points of credit-asset screening: what speaks against a subject, family by family."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from exposures.allocation import ELIGIBILITY
from exposures.classification import RANK, SPECIAL_MENTION, SUBSTANDARD, ClassFinding
from exposures.exposure import CLASSES
from exposures.flags import LIMIT_BREACH, LIMIT_WATCH, FiringAlert, LimitStanding, limit_reason
from exposures.reason import Reason
from exposures.reviews.claims import Claims
from exposures.reviews.item import Amounts, Priority
from exposures.reviews.review_list import AGENCY_GRADES, NotAssessable, ReviewSettings

#: A rating at or below this grade adds a point.
LOW_GRADE = "B+"
LATE_DAYS = 90


@dataclass(frozen=True, eq=False)
class Subject:
    """A counterparty with its live lines in one flagged country: `lines` are positions in Claims.lines."""

    key: str
    name: str
    country: str
    group: str | None
    lines: tuple[int, ...]
    amounts: Amounts
    findings: tuple[ClassFinding, ...]
    limits: tuple[LimitStanding, ...]


def priority_of(points: int, settings: ReviewSettings) -> Priority:
    """As shipped high ≥ 5, medium 3–4, low 1–2, minor 0 [choice]."""
    for priority in (Priority.HIGH, Priority.MEDIUM, Priority.LOW):
        if points >= settings.mark(f"l1.{priority.value}"):
            return priority
    return Priority.MINOR


def total_points(reasons: Iterable[Reason]) -> int:
    """The maximum within each family, summed."""
    best: dict[str, int] = {}
    for reason in reasons:
        best[reason.family] = max(best.get(reason.family, 0), reason.points)
    return sum(best.values())


class Judge:
    """Judges the subjects of one book."""

    def __init__(self, claims: Claims, alerts: Sequence[FiringAlert], settings: ReviewSettings) -> None:
        self.claims, self.settings = claims, settings
        #: The alerts of currencies, by their country, with the currencies that are its own.
        self.alerts = [
            (alert, alert.country, settings.local_currencies.get(alert.country, frozenset()))
            for alert in alerts
            if alert.family == "fx" and alert.country is not None
        ]
        self.order = {grade: place for place, (grade, _) in enumerate(settings.rating_scale)}
        self.agency: Mapping[str, str] = dict(settings.rating_scale)
        self.read = claims.cell.reader
        lines = claims.lines
        named = lines.said("guarantor_name") | lines.said("guarantor_country")
        clear = np.logical_and.reduce([lines.said(name) for name in ELIGIBILITY])
        #: Whether a line names a guarantor and does not say whether the guarantee holds.
        self.unclear: Callable[[int], bool] = (named & ~clear).item

    def judge(self, subject: Subject) -> tuple[list[Reason], list[NotAssessable]]:
        """Every reason against a subject with its points, and the families that could not be judged."""
        case = _Case(subject, self, [], [])
        for family in (_credit, _rating, _limit, _fx, _maturity, _cover):
            family(case)
        return case.reasons, case.missing


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    subject: Subject
    by: Judge
    reasons: list[Reason]
    missing: list[NotAssessable]

    def add(self, metric: str, family: str, value: Decimal | str, mark: Decimal | str, unit: str, points: int) -> None:
        claims = self.by.claims
        self.reasons.append(Reason(metric, family, value, mark, unit, claims.reporting_date, claims.version, points))

    def given(self, column: str) -> list[Any]:
        """What the lines say in a column, without those that say nothing."""
        values = map(self.by.read(column), self.subject.lines)
        return [value for value in values if value is not None]

    def miss(self, family: str, why: str, value: str = "") -> None:
        self.missing.append(NotAssessable(self.subject.key, self.subject.name, family, why, value))


def _credit(case: _Case) -> None:
    ranks = [RANK[name] for name in case.given("loan_class") if name in RANK]
    days, stages = case.given("days_past_due"), case.given("ifrs_stage")
    if ranks and (worst := max(ranks)) >= SPECIAL_MENTION:
        bad = worst >= SUBSTANDARD
        case.add(
            "class", "credit", CLASSES[worst], "substandard" if bad else "special_mention", "class", 4 if bad else 2
        )
    if days and (latest := int(max(days))) > 0:
        late = latest > LATE_DAYS
        case.add(
            "days_past_due", "credit", Decimal(latest), Decimal(LATE_DAYS + 1 if late else 1), "days", 4 if late else 2
        )
    if stages and (stage := int(max(stages))) >= 2:
        case.add("ifrs_stage", "credit", Decimal(stage), Decimal(min(stage, 3)), "stage", 4 if stage >= 3 else 2)
    if not (ranks or days or stages):
        case.miss("credit", "no_class_days_stage")
    if ranks:
        settings = case.by.settings
        for country in settings.class_rules.unlevelled(case.given("country")):
            if country != settings.em_set.home:
                case.miss("credit", "no_country_level", country)
    seen: set[tuple[str, str, str]] = set()
    for finding in case.subject.findings:
        if (told := (finding.case, finding.value, finding.against)) not in seen:
            seen.add(told)
            against = Decimal(finding.against) if finding.against[0].isdigit() else finding.against
            case.add(f"finding_{finding.case}", "finding", finding.value, finding.minimum or against, "class", 0)


def _rating(case: _Case) -> None:
    order, agency = case.by.order, case.by.agency
    grades = list(dict.fromkeys(str(grade) for grade in case.given("rating")))
    if not grades:
        case.miss("rating", "unrated")
        return
    for grade in grades:
        if grade not in order or agency[grade] not in AGENCY_GRADES:
            case.miss("rating", "unmapped", grade)
    mapped = [grade for grade in grades if grade in order and agency[grade] in AGENCY_GRADES]
    if not mapped:
        return
    worst = max(mapped, key=lambda grade: order[grade])
    if AGENCY_GRADES.index(agency[worst]) >= AGENCY_GRADES.index(LOW_GRADE):
        case.add("rating", "rating", worst, LOW_GRADE, "grade", 1)
    before = case.by.settings.prior_ratings.get(case.subject.key)
    if before in order and order[worst] > order[before]:
        case.add("rating_down", "rating", worst, before, "grade", 2)


def _limit(case: _Case) -> None:
    for use in case.subject.limits:
        metric = f"limit_{use.scope}"
        if use.breached_with_pending:
            case.reasons.append(limit_reason(use, metric, "limit", LIMIT_BREACH, 3))
        elif use.at_least(LIMIT_WATCH):
            points = 1 if use.scope == "country" else 2
            case.reasons.append(limit_reason(use, metric, "limit", LIMIT_WATCH, points))


def _fx(case: _Case) -> None:
    if not case.by.alerts:
        return
    country, currency, drawn, revenue_of = map(case.by.read, ("country", "currency", "drawn", "local_revenue"))
    for alert, where, own in case.by.alerts:
        here = [line for line in case.subject.lines if country(line) == where]
        revenue = [revenue_of(line) for line in here if currency(line) not in own and drawn(line) > 0]
        if any(revenue):
            case.reasons.append(alert.reason("fx_debt", "fx", 2 if alert.severity == "critical" else 1))
        elif None in revenue:
            case.miss("fx", "local_revenue_unknown")


def _maturity(case: _Case) -> None:
    due, least = case.subject.amounts.due_30, case.by.settings.minimum_amount
    if due >= least:
        case.add("due_30", "maturity", due, least, "money", 1)
    if not case.given("days"):
        case.miss("maturity", "undated")


def _cover(case: _Case) -> None:
    amounts = case.subject.amounts
    if any(map(case.by.unclear, case.subject.lines)):
        case.miss("cover", "guarantee_terms_missing")
    if amounts.cover is None:
        case.miss("cover", "no_cover_fields")
    elif amounts.immediate > 0 and (share := amounts.cover / amounts.immediate * 100) < (
        mark := case.by.settings.mark("l1.cover")
    ):
        case.add("cover", "cover", share, mark, "percent", 1)
