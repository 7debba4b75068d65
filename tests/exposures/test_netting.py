"""Netting as in CALCULATIONS 2: +9 and −4 of one enforceable set are 5, and 9 without it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposures.book import Basis
from exposures.currency_gap import currency_gap
from exposures.maturity import Ladder, ladder
from exposures.netting import gross, netted, owed
from tests.exposures.lines import book, frame, line, section_2

SET = {"counterparty_id": "B1", "booking_entity": "HO", "netting_set": "ISDA-1", "netting_enforceable": True,
       "instrument": "derivative"}  # fmt: skip


def swap(line_id: str, value: object, currency: str = "USD", **fields: object) -> dict[str, object]:
    return line(line_id, "TR", currency, market_exposure=value, **(SET | fields))


def nets(*rows: dict[str, object], rates: dict[str, Decimal] | None = None) -> list[int]:
    return [value // 100 for value in netted(frame(*rows), rates or {}).tolist()]


def test_worked_table_with_its_two_derivatives() -> None:
    rows = [*section_2()[:4], swap("E1", 9), swap("E2", -4)]
    for basis, turkey in ((Basis.IMMEDIATE, 125), (Basis.GUARANTOR, 80)):
        found = {row.key: row.amount() for row in book(*rows).by_country(basis)}
        assert found["TR"] == turkey
    assert book(*rows).total() == 245


def test_a_debt_on_the_liability_side_nets_alike() -> None:
    assert nets(swap("1", 9), swap("2", 4, side="liability")) == [5, 0]


@pytest.mark.parametrize(
    "other",
    [
        {"netting_enforceable": False},
        {"netting_enforceable": None},
        {"netting_set": "ISDA-2"},
        {"counterparty_id": "B2"},
        {"booking_entity": "London"},
    ],
)
def test_nothing_is_netted_across_sets_parties_and_entities_or_where_it_cannot_be_enforced(other) -> None:
    assert nets(swap("1", 9), swap("2", -4, **other)) == [9, 0]


def test_a_set_of_which_one_line_is_not_enforceable_stays_gross_and_is_named() -> None:
    rows = [swap("1", 9), swap("2", -4), swap("3", 1, netting_enforceable=None)]
    assert nets(*rows) == [9, 0, 1]
    assert gross(frame(*rows)) == ("ISDA-1",)


def test_a_deposit_reduces_no_claim() -> None:
    deposit = line("2", "TR", side="liability", outstanding=50, **(SET | {"instrument": "deposit"}))
    assert nets(swap("1", 9), deposit) == [9, 0]


def test_other_currencies_net_at_the_books_rates_and_not_without_one() -> None:
    """36 lira a dollar: a debt of 72 lira is 2 dollars off the claim of 9."""
    rows = [swap("1", 9), swap("2", -72, "TRY")]
    assert nets(*rows, rates={"TRY": Decimal(36)}) == [7, 0]
    assert nets(*rows) == [9, 0]


def test_the_same_currency_comes_first() -> None:
    """At 2 a dollar: 6 euro owed come off the 10 euro first; 4 euro and 3 dollars stay."""
    rows = [swap("1", 3), swap("2", 10, "EUR"), swap("3", -6, "EUR")]
    assert nets(*rows, rates={"EUR": Decimal("0.5")}) == [3, 4, 0]


@settings(max_examples=30)
@given(st.lists(st.integers(-50, 50), min_size=1, max_size=6))
def test_a_set_comes_to_its_net_or_nothing(values: list[int]) -> None:
    rows = [swap(str(place), value) for place, value in enumerate(values)]
    assert sum(nets(*rows)) == max(0, sum(values))


DUE = {"maturity": date(2026, 6, 1)}


def rung(made: Ladder, bucket: str = "days_30") -> tuple[Decimal, Decimal | None]:
    return next((one.assets, one.liabilities) for one in made.rungs if one.bucket == bucket)


@pytest.mark.parametrize(
    ("other", "assets", "debts", "off", "kept"),
    [
        ({}, 5, 0, 4, ()),  # line E of section 2: +9 and −4, enforceable
        ({"netting_enforceable": False}, 9, 4, 0, ("ISDA-1",)),  # "without netting E is 9"; the 4 are owed
        ({"market_exposure": -1200}, 0, 3, 9, ()),  # the bank owes the rest
    ],
)
def test_the_ladder_stands_after_netting_and_owes_what_is_left(other, assets, debts, off, kept) -> None:
    deposit = line("D", "TR", side="liability", outstanding=1, instrument="deposit")
    made = ladder(book(swap("E1", 9, **DUE), swap("E2", -4, **DUE) | other, deposit))
    assert (*rung(made), made.set_off, made.gross_sets) == (assets, debts, off, kept)
    assert ladder(book(swap("E1", 9, **DUE), swap("E2", -4, **DUE) | other)).has_debts is False


def test_a_derivative_among_the_liabilities_is_a_claim_where_its_value_is_negative() -> None:
    made = ladder(book(swap("1", -3, side="liability", netting_set=None, **DUE)))
    assert rung(made) == (3, 0)


def test_a_part_of_the_book_is_netted_as_the_whole_is() -> None:
    """Set off across two countries of booking: 9 in Turkey, −4 in lira of the same set at 2 for a dollar are 2."""
    rows = (swap("E1", 9, **DUE), swap("E2", -4, "TRY", **DUE))
    made = book(*rows, line("D", "TR", side="liability", outstanding=1), rates={"TRY": Decimal(2)})
    assert rung(ladder(made, currency="USD"))[0] == 7
    assert rung(ladder(made, currency="TRY")) == (0, 0)


def test_open_positions_net_within_a_currency_and_not_across() -> None:
    """+9 and −4 dollars are 5 long; 6 lira owed under the same set still have to be paid in lira: 6 short."""
    deposit = line("D", "TR", side="liability", outstanding=1, instrument="deposit")
    rows = (swap("E1", 9), swap("E2", -4), swap("E3", -6, "TRY"), deposit)
    gap = currency_gap(book(*rows, rates={"TRY": Decimal(2)}))
    found = {one.currency: (one.assets, one.liabilities, one.net) for one in gap.positions}
    assert found == {"USD": (5, 1, 4), "TRY": (0, 6, -6)}
    assert dict(gap.set_off) == {"USD": 4}


@settings(max_examples=40)
@given(st.lists(st.integers(-50, 50), min_size=1, max_size=6), st.booleans())
def test_netting_never_changes_what_is_owed_on_balance(values, enforceable) -> None:
    rows = [swap(str(place), value, netting_enforceable=enforceable) for place, value in enumerate(values)]
    lines = frame(*rows)
    assert int((netted(lines, {}) - owed(lines, {})).sum()) == sum(values) * 100
    if enforceable:
        assert not (netted(lines, {}).any() and owed(lines, {}).any())
