"""What waits for a person today, and which country hurts: alerts, review lists, imports and limits seen together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from alerts.alert import Alert
from alerts.finding import Finding
from alerts.rule import Severity
from app.series.releases import next_after
from app.services.importing import Importing
from app.services.monitoring import Monitoring
from app.services.reviewing import Reviewing
from app.services.surveying import Surveying
from app.storage.books import Batch
from exposures.book import Position
from exposures.limits import LimitState, LimitUse
from exposures.reviews.item import SETTLED, ReviewItem

#: The releases whose next publication the Overview names.
NEXT_RELEASES = ("on_rrp", "h41")


class Kind(StrEnum):
    """What sort of work a duty is."""

    ALERT = "alert"  # to be acknowledged
    REVIEWS = "reviews"  # items without a decision
    IMPORT = "import"  # problems of the last import
    BOOK = "book"  # there is none


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do. `state` is its severity or "todo"; the fields that do not belong to its kind stay empty."""

    kind: Kind
    state: str
    alert: Alert | None = None
    items: int = 0  # review items without a decision, or issues of the import
    overdue: int = 0
    due: date | None = None  # the earliest due date of the items
    batch: Batch | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done today, and when."""

    kind: Kind
    at: datetime
    alert: Alert | None = None
    batch: Batch | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """What comes out next: the release's id, the date it is about, and the scheduled instant."""

    id: str
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Today:
    """The card "What must I do today?": the most pressing first."""

    finding: Finding
    duties: tuple[Duty, ...]
    done: tuple[Done, ...]
    releases: tuple[Release, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country or region of the book: its amounts, its limit, and the alerts that fire for it, gravest first."""

    position: Position
    use: LimitUse | None
    alerts: tuple[Alert, ...]

    @property
    def severity(self) -> int:
        """2 critical or in breach, 1 warning, 0 neither; of its alerts and its limit the graver."""
        grave = max((_GRAVITY[alert.severity] for alert in self.alerts if alert.severity), default=0)
        return max(grave, _TIGHT.get(self.use.state, 0) if self.use else 0)


@dataclass(frozen=True, slots=True)
class Countries:
    """The card "Which country hurts?": the gravest first, then the largest."""

    finding: Finding
    reporting_date: date | None = None
    currency: str = "USD"
    rows: tuple[Country, ...] = ()


_GRAVITY = {Severity.WARNING: 1, Severity.CRITICAL: 2}
_TIGHT = {
    LimitState.WARNING: 1,
    LimitState.CRITICAL: 2,
    LimitState.EXPECTED_BREACH: 2,
    LimitState.BREACH: 2,
}


class Attending:
    """Reads only what the other services know."""

    def __init__(
        self,
        monitoring: Monitoring,
        reviewing: Reviewing,
        importing: Importing,
        surveying: Surveying,
        clock: Callable[[], datetime],
    ) -> None:
        self._monitoring, self._reviewing = monitoring, reviewing
        self._importing, self._surveying = importing, surveying
        self._clock = clock

    def today(self) -> Today:
        """What is to be done, what was done today, and what comes out next."""
        now = self._clock()
        alerts = self._monitoring.alerts()
        last = next((batch for batch in self._importing.history() if batch.visible), None)
        issues = len(self._importing.issues(last.id)) if last is not None and last.quarantined else 0
        items = [item for made in self._reviewing.lists() for item in made.items]
        duties = tuple(_duties(alerts, items, last, issues, self._reviewing.today()))
        done = [
            Done(Kind.ALERT, alert.acknowledgement.at, alert=alert)
            for alert in alerts
            if alert.acknowledged and alert.acknowledgement is not None
        ]
        done += [Done(Kind.IMPORT, batch.at, batch=batch) for batch in self._importing.history() if batch.visible]
        recent = [each for each in done if each.at.astimezone().date() == now.astimezone().date()]
        return Today(
            first_duty(duties, evaluated=bool(alerts) or last is not None),
            duties,
            tuple(sorted(recent, key=lambda each: each.at)),
            tuple(Release(name, *next_after(name, now)) for name in NEXT_RELEASES),
        )

    def countries(self) -> Countries:
        """The countries and regions of the newest book with what speaks against them."""
        if not self._surveying.batches():
            return Countries(Finding("country.no_book"))
        seen = self._surveying.exposures()
        uses = {use.country: use for use in seen.limits}
        firing: dict[str, list[Alert]] = {}
        for alert in self._monitoring.alerts():
            if alert.fires and (place := alert.labels.get("country")):
                firing.setdefault(place, []).append(alert)
        rows = rank(
            Country(position, uses.get(position.key), tuple(sorted(firing.get(position.key, []), key=_gravest_first)))
            for position in seen.rows
            if position.key is not None
        )
        return Countries(worst(rows), seen.batch.reporting_date, seen.book.currency, rows)


def first_duty(duties: Sequence[Duty], *, evaluated: bool) -> Finding:
    """What to begin with: the gravest alert, overdue items, open items, import problems, or nothing."""
    if not duties:
        return Finding("today.nothing" if evaluated else "today.nothing_known")
    first = duties[0]
    if first.kind is Kind.ALERT and first.alert is not None:
        alert = first.alert
        return Finding(
            "today.alert",
            {"rule": alert.rule, "labels": alert.labels, "severity": alert.severity, "since": alert.since},
        )
    if first.kind is Kind.REVIEWS:
        values = {"items": first.items, "overdue": first.overdue, "due": first.due}
        return Finding("today.reviews_overdue" if first.overdue else "today.reviews", values)
    if first.kind is Kind.IMPORT and first.batch is not None:
        return Finding("today.import", {"items": first.items, "rows": first.batch.quarantined})
    return Finding("today.no_book")


def rank(rows: Iterable[Country]) -> tuple[Country, ...]:
    """The gravest first; of equals the tighter limit, then the larger amount."""

    def place(row: Country) -> tuple[int, Decimal, Decimal]:
        share = row.use.use.share_with_pending if row.use is not None else None
        return -row.severity, -(share or Decimal(0)), -row.position.amount()

    return tuple(sorted(rows, key=place))


def worst(rows: Sequence[Country]) -> Finding:
    """Which country hurts: the gravest with its cause, or none of those in the book."""
    if not rows or rows[0].severity == 0:
        unlimited = sum(row.use is None or row.use.limit is None for row in rows)
        case = "country.none_limited" if rows and unlimited == len(rows) else "country.calm"
        return Finding(case if rows else "country.empty", {"countries": len(rows), "unlimited": unlimited})
    row = rows[0]
    others = sum(each.severity > 0 for each in rows[1:])
    values: dict[str, object] = {"country": row.position.key, "others": others}
    share = row.use.use.share_with_pending if row.use is not None else None
    if row.use is not None and share is not None and _TIGHT.get(row.use.state, 0) == row.severity:
        return Finding(f"country.limit_{row.use.state.value}", values | {"share": share * 100})
    if row.alerts:
        alert = row.alerts[0]
        return Finding("country.alert", values | {"rule": alert.rule, "severity": alert.severity})
    return Finding("country.limit_zero", values)


def _gravest_first(alert: Alert) -> tuple[int, date]:
    return -(_GRAVITY[alert.severity] if alert.severity else 0), alert.since


def _duties(
    alerts: Iterable[Alert], items: Iterable[ReviewItem], last: Batch | None, issues: int, today: date
) -> Iterable[Duty]:
    """Alerts without acknowledgement (critical, then warning), overdue reviews, open reviews, the import, the book."""
    for alert in sorted((a for a in alerts if a.fires and not a.acknowledged), key=_gravest_first):
        yield Duty(Kind.ALERT, str(alert.severity.value if alert.severity else "warning"), alert=alert)
    waiting = [item for item in items if item.needs_decision and item.status not in SETTLED]
    overdue = sum(item.overdue(today) for item in waiting)
    if waiting:
        due = min((item.due for item in waiting if item.due is not None), default=None)
        yield Duty(Kind.REVIEWS, "warning" if overdue else "todo", items=len(waiting), overdue=overdue, due=due)
    if last is None:
        yield Duty(Kind.BOOK, "todo")
    elif last.quarantined:
        yield Duty(Kind.IMPORT, "todo", items=issues, batch=last)


def counts(today: Today) -> Mapping[str, tuple[int, str]]:
    """What stands beside the pages in the navigation: how many, and the gravest state of them."""
    firing = [duty for duty in today.duties if duty.kind is Kind.ALERT]
    reviews = next((duty for duty in today.duties if duty.kind is Kind.REVIEWS), None)
    found: dict[str, tuple[int, str]] = {}
    if firing:
        found["alerts"] = (len(firing), firing[0].state)
    if reviews is not None:
        found["reviews"] = (reviews.items, "warning" if reviews.overdue else "")
    return found
