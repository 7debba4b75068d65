"""What waits for a person today, and which country hurts: alerts, review lists, imports and limits seen together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from alerts.alert import Alert
from alerts.finding import Finding
from alerts.rule import Severity
from app.paths import Workspace
from app.refusals import Refused
from app.series.releases import next_after
from app.services import review_inputs
from app.services.importing import Importing
from app.services.looking_back import Past
from app.services.metering import FX, Metered
from app.services.monitoring import Monitoring
from app.services.reviewing import Reviewing
from app.services.surveying import Surveying
from app.settings import REVIEW_SETTINGS
from app.storage import reviews, settings
from app.storage.books import Batch
from app.storage.database import Database
from app.timetable import table
from exposures import gravity
from exposures.gravity import Country, CurrencyMove
from exposures.reviews.item import SETTLED, ReviewItem

#: The releases whose next publication the Overview names.
NEXT_RELEASES = ("on_rrp", "h41")


class Kind(StrEnum):
    """What sort of work a duty is."""

    ALERT = "alert"  # to be acknowledged
    REVIEWS = "reviews"  # items without a decision
    IMPORT = "import"  # problems of the last import
    BOOK = "book"  # there is none
    CALENDAR = "calendar"  # the bank's table of release days cannot be used


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
    fault: Refused | None = None  # why the table of release days cannot be used


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
class Countries:
    """The card "Which country hurts?": the gravest first (exposures.gravity), then the largest."""

    finding: Finding
    reporting_date: date | None = None
    currency: str = "USD"
    rows: tuple[Country, ...] = ()


_GRAVITY = {Severity.WARNING: 1, Severity.CRITICAL: 2}


class Attending:
    """Reads only what the other services know."""

    def __init__(
        self,
        database: Database,
        workspace: Workspace,
        rates: Metered,
        monitoring: Monitoring,
        reviewing: Reviewing,
        importing: Importing,
        surveying: Surveying,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._workspace, self._rates = database, workspace, rates
        self._monitoring, self._reviewing = monitoring, reviewing
        self._importing, self._surveying = importing, surveying
        self._clock = clock

    def today(self) -> Today:
        """What is to be done, what was done today, and what comes out next.

        A table of release days that cannot be used is something to be done; the public calendars count meanwhile.
        """
        now, (overrides, fault) = self._clock(), table.read_or_own(self._workspace.calendar)
        alerts = self._monitoring.alerts()
        last = next((batch for batch in self._importing.history() if batch.visible), None)
        issues = len(self._importing.issues(last.id)) if last is not None and last.quarantined else 0
        items = [item for made in self._reviewing.lists() for item in made.items]
        order = tuple(row.position.key or "" for row in self.countries().rows)
        duties = tuple(_duties(alerts, items, last, issues, self._reviewing.today(), order))
        if fault is not None:  # first, so that it is seen: while it stands nothing is fetched by itself
            duties = (Duty(Kind.CALENDAR, "warning", fault=fault), *duties)
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
            tuple(Release(name, *next_after(name, now, overrides)) for name in NEXT_RELEASES),
        )

    def countries(self, past: Past | None = None) -> Countries:
        """The countries and regions of the newest book with what speaks against them (in the past: as known then)."""
        as_of = None if past is None else past.as_of
        if not self._surveying.batches(as_of):
            return Countries(Finding("country.no_book"))
        seen = self._surveying.exposures(as_of=as_of)
        rows = gravity.countries(
            seen.rows,
            {use.country: use for use in seen.limits},
            self._monitoring.alerts() if past is None else past.alerts,
            self._moves(as_of or self._clock()),
            self._flagged(as_of),
        )
        return Countries(gravity.worst(rows), seen.batch.reporting_date, seen.book.currency, rows)

    def _moves(self, as_of: datetime) -> dict[str, CurrencyMove]:
        """What each stored currency did, by country or region."""
        found = {}
        for readings in self._rates.readings((FX,), as_of):
            if (move := gravity.move(readings)) is not None:
                found[readings.metric.labels["country"]] = move
        return found

    def _flagged(self, as_of: datetime | None) -> frozenset[str]:
        """The policy list, and the countries that were flagged when the review lists were last made."""
        with self._database.read() as connection:
            home = settings.read(connection, "reviews", REVIEW_SETTINGS)["home"]
            run = reviews.last_run(connection, as_of)
        return frozenset(review_inputs.em_set(self._workspace, home).policy) | {
            flag.country for flag in (run.flags if run is not None else ())
        }


def first_duty(duties: Sequence[Duty], *, evaluated: bool) -> Finding:
    """What to begin with: the gravest alert, overdue items, open items, import problems, or nothing.

    A table of release days that cannot be used is named only where nothing else waits.
    """
    if not duties:
        return Finding("today.nothing" if evaluated else "today.nothing_known")
    first = next((duty for duty in duties if duty.kind is not Kind.CALENDAR), duties[0])
    if first.kind is Kind.CALENDAR:
        return Finding("today.calendar")
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


def _duties(
    alerts: Iterable[Alert],
    items: Iterable[ReviewItem],
    last: Batch | None,
    issues: int,
    today: date,
    order: Sequence[str],
) -> Iterable[Duty]:
    """Alerts without acknowledgement (critical, then warning), overdue reviews, open reviews, the import, the book.

    Of equally grave alerts those of the country come first that the card "Which country hurts?" names first (`order`).
    """
    places = {country: place for place, country in enumerate(order)}

    def gravest_first(alert: Alert) -> tuple[int, int, date]:
        gravity = _GRAVITY[alert.severity] if alert.severity else 0
        return -gravity, places.get(alert.labels.get("country", ""), len(places)), alert.since

    for alert in sorted((a for a in alerts if a.fires and not a.acknowledged), key=gravest_first):
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
