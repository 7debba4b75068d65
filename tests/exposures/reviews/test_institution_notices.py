"""L6 on the worked example of its notes (USD m), on head office, size and what the book does not say."""

from decimal import Decimal
from typing import Any

from exposures.flags import LimitStanding
from exposures.reviews.institution_notices import InstitutionNotices
from exposures.reviews.item import Action, Priority
from exposures.reviews.review_list import Grounds, ListResult
from tests.exposures.reviews.books import REPORTED, TODAY, book, line, policy_flags, settings

M = Decimal(10**6)


def built(*lines: dict[str, Any], flags=("TR",), limits=(), **own: Any) -> ListResult:
    return InstitutionNotices().build(Grounds(book(*lines), policy_flags(*flags), (), limits, settings(**own), TODAY))


def at(entity: str, line_id: str, country: str, drawn: float, **fields: Any) -> dict[str, Any]:
    return line(line_id, line_id, country, drawn, booking_entity=entity, **fields)


def test_the_worked_example_istanbul_gets_one_and_sydney_none():
    result = built(at("Istanbul", "a", "TR", 580), at("Istanbul", "b", "TR", 20), at("Sydney", "c", "TR", 0.4))
    (item,) = result.items
    assert (item.name, item.amounts.immediate) == ("Istanbul", 600 * M)
    assert (item.action, item.tier, item.priority) == (Action.NOTIFY, "B", Priority.MEDIUM)
    assert {fact.code: fact.value for fact in item.facts}["clients"] == 2
    assert {part.case: part.amount for part in result.excluded}["not_screened"] == Decimal("400000")
    assert result.ties


def test_one_notice_for_each_flagged_country_and_the_larger_first():
    result = built(
        at("Istanbul", "a", "TR", 5), at("Istanbul", "b", "AR", 9), at("Istanbul", "c", "DE", 50), flags=("TR", "AR")
    )
    assert [(item.name, item.key.country) for item in result.items] == [("Istanbul", "AR"), ("Istanbul", "TR")]
    assert result.ties


def test_head_office_writes_notices_and_gets_none():
    result = built(at("Head office", "a", "TR", 5, booking_entity_kind="head_office"))
    assert result.items == ()
    assert result.empty is not None
    assert result.empty.case == "l6.empty.all_small"
    assert {part.case: part.lines for part in result.excluded}["head_office"] == 1
    assert result.ties


def test_a_limit_at_its_mark_is_told_and_owners_are_found():
    limit = LimitStanding("country", "TR", 100 * M, 95 * M, 0 * M, "guarantor", REPORTED, "v31")
    (item,) = built(at("Istanbul", "a", "TR", 95), limits=(limit,), owners={"Istanbul": "Wu Fang"}).items
    assert item.owner == "Wu Fang"
    assert next(reason.metric for reason in item.reasons) == "limit_country"


def test_why_nobody_is_told():
    assert built(at("Istanbul", "a", "TR", 5), flags=()).empty.case == "l6.empty.no_flags"  # type: ignore[union-attr]
    assert built(at("Istanbul", "a", "DE", 5)).empty.case == "l6.empty.no_lines"  # type: ignore[union-attr]
    nowhere = built(line("a", "A", "TR", 5))
    assert nowhere.empty is not None
    assert nowhere.empty.case == "l6.empty.no_entity"
    assert [miss.why for miss in nowhere.not_assessable] == ["no_booking_entity"]
    assert nowhere.ties
