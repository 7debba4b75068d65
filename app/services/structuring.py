"""Ladder, open positions, classes, concentration and country-risk reserves of every book, as readings for the rules."""

from collections.abc import Collection, Iterator
from datetime import datetime

from alerts.metric import Reading, Readings
from app.services.metering import by_metric
from app.services.stressing import Stressing
from app.services.surveying import Surveying
from app.storage.books import Batch
from exposures import structure_metrics as metrics
from exposures.class_rules import ClassRules


class Structuring:
    """Reads only; a book never changes, so what it says is worked out once."""

    def __init__(self, surveying: Surveying, stressing: Stressing) -> None:
        self._surveying, self._stressing = surveying, stressing
        self._read: dict[tuple[int, int], tuple[Reading, ...]] = {}
        self._checked: dict[int, tuple[ClassRules, datetime, tuple[Reading, ...]]] = {}

    def readings(self, metric_ids: Collection[str], as_of: datetime) -> Iterator[Readings]:
        """The figures asked for, as known at `as_of`: a reading of each visible book.

        Levels and the bank's settings count as they stand for every book, and are known since they were last changed.
        """
        asked = frozenset(metric_ids) & metrics.STRUCTURE_METRICS.keys()
        if not asked:
            return
        found: list[Reading] = []
        parts = metrics.parts(asked)
        ruled = self._stressing.class_rules() if asked & metrics.CLASS_METRICS.keys() else None
        for batch in self._surveying.batches(as_of):
            for part in parts:
                found += self._of(batch, part)
            if ruled is not None:
                found += self._classes(batch, *ruled, as_of)
            if asked & metrics.RISK_METRICS.keys():
                found += self._risks(batch, as_of)
        yield from by_metric(reading for reading in found if reading.metric.id in asked)

    def _of(self, batch: Batch, part: int) -> tuple[Reading, ...]:
        if (batch.id, part) not in self._read:
            book = self._surveying.book(batch.id)
            self._read[batch.id, part] = metrics.readings(book, part, batch.at)
        return self._read[batch.id, part]

    def _classes(
        self, batch: Batch, rules: ClassRules, changed: datetime | None, as_of: datetime
    ) -> tuple[Reading, ...]:
        known_from = batch.at if changed is None else max(batch.at, changed)
        if known_from > as_of:
            return ()  # nobody could know it then
        before = self._checked.get(batch.id)
        if before is None or before[:2] != (rules, known_from):
            made = metrics.class_readings(self._surveying.book(batch.id), rules, known_from)
            before = self._checked[batch.id] = (rules, known_from, made)
        return before[2]

    def _risks(self, batch: Batch, as_of: datetime) -> tuple[Reading, ...]:
        risks, changed = self._stressing.country_risks_of(batch.id)
        known_from = batch.at if changed is None else max(batch.at, changed)
        if known_from > as_of:
            return ()  # nobody could know it then
        return metrics.risk_readings(self._surveying.book(batch.id), risks, known_from)
