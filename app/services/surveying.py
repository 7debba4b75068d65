"""Looking at the book: totals by country and counterparty, the matrix, limits, findings, and readings for the rules."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from threading import Lock

import pandas as pd

from alerts.finding import Finding
from alerts.metric import Reading, Readings
from app.refusals import Refused
from app.services import haircuts
from app.services.importing import known_batch
from app.services.metering import by_metric
from app.storage import books, limits
from app.storage import totals as kept_totals
from app.storage.books import Batch
from app.storage.database import Database
from app.storage.limits import StoredLimit
from exposures import metrics, survey
from exposures.allocation import Factors
from exposures.book import Basis, Book, Dimension, Measure, NotConverted, Position
from exposures.limits import LimitUse, Scope, uses
from exposures.matrix import Matrix
from exposures.rates import in_force
from exposures.stored import stored
from exposures.totals import totals

#: Books are immutable, so the last ones looked at are kept.
_KEPT = 4


@dataclass(frozen=True)
class Exposures:
    """The Exposures page on one book: header, matrix, limits and what they say.

    `rows` are the countries by X on the chosen basis; `entities` the booking entities to choose from.
    """

    batch: Batch
    book: Book
    basis: Basis
    measure: Measure
    entity: str | None
    lines: int
    counterparties: int
    countries: int
    entities: tuple[str, ...]
    rows: tuple[Position, ...]
    matrix: Matrix
    limits: tuple[LimitUse, ...]
    where: tuple[Finding, ...]
    tight: Finding
    notices: tuple[Finding, ...]
    not_converted: tuple[NotConverted, ...]


@dataclass(frozen=True, slots=True)
class Debtor:
    """A counterparty among the largest of a country: X in the book's currency, and the next date on which it pays."""

    name: str
    amount: Decimal
    next_due: date | None


@dataclass(frozen=True)
class Card:
    """The Overview's "Whose money is there?": the finding, the largest countries, and the largest debtors in one."""

    finding: Finding
    reporting_date: date | None = None
    currency: str = "USD"
    rows: tuple[tuple[Position, LimitUse | None], ...] = ()
    country: str | None = None
    debtors: tuple[Debtor, ...] = ()
    batch: Batch | None = None


