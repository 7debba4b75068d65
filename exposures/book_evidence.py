"""The rows of the daily check's book and open-work steps (CALCULATIONS 13)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from exposures.check_policy import CheckPolicy
from exposures.checking import Evidence, State, Verdict
from exposures.class_rules import BLANK, ClassRules
from exposures.classification import class_findings
from exposures.limits import LimitState, LimitUse, Scope
from exposures.reason import exact
from exposures.reviews.claims import Claims
from exposures.reviews.item import SETTLED, Priority, ReviewItem

_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class BookEvidence:
    """The rows, the inputs the book does not give, and its lines that are late beyond the mark."""

    rows: tuple[Evidence, ...]
    missing: tuple[str, ...]
    late: tuple[str, ...]


def no_book() -> BookEvidence:
    """Nothing is imported: no data, which calls for a watch."""
    return BookEvidence((Evidence("no_book", State.NO_DATA, Verdict.WATCH),), (), ())


def book_rows(
    claims: Claims,
    uses: Iterable[LimitUse],
    known_late: Collection[str],
    today: date,
    policy: CheckPolicy,
    rules: ClassRules = BLANK,
) -> BookEvidence:
    """Act on an active breach or a line that is newly more than 90 days late; watch from 80 % use with pending.

    `known_late` are the lines that were late when somebody last signed.
    """
    missing = []
    rows = list(limit_rows(uses, claims.reporting_date, claims.version, policy))
    lines = claims.lines.frame
    live = lines[(lines["live"] & lines["converted"]).to_numpy(dtype=bool)]
    late = _late(lines[lines["live"].to_numpy(dtype=bool)], policy)
    if lines["days_past_due"].isna().all():
        missing.append("days_past_due")
    rows += _late_rows(claims, late, known_late, policy)
    if live["loan_class"].isna().all() and live["ifrs_stage"].isna().all():
        missing.append("loan_class")
    else:
        rows += _class_rows(claims, live, rules)
    rows.append(_maturities(claims, live, today, policy))
    return BookEvidence(tuple(rows), tuple(missing), tuple(sorted(str(key) for key in late["line_id"])))


def limit_rows(uses: Iterable[LimitUse], day: date, source: str, policy: CheckPolicy) -> Iterable[Evidence]:
    """A row for every limit from the watch mark up; the rest counted; no limit at all is no data."""
    watch = policy.mark("limit_watch")
    limited = within = without = 0
    for use in uses:
        if use.limit is None:
            without += 1
            continue
        limited += 1
        share, pending = use.use.share, use.use.share_with_pending
        labels = {"basis": use.limit.basis.value, "state": use.state.value}
        if use.scope is Scope.COUNTRY:
            labels["country"] = use.key
        else:
            labels |= {"scope": use.scope.value, "key": use.key, "within": use.within, "name": use.name}
        if use.state is LimitState.NOT_COMPARABLE:
            yield Evidence("limit", State.NO_DATA, Verdict.WATCH, None, "percent", day, source, watch, _FULL, labels)
        elif use.state is LimitState.BREACH:
            value = None if share is None else share * 100  # a limit of zero has no percentage
            yield Evidence("limit", State.CRITICAL, Verdict.ACT, value, "percent", day, source, watch, _FULL, labels)
        elif use.state is LimitState.EXPECTED_BREACH or (pending is not None and pending * 100 >= watch):
            value = None if pending is None else pending * 100
            yield Evidence("limit", State.WARNING, Verdict.WATCH, value, "percent", day, source, watch, _FULL, labels)
        else:
            within += 1
    if limited:
        yield Evidence("limits_within", State.NORMAL, value=exact(within), unit="limits", date=day, source=source)
    else:
        yield Evidence("no_limits", State.NO_DATA, Verdict.WATCH, unit="limits", date=day, source=source)
    if without:
        yield Evidence("without_limit", State.INFO, value=exact(without), unit="countries", date=day, source=source)


def work_rows(items: Iterable[ReviewItem], made: date | None, today: date, policy: CheckPolicy) -> tuple[Evidence, ...]:
    """Act if an item of high priority is overdue; watch if anything is overdue or due within the mark.

    `made` is the day on which the lists were last made; None: never, which is no data.
    """
    if made is None:
        return (Evidence("lists_never_made", State.NO_DATA, Verdict.WATCH),)
    soon = policy.mark("due_watch")
    rows, standing = [], 0
    for item in items:
        if item.status in SETTLED:
            continue
        standing += 1
        left = None if item.due is None else (item.due - today).days
        if left is None or left > soon:
            continue
        acts = item.overdue(today) and item.proposal.priority is Priority.HIGH
        state, calls_for = (State.CRITICAL, Verdict.ACT) if acts else (State.WARNING, Verdict.WATCH)
        labels = {
            "item": item.id,
            "list": item.proposal.key.list_id,
            "subject": item.proposal.name,
            "country": item.proposal.key.country,
            "priority": item.proposal.priority.value,
            "status": item.status.value,
            "owner": item.owner or "",
        }
        rows.append(Evidence("item", state, calls_for, exact(left), "days", item.due, item.id, soon, labels=labels))
    return (*rows, Evidence("open_items", State.INFO, value=exact(standing), unit="items", date=made))


def _late(lines: pd.DataFrame, policy: CheckPolicy) -> pd.DataFrame:
    days = lines["days_past_due"].fillna(-1).to_numpy(dtype="int64")
    return lines[days > int(policy.mark("late_act"))]


def _late_rows(claims: Claims, late: pd.DataFrame, known: Collection[str], policy: CheckPolicy) -> Iterable[Evidence]:
    mark = policy.mark("late_act")
    is_new = ~late["line_id"].isin(list(known)).to_numpy()
    fresh = late[is_new]
    for (subject, name), group in fresh.groupby(
        [fresh["subject"].fillna(""), fresh["counterparty_name"].fillna("")], sort=True
    ):
        labels = {"counterparty": str(name or subject), "subject": str(subject), "lines": str(len(group))}
        days = exact(int(group["days_past_due"].max()))
        yield Evidence(
            "late_new",
            State.CRITICAL,
            Verdict.ACT,
            days,
            "days",
            claims.reporting_date,
            claims.version,
            None,
            mark,
            labels,
        )
    if len(late) > len(fresh):
        count = exact(len(late) - len(fresh))
        yield Evidence(
            "late_known", State.INFO, value=count, unit="lines", date=claims.reporting_date, source=claims.version
        )


def _class_rows(claims: Claims, live: pd.DataFrame, rules: ClassRules) -> Iterable[Evidence]:
    cases: dict[str, int] = {}
    for found in class_findings(live, live["subject"], claims.scaled_at(live.index.to_numpy()), rules):
        cases[found.case] = cases.get(found.case, 0) + 1
    day, version = claims.reporting_date, claims.version
    for case in sorted(cases):
        yield Evidence(
            "class_finding",
            State.INFO,
            value=exact(cases[case]),
            unit="lines",
            date=day,
            source=version,
            labels={"case": case},
        )
    if not cases:
        yield Evidence("class_findings", State.NORMAL, value=exact(0), unit="lines", date=day, source=version)


def _maturities(claims: Claims, live: pd.DataFrame, today: date, policy: CheckPolicy) -> Evidence:
    """Drawn amounts falling due from today on, within the mark."""
    horizon = today + timedelta(days=int(policy.mark("maturities")))
    maturity = live["maturity"]
    due = live[((maturity >= pd.Timestamp(today)) & (maturity <= pd.Timestamp(horizon))).to_numpy(dtype=bool)]
    return Evidence(
        "maturities",
        State.INFO,
        value=claims.total_at(due.index, "drawn"),
        unit=claims.book.currency,
        date=horizon,
        source=claims.version,
        labels={"lines": str(len(due)), "days": str(policy.mark("maturities"))},
    )
