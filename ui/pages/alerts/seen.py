"""What the page asks the services for, in a worker: the list, and for one alert its evidence and the money at stake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pandas as pd

from alerts.alert import Alert
from alerts.finding import Finding
from alerts.monitor import Phase
from alerts.notices import Silence
from alerts.rule import Severity
from app.bootstrap import Program
from app.jobs import Job
from app.refusals import Refused
from app.services.evaluating import NotEvaluable
from app.services.monitoring import Evidence
from app.services.tracing import Traced
from app.storage.answers import Action
from app.storage.books import Batch
from exposures.book import Basis, Book
from exposures.flags import TIDE_FAMILIES
from exposures.limits import LimitUse

_UNTRACED = Traced((), None, None)
#: How many counterparties the money card names.
NAMED = 3


@dataclass(frozen=True)
class Seen:
    """The list, worst first, what it says, and the rules that lack something."""

    alerts: tuple[Alert, ...]
    finding: Finding
    lacks: tuple[NotEvaluable, ...]
    sources: Mapping[str, str]  # where its figures come from, by alert


@dataclass(frozen=True)
class Stake:
    """The money behind an alert, in the book's currency: one country's, or the whole book's where it has none."""

    country: str | None
    currency: str
    reporting_date: date
    amount: Decimal
    drawn: Decimal
    undrawn: Decimal
    pending: Decimal
    limit: LimitUse | None
    largest: Sequence[tuple[str, Decimal]]
    immediate: Decimal  # the same on the immediate-counterparty basis
    due: Decimal  # drawn and due within 30 days
    lines: int
    batch: Batch


@dataclass(frozen=True)
class Detail:
    """One alert with its series (None: none is stored) and the money behind it (None: there is no book)."""

    alert: Alert
    evidence: Evidence | None
    stake: Stake | None
    silence: Silence | None = None
    actions: tuple[Action, ...] = ()
    owners: tuple[str, ...] = ()
    traced: Traced = _UNTRACED


#: The review lists that an alert's country is put on, by what the rule is about (CALCULATIONS 8).
_FEEDS = {
    "fx": ("L1", "L3", "L4", "L7", "L6"),
    "reserves": ("L1", "L2", "L5", "L8", "L9", "L6"),
    "spread": ("L1", "L2", "L5", "L8", "L9", "L6"),
    "score": ("L1", "L2", "L5", "L8", "L9", "L6"),
    "limits": ("L3", "L4", "L5"),
}
#: What the dollar tide is a reason in.
_TIDE = ("L3", "L4", "L10")


def feeds(family: str) -> tuple[str, ...]:
    """The review lists that an alert of this family feeds."""
    return _FEEDS.get(family, _TIDE if family in TIDE_FAMILIES else ())


def fetch(program: Program, _job: Job) -> Seen:
    """The open alerts and those of the last weeks."""
    alerts = program.monitoring.alerts()
    found: dict[tuple[object, ...], str] = {}
    sources = {}
    for alert in alerts:
        key = (alert.rule.id, alert.rule.version, *sorted(alert.labels.items()))
        if key not in found:
            found[key] = program.tracing.rule(alert.rule, alert.labels).source
        sources[alert.id] = found[key]
    return Seen(alerts, program.monitoring.finding(), program.monitoring.not_evaluable(), sources)


def fetch_detail(program: Program, alert_id: str, _job: Job) -> Detail:
    """One alert as it stands."""
    alert = program.monitoring.alert(alert_id)
    try:
        evidence: Evidence | None = program.monitoring.evidence(alert_id)
    except Refused:
        evidence = None
    try:
        stake: Stake | None = _stake(program, alert.labels.get("country"))
    except Refused:
        stake = None
    silence = program.answering.silenced([alert]).get(alert.id) if alert.open else None
    owners = tuple(person.name for person in program.staffing.persons())
    traced = program.tracing.rule(alert.rule, alert.labels)
    return Detail(alert, evidence, stake, silence, program.answering.actions(alert.id), owners, traced)


def _stake(program: Program, country: str | None) -> Stake:
    batch = program.surveying.newest()
    book: Book = program.surveying.book(batch.id)
    rows = book.by_country(Basis.GUARANTOR)
    chosen = [row for row in rows if country is None or row.key == country]
    nothing = Decimal(0)
    use = next((use for use in program.surveying.limits() if country is not None and use.country == country), None)
    lines = book.lines_of(country=country, basis=Basis.GUARANTOR, live_only=True)
    largest = replace(book, lines=lines).by_counterparty()[:NAMED]
    return Stake(
        country,
        book.currency,
        book.reporting_date,
        sum((row.amount() for row in chosen), nothing),
        sum((row.outstanding for row in chosen), nothing),
        sum((row.undrawn for row in chosen), nothing),
        sum((row.pending for row in chosen), nothing),
        use,
        [(row.name or row.key or "", row.amount()) for row in largest],
        sum((row.amount() for row in book.by_country() if country is None or row.key == country), nothing),
        _due(book, lines),
        len(lines),
        batch,
    )


def _due(book: Book, lines: pd.DataFrame) -> Decimal:
    """What is drawn and falls due within thirty days of the reporting date."""
    start = pd.Timestamp(book.reporting_date)
    soon = lines[(lines["maturity"] >= start) & (lines["maturity"] <= start + pd.Timedelta(days=30))]
    rows = replace(book, lines=soon).by_counterparty() if len(soon) else ()
    return sum((row.outstanding for row in rows), Decimal(0))


def mark(alert: Alert) -> str:
    """The shape an alert is drawn in."""
    if not alert.open:
        return "ok"
    if alert.stale or alert.fault is not None:
        return "stale"
    if alert.phase is Phase.PENDING:
        return "pending"
    if alert.phase is Phase.RECOVERING or alert.recovering:
        return "watch"
    return "critical" if alert.severity is Severity.CRITICAL else "warning"


def order(alert: Alert) -> int:
    """Which part of the list an alert stands in: waiting for somebody, waiting by itself, taken note of, over."""
    if not alert.open:
        return 3
    if alert.fires:
        return 2 if alert.acknowledged else 0
    return 1
