"""What the limits say, branch by branch."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exposures.book import Basis
from exposures.limit_findings import excesses, expiring, faults, tight
from exposures.limit_scopes import all_uses
from exposures.limits import Excess, Limit, Scope
from tests.exposures.lines import ON, book, line

D = Decimal
ROWS = (line("1", "TR", counterparty_id="C1", counterparty_name="Ege", group_id="G1", outstanding=60, pending=20),)


def limit(key: str, amount: object, scope: Scope = Scope.COUNTRY, currency: str = "USD", **fields: Any) -> Limit:
    return Limit(key, D(str(amount)), currency, Basis.IMMEDIATE, scope=scope, **fields)


@pytest.mark.parametrize(
    ("limits", "case", "key"),
    [
        ([], "book.limit.none", None),
        ([limit("TR", 100, currency="TRY")], "book.limit.not_comparable", None),
        ([limit("TR", 50)], "book.limit.breaches", "TR"),
        ([limit("TR", 0)], "book.limit.breaches", "TR"),
        ([limit("TR", 70)], "book.limit.expected", "TR"),
        ([limit("TR", 100), limit("C1", 95, Scope.COUNTERPARTY)], "book.limit.near", "C1"),
        ([limit("TR", 1000)], "book.limit.fine", "TR"),
        ([limit("AR", 1000)], "book.limit.unused", "AR"),
    ],
)
def test_which_limits_are_tight(limits: list[Limit], case: str, key: str | None) -> None:
    found = tight(all_uses(book(*ROWS), limits))
    assert found.case == case
    assert found.values.get("key") == key
    if case == "book.limit.near":
        assert (found.values["near"], found.values["name"]) == (2, "Ege")


@pytest.mark.parametrize(
    ("limits", "cases"),
    [
        ([limit("TR", 100, valid_to=date(2026, 5, 21))], ["book.limit.expired"]),
        ([limit("TR", 100, currency="TRY")], ["book.limit.no_rate"]),
        ([limit("TR", 100), limit("corporate", 120, Scope.SECTOR, within="TR")], ["book.limit.above_parent"]),
        ([limit("G1", 50, Scope.GROUP), limit("C1", 60, Scope.COUNTERPARTY)], ["book.limit.above_parent"]),
        ([limit("G1", 60, Scope.GROUP), limit("C1", 60, Scope.COUNTERPARTY)], []),
        ([limit("TR", 100)], []),
    ],
)
def test_what_is_wrong_with_limits_as_data(limits: list[Limit], cases: list[str]) -> None:
    found = book(*ROWS)
    assert [fault.case for fault in faults(all_uses(found, limits), found)] == cases


def test_an_excess_does_not_make_a_sub_limit_too_large() -> None:
    over = (Excess(D(30), ON, "", "li", "wang"),)
    limits = [limit("G1", 60, Scope.GROUP), limit("C1", 50, Scope.COUNTERPARTY, excesses=over)]
    found = book(*ROWS)
    assert faults(all_uses(found, limits), found) == ()


def test_excesses_that_end_soon_come_first() -> None:
    def held(key: str, until: date) -> Limit:
        return limit(key, 10, excesses=(Excess(D(1), until, "", "li", "wang"),))

    limits = [held("TR", date(2026, 5, 30)), held("AR", date(2026, 5, 22)), held("CL", date(2026, 5, 21))]
    assert [(one.key, day) for one, day in expiring(limits, ON, 10)] == [("AR", ON), ("TR", date(2026, 5, 30))]
    assert expiring(limits, ON, 0) == ((limits[1], ON),)


@pytest.mark.parametrize(
    ("found", "case"),
    [
        ([], "book.excess.none"),
        ([(True, date(2026, 5, 21), D(1)), (False, date(2027, 1, 1), D(1))], "book.excess.none"),
        ([(None, date(2026, 6, 30), D(1)), (True, ON, D(1))], "book.excess.waiting"),
        ([(True, date(2026, 6, 1), D(1))], "book.excess.soon"),
        ([(True, date(2026, 6, 2), D(1))], "book.excess.standing"),
    ],
)
def test_which_excesses_wait_or_end(found: list[tuple[bool | None, date, Decimal]], case: str) -> None:
    assert excesses(found, ON).case == case