class Surveying:
    """Reads only; every call sees one state of the data."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._books: OrderedDict[tuple[int, Factors], Book] = OrderedDict()
        self._readings: dict[tuple[int, tuple[StoredLimit, ...], Factors], tuple[Reading, ...]] = {}
        self._lock = Lock()

    def batches(self, as_of: datetime | None = None) -> list[Batch]:
        """The visible books (as things stood at `as_of`), oldest reporting date first."""
        with self._database.read() as connection:
            return books.visible(connection, as_of)

    def newest(self) -> Batch:
        """The newest visible book's batch; Refused book.none."""
        return self._find(None)[0]

    def book(self, batch: int | None = None) -> Book:
        """The newest visible book, or any batch's; Refused book.none, Misused book.unknown_batch."""
        return self._find(batch)[1]

    def limits(self, batch: int | None = None, as_of: datetime | None = None) -> tuple[LimitUse, ...]:
        """Every limit in force (at `as_of`) with its use on that book, and every country that has none, the tightest
        first.
        """
        return uses(self.book(batch), [stored.limit for stored in self._limits(as_of)])

    def exposures(
        self,
        batch: int | None = None,
        basis: Basis = Basis.GUARANTOR,
        measure: Measure = Measure.DRAWN_UNDRAWN,
        entity: str | None = None,
        as_of: datetime | None = None,
    ) -> Exposures:
        """Everything the Exposures page shows but the lines, book and limits as known at `as_of`; errors as `book`."""
        found, book = self._find(batch, as_of)
        used = uses(book, [stored.limit for stored in self._limits(as_of)])
        rows = book.by_country(basis, entity=entity)
        return Exposures(
            found,
            book,
            basis,
            measure,
            entity,
            lines=sum(row.lines for row in book.by_country(Basis.IMMEDIATE, entity=entity)),
            counterparties=book.counterparties(entity),
            countries=sum(row.key is not None for row in rows),
            entities=tuple(sorted(row.key for row in book.by_entity() if row.key is not None)),
            rows=rows,
            matrix=book.matrix(basis, measure, entity=entity),
            limits=used,
            where=survey.where(book, used, basis, measure, entity=entity),
            tight=survey.tight(used),
            notices=survey.notices(book, basis),
            not_converted=book.not_converted(),
        )

    def lines(
        self,
        batch: int | None = None,
        *,
        country: str | None = None,
        instrument: str | None = None,
        basis: Basis = Basis.GUARANTOR,
        entity: str | None = None,
        live_only: bool = False,
    ) -> pd.DataFrame:
        """The claims behind a cell of the matrix, columns of `exposures.book.DTYPES`; errors as `book`."""
        return self.book(batch).lines_of(
            country=country, instrument=instrument, basis=basis, entity=entity, live_only=live_only
        )

    def split(
        self, dimension: Dimension, batch: int | None = None, basis: Basis = Basis.IMMEDIATE
    ) -> tuple[Position, ...]:
        """The book by country, counterparty, group, entity or instrument; errors as `book`."""
        return self.book(batch).split(dimension, basis)

    def card(
        self, basis: Basis = Basis.GUARANTOR, countries: int = 3, debtors: int = 3, as_of: datetime | None = None
    ) -> Card:
        """The Overview's card (as known at `as_of`); without a book its finding says so."""
        if not self.batches(as_of):
            return Card(survey.money(None, ()))
        batch, book = self._find(None, as_of)
        used = uses(book, [stored.limit for stored in self._limits(as_of)])
        by_country = {use.country: use for use in used}
        rows = [row for row in book.by_country(basis) if row.key is not None][:countries]
        country = rows[0].key if rows else None
        return Card(
            survey.money(book, used, basis),
            book.reporting_date,
            book.currency,
            tuple((row, by_country.get(row.key or "")) for row in rows),
            country,
            () if country is None else _debtors(book, country, basis, debtors),
            batch,
        )

    def readings(self, metric_ids: Collection[str], as_of: datetime) -> Iterator[Readings]:
        """The book's figures for the rules, as known at `as_of`: one reading per visible book, in columns.

        A limit counts for the book that was the newest when it was set, and for every later one.
        """
        asked = set(metric_ids) & set(metrics.BOOK_METRICS)
        if not asked:
            return
        with self._database.read() as connection:
            known, factors = books.visible(connection, as_of), haircuts.factors(connection)
            standing = [
                limits.in_force(connection, later.at if later else as_of) for later in (*known[1:], None) if known
            ]
        found: list[Reading] = []
        if asked - {"book_age_days"}:
            for batch, stored in zip(known, standing, strict=True):
                found += self._readings_of(batch, stored, factors)
        if "book_age_days" in asked:
            found += metrics.ages(((batch.reporting_date, batch.at) for batch in known), as_of)
        yield from by_metric(reading for reading in found if reading.metric.id in asked)

    def _readings_of(self, batch: Batch, stored: tuple[StoredLimit, ...], factors: Factors) -> tuple[Reading, ...]:
        """A book and the limits over it never change, so what they read is worked out once."""
        key = batch.id, stored, factors
        if key not in self._readings:
            self._readings[key] = self._read(batch, stored, factors)
        return self._readings[key]

    def _read(self, batch: Batch, stored: tuple[StoredLimit, ...], factors: Factors) -> tuple[Reading, ...]:
        with self._database.read() as connection:
            kept = kept_totals.of(connection, batch, factors.securities_haircut)
        book = kept or totals(self.book(batch.id))
        set_at = {item.limit.key: item.at for item in stored if item.limit.scope is Scope.COUNTRY}
        made = metrics.readings(book, uses(book, [item.limit for item in stored]), batch.at)
        limited = ("country_utilisation", "country_utilisation_used", "country_headroom")
        return tuple(
            replace(reading, known_from=max(batch.at, set_at[reading.metric.labels["country"]]))
            if reading.metric.id in limited
            else reading
            for reading in made
        )

    def _limits(self, as_of: datetime | None = None) -> tuple[StoredLimit, ...]:
        with self._database.read() as connection:
            return limits.in_force(connection, as_of)

    def _find(self, number: int | None, as_of: datetime | None = None) -> tuple[Batch, Book]:
        with self._database.read() as connection:
            if number is None:
                known = books.visible(connection, as_of)
                if not known:
                    raise Refused("book.none")
                found = known[-1]
            else:
                found = known_batch(books.batches(connection), number)
            factors = haircuts.factors(connection)
            key = found.id, factors
            with self._lock:
                if key in self._books:
                    self._books.move_to_end(key)
                    return found, self._books[key]
            rates = in_force(books.rates(connection, found.id), found.reporting_date)
            held = books.held(connection, found.id)
            book = stored(found.reporting_date, found.id, held, rates, found.tolerance, factors)
        with self._lock:
            self._books[key] = book
            while len(self._books) > _KEPT:
                self._books.popitem(last=False)
        return found, book


def _debtors(book: Book, country: str, basis: Basis, count: int) -> tuple[Debtor, ...]:
    lines = book.lines_of(country=country, basis=basis, live_only=True)
    there = replace(book, lines=lines)
    due = lines["maturity"].where(lines["maturity"] >= pd.Timestamp(book.reporting_date))
    keys = lines["counterparty_id"].fillna(lines["counterparty_name"])
    soonest = due.groupby(keys.to_numpy()).min()
    found = []
    for row in there.by_counterparty()[:count]:
        next_due = soonest.get(row.key)
        day = None if next_due is None or pd.isna(next_due) else next_due.date()
        found.append(Debtor(row.name or row.key or "", row.amount(), day))
    return tuple(found)
