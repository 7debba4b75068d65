"""What the program knows, as readings for the rules: the Fed's figures, exchange rates by country, the book."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import takewhile
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from alerts.inputs import WEEKDAYS, Calendars
from alerts.metric import Metric, Reading, Readings
from app.liquidity.jumps import SOFR_JUMP, sofr_jump
from app.series import derived, releases
from app.series.catalogue import CURRENCIES, SERIES
from app.services.watching import Watching

#: Local units for one dollar, labelled by country or region: ISO 4217 begins with the ISO 3166 code.
FX = "FX"
_RATES: Mapping[str, str] = {series.id: series.id.removeprefix("FX_")[:2] for series in CURRENCIES}
_SOFR, _TARGET_TOP = "SOFR", "DFEDTARU"


#: The releases a series misses, day by day; what the condition "staleness" reads.
_MISSED = re.compile(r"missed\(([A-Za-z0-9_]+)\)")
#: Judged at this hour (UTC) of every weekday, from the first day of last year on.
_JUDGED = time(12, tzinfo=UTC)


def _open(calendar: str, dates: NDArray[np.datetime64]) -> NDArray[np.bool_]:
    return np.array([releases.is_open(calendar, day) for day in dates.tolist()], dtype=bool)


#: The calendars a rule may name: Mondays to Fridays, the Reserve Banks' and the Treasury market's days.
CALENDARS: Calendars = {**WEEKDAYS, **{id: partial(_open, id) for id in releases.CALENDARS}}


def rate_of(country: str) -> str | None:
    """The series of a country's or region's exchange rate."""
    return next((id for id, code in _RATES.items() if code == country), None)


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
        late = {id: match[1] for id in sorted(metric_ids) if (match := _MISSED.fullmatch(id)) and match[1] in SERIES}
        asked = plain | set(late.values())
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
        for id, part in late.items():
            if part in found:
                yield _missed(id, found[part], as_of)

    def _columns(self, ids: set[str], as_of: datetime) -> dict[str, Readings]:
        return self._watching.readings(sorted(ids), as_of) if ids else {}


def _missed(id: str, of: Readings, as_of: datetime) -> Readings:
    """On every weekday how many releases after the newest value known then should have come, and had not."""
    release = SERIES[of.metric.id].release
    start = date(as_of.year - 1, 1, 1)
    days = [start + timedelta(days=count) for count in range((as_of.date() - start).days + 1)]
    days = [day for day in days if day.weekday() < 5 and datetime.combine(day, _JUDGED) <= as_of]
    moments = np.array([datetime.combine(day, _JUDGED).replace(tzinfo=None) for day in days], "datetime64[us]")
    order = np.argsort(of.known_from, kind="stable")
    newest = np.maximum.accumulate(of.dates[order].astype("datetime64[D]").astype(np.int64))
    place = np.searchsorted(of.known_from[order], moments, side="right") - 1
    due = list(takewhile(lambda one: one[0].year >= start.year - 1, releases.released(release, as_of)))[::-1]
    out = np.array([at.replace(tzinfo=None) for _, at in due], "datetime64[us]") + np.timedelta64(releases.GRACE)
    dates = np.array([day for day, _ in due], "datetime64[D]").astype(np.int64)
    should = np.searchsorted(out, moments, side="right")
    there = np.where(place >= 0, np.searchsorted(dates, newest[np.maximum(place, 0)], side="right"), 0)
    counts = np.where(place >= 0, np.maximum(should - there, 0), np.nan).astype(np.float64)
    metric = Metric(id, "releases", of.metric.labels)
    return Readings(metric, np.array(days, "datetime64[D]"), counts, moments, np.ones(len(days), dtype=bool))


def by_metric(readings: Iterable[Reading]) -> list[Readings]:
    """Single readings in columns, one per metric and labels; of two for one date the one known later counts."""
    found: dict[str, dict[object, Reading]] = {}
    for reading in sorted(readings, key=lambda reading: reading.known_from):
        found.setdefault(reading.metric.key, {})[reading.date] = reading
    return [Readings.of(next(iter(rows.values())).metric, rows.values()) for rows in found.values()]
