"""Every condition keeps the protocol; each formula by hand."""

import dataclasses

import numpy as np
import pytest

from alerts.conditions import (
    CONDITIONS,
    BookChange,
    BookLimit,
    Change,
    Comparison,
    Composite,
    Condition,
    Count,
    Crossing,
    Level,
    Part,
    PercentChange,
    Percentile,
    Spread,
    Staleness,
    ZScore,
)
from alerts.conditions.measure import MEASURES_OF_PAST
from alerts.conditions.percent_change import MEASURES

#: One of every kind with a short past.
EXAMPLES: tuple[Condition, ...] = (
    Level(),
    Change(2),
    PercentChange(3),
    ZScore(3),
    Percentile(4, "change", 2),
    Spread("r"),
    Crossing("either", 5),
    Composite("or", (Part(Change(2), Comparison.ABOVE, 3), Part(Level(), Comparison.BELOW, 1, "r", True))),
    Staleness(),
    BookLimit(),
    BookChange(2, False),
    Count(3, ">=", 4),
)
OBSERVED = np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0])


def test_every_kind_has_an_example() -> None:
    assert tuple(type(one) for one in EXAMPLES) == CONDITIONS


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.kind)
def test_protocol(one: Condition) -> None:
    beside = [OBSERVED / 3 for _ in one.inputs]
    values = one.values(OBSERVED, *beside)
    assert values.shape == OBSERVED.shape
    assert np.isnan(values[: one.lookback]).all()
    assert not np.isnan(values[one.lookback :]).any()
    assert one.unit("index")
    assert one.reads("country")
    assert one.change_over in (0, one.lookback)
    assert dataclasses.is_dataclass(one)
    assert one.values(np.array([]), *(np.array([]) for _ in one.inputs)).shape == (0,)


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.kind)
def test_nothing_later_is_looked_at(one: Condition) -> None:
    """The values of a part are the first of the values of the whole: no future can change them."""
    whole = one.values(OBSERVED, *[OBSERVED / 3 for _ in one.inputs])
    for count in range(len(OBSERVED)):
        part = one.values(OBSERVED[:count], *[OBSERVED[:count] / 3 for _ in one.inputs])
        np.testing.assert_array_equal(part, whole[:count])


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


IMPOSSIBLE = [
    lambda: Change(0),
    lambda: PercentChange(0),
    lambda: PercentChange(1, "half"),
    lambda: ZScore(1),
    lambda: ZScore(5, "half"),
    lambda: ZScore(5, "change", 0),
    lambda: Percentile(0),
    lambda: Percentile(5, "half"),
    lambda: Spread(),
    lambda: Crossing("sideways"),
    lambda: Crossing(line=float("inf")),
    lambda: Count(0),
    lambda: Count(5, "~"),
    lambda: Count(5, ">", float("nan")),
    lambda: Composite(),
    lambda: Composite("xor", (Part(Level(), Comparison.ABOVE, 1),)),
    lambda: Part(Spread("r"), Comparison.ABOVE, 1, "other"),
    lambda: Part(Level(), Comparison.ABOVE, float("nan")),
    lambda: BookChange(0),
]


@pytest.mark.parametrize("make", IMPOSSIBLE)
def test_impossible_parameters(make: object) -> None:
    with pytest.raises(ValueError):
        make()  # type: ignore[operator]


def test_a_change_from_next_to_nothing_has_no_value() -> None:
    rates = np.array([2.2250738585072014e-308, 1.0, 1.1])
    assert np.isnan(PercentChange(1, "dollar_rise").values(rates)).tolist() == [True, True, False]
    assert np.isnan(PercentChange(1, "value").values(rates[::-1].copy())).tolist() == [True, False, True]


def test_a_z_score_against_the_observations_before() -> None:
    # Before 10 stand 2, 4, 6: mean 4, sample deviation 2; (10 - 4) / 2 = 3. Before 4 stand 4, 6, 10: 6.667 and 3.055.
    values = ZScore(3).values(np.array([2.0, 4.0, 6.0, 10.0, 4.0]))
    assert values[3] == 3
    assert values[4] == pytest.approx((4 - 20 / 3) / np.std([4, 6, 10], ddof=1))


def test_a_past_without_spread_calls_nothing_unusual() -> None:
    assert np.isnan(ZScore(3).values(np.array([5.1, 5.1, 5.1, 9.0]))[3])


def test_a_z_score_of_changes() -> None:
    # Levels 0 1 3 6 16: changes 1 2 3 10; the last against 1 2 3 is (10 - 2) / 1.
    assert ZScore(3, "change", 1).values(np.array([0.0, 1, 3, 6, 16]))[4] == 8


