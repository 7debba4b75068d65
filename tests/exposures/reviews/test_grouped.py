"""Sums over many groups at once, beside the same line by line in decimals."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposures.reviews.claims import Claims
from exposures.reviews.grouped import Grouped, money_by
from exposures.reviews.item import Amounts
from exposures.reviews.measuring import measure
from tests.exposures.reviews.books import book, line

RATES = {"EUR": Decimal("0.86"), "TRY": Decimal(45), "JPY": Decimal(157)}
NEAR = Decimal("0.000000001")


def claims(*amounts: tuple[str, int]) -> Claims:
    lines = [
        line(f"l{at}", f"S{at % 3}", "TR", 0, currency=currency, rating="BB" if at % 2 else None)
        | {"outstanding": minor}
        for at, (currency, minor) in enumerate(amounts)
    ]
    return measure(book(*lines, rates=RATES))


LINES = st.lists(
    st.tuples(st.sampled_from(["USD", "EUR", "TRY", "JPY"]), st.integers(0, 10**13)), min_size=1, max_size=8
)


@settings(max_examples=30, deadline=None)
@given(amounts=LINES, chosen=st.lists(st.sets(st.integers(0, 7)), max_size=4))
def test_groups_owe_what_their_lines_owe(amounts, chosen):
    held = claims(*amounts)
    groups = [sorted(at for at in group if at < len(amounts)) for group in chosen]
    grouped = Grouped(held, [np.array(group, dtype=np.int64) for group in groups])
    for group, found in zip(groups, grouped.amounts(), strict=True):
        expected = sum((held.amounts(at, 0) for at in group), Amounts(cover=Decimal(0)))
        assert abs(found.drawn - expected.drawn) < NEAR
        assert abs(found.immediate - expected.immediate) < NEAR
        assert (found.cover, found.due_30, found.undrawn) == (None if group else found.cover, 0, 0)
    ratings = [tuple(sorted({"BB"} if any(at % 2 for at in group) else ())) for group in groups]
    assert grouped.texts("rating") == ratings
    assert grouped.firsts("rating") == [next(iter(one), None) for one in ratings]


def test_dollars_keep_their_cents_and_nothing_more():
    held = claims(("USD", 123_450), ("USD", 55), ("TRY", 100))
    (dollars, all_) = money_by(held, np.array([0, 0, 1]), 2, np.array([0, 1, 2]), np.array([[123_450, 55, 100]]))[0]
    assert str(dollars) == "1235.05"
    assert str(all_).startswith("0.02222222222")  # one lira of 45 to the dollar
    assert money_by(held, np.zeros(0, int), 2, np.zeros(0, int), np.zeros((1, 0), int)) == [[0, 0]]


def test_sums_beyond_whole_numbers_of_64_bits():
    held = claims(("USD", 1), ("USD", 1))
    largest = 2**62
    ((found,),) = money_by(held, np.array([0, 0]), 1, np.array([0, 1]), np.array([[largest, largest]]))
    assert found == Decimal(2 * largest) / 100


def test_a_control_total_beyond_whole_numbers_of_64_bits():
    """Three times 4 × 10^18 cents are 1.2 × 10^17 dollars; as numbers of 64 bits they would be negative."""
    held = claims(*[("USD", 4 * 10**18)] * 3)
    assert held.total_in(held.able) == held.total_at(np.arange(3)) == held.whole == Decimal(12 * 10**16)


@pytest.mark.parametrize("largest", [400, 10**11, 9 * 10**16])
@pytest.mark.parametrize("rate", ["1", "0.5", "2", "45", "0.86", "26000"])
def test_a_column_on_one_scale_is_rounded_as_decimals_are(rate, largest):
    minor = np.unique(np.linspace(-largest, largest, 401).astype(np.int64)).tolist()
    lines = [line(f"l{at}", "A", "TR", 0, currency="TRY") | {"outstanding": one} for at, one in enumerate(minor)]
    held = measure(book(*lines, rates={"TRY": Decimal(rate)}))
    worth = held.money(10**6, "TRY")
    expected = [int((worth * one / 10**4).to_integral_value()) for one in minor]
    assert held.scaled_at(np.arange(len(held.lines))).tolist() == expected
