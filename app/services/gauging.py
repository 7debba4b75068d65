"""How much of every limit is used, country, group, counterparty and the rest: the table, its faults, and metrics."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from alerts.finding import Finding
from alerts.metric import Reading, Readings
from app.services.metering import by_metric
from app.services.surveying import Surveying
from app.storage import limits
from app.storage.books import Batch
from app.storage.database import Database
from app.storage.limits import StoredExcess, StoredLimit
from exposures import limit_findings, metrics
from exposures.limit_scopes import all_uses, is_named
from exposures.limits import Limit, LimitUse, Scope

#: The limits of a list and of the Overview are those of countries; these are the others.
_OTHERS = frozenset(Scope) - {Scope.COUNTRY}


@dataclass(frozen=True)
class LimitTable:
    """Every limit on one book, the tightest first, what is wrong with them as data, and every temporary excess."""

    batch: Batch
    currency: str
    rows: tuple[LimitUse, ...]
    finding: Finding
    faults: tuple[Finding, ...]
    excesses: tuple[StoredExcess, ...]


class Gauging:
    """Reads only."""

    def __init__(self, database: Database, surveying: Surveying, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._surveying = surveying
        self._clock = clock
        self._read: dict[tuple[int, tuple[StoredLimit, ...]], tuple[Reading, ...]] = {}

    def table(self, batch: int | None = None, as_of: datetime | None = None) -> LimitTable:
        """Every limit's use on the newest book or another; errors as `Surveying.book`."""
        shown = self._surveying.exposures(batch, as_of=as_of)
        with self._database.read() as connection:
            standing = [stored.limit for stored in limits.in_force(connection, as_of)]
            asked = limits.excesses(connection, as_of)
        rows = all_uses(shown.book, standing)
        return LimitTable(
            shown.batch,
            shown.book.currency,
            rows,
            limit_findings.tight(rows),
            limit_findings.faults(rows, shown.book),
            asked,
        )

    def unnamed(self, limit: Limit) -> date | None:
        """The date of the newest book where it has nobody of the limit's name; None where it has, or there is none."""
        if not self._surveying.batches():
            return None
        book = self._surveying.book()
        return None if is_named(book, limit) else book.reporting_date

    def readings(self, metric_ids: Collection[str], as_of: datetime) -> Iterator[Readings]:
        """The use of limits that are not a country's, as known at `as_of`: a reading of each visible book.

        A limit counts for the book that was the newest when it was set, and for every later one.
        """
        asked = set(metric_ids) & set(metrics.LIMIT_METRICS)
        if not asked:
            return
        known = self._surveying.batches(as_of)
        found: list[Reading] = []
        with self._database.read() as connection:
            moments = [later.at if later else as_of for later in (*known[1:], None)] if known else []
            standing = [limits.in_force(connection, moment) for moment in moments]
        for batch, stored in zip(known, standing, strict=True):
            others = tuple(item for item in stored if item.limit.scope in _OTHERS)
            if others:
                found += self._of(batch, others)
        yield from by_metric(reading for reading in found if reading.metric.id in asked)

    def _of(self, batch: Batch, stored: tuple[StoredLimit, ...]) -> tuple[Reading, ...]:
        """A book and the limits over it never change, so what they read is worked out once."""
        if (batch.id, stored) not in self._read:
            book = self._surveying.book(batch.id)
            since = {item.limit.subject: max(item.at, batch.at) for item in stored}
            rows = all_uses(book, [item.limit for item in stored])
            self._read[batch.id, stored] = metrics.limit_readings(book.reporting_date, book.currency, rows, since)
        return self._read[batch.id, stored]
