"""L7 on the worked example of its notes (USD m): who gets a letter, who does not and why."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exposures.flags import FiringAlert
from exposures.reviews.client_notices import ClientNotices
from exposures.reviews.item import Action, Priority
from exposures.reviews.review_list import Grounds, ListResult
from tests.exposures.reviews.books import REPORTED, TODAY, book, line, policy_flags, settings

M = Decimal(10**6)
SOON, LATER = date(2026, 6, 10), date(2030, 1, 1)
LIRA = FiringAlert("E9", "fx", "critical", "FX", -6.1, -5.0, "percent", REPORTED, "A-0001", {"country": "TR"})


def built(*lines: dict[str, Any], flags=("TR",), alerts=(), approved=frozenset(), **own: Any) -> ListResult:
    grounds = Grounds(
        book(*lines), policy_flags(*flags), alerts, (), settings(**own), TODAY, approved_lines=frozenset(approved)
    )
    return ClientNotices().build(grounds)


def claim(line_id: str, subject: str, drawn: float, **fields: Any) -> dict[str, Any]:
    """Covered in full and due in years: nothing that concerns the client."""
    safe = {"maturity": LATER, "loan_class": "pass", "collateral_kind": "cash", "collateral_country": "TR"}
    safe["collateral_value"] = drawn
    return line(line_id, subject, "TR", drawn, **(safe | fields))


def names(result: ListResult) -> list[str]:
    return [item.key.subject for item in result.items]


def excluded(result: ListResult) -> dict[str, int]:
    return {part.case: part.lines for part in result.excluded if part.lines}


def test_the_worked_example():
    # Dollar debt, 118 due in 30 days: drafted. In recovery: excluded. Only the country speaks against it: none.
    result = built(
        claim("a", "DUE", 118, maturity=SOON),
        claim("b", "BAD", 50, maturity=SOON, loan_class="doubtful"),
        claim("c", "FINE", 40),
        alerts=(LIRA,),
    )
    item = result.items[0]
    assert (item.key.subject, item.action, item.priority) == ("DUE", Action.NOTIFY, Priority.HIGH)
    assert item.amounts.due_30 == 118 * M
    assert "maturity" in {reason.family for reason in item.reasons}
    assert "BAD" not in names(result)
    assert excluded(result)["in_recovery"] == 1
    assert result.ties


def test_the_country_alone_is_no_reason_for_a_letter():
    result = built(claim("c", "FINE", 40))
    assert result.items == ()
    assert excluded(result) == {"no_client_reason": 1}
    assert result.empty is not None
    assert result.empty.values["no_client_reason"] == 1


@pytest.mark.parametrize(
    ("fields", "family"),
    [
        ({"maturity": SOON}, "maturity"),
        ({"collateral_value": 10}, "cover"),
    ],
)
def test_what_concerns_the_client(fields: dict[str, Any], family: str):
    (item,) = built(claim("a", "A", 40, **fields)).items
    assert family in {reason.family for reason in item.reasons if reason.points}


def test_what_concerns_only_us_is_never_a_reason():
    """A late payer under a full limit is on L1; nothing of that makes a letter."""
    result = built(claim("a", "A", 40, days_past_due=45, rating="B-"))
    assert excluded(result) == {"no_client_reason": 1}


def test_an_approved_measure_of_l4_or_l5_is_told():
    (item,) = built(claim("a", "A", 40, undrawn=10), approved={"a"}).items
    (own,) = [reason for reason in item.reasons if reason.family == "measure"]
    assert (own.metric, own.value) == ("approved_measure", 10 * M)


@pytest.mark.parametrize(
    ("fields", "own", "case"),
    [
        ({"sector": "sovereign"}, {}, "by_call"),
        ({"sector": "central_bank"}, {}, "by_call"),
        ({}, {"holds": {"A": "litigation"}}, "on_hold"),
        ({}, {"holds": {"A": "sanctions"}}, "on_hold"),
        ({}, {"holds": {"A": "recovery"}}, "in_recovery"),
        ({"loan_class": "substandard"}, {}, "in_recovery"),
    ],
)
def test_who_gets_no_letter_and_why(fields: dict[str, Any], own: dict[str, Any], case: str):
    result = built(claim("a", "A", 40, **({"maturity": SOON} | fields)), **own)
    assert result.items == ()
    assert excluded(result) == {case: 1}
    assert result.ties


def test_small_clients_and_the_order():
    result = built(
        claim("a", "SMALL", 0.4, maturity=SOON),
        claim("b", "LONG", 90, collateral_value=1),
        claim("c", "SOON", 5, maturity=SOON),
        claim("d", "SOONER", 7, maturity=SOON),
    )
    assert names(result) == ["SOONER", "SOON", "LONG"]
    assert excluded(result) == {"not_screened": 1}
    assert result.ties


def test_why_nobody_is_told():
    assert built(claim("a", "A", 40), flags=()).empty.case == "l7.empty.no_flags"  # type: ignore[union-attr]
    elsewhere = built(line("a", "A", "DE", 40))
    assert elsewhere.empty is not None
    assert elsewhere.empty.case == "l7.empty.no_lines"
