"""Run-off and filling as properties: the fills are the gap or the rest is stated, and nothing is used twice."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposures.reviews.reduction import Means
from exposures.reviews.run_off import Held, fills, offer, plan, plan_of
from tests.exposures.reviews.books import REPORTED

DAYS = 131  # from 22 May to 30 September

amounts = st.decimals(0, 1000, places=2, allow_nan=False)
held = st.builds(
    Held,
    line=st.integers(0, 10**6),
    drawn=amounts,
    undrawn=amounts,
    contingent=amounts,
    days=st.none() | st.integers(-30, 400),
    instrument=st.sampled_from(["loan", "bond", "placement", "trade_finance", "derivative", "other"]),
    revolving=st.none() | st.booleans(),
    undrawn_kind=st.none() | st.sampled_from(["cancellable", "draw_stop", "committed"]),
    bad=st.booleans(),
    cover=amounts,
    cover_from=st.just("DE"),
    owed=st.booleans(),
)
lines = st.lists(held, max_size=12, unique_by=lambda one: one.line)


@given(lines, amounts)
def test_the_fills_and_the_stated_shortfall_are_the_gap(some, gap):
    uses, short = plan([offer(one, DAYS) for one in some], gap)
    assert sum((use.amount for use in uses), Decimal(0)) + short == gap
    assert short >= 0
    assert sum((fill.amount for fill in fills(uses, REPORTED)), Decimal(0)) == gap - short


@given(lines, amounts)
def test_what_runs_off_is_not_used_again(some, gap):
    offers = [offer(one, DAYS) for one in some]
    uses, _short = plan(offers, gap)
    for one in offers:
        taken = sum((use.amount for use in uses if use.held is one.held), Decimal(0))
        assert one.run_off + taken <= one.held.drawn + one.held.undrawn + one.held.contingent


@given(lines, amounts)
def test_a_shortfall_means_that_every_means_is_used_up(some, gap):
    offers = [offer(one, DAYS) for one in some]
    uses, short = plan(offers, gap)
    offered = sum((amount for one in offers for _means, amount in one.means), Decimal(0))
    assert short == max(Decimal(0), gap - offered)
    assert all(use.amount > 0 for use in uses)


@given(lines, amounts)
def test_the_means_are_used_in_their_order(some, gap):
    """A later means is touched only when the earlier ones are used up whole."""
    offers = [offer(one, DAYS) for one in some]
    uses, _short = plan(offers, gap)
    order = list(Means)
    if uses:
        last = max(order.index(use.means) for use in uses)
        for means in order[:last]:
            offered = sum((amount for one in offers for way, amount in one.means if way is means), Decimal(0))
            assert sum((use.amount for use in uses if use.means is means), Decimal(0)) == offered


@given(held)
def test_only_what_is_contracted_until_the_horizon_runs_off(one):
    """Nothing overdue, undated or later than the horizon counts, nor what cannot be paid."""
    found = offer(one, DAYS)
    if one.days is None or not 0 <= one.days <= DAYS:
        assert found.run_off == 0
    elif one.bad:
        assert found.run_off == one.undrawn + one.contingent
    assert found.run_off >= 0


PLAN = ((-20, Decimal(10)), (10, Decimal(10)), (100, Decimal(15)), (131, Decimal(5)), (132, Decimal(20)))


@pytest.mark.parametrize(
    ("fields", "run_off", "means"),
    [
        # 10 + 15 + 5 within 131 days; what is overdue and what comes a day later is not counted
        ({"days": 400}, 30, ()),
        ({"days": None}, 30, ()),
        ({"days": 400, "instrument": "bond"}, 30, ((Means.SELL, Decimal(70)),)),
        ({"days": 120, "revolving": False}, 100, ()),  # the balloon is repaid as well
        ({"days": 120}, 30, ((Means.NO_RENEWAL, Decimal(70)),)),  # the book does not say that it does not revolve
        ({"days": 120, "revolving": False, "renewed": True}, 30, ((Means.NO_RENEWAL, Decimal(70)),)),
        ({"days": 120, "revolving": True}, 0, ((Means.NO_RENEWAL, Decimal(100)),)),  # can be drawn again
        ({"days": 400, "bad": True}, 0, ()),
        ({"days": 400, "owed": True}, 30, ()),
    ],
)
def test_instalments_run_off_before_maturity_and_what_is_left_is_offered(fields, run_off, means):
    found = offer(Held(1, Decimal(100), plan=PLAN, **fields), DAYS)
    assert (found.run_off, found.means) == (run_off, means)


def test_a_renewal_that_is_asked_for_keeps_a_line_from_running_off():
    assert offer(Held(1, Decimal(100), days=30, revolving=False), DAYS).run_off == 100
    kept = offer(Held(1, Decimal(100), days=30, revolving=False, renewed=True), DAYS)
    assert (kept.run_off, kept.means) == (0, ((Means.NO_RENEWAL, Decimal(100)),))


def test_a_part_of_a_line_is_repaid_by_its_part_of_each_instalment():
    """A quarter of 200.00 lira at 40 for a dollar is worth 1.25: an instalment of 80.00 repays 0.50 of it."""
    assert plan_of(((10, 8_000),), Decimal("1.25"), 20_000) == ((10, Decimal("0.50")),)
    assert plan_of(((10, 8_000),), Decimal(1), 0) == ()
