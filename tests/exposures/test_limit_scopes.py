"""Limits of groups, counterparties, sectors, products, grades and tenors, in whole dollars."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exposures.book import Basis
from exposures.limit_scopes import all_uses
from exposures.limits import Excess, Limit, LimitState, LimitUse, Scope, effective, uses
from tests.exposures.lines import ON, book, line, section_2

D = Decimal


def one(found: Any, limit: Limit) -> LimitUse:
    (row,) = (row for row in all_uses(found, [limit]) if row.limit is not None)
    return row


def limit(scope: Scope, key: str, amount: object = 100, **fields: Any) -> Limit:
    return Limit(key, D(str(amount)), "USD", Basis.IMMEDIATE, scope=scope, **fields)


ROWS = (
    line("1", "TR", counterparty_id="C1", counterparty_name="Ege", group_id="G1", sector="corporate", rating="BB",
         outstanding=60, product="Buyer credit", maturity=date(2032, 5, 22)),
    line("2", "TR", counterparty_id="C2", counterparty_name="Ege Enerji", group_id="G1", sector="corporate",
         rating="B", outstanding=20, undrawn=4, pending=8, maturity=date(2031, 5, 22)),
    line("3", "CL", counterparty_id="C3", sector="bank", rating="BB", instrument="placement", outstanding=30),
    line("4", "CL", counterparty_id="C1", group_id="G1", sector="corporate", rating="BB", outstanding=5),
)  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "key", "used", "pending"),
    [
        (Scope.GROUP, "G1", 89, 8),  # 60 + 24 + 5: a group is its members, in every country
        (Scope.COUNTERPARTY, "C1", 65, 0),
        (Scope.SECTOR, "bank", 30, 0),
        (Scope.PRODUCT, "placement", 30, 0),
        (Scope.PRODUCT, "Buyer credit", 60, 0),
        (Scope.RATING, "BB", 95, 0),
        (Scope.TENOR, "5", 60, 0),  # five years to the day are not beyond five years; undated lines are not either
        (Scope.COUNTERPARTY, "nobody", 0, 0),
    ],
)
def test_what_counts_in_each_scope(scope: Scope, key: str, used: int, pending: int) -> None:
    row = one(book(*ROWS), limit(scope, key))
    assert (row.use.used, row.use.pending) == (used, pending)
    assert (row.scope, row.key) == (scope, key)


def test_a_group_near_its_limit_is_named_and_critical_with_pending() -> None:
    """386.4 of 420 is 92 %, as in L1's worked example."""
    rows = [line("1", "TR", counterparty_id="C1", group_id="G1", outstanding=386), line("2", "TR", group_id="G1",
            counterparty_id="C2", outstanding="0.4")]  # fmt: skip
    row = one(book(*rows), limit(Scope.GROUP, "G1", 420))
    assert row.use.share_with_pending == D("0.92")
    assert row.state is LimitState.CRITICAL


def test_a_limit_within_a_country_takes_that_countrys_lines_only() -> None:
    assert one(book(*ROWS), limit(Scope.SECTOR, "corporate", within="CL")).use.used == 5


def test_a_limit_within_a_country_keeps_netting() -> None:
    """+9 and −4 of one enforceable set owe 5, and the limit within the country sees no more."""
    terms = {"counterparty_id": "B1", "netting_set": "N", "netting_enforceable": True, "instrument": "derivative"}
    rows = [line("1", "TR", market_exposure=9, **terms), line("2", "TR", side="liability", market_exposure=4, **terms)]
    assert one(book(*rows), limit(Scope.PRODUCT, "derivative", within="TR")).use.used == 5


def test_a_temporary_excess_adds_until_its_day() -> None:
    """CALCULATIONS 3: 125 of 120 is a breach; with a temporary excess of 30 it is 125/150 = 83.33 %."""
    found = book(*section_2())
    plain = Limit("TR", D(120), "USD", Basis.IMMEDIATE)
    assert round(one(found, plain).use.share or 0, 4) == D("1.0417")
    assert one(found, plain).state is LimitState.BREACH
    granted = Excess(D(30), ON, "Bridge to the syndication", "li", "wang")
    row = one(found, Limit("TR", D(120), "USD", Basis.IMMEDIATE, excesses=(granted,)))
    assert round(row.use.share or 0, 4) == D("0.8333")
    assert (row.state, row.excess) == (LimitState.WARNING, 30)
    assert round((row.use.share_with_pending or D(0)) * 100, 2) == D("83.33")
    later = book(*section_2(), on=date(2026, 5, 23))
    assert one(later, Limit("TR", D(120), "USD", Basis.IMMEDIATE, excesses=(granted,))).state is LimitState.BREACH


def test_a_renewal_counts_its_increase_as_in_the_worked_example() -> None:
    """L = 120, guarantor: used 80, P = 20: u 66.67 %, u_p 83.33 %, headroom 20, warning."""
    rows = [*section_2(), line("R", "TR", pending=20)]
    (row,) = (row for row in all_uses(book(*rows), [Limit("TR", D(120), "USD")]) if row.limit is not None)
    assert (round(row.use.share or 0, 4), round(row.use.share_with_pending or 0, 4)) == (D("0.6667"), D("0.8333"))
    assert (row.use.headroom, row.state) == (20, LimitState.WARNING)


def test_of_one_subject_the_last_that_has_begun_counts() -> None:
    old = limit(Scope.COUNTRY, "TR", 100)
    new = limit(Scope.COUNTRY, "TR", 80, valid_from=date(2026, 6, 1))
    assert effective([old, new], ON) == (old,)
    assert effective([old, new], date(2026, 6, 1)) == (new,)


def test_past_its_review_date_a_limit_is_expired_and_still_computed() -> None:
    row = one(book(*ROWS), limit(Scope.GROUP, "G1", valid_to=date(2026, 5, 21)))
    assert row.expired
    assert row.use.used == 89
    assert not one(book(*ROWS), limit(Scope.GROUP, "G1", valid_to=ON)).expired


def test_country_tables_pass_other_scopes_over() -> None:
    assert [row.key for row in uses(book(*ROWS), [limit(Scope.GROUP, "G1")]) if row.limit is not None] == []


def test_a_renewal_counts_in_full_in_a_tenor_limit_that_its_old_line_is_not_in() -> None:
    """30 to 2031 in place of 10 that end on 30 June 2026: the country's P is 20, that of over three years 30."""
    june = date(2026, 6, 30)
    debtor = {"counterparty_id": "C1"}
    made = book(
        line("old", "TR", outstanding=10, maturity=june, **debtor),
        line(
            "new", "TR", pending=30, replaces_line_id="old", available_from=june, maturity=date(2031, 6, 30), **debtor
        ),
    )
    limits = [Limit("TR", Decimal(100), "USD"), Limit("3", Decimal(100), "USD", scope=Scope.TENOR)]
    assert {use.scope: (use.use.used, use.use.pending) for use in all_uses(made, limits)} == {
        Scope.COUNTRY: (10, 20),
        Scope.TENOR: (0, 30),
    }
