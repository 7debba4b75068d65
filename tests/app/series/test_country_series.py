"""The rows of countries: their ids, their ages, and what has no free source."""

import re

import pytest

from app.series.catalogue import CATALOGUE, COUNTRIES, CURRENCIES, SERIES, carried_by
from app.series.country_series import NO_FREE_SOURCE
from app.series.foreign_series import FOREIGN
from app.series.places import PLACES

OURS = (*CURRENCIES, *COUNTRIES, *FOREIGN)


def test_no_two_rows_share_an_id_or_a_name_at_a_source() -> None:
    assert len(SERIES) == len(CATALOGUE)
    for source in {name for series in CATALOGUE for name, _ in series.sources}:
        assert len(carried_by(source)) == sum(series.name_in(source) is not None for series in CATALOGUE)


def test_ids_follow_the_scheme() -> None:
    codes = {place.code for place in PLACES}
    for series in COUNTRIES:
        assert re.fullmatch(r"[A-Z_]+_[A-Z]{2}", series.id)
        assert series.country == series.id[-2:]
        assert series.country in codes
    for series in CURRENCIES:
        assert series.unit == f"{series.id.removeprefix('FX_')} per USD"  # the rate's direction stands in its unit
        assert series.country == series.id[3:5]


@pytest.mark.parametrize(
    ("indicator", "days"),  # CALCULATIONS section 7
    [
        ("FX_TRY", 10),
        ("RESERVES_TR", 120),
        ("IMPORT_COVER_TR", 730),
        ("STDEBT_RESERVES_TR", 730),
        ("CURRENT_ACCOUNT_TR", 730),
        ("CPI_TR", 120),
        ("POLICY_RATE_TR", 120),
        ("EXTERNAL_DEBT_GNI_TR", 730),
        ("SPREAD_TR", 30),
    ],
)
def test_ages_are_those_of_the_score(indicator: str, days: int) -> None:
    assert SERIES[indicator].max_age == days


def test_what_has_no_free_source_says_so() -> None:
    assert {series.id for series in OURS if series.absence == NO_FREE_SOURCE} == {
        "YIELD_10Y_CN",
        "PARALLEL_PREMIUM_AR",
        *(f"SPREAD_{place.code}" for place in PLACES),
    }
    assert all(bool(series.sources) != bool(series.absence) for series in OURS)
    assert all(series.meaning for series in OURS)
