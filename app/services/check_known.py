"""What is known at one instant, read from the store for a daily check."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from alerts.rule import Rule
from app.liquidity.jumps import SOFR_JUMP
from app.series import derived, releases
from app.series.catalogue import CURRENCIES, SERIES
from app.series.releases import Overrides
from app.services.assessing import series_behind
from app.services.metering import FX
from app.settings import BANK_SETTINGS, REVIEW_SETTINGS
from app.storage import alerts as stored_alerts
from app.storage import books, levels, limits, observations, reviews
from app.storage import settings as stored_settings
from app.storage.books import Batch
from exposures.evidence import Failure
from exposures.flags import CountryFlag, Tide
from exposures.reviews.item import ReviewItem

#: A fetch that failed longer ago than this, and was not asked again, is no news.
_FAILED_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Known:
    """Everything read from the store in one go, as of one instant."""

    rules: Mapping[str, Rule]
    numbers: Mapping[tuple[str, str, date], int]
    last: Mapping[str, date]  # by series
    sources: Mapping[str, str]  # where the last observation of a series came from
    failures: tuple[Failure, ...]
    batches: tuple[Batch, ...]
    limits: tuple[limits.StoredLimit, ...]
    flags: tuple[CountryFlag, ...]  # of the last making of the lists, less what was released since
    tide: Tide  # likewise
    made: datetime | None
    items: tuple[ReviewItem, ...]
    settings: Mapping[str, object]
    bank: Mapping[str, Any]  # the bank's own ratios, reserves and capital, as they are set now
    levels: Mapping[str, str]  # of country risk
    overrides: Overrides
    fetched: int


def read(connection: Connection, as_of: datetime, overrides: Overrides) -> Known:
    """Read it all, as of an instant."""
    fetched = observations.last_fetch(connection)
    last = {id: span[1] for id, span in observations.spans(connection, as_of).items()}
    run = reviews.last_run(connection, as_of)
    failed = observations.failures(connection, as_of - _FAILED_WITHIN, as_of)
    return Known(
        stored_alerts.rules(connection, as_of),
        stored_alerts.numbers(connection),
        last,
        {id: _source(connection, id, day, as_of) for id, day in last.items() if id in SERIES},
        tuple(Failure(one.source, one.resource, one.at.date(), one.code or one.outcome) for one in failed),
        tuple(books.visible(connection, as_of)),
        limits.in_force(connection, as_of),
        () if run is None else levels.standing(connection, run.flags, as_of),
        Tide(on=False) if run is None else levels.standing_tide(connection, run.tide, as_of),
        None if run is None else run.at,
        tuple(reviews.items(connection, as_of=as_of)),
        stored_settings.read(connection, "reviews", REVIEW_SETTINGS),
        stored_settings.read(connection, "bank", BANK_SETTINGS),
        {code: level.level for code, level in levels.in_force(connection, as_of).items()},
        overrides,
        fetched,
    )


def _source(connection: Connection, id: str, day: date, as_of: datetime) -> str:
    found = observations.best(connection, SERIES[id], on=(day,), as_of=as_of)
    return found[-1].source if found else ""


def series_of(metric: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The published series that a metric rests on; none for the book's figures."""
    if metric == FX:
        country = labels.get("country")
        return tuple(series.id for series in CURRENCIES if country in (None, series.id[3:5]))
    if metric == SOFR_JUMP.id:
        return ("SOFR",)
    metric = metric.removeprefix("missed(").removesuffix(")") if metric.startswith("missed(") else metric
    if found := series_behind(metric, labels):
        return found
    if metric in SERIES or derived.find(metric) is not None:
        return tuple(part for part in derived.series_of(metric) if SERIES[part].last is None)
    return ()


def missed(parts: Iterable[str], known: Known, as_of: datetime) -> int:
    """How many releases the series that is furthest behind lacks."""
    counts = (
        releases.missed(SERIES[part].release, known.last[part], as_of, known.overrides)
        for part in parts
        if part in known.last
    )
    return max(counts, default=0)


def sources_of(parts: Iterable[str], known: Known) -> str:
    """Where the last observations of the series came from."""
    return ", ".join(sorted({known.sources[part] for part in parts if part in known.sources}))
