"""Tracks made by hand."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from app.liquidity.tracks import Track


def track(id: str, values: Mapping[date, float], unit: str = "percent", source: str = "") -> Track:
    """A track of dated values, known a day after each."""
    dates = np.array(sorted(values), "datetime64[D]")
    return Track(
        id,
        unit,
        dates,
        np.array([values[day] for day in sorted(values)], float),
        (dates + 1).astype("datetime64[us]"),
        source or f"test:{id}",
    )


def weekly(id: str, start: date, values: list[float], unit: str = "USD millions") -> Track:
    """A track of one value a week."""
    days = np.datetime64(start) + 7 * np.arange(len(values))
    return track(id, dict(zip(days.astype(object), values, strict=True)), unit)


def daily(id: str, start: date, values: list[float], unit: str = "percent") -> Track:
    """A track of one value a weekday."""
    days = [day for day in (np.datetime64(start) + np.arange(3 * len(values))).astype(object) if day.weekday() < 5]
    return track(id, dict(zip(days, values, strict=False)), unit)


def empty(id: str, unit: str = "percent") -> Track:
    """A track without data."""
    return track(id, {}, unit)
