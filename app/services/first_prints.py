"""What the figures behind a rule were when they first came out, for the charts that show them."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from alerts.metric import Metric, Readings
from app.liquidity.tracks import Track
from app.series import derived
from app.series.catalogue import SERIES
from app.series.points import Points
from app.services.metering import FX, rate_of
from app.services.tracking import read_track


def published(metric: Metric) -> str | None:
    """The series or derived figure that a metric is; None for what is computed of several, or of the book."""
    if metric.id == FX:
        return rate_of(metric.labels.get("country", ""))
    return metric.id if metric.id in SERIES or derived.find(metric.id) is not None else None


def as_first_printed(connection: Connection, readings: Readings) -> Readings | None:
    """The same rows with the values of the first prints; None where nothing was revised or nothing was published."""
    id = published(readings.metric)
    if id is None:
        return None
    track = read_track(connection, id, {})
    first = on_dates(track, readings.dates)
    if first is None:
        return None
    latest = on_dates(replace(track, first=track.values), readings.dates)
    if latest is None or not np.allclose(latest, readings.values, equal_nan=True):
        return None  # seen at another moment, or turned by the rule: first prints of something else
    return Readings(readings.metric, readings.dates, first, readings.known_from, readings.assumed, readings.beside)


def on_dates(track: Track, dates: NDArray[np.datetime64]) -> NDArray[np.float64] | None:
    """A track's first prints on these dates, NaN where it has none; None where it was never revised."""
    if track.first is None:
        return None
    found = np.full(len(dates), np.nan)
    _, here, there = np.intersect1d(dates, track.dates, return_indices=True)
    found[here] = track.first[there]
    return found


def printed(points: Points, track: Track) -> Points | None:
    """A curve's rows with the values of the first prints; None where it was never revised."""
    first = on_dates(track, points.dates)
    if first is None:
        return None
    return Points(points.dates, np.where(np.isnan(first), points.values, first), points.known_from, points.assumed,
                  points.oldest)  # fmt: skip


def aligned(latest: Points, first: Points | None) -> NDArray[np.float64] | None:
    """The values of a curve made of first prints, on the dates of the one made of the latest; NaN where it has none."""
    if first is None:
        return None
    found = np.full(len(latest), np.nan)
    _, here, there = np.intersect1d(latest.dates, first.dates, return_indices=True)
    found[here] = first.values[there]
    return found
