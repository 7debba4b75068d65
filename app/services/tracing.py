"""Tracing a metric back: which source gave the figures that it rests on, and since when the last of them was known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from alerts.inputs import metrics_of
from alerts.rule import Rule
from app.series.catalogue import SERIES
from app.services.check_known import series_of
from app.storage import books
from app.storage.books import Batch
from app.storage.database import Database
from app.storage.histories import Histories
from exposures.metrics import BOOK_METRICS
from exposures.structure_metrics import STRUCTURE_METRICS


@dataclass(frozen=True, slots=True)
class Traced:
    """`series` tells of each series behind a metric the source that gave its last value ("fred:WALCL"); `book` is the
    newest book where the metric is of the book; `known_from` of the last value of all, None where nothing is stored.
    """

    series: tuple[str, ...]
    book: Batch | None
    known_from: datetime | None

    @property
    def source(self) -> str:
        """Sources in one text, the same wherever it is read."""
        file = () if self.book is None else (self.book.file_name,)
        return " + ".join((*self.series, *file))


class Tracing:
    """Reads only."""

    def __init__(self, database: Database, histories: Histories) -> None:
        self._database, self._histories = database, histories

    def metric(self, id: str, labels: Mapping[str, str] | None = None, as_of: datetime | None = None) -> Traced:
        """Where a metric's readings come from (as known at `as_of`)."""
        of_book = id in BOOK_METRICS or id in STRUCTURE_METRICS
        parts = () if of_book else series_of(id, labels or {})
        with self._database.read() as connection:
            known = self._histories.read(connection, parts, as_of) if parts else {}
            batches = books.visible(connection, as_of) if of_book else []
        found, instants = [], []
        for part, history in known.items():
            if history.source is not None:
                found.append(f"{history.source}:{SERIES[part].name_in(history.source) or part}")
                instants.append(history.points.known_from[-1].astype("datetime64[s]").item().replace(tzinfo=UTC))
        book = batches[-1] if batches else None
        if book is not None:
            instants.append(book.at)
        return Traced(tuple(dict.fromkeys(found)), book, max(instants, default=None))

    def rule(self, rule: Rule, labels: Mapping[str, str] | None = None, as_of: datetime | None = None) -> Traced:
        """Where everything that a rule reads comes from."""
        every = [self.metric(id, labels, as_of) for id in sorted(metrics_of(rule))]
        return Traced(
            tuple(dict.fromkeys(name for one in every for name in one.series)),
            next((one.book for one in every if one.book is not None), None),
            max((one.known_from for one in every if one.known_from is not None), default=None),
        )