def test_a_percentile_counts_equal_ones_by_half() -> None:
    # Before 3 stand 1, 3, 5, 2: two lie below, one is equal: (2 + 0.5) / 4.
    assert Percentile(4).values(np.array([1.0, 3, 5, 2, 3]))[4] == 62.5
    assert Percentile(2).values(np.array([1.0, 2, 9]))[2] == 100
    assert Percentile(2).values(np.array([1.0, 2, 0]))[2] == 0


@pytest.mark.parametrize("measure", MEASURES_OF_PAST)
def test_measures_of_the_past_against_a_loop(measure: str) -> None:
    """An independent implementation: one loop, statistics from the standard library."""
    import statistics

    observed = np.random.default_rng(3).normal(100, 5, 40)
    before = {"level": lambda i: observed[i], "change": lambda i: observed[i] - observed[i - 2]}
    before["value"] = lambda i: (observed[i - 2] / observed[i] - 1) * 100
    before["dollar_rise"] = lambda i: (observed[i] / observed[i - 2] - 1) * 100
    x = [before[measure](i) for i in range(0 if measure == "level" else 2, 40)]
    z, rank = ZScore(10, measure, 2), Percentile(10, measure, 2)
    past, now = x[-11:-1], x[-1]
    assert z.values(observed)[-1] == pytest.approx((now - statistics.mean(past)) / statistics.stdev(past), abs=1e-6)
    assert rank.values(observed)[-1] == pytest.approx(100 * sum(one < now for one in past) / 10)


def test_a_spread_is_the_difference() -> None:
    values = Spread("IORB").values(np.array([5.25, 2.43]), np.array([2.10, np.nan]))
    assert values[0] == 3.15
    assert np.isnan(values[1])


@pytest.mark.parametrize(
    ("direction", "expected"),
    [("up", [0, 0, 1, 0, 0, 1]), ("down", [0, 0, 0, 1, 0, 0]), ("either", [0, 0, 1, 1, 0, 1])],
)
def test_crossing_a_line(direction: str, expected: list[float]) -> None:
    # 1 2 2 3 1 2 4 across 2: touching is not crossing; from the line to beyond it is.
    values = Crossing(direction, 2).values(np.array([1.0, 2, 2, 3, 1, 2, 4]))
    assert np.isnan(values[0])
    assert values[1:].tolist() == expected


def test_crossing_another_metric() -> None:
    values = Crossing("up", against="r").values(np.array([1.0, 3, 3]), np.array([2.0, 2, 4]))
    assert values[1:].tolist() == [1, 0]


def test_a_count_is_of_the_last_ones() -> None:
    assert Count(3, ">", 0).values(np.array([1.0, 0, 2, 3, 0, 0]))[2:].tolist() == [2, 2, 2, 1]


K = float("nan")


@pytest.mark.parametrize(
    ("join", "own", "other", "expected"),
    [
        ("and", 1.0, 1.0, 1),
        ("and", 1.0, 0.0, 0),
        ("and", 0.0, K, 0),  # decided without the other
        ("and", 1.0, K, None),
        ("or", 1.0, K, 1),
        ("or", 0.0, K, None),
        ("or", 0.0, 1.0, 1),
        ("or", 0.0, 0.0, 0),
    ],
)
def test_what_is_not_known_stays_unknown_unless_the_rest_decides(
    join: str, own: float, other: float, expected: float | None
) -> None:
    half = Comparison.ABOVE, 0.5
    of = Composite(join, (Part(Level(), *half), Part(Level(), *half, "r")))
    value = of.values(np.array([own]), np.array([other]))[0]
    assert (None if np.isnan(value) else value) == expected


def test_not_turns_round_and_parts_take_their_columns_in_order() -> None:
    of = Composite(
        "and",
        (
            Part(Spread("r"), Comparison.ABOVE, 1),
            Part(Change(1), Comparison.BELOW, 0, "gate", True),
        ),
    )
    assert [one.metric for one in of.inputs] == ["r", "gate"]
    # 5 - 3 = 2 > 1, and the gate did not fall.
    assert of.values(np.array([5.0, 5.0]), np.array([3.0, 3.0]), np.array([0.5, -1.0])).tolist() == [1, 0]


def test_what_book_conditions_read() -> None:
    assert (BookLimit(True).reads("country"), BookLimit(False).reads("country")) == (
        "country_utilisation",
        "country_utilisation_used",
    )
    assert Staleness().reads("SOFR") == "missed(SOFR)"
    assert BookChange(1).values(np.array([480.0, 600.0]))[1] == 25
    assert BookChange(1, False).values(np.array([480.0, 600.0]))[1] == 120
    assert (BookChange(1).unit("USD"), BookChange(1, False).unit("USD")) == ("percent", "USD")
