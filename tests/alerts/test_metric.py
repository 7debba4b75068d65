"""Metrics, readings and their columns."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from alerts.metric import Metric, Reading, Readings

KNOWN = datetime(2024, 1, 3, 14, tzinfo=UTC)


def test_labels_make_one_text_in_any_order() -> None:
    one = Metric("use", "percent", {"country": "TR", "basis": "guarantor"})
    other = Metric("use", "percent", {"basis": "guarantor", "country": "TR"})
    assert one.key == other.key == "use{basis=guarantor,country=TR}"
    assert one.scope == "basis=guarantor,country=TR"
    assert (Metric("x", "u").key, Metric("x", "u").scope) == ("x", "")


def test_columns_of_readings_in_any_order() -> None:
    metric = Metric("x", "u")
    rows = [
        Reading(metric, date(2024, 1, 3), None, KNOWN, assumed=True),
        Reading(metric, date(2024, 1, 2), 2.0, KNOWN),
    ]
    columns = Readings.of(metric, rows)
    assert columns.dates.tolist() == [date(2024, 1, 2), date(2024, 1, 3)]
    assert columns.values[0] == 2.0
    assert np.isnan(columns.values[1])
    assert columns.known_from[0] == np.datetime64("2024-01-03T14:00")
    assert columns.assumed.tolist() == [False, True]
    assert columns.first(1).dates.tolist() == [date(2024, 1, 2)]
    assert columns.last(1).dates.tolist() == [date(2024, 1, 3)]
    assert len(columns.last(5)) == 2


def test_a_date_stands_once() -> None:
    metric = Metric("x", "u")
    with pytest.raises(ValueError, match="ascend"):
        Readings.of(metric, [Reading(metric, date(2024, 1, 2), value, KNOWN) for value in (1.0, 2.0)])
