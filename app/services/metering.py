"""What the program knows, as readings for the rules: the Fed's figures, exchange rates by country, the book."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from alerts.metric import Metric, Reading, Readings
from app.liquidity.jumps import SOFR_JUMP, sofr_jump
from app.series import derived
from app.series.catalogue import CURRENCIES, SERIES
from app.services.watching import Watching

#: Local units for one dollar, labelled by country or region: ISO 4217 begins with the ISO 3166 code.
FX = "FX"
_RATES: Mapping[str, str] = {series.id: series.id.removeprefix("FX_")[:2] for series in CURRENCIES}
_SOFR, _TARGET_TOP = "SOFR", "DFEDTARU"


class Metered(Protocol):
    """Whoever can give readings of the metrics it knows."""

    def readings(self, metric_ids: Collection[str], as_of: datetime) -> Iterable[Readings]:
        """The readings of those of `metric_ids` it knows, as known at `as_of`, one per set of labels."""
        ...


class FedMetrics:
    """Published series and derived figures, and what only rules ask for: SOFR's jump, exchange rates by country."""

    def __init__(self, watching: Watching) -> None:
        self._watching = watching

    def readings(self, metric_ids: Collection[str], as_of: datetime) -> Iterator[Readings]:
        """Those with at least one observation."""
        plain = {id for id in metric_ids if id in SERIES or derived.find(id) is not None}
        asked = set(plain)
        asked |= {_SOFR, _TARGET_TOP} if SOFR_JUMP.id in metric_ids else set()
        asked |= set(_RATES) if FX in metric_ids else set()
        found = {id: columns for id, columns in self._columns(asked, as_of).items() if len(columns)}
        for id in sorted(plain & set(found)):
            yield found[id]
        if SOFR_JUMP.id in metric_ids and _SOFR in found:
            none = found[_SOFR].first(0)
            yield sofr_jump(found[_SOFR], found.get(_TARGET_TOP, none))
        for id, country in _RATES.items() if FX in metric_ids else ():
            if id in found:
                yield replace(found[id], metric=Metric(FX, found[id].metric.unit, {"country": country}))

    def _columns(self, ids: set[str], as_of: datetime) -> dict[str, Readings]:
        rows = self._watching.readings(sorted(ids), as_of) if ids else {}
        return {id: Readings.of(readings[0].metric, readings) for id, readings in rows.items() if readings}


def by_metric(readings: Iterable[Reading]) -> list[Readings]:
    """Single readings in columns, one per metric and labels; of two for one date the one known later counts."""
    found: dict[str, dict[object, Reading]] = {}
    for reading in sorted(readings, key=lambda reading: reading.known_from):
        found.setdefault(reading.metric.key, {})[reading.date] = reading
    return [Readings.of(next(iter(rows.values())).metric, rows.values()) for rows in found.values()]
