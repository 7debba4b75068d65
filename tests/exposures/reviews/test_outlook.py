from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposures.reviews.asset_screening import AssetScreening
from exposures.reviews.item import (
    SETTLED,
    Action,
    Amounts,
    ItemKey,
    ItemLine,
    Priority,
    Proposal,
    ReviewItem,
    Status,
)
from exposures.reviews.outlook import Due, accounted, beneath, due_of, outlook, weight
from exposures.reviews.review_list import ControlTotal, Grounds, Part
from tests.exposures.reviews.books import TODAY, book, line, policy_flags, settings

M = Decimal(1_000_000)
NOW = datetime(2026, 5, 26, 8, 31, tzinfo=UTC)


def item(priority=Priority.HIGH, amount=1, owner="Chen Li", due=TODAY, status=Status.PROPOSED, due_90=0) -> ReviewItem:
    amounts = Amounts(immediate=amount * M, due_90=due_90 * M)
    one = ItemLine("1", "", "loan", "USD", amounts, None, None, None, None, Action.REDUCE)
    proposal = Proposal(
        ItemKey("L1", "X", "TR", 1), "X", "both", "A", (), None, (), 7, priority, 1, Action.REDUCE, None, None, amounts,
        (one,),
    )  # fmt: skip
    return ReviewItem("L1-0001", proposal, status, owner, due, None, {}, NOW, NOW)


def test_open_items_are_counted_with_their_amounts_and_the_settled_are_not():
    seen = outlook(
        [item(amount=350), item(amount=412), item(Priority.LOW, 21), item(amount=999, status=Status.CLOSED)], TODAY
    )
    high, low = seen.priorities[Priority.HIGH], seen.priorities[Priority.LOW]
    assert (high.items, high.amount) == (2, 762 * M)
    assert (low.items, low.amount) == (1, 21 * M)
    assert seen.priorities[Priority.MEDIUM].items == 0


@pytest.mark.parametrize(
    ("due", "kind"),
    [
        (TODAY - timedelta(days=1), Due.OVERDUE),
        (TODAY, Due.SOON),
        (TODAY + timedelta(days=7), Due.SOON),
        (TODAY + timedelta(days=8), Due.LATER),
        (None, Due.UNDATED),
    ],
)
def test_when_an_item_is_due(due, kind):
    assert due_of(item(due=due), TODAY) is kind


@pytest.mark.parametrize(
    ("items", "case", "values"),
    [
        ([], "none_open", {}),
        ([item(status=Status.CLOSED)], "none_open", {}),
        ([item(owner=None), item()], "unassigned", {"unassigned": 1, "items": 2}),
        ([item(due=None), item(due=None)], "none_dated", {"items": 2}),
        ([item(due=date(2026, 6, 2)), item()], "high_first_due", {"high": 2, "first": TODAY}),
        ([item(Priority.LOW)], "first_due", {"high": 0, "first": TODAY}),
    ],
)
def test_the_finding_names_what_is_missing_first(items, case, values):
    finding = outlook(items, TODAY).finding
    assert (finding.case, dict(finding.values)) == (f"reviews.{case}", values)


@given(
    st.lists(
        st.builds(
            item,
            priority=st.sampled_from(Priority),
            amount=st.integers(0, 500),
            owner=st.sampled_from([None, "Sun Yi"]),
            due=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            status=st.sampled_from(Status),
        )
    )
)
def test_both_ways_of_counting_hold_every_open_item_once(items):
    seen = outlook(items, TODAY)
    standing = [one for one in items if one.status not in SETTLED]
    for shares in (seen.priorities.values(), seen.due.values()):
        assert sum(share.items for share in shares) == len(standing)
        assert sum(share.amount for share in shares) == sum(one.proposal.amounts.immediate for one in standing)


def test_what_is_left_out_is_the_book_less_the_items():
    lines = [line("1", "X", "TR", 10), line("2", "Y", "ZA", 5), line("3", "Z", "DE", 7), line("4", "W", "TR", "0.2")]
    result = AssetScreening().build(Grounds(book(*lines), policy_flags("TR"), (), (), settings(), TODAY))
    assert accounted(result.control).case == "reviews.accounted"
    assert dict(accounted(result.control).values) == {"left": 3, "lines": 4}


def test_parts_that_do_not_make_the_book_are_a_fault():
    control = ControlTotal((Part("items", 1, 1, M),), 2, 3 * M)
    assert accounted(control).case == "reviews.not_accounted"


def test_what_is_beneath_an_item_and_what_it_weighs():
    finding = beneath(item(amount=412, due_90=118), "USD")
    assert (finding.case, finding.values["amount"], finding.values["due"]) == (
        "reviews.lines_due", 412 * M, 118 * M,
    )  # fmt: skip
    assert beneath(item(), "USD").case == "reviews.lines"
    system = item(amount=8)
    assert beneath(replace(system, proposal=replace(system.proposal, lines=())), "USD").case == "reviews.lines_of_banks"
    assert dict(weight(item(), "USD").values) == {"reasons": 0, "points": 7, "priority": "high"}
