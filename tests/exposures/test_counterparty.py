"""One counterparty and one group: hand calculations in dollars."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exposures.counterparty import finding, followed, profile
from tests.exposures.lines import book, line

D = Decimal
EGE: dict[str, Any] = {"counterparty_id": "C1", "counterparty_name": "Ege", "group_id": "G1", "sector": "corporate"}
ROWS = (
    line("1", "TR", outstanding=60, undrawn=5, pending=8, maturity=date(2026, 6, 20), rating="BB", **EGE),
    line("2", "CL", outstanding=20, maturity=date(2030, 1, 1), loan_class="pass", next_review=date(2026, 9, 1), **EGE),
    line("3", "TR", counterparty_id="C2", counterparty_name="Ege Enerji", group_id="G1", outstanding=7,
         instrument="trade_finance"),
    line("4", "TR", side="liability", outstanding=9, instrument="deposit", **EGE),
    line("5", "TR", counterparty_id="C3", outstanding=99),
)  # fmt: skip


def test_a_counterparty() -> None:
    found = profile(book(*ROWS), "C1")
    assert found is not None
    assert (found.name, found.is_group) == ("Ege", False)
    assert (found.position.amount(), found.position.pending, found.owed_to) == (85, 8, 9)
    assert {row.key: row.amount() for row in found.products} == {"loan": 85}
    assert (found.due_soon, found.next_due, found.next_review) == (60, date(2026, 6, 20), date(2026, 9, 1))
    facts = dict(found.facts)
    assert (facts["group_id"], facts["rating"], facts["country"]) == (("G1",), ("BB",), ("CL", "TR"))
    assert {rung.bucket: rung.assets for rung in found.ladder.rungs if rung.assets} == {"days_30": 60, "years_5": 20}


def test_a_group_is_its_members() -> None:
    found = profile(book(*ROWS), "G1", group=True)
    assert found is not None
    assert {row.key: row.amount() for row in found.members} == {"C1": 85, "C2": 7}
    assert {row.key: row.amount() for row in found.products} == {"loan": 85, "trade_finance": 7}


def test_nobody_knows_it() -> None:
    assert profile(book(*ROWS), "C9") is None
    assert profile(book(*ROWS), "C1", group=True) is None


@pytest.mark.parametrize(
    ("fields", "case"),
    [
        ({"outstanding": 5, "loan_class": "substandard", "days_past_due": 100}, "bad"),
        ({"outstanding": 5, "loan_class": "substandard"}, "bad_undated"),
        ({"outstanding": 5, "loan_class": "special_mention", "days_past_due": 12}, "late"),
        ({"outstanding": 5, "maturity": date(2026, 6, 21), "days_past_due": 0}, "due"),
        ({"outstanding": 5, "maturity": date(2026, 6, 22)}, "fine"),
        ({"outstanding": 0}, "nothing"),
        ({"outstanding": 5, "side": "liability"}, "nothing"),
        ({"pending": 5}, "fine"),
    ],
)
def test_findings(fields: dict[str, Any], case: str) -> None:
    found = profile(book(line("1", "TR", counterparty_id="C1", **fields)), "C1")
    assert found is not None
    assert finding(found).case == f"book.counterparty.{case}"


@pytest.mark.parametrize(
    ("counts", "case"),
    [((1, 2, 3, 4), "breach"), ((0, 2, 1, 0), "work"), ((0, 0, 0, 1), "work"), ((0, 1, 0, 0), "limits"),
     ((0, 0, 0, 0), "nothing")],
)  # fmt: skip
def test_what_holds_it_down(counts: tuple[int, int, int, int], case: str) -> None:
    assert followed(*counts).case == f"book.followed.{case}"


def test_what_the_bank_owes_it_is_not_known_where_a_debt_has_no_rate() -> None:
    debts = [
        line(str(n), "TR", side="liability", outstanding=9, currency=code, **EGE)
        for n, code in enumerate(("USD", "XTS"))
    ]
    found = profile(book(*debts), "C1")
    assert found is not None
    assert found.owed_to is None
    assert finding(found).values["owed"] is None


def test_its_renewals_are_those_of_the_whole_book() -> None:
    """The old line is another's, which its own lines alone could not tell from one that the book does not have."""
    new = line("6", "TR", pending=4, replaces_line_id="5", **EGE)
    found = profile(book(*ROWS, new), "C1")
    assert found is not None
    (renewal,) = found.renewals
    assert (renewal.line_id, renewal.replaces, renewal.standing.value) == ("6", "5", "other_party")
    assert (renewal.new, renewal.counted, found.position.pending) == (4, 4, 12)
