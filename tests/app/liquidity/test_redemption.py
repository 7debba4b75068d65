"""The rules of redemption: the New York Fed's own examples, and what may never happen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.liquidity.redemption import add_ons, allocate, by_date, redeem
from app.refusals import Misused

BN = 10**9
amounts = st.integers(0, 200 * BN)


def test_21_maturing_under_a_cap_of_6_rolls_15() -> None:
    """Rollover FAQ of 28 December 2017."""
    assert redeem(21 * BN, 0, 6 * BN, bills_fill=False).rolled == 15 * BN


def test_coupons_first_and_bills_for_the_gap() -> None:
    """Operating policy of 4 May 2022: R_coupon = min(C, K), R_bill = min(B, K − R_coupon)."""
    month = redeem(44 * BN, 30 * BN, 60 * BN, bills_fill=True)
    assert (month.redeemed_coupons, month.redeemed_bills, month.rolled) == (44 * BN, 16 * BN, 14 * BN)
    short = redeem(10 * BN, 5 * BN, 60 * BN, bills_fill=True)  # C + B < K: nothing is rolled
    assert (short.redeemed, short.rolled) == (15 * BN, 0)
    assert redeem(44 * BN, 30 * BN, 60 * BN, bills_fill=False).redeemed_bills == 0
    assert redeem(44 * BN, 30 * BN, 0, bills_fill=True).rolled == 74 * BN  # a cap of 0 rolls everything


def test_add_ons_of_15_december_2015() -> None:
    """FAQ of 14 December 2016: 1 bn over offers of 24, 21 and 13 bn is 413.8, 362.1 and 224.1 m, in hundreds."""
    # 1 bn × 24/58 = 413,793,103 → 413,793,100, and the 100 that rounding leaves; 21/58; 13/58
    assert add_ons(BN, (24 * BN, 21 * BN, 13 * BN)) == (413_793_200, 362_068_900, 224_137_900)


def test_no_weight_above_zero_is_refused() -> None:
    for weights in ((0, 0), (3, -1)):
        with pytest.raises(Misused):
            allocate(5, weights)


@given(amounts, amounts, amounts, st.booleans())
def test_what_matures_is_redeemed_or_rolled_and_the_cap_holds(coupons: int, bills: int, cap: int, fill: bool) -> None:
    month = redeem(coupons, bills, cap, bills_fill=fill)
    assert month.redeemed + month.rolled == coupons + bills
    assert month.redeemed <= cap
    assert 0 <= month.redeemed_coupons <= coupons
    assert 0 <= month.redeemed_bills <= bills
    if fill:
        assert month.redeemed == min(cap, coupons + bills)


@given(amounts, st.lists(st.integers(1, 60 * BN), min_size=1, max_size=6), st.sampled_from((1, 100)))
def test_an_allocation_adds_up_and_stays_near_its_share(amount: int, weights: list[int], unit: int) -> None:
    parts = allocate(amount, weights, unit)
    assert sum(parts) == amount
    assert all(part >= 0 for part in parts)
    assert all(
        abs(part - amount * w / sum(weights)) <= unit * len(weights) + 1 for part, w in zip(parts, weights, strict=True)
    )


@given(st.dictionaries(st.dates(date(2022, 6, 1), date(2022, 6, 30)), amounts, max_size=6), st.floats(0, 1))
def test_a_months_dates_redeem_what_the_month_redeems(maturing: dict[date, int], share: float) -> None:
    whole = sum(maturing.values())
    redeemed = int(whole * share)
    dates = by_date(maturing, redeemed)
    assert sum(one.redeemed for one in dates) == (redeemed if dates else 0)
    assert all(0 <= one.redeemed <= one.maturing for one in dates)


def test_the_dates_of_a_month_are_pro_rata() -> None:
    dates = by_date({date(2022, 8, 31): 10, date(2022, 8, 15): 30}, 20)
    assert [(one.on.day, one.redeemed, one.rolled) for one in dates] == [(15, 15, 15), (31, 5, 5)]
