"""Derived figures: exact dates, released quarters, splices, oldest dates and known-from."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.series import derived
from app.series.catalogue import SERIES
from app.series.points import Points, points, splice
from app.series.series import Basis, Observation

KNOWN = datetime(2026, 6, 1, tzinfo=UTC)


def made(values: dict[str, float], known: datetime = KNOWN, basis: Basis = Basis.ASSUMED) -> Points:
    return points(Observation(date.fromisoformat(day), value, known, basis, "test") for day, value in values.items())


NOTHING = made({})


def test_sofr_less_iorb_stands_only_on_dates_both_have() -> None:
    inputs = {
        "SOFR": made({"2026-05-21": 3.51, "2026-05-22": 3.55}),
        "IORB": made({"2026-05-20": 3.65, "2026-05-21": 3.65}),
        "IOER": NOTHING,
    }
    spread = derived.compute("SOFR_IORB", inputs)
    assert [(day, value) for day, value in zip(spread.dates.tolist(), spread.values.tolist(), strict=True)] == [
        (date(2026, 5, 21), -14.0)  # (3.51 - 3.65) x 100, without binary noise
    ]


def test_ioer_stands_for_iorb_before_it_began_and_never_after() -> None:
    inputs = {
        "EFFR": made({"2021-07-28": 0.10, "2021-07-29": 0.10}),
        "IORB": made({"2021-07-29": 0.15}),
        "IOER": made({"2021-07-28": 0.15, "2021-07-29": 9.99}),
    }
    assert derived.compute("EFFR_IORB", inputs).values.tolist() == [-5.0, -5.0]


def test_reserves_to_gdp_takes_the_quarter_that_was_out() -> None:
    inputs = {
        "WRESBAL": made({"2026-04-22": 3_000_000, "2026-04-29": 3_000_000, "2026-05-20": 3_129_562}),
        "GDP": made({"2025-10-01": 30_000, "2026-01-01": 31_865.721}, known=KNOWN + timedelta(days=9)),
    }
    ratio = derived.compute("RESERVES_GDP", inputs)
    # The first quarter comes out on Thursday 30 April 08:30; the H.4.1 of the 29th the same day at 16:30.
    assert ratio.oldest.tolist() == [date(2025, 10, 1), date(2026, 1, 1), date(2026, 1, 1)]
    assert ratio.values[0] == pytest.approx(10.0)
    assert ratio.values[2] == pytest.approx(9.8211, abs=1e-4)  # 3,129.562 / 31,865.721
    assert ratio.known_from[2] == np.datetime64((KNOWN + timedelta(days=9)).replace(tzinfo=None))


def test_no_ratio_before_the_first_quarter_is_out_and_none_over_zero() -> None:
    inputs = {"WALCL": made({"2026-01-07": 6_500_000}), "GDP": made({"2026-01-01": 31_865.721})}
    assert len(derived.compute("ASSETS_GDP", inputs)) == 0
    zero = {"M2SL": made({"2026-01-01": 1.0}), "BOGMBASE": made({"2026-01-01": 0.0})}
    assert len(derived.compute("M2_BASE", zero)) == 0


def test_changes_count_observations_not_days() -> None:
    inputs = {"WALCL": made({"2026-01-07": 100.0, "2026-01-14": 110.0, "2026-02-25": 121.0})}
    assert derived.compute("change(WALCL,1)", inputs).values.tolist() == [10.0, 11.0]
    assert derived.compute("percent_change(WALCL,2)", inputs).values.tolist() == [pytest.approx(21.0)]
    assert len(derived.compute("change(WALCL,3)", inputs)) == 0
    assert derived.compute("change(WALCL,1)", inputs).dates.tolist() == [date(2026, 1, 14), date(2026, 2, 25)]


@pytest.mark.parametrize(
    ("before", "after", "value", "rise"),
    [(43.02, 45.82, -6.11, 6.51), (100.0, 125.0, -20.0, 25.0), (4.0, 2.0, 100.0, -50.0)],
)
def test_a_currencys_value_falls_by_less_than_the_dollar_rises(
    before: float, after: float, value: float, rise: float
) -> None:
    """CALCULATIONS 1.3: 43.02 → 45.82 is v = −6.11 %, d = +6.51 %; a rise of 25 % is a loss of 20 %."""
    inputs = {"FX_TRY": made({"2026-05-18": before, "2026-05-19": 44.0, "2026-05-25": after})}
    assert derived.compute("value_change(FX_TRY,2)", inputs).values.round(2).tolist() == [value]
    assert derived.compute("percent_change(FX_TRY,2)", inputs).values.round(2).tolist() == [rise]
    assert derived.unit("value_change(FX_TRY,2)") == "percent"


def test_ten_year_spreads_are_on_days_that_both_have() -> None:
    inputs = {"DGS10": made({"2022-05-23": 2.86, "2022-05-24": 2.76}), "YIELD_10Y_JP": made({"2022-05-24": 0.24})}
    assert derived.compute("US_JP_10Y", inputs).values.tolist() == [252.0]


@pytest.mark.parametrize("id", ["change(NOPE,4)", "change(WALCL,0)", "change(WALCL)", "NOPE", "change(WALCL,4) "])
def test_what_is_no_formula_is_not_found(id: str) -> None:
    assert derived.find(id) is None


def test_units_and_inputs_are_known_without_data() -> None:
    assert derived.unit("change(WALCL,4)") == "USD millions"
    assert derived.unit("percent_change(DTWEXBGS,20)") == "percent"
    assert derived.unit("change(SOFR_IORB,20)") == "basis points"
    assert derived.series_of("change(SOFR_IORB,20)") == ("SOFR", "IORB", "IOER")
    for figure in derived.DERIVED:
        assert set(figure.inputs) <= set(SERIES)


days = st.dates(date(2020, 1, 1), date(2021, 1, 1))
columns = st.dictionaries(days, st.floats(-10, 10), max_size=30).map(
    lambda cells: points(Observation(day, cells[day], KNOWN, Basis.FETCHED, "t") for day in sorted(cells))
)


@given(columns, columns)
def test_a_splice_has_every_date_once_and_prefers_the_first(first: Points, second: Points) -> None:
    whole = splice([first, second])
    assert whole.dates.tolist() == sorted(set(first.dates.tolist()) | set(second.dates.tolist()))
    for day, value in zip(whole.dates.tolist(), whole.values.tolist(), strict=True):
        expected = first.at(day)
        assert value == (expected if expected is not None else second.at(day))


@given(columns, columns)
def test_a_spread_has_the_common_dates_and_swaps_its_sign(first: Points, second: Points) -> None:
    ahead = derived.compute("EFFR_TOP", {"EFFR": first, "DFEDTARU": second})
    back = derived.compute("EFFR_TOP", {"EFFR": second, "DFEDTARU": first})
    assert set(ahead.dates.tolist()) == set(first.dates.tolist()) & set(second.dates.tolist())
    assert np.array_equal(ahead.values, -back.values)
