"""Every condition keeps the protocol; each formula by hand."""

import dataclasses

import numpy as np
import pytest

from alerts.conditions import CONDITIONS, Change, Condition, Level, PercentChange
from alerts.conditions.percent_change import MEASURES


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.kind)
def test_protocol(condition: type[Condition]) -> None:
    one = condition()
    observed = np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0])
    values = one.values(observed)
    assert values.shape == observed.shape
    assert np.isnan(values[: one.lookback]).all()
    assert not np.isnan(values[one.lookback :]).any()
    assert one.unit("index")
    assert dataclasses.is_dataclass(condition)
    assert one.values(np.array([])).shape == (0,)


def test_kinds_are_each_used_once() -> None:
    assert len({condition.kind for condition in CONDITIONS}) == len(CONDITIONS)


def test_level() -> None:
    assert Level().values(np.array([3.5])).tolist() == [3.5]
    assert Level().unit("basis points") == "basis points"


def test_change_is_free_of_binary_dust() -> None:
    # 2.20 − 2.10 is 0.10000000000000009 in binary, and would pass a threshold of 0.10.
    assert Change(1).values(np.array([2.10, 2.20]))[1] == 0.10


def test_percent_change_by_name() -> None:
    # CALCULATIONS 1.3: 43.02 → 45.82 is v = −6.11 %, d = +6.51 %.
    rates = np.array([43.02, 45.82])
    assert PercentChange(1, "value").values(rates)[1] == pytest.approx(-6.11, abs=0.005)
    assert PercentChange(1, "dollar_rise").values(rates)[1] == pytest.approx(6.51, abs=0.005)
    # A dollar rise of 25 % is a value loss of 20 %.
    assert PercentChange(1, "dollar_rise").values(np.array([4.0, 5.0]))[1] == 25
    assert PercentChange(1, "value").values(np.array([4.0, 5.0]))[1] == -20


def test_percent_change_of_nothing_has_no_value() -> None:
    for measure in MEASURES:
        assert np.isnan(PercentChange(1, measure).values(np.array([0.0, 5.0]))[1])
        assert np.isnan(PercentChange(1, measure).values(np.array([5.0, -1.0]))[1])


@pytest.mark.parametrize("make", [lambda: Change(0), lambda: PercentChange(0), lambda: PercentChange(1, "half")])
def test_impossible_parameters(make: object) -> None:
    with pytest.raises(ValueError):
        make()  # type: ignore[operator]


def test_a_change_from_next_to_nothing_has_no_value() -> None:
    rates = np.array([2.2250738585072014e-308, 1.0, 1.1])
    assert np.isnan(PercentChange(1, "dollar_rise").values(rates)).tolist() == [True, True, False]
    assert np.isnan(PercentChange(1, "value").values(rates[::-1].copy())).tolist() == [True, False, True]
