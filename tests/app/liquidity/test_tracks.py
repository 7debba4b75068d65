"""Tracks: values at a day, ratios on common dates, first prints only where something was revised."""

from datetime import date, datetime

import numpy as np
import pytest

from app.liquidity.tracks import ratio, scaled
from app.liquidity.tracks import track as made
from app.series.points import points
from app.series.series import Basis, Observation
from tests.app.liquidity.series import track


def rows(*values: float) -> list[Observation]:
    return [
        Observation(date(2022, 1, day), value, datetime(2022, 2, day), Basis.FETCHED, "ddp")  # noqa: DTZ001
        for day, value in enumerate(values, start=1)
    ]


def test_the_value_of_a_day_or_of_the_nearest_before() -> None:
    one = track("x", {date(2022, 1, 3): 1.0, date(2022, 1, 10): 2.0})
    assert one.at(date(2022, 1, 10)) == 2.0
    assert one.at(date(2022, 1, 9)) is None
    assert one.at(date(2022, 1, 9), within=6) == 1.0
    assert one.at(date(2022, 1, 2), within=6) is None


def test_a_ratio_stands_on_the_dates_of_both_and_is_known_when_both_are() -> None:
    part = track("a", {date(2022, 1, 3): 1.0, date(2022, 1, 4): 2.0})
    whole = track("b", {date(2022, 1, 4): 8.0, date(2022, 1, 5): 0.0})
    share = ratio("s", "percent", part, whole, 100)
    assert share.values.tolist() == [25.0]
    assert share.known(0) == datetime(2022, 1, 5)  # noqa: DTZ001
    assert share.source == "test:a / test:b"
    assert (
        len(ratio("s", "percent", track("a", {date(2022, 1, 5): 1.0}), whole, 100)) == 0
    )  # nothing is divided by nought


def test_first_prints_are_kept_only_where_one_differs() -> None:
    latest = points(rows(1.0, 2.0))
    assert made("x", "percent", latest, "s", points(rows(1.0, 2.0))).first is None
    revised = made("x", "percent", latest, "s", points(rows(1.0, 1.9))).first
    assert revised is not None
    assert revised.tolist() == [1.0, 1.9]
    with_first = scaled(made("x", "USD millions", latest, "s", points(rows(1.0, 1.9))), "USD billions", 0.001)
    assert np.asarray(with_first.first) == pytest.approx([0.001, 0.0019])
