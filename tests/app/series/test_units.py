"""The guard refuses another unit and nothing else; conversions are exact in decimal digits."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.refusals import Refused
from app.series import units
from app.series.catalogue import SERIES
from app.series.series import Batch

DAY = date(2022, 5, 18)


def batch(series: str, values: list[float], source: str = "fredgraph") -> Batch:
    return Batch(series, source, tuple((DAY + timedelta(weeks=i), value) for i, value in enumerate(values)))


def stored(*values: float) -> dict[date, float]:
    return {DAY + timedelta(weeks=i): value for i, value in enumerate(values)}


def test_conversion_is_exact_where_binary_multiplication_is_not() -> None:
    assert 1.005 * 1000 != 1005.0
    assert units.convert(1.005, units.factor("USD billions", "USD millions")) == 1005.0
    assert units.factor("USD millions", "USD trillions") == Decimal("0.000001")
    assert units.factor("percent", "basis points") == 100


@pytest.mark.parametrize("wanted", ["percent", "USD per barrel", "bananas"])
def test_only_a_power_of_ten_away_is_a_unit(wanted: str) -> None:
    with pytest.raises(Refused) as refused:
        units.factor("USD millions", wanted)
    assert refused.value.code == "series.unit"
    assert "USD billions" in refused.value.values["known"]


@pytest.mark.parametrize(
    ("values", "suggested"),
    [
        ([8945.898, 8932.42], "USD billions"),  # 10^-3: the file is in a larger unit
        ([8.945898, 8.93242], "USD trillions"),  # 10^-6
        ([8945898000.0, 8932420000.0], "USD thousands"),  # 10^3
        ([8945898e6, 8932420e6], "USD"),  # 10^6
    ],
)
def test_a_jump_on_the_overlap_names_both_sizes_and_the_unit_it_suggests(values: list[float], suggested: str) -> None:
    series = SERIES["WALCL"]
    with pytest.raises(Refused) as refused:
        units.guard(series, series.unit, batch("WALCL", values), stored(8945898, 8932420))
    assert refused.value.code == "series.unit_jump"
    assert refused.value.values["suggested"] == suggested
    assert refused.value.values["stored"] == (8945898 + 8932420) / 2
    assert refused.value.values["batch"] == pytest.approx(sum(values) / 2)


def test_zeros_and_small_values_do_not_count() -> None:
    series = SERIES["RRPONTSYD"]
    # 0.001 -> 1.0 and 0 -> 5 would be jumps; they say nothing beside 1973 bn.
    units.guard(series, series.unit, batch("RRPONTSYD", [1973.373, 1.0, 5.0, 0.0]), stored(1973.373, 0.001, 0.0, 7.0))


def test_one_true_jump_among_equal_dates_is_a_revision() -> None:
    series = SERIES["RRPONTSYD"]
    units.guard(series, series.unit, batch("RRPONTSYD", [100.0, 100.0, 100.0]), stored(100.0, 100.0, 0.2))


def test_without_an_overlap_the_plausible_range_decides() -> None:
    series = SERIES["WALCL"]
    with pytest.raises(Refused) as refused:
        units.guard(series, series.unit, batch("WALCL", [8945.898, 8932.42]), {})
    assert refused.value.code == "series.unit_range"
    assert refused.value.values["suggested"] == "USD billions"
    units.guard(series, "USD billions", batch("WALCL", [8945.898, 8932.42]), {})  # once that unit is accepted


def test_a_batch_of_zeros_says_nothing() -> None:
    series = SERIES["WSHOMCB"]
    units.guard(series, series.unit, batch("WSHOMCB", [0.0, 0.0]), {})
    units.guard(series, series.unit, batch("WSHOMCB", []), {})


@given(st.lists(st.floats(500_000, 9_000_000), min_size=1, max_size=40), st.data())
def test_revisions_below_a_tenfold_pass_and_thousandfolds_never_do(values: list[float], data: st.DataObject) -> None:
    series = SERIES["WALCL"]
    revised = [value * data.draw(st.floats(0.7, 1.4)) for value in values]
    units.guard(series, series.unit, batch("WALCL", revised), stored(*values))
    for power in (3, -3, 6, -6):
        with pytest.raises(Refused):
            units.guard(
                series, series.unit, batch("WALCL", [value * 10.0**power for value in revised]), stored(*values)
            )
