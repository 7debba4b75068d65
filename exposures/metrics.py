"""The book and its limits as readings that rules can watch."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from alerts.metric import Metric, Reading
from exposures.book import Basis
from exposures.concentration import herfindahl
from exposures.limits import LimitUse, Scope
from exposures.totals import Totals

PERCENT, DAYS, INDEX, LINES = "percent", "days", "index", "lines"
#: Every metric id a book gives, with the labels that tell its figures apart; rules and their editor choose from it.
BOOK_METRICS: dict[str, tuple[str, ...]] = {
    "country_exposure": ("country",),  # X on the guarantor basis, in the book's currency
    "country_exposure_immediate": ("country",),
    "country_utilisation": ("country",),  # use with pending, in percent of the limit
    "country_utilisation_used": ("country",),  # use without pending
    "country_headroom": ("country",),
    "book_exposure": (),
    "book_hhi": (),  # by country, guarantor basis
    "book_top_counterparty_share": (),
    "book_not_converted": (),
    "book_age_days": (),
}
#: Use of the limits that are not a country's: of a group or counterparty by its number, of the rest by scope and key.
LIMIT_METRICS: dict[str, tuple[str, ...]] = {
    f"{scope}_{figure}": labels
    for scope, labels in (("group", ("group",)), ("counterparty", ("counterparty",)), ("limit", ("scope", "key")))
    for figure in ("utilisation", "utilisation_used", "headroom")
}
BOOK_METRICS |= LIMIT_METRICS
SOURCE = "book"


def readings(book: Totals, limits: Iterable[LimitUse], known_from: datetime) -> tuple[Reading, ...]:
    """What the book says on its reporting date; a figure that cannot be computed is a reading without a value."""
    found = []

    def say(metric: str, unit: str, value: Decimal | int | None, **labels: str) -> None:
        number = None if value is None else float(value)
        found.append(Reading(Metric(metric, unit, labels), book.reporting_date, number, known_from, source=SOURCE))

    by_country = book.by_country(Basis.GUARANTOR)
    for name, rows in (("country_exposure", by_country), ("country_exposure_immediate", book.by_country())):
        for row in rows:
            if row.key is not None:
                say(name, book.currency, row.amount(), country=row.key)
    for use in limits:
        if use.limit is None:
            continue
        for name, share in (
            ("country_utilisation", use.use.share_with_pending),
            ("country_utilisation_used", use.use.share),
        ):
            say(name, PERCENT, None if share is None else share * 100, country=use.country)
        say("country_headroom", book.currency, use.use.headroom, country=use.country)
    top = book.top_share
    say("book_exposure", book.currency, book.total)
    say("book_hhi", INDEX, herfindahl(row.amount() for row in by_country))
    say("book_top_counterparty_share", PERCENT, None if top is None else top * 100)
    say("book_not_converted", LINES, book.not_converted)
    return tuple(found)


def limit_readings(
    on: date, currency: str, rows: Iterable[LimitUse], since: Mapping[tuple[Scope, str, str], datetime]
) -> tuple[Reading, ...]:
    """The use of every limit that is not a country's and not within one; `since` when each became known (UTC)."""
    found = []
    for row in rows:
        known_from = since.get((row.scope, row.key, row.within))
        if row.scope is Scope.COUNTRY or row.within or known_from is None:
            continue
        own = row.scope in (Scope.GROUP, Scope.COUNTERPARTY)
        name = row.scope.value if own else "limit"
        labels = {name: row.key} if own else {"scope": row.scope.value, "key": row.key}
        share, used = row.use.share_with_pending, row.use.share
        for figure, unit, value in (
            ("utilisation", PERCENT, None if share is None else share * 100),
            ("utilisation_used", PERCENT, None if used is None else used * 100),
            ("headroom", currency, row.use.headroom),
        ):
            number = None if value is None else float(value)
            metric = Metric(f"{name}_{figure}", unit, labels)
            found.append(Reading(metric, on, number, known_from, source=SOURCE))
    return tuple(found)


def ages(books: Iterable[tuple[date, datetime]], as_of: datetime) -> tuple[Reading, ...]:
    """How many days old the newest book was, on every day from the first one's import on; today's may still change.

    `books` are reporting dates with the instants at which the books came in (UTC).
    """
    metric = Metric("book_age_days", DAYS)
    rows = sorted(books, key=lambda row: row[1])
    found = []
    newest = None
    day = rows[0][1].date() if rows else as_of.date() + timedelta(1)
    while day <= as_of.date():
        while rows and rows[0][1].date() <= day:
            reporting_date, _ = rows.pop(0)
            newest = max(newest or reporting_date, reporting_date)
        assert newest is not None
        known = datetime.combine(day, time(), UTC)
        found.append(Reading(metric, day, float((day - newest).days), known, source=SOURCE))
        day += timedelta(1)
    return tuple(found)
