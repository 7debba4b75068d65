"""L2 on the worked example of its notes (USD m), on both marks of every trigger, and on what books do not say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exposures.flags import LimitStanding
from exposures.reviews.item import Action, Priority, Proposal
from exposures.reviews.overseas_layout import OverseasLayout
from exposures.reviews.review_list import Grounds, ListResult, ReviewBook
from tests.exposures.reviews.books import REPORTED, TODAY, book, line, policy_flags, settings

M = Decimal(10**6)
LIMIT = LimitStanding("country", "TR", 1000 * M, 600 * M, 0 * M, "guarantor", REPORTED, "v31")


def built(*lines: dict[str, Any], ago: ReviewBook | None = None, flags=("TR",), rates=None, **own: Any) -> ListResult:
    return OverseasLayout().build(
        Grounds(book(*lines, rates=rates), policy_flags(*flags), (), (LIMIT,), settings(**own), TODAY, ago)
    )


def at(entity: str, line_id: str, country: str, drawn: float | str, **fields: Any) -> dict[str, Any]:
    return line(line_id, line_id, country, drawn, booking_entity=entity, **({"loan_class": "pass"} | fields))


def year_ago(*lines: dict[str, Any], rates=None) -> ReviewBook:
    made = book(*lines, rates=rates)
    return replace(made, book=replace(made.book, reporting_date=date(2025, 5, 22)), version="v2")


def only(result: ListResult) -> Proposal:
    (item,) = result.items
    return item


def facts(item: Proposal) -> dict[str, Any]:
    return {fact.code: fact.value for fact in item.facts}


def istanbul() -> list[dict[str, Any]]:
    """600 in Turkey, 24 of it substandard, 2,400 in all; 600 lira loans were 9,600 m lira at 16 for a dollar."""
    return [
        at("Istanbul", "good", "TR", 9216, currency="TRY"),
        at("Istanbul", "bad", "TR", 24, loan_class="substandard"),
        at("Istanbul", "home", "DE", 1800),
    ]


def test_the_worked_example_shrinks_by_120():
    # Now 9,216 m lira at 16 = 576, and 24: 600. A year ago 7,680 m lira: 480 at today's rate of 16, 560 at the 13.714…
    # of then: growth 25.0 %, not 7.1 %. Share 600/2,400 = 25 %, non-performing 24/600 = 4 %: three triggers.
    then = {"TRY": Decimal(7680) / 560}
    ago = year_ago(at("Istanbul", "good", "TR", 7680, currency="TRY"), rates=then)
    result = built(*istanbul(), ago=ago, rates={"TRY": Decimal(16)}, income={"Istanbul/TR": 9 * M},
                   income_hurdle=Decimal(1))  # fmt: skip
    item = only(result)
    told = facts(item)
    assert (told["before"], told["growth"], told["share"], told["non_performing"]) == (480 * M, 25, 25, 4)
    assert round(told["income_return"], 2) == Decimal("1.67")  # 9 on (600 + 480)/2 = 540
    assert (item.action, item.amount) == (Action.SHRINK, 120 * M)
    assert (item.points, item.priority) == (3, Priority.HIGH)
    assert {reason.metric for reason in item.reasons if reason.points} == {"entity_share", "growth", "non_performing"}
    assert told["limit_use"] == 60
    assert item.key.subject == "Istanbul"
    assert [one.action for one in item.lines] == [Action.WATCH, Action.RECOVER]
    assert result.ties
    assert [(part.case, part.lines) for part in result.control.parts if part.lines] == [("items", 2), ("outside", 1)]


def test_without_the_earlier_book_growth_is_not_known_and_said_so():
    result = built(*istanbul(), rates={"TRY": Decimal(16)})
    item = only(result)
    assert (facts(item)["before"], facts(item)["growth"]) == (None, None)
    assert (item.action, item.amount) == (Action.SHRINK, None)  # how far is not known either
    whys = {one.why for one in result.not_assessable}
    assert whys == {"no_year_ago", "net_capital_blank", "income_not_supplied", "liabilities_not_supplied"}


@pytest.mark.parametrize(
    ("lines", "own", "triggers"),
    [
        ([at("A", "x", "TR", 10), at("A", "y", "DE", 90)], {}, ["entity_share"]),  # exactly 10 %
        ([at("A", "x", "TR", "9.9"), at("A", "y", "DE", "90.1")], {}, []),
        ([at("A", "x", "TR", 2), at("A", "y", "DE", 98)], {"net_capital": 100 * M}, []),  # exactly 2 % is not above
        ([at("A", "x", "TR", "2.01"), at("A", "y", "DE", 98)], {"net_capital": 100 * M}, ["of_capital"]),
        ([at("A", "x", "TR", "9.7"), at("A", "b", "TR", "0.3", loan_class="loss"), at("A", "y", "DE", 900)], {},
         ["non_performing"]),
        ([at("A", "x", "TR", 10, loan_class=None), at("A", "y", "DE", 900)], {}, []),
    ],
)  # fmt: skip
def test_each_trigger_at_its_mark(lines, own, triggers):
    result = built(*lines, **own)
    assert [reason.metric for item in result.items for reason in item.reasons if reason.points] == triggers
    assert result.ties
    if not triggers:
        assert result.empty is not None
        assert result.empty.case == "l2.empty.no_trigger"


def test_growth_alone_freezes_and_share_alone_is_kept():
    there = [at("A", "x", "TR", 6), at("A", "y", "DE", 94)]
    item = only(built(*there, ago=year_ago(at("A", "x", "TR", 5))))
    assert (item.action, item.amount, item.priority) == (Action.FREEZE, None, Priority.LOW)  # exactly 20 %
    assert built(*there, ago=year_ago(at("A", "x", "TR", "5.01"))).items == ()
    share = only(built(at("A", "x", "TR", 50), at("A", "y", "DE", 50), ago=year_ago(at("A", "x", "TR", 50))))
    assert share.action is Action.KEEP


def test_what_has_come_down_already_is_held_and_not_shrunk():
    bad = at("A", "x", "TR", 50, loan_class="loss")
    item = only(built(bad, ago=year_ago(at("A", "x", "TR", 60))))
    assert (item.action, item.amount) == (Action.FREEZE, None)


def test_poor_income_on_little_business_is_an_exit():
    lines = [at("A", "x", "TR", 9), at("A", "y", "DE", 991)]
    own = {"net_capital": 100 * M, "income": {"A/TR": Decimal("0.09") * M}, "income_hurdle": Decimal("1.5")}
    item = only(built(*lines, ago=year_ago(at("A", "x", "TR", 9)), **own))
    assert (item.action, item.amount) == (Action.EXIT, 9 * M)  # 1 % on 9, share 0.9 %
    assert only(built(*lines, **own)).action is Action.KEEP  # without the average there is no return to judge


def test_deposits_are_held_against_assets_of_the_same_entity_and_country():
    owed = line("d", "D", "TR", 30, side="liability", instrument="deposit", booking_entity="A")
    elsewhere = line("e", "D", "TR", 99, side="liability", instrument="deposit", booking_entity="B")
    item = only(built(at("A", "x", "TR", 60), owed, elsewhere))
    assert facts(item)["deposits_to_assets"] == 50
    assert facts(only(built(at("A", "x", "TR", 60))))["deposits_to_assets"] is None


def test_lines_without_an_entity_are_stated_and_stand_in_the_control_total():
    result = built(line("x", "X", "TR", 60))
    assert result.items == ()
    assert result.empty is not None
    assert result.empty.case == "l2.empty.no_entity"
    assert "no_booking_entity" in {one.why for one in result.not_assessable}
    assert {part.case: part.lines for part in result.excluded}["no_entity"] == 1
    assert result.ties


def test_an_entity_below_the_minimum_is_not_screened():
    result = built(at("A", "x", "TR", "0.9"))
    assert {part.case: part.lines for part in result.excluded}["not_screened"] == 1
    assert result.ties
    assert built(at("A", "x", "DE", 5)).empty.case == "l2.empty.no_lines"
    assert built(at("A", "x", "TR", 5), flags=()).empty.case == "l2.empty.no_flags"
