"""The sample's figures of countries: on their calendars, plausible, and nothing that had not come out."""

from datetime import date

import pytest

from app.series.catalogue import SERIES
from app.series.releases import expected
from app.services.sample.countries import countries
from app.services.sample.courses import History
from app.services.sample.history import NOW, history


@pytest.fixture(scope="module")
def sample() -> History:
    return countries()


def test_every_value_is_within_its_series_range_and_known_by_the_samples_now(sample: History) -> None:
    for name, values in sample.items():
        series = SERIES[name]
        sizes = sorted(abs(value) for value in values.values())
        assert series.low <= sizes[len(sizes) // 2] <= series.high, name
        assert max(values) <= expected(series.release, NOW.replace(hour=23)), name


@pytest.mark.parametrize(
    ("name", "day", "value"),
    [
        ("CPI_TR", date(2022, 2, 28), 54.4),  # TurkStat, published 3 March 2022
        ("CPI_AR", date(2021, 12, 31), 50.9),  # INDEC
        ("POLICY_RATE_TR", date(2022, 5, 17), 14.0),
        ("POLICY_RATE_CL", date(2022, 5, 6), 8.25),
        ("RESERVES_TR", date(2022, 2, 28), 108_900.0),
        ("CURRENT_ACCOUNT_TR", date(2020, 12, 31), -4.4),
    ],
)
def test_given_points_stand_exactly(sample: History, name: str, day: date, value: float) -> None:
    assert sample[name][day] == value


def test_what_no_free_source_carries_is_left_out(sample: History) -> None:
    assert not {"EXTERNAL_DEBT_GNI_CL", "STDEBT_RESERVES_CL", "SPREAD_TR", "YIELD_10Y_CN"} & set(sample)
    assert not set(sample) & set(history())


def test_two_makings_are_equal(sample: History) -> None:
    assert countries() == sample
