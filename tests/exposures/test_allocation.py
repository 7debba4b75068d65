from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposures.allocation import COMPONENTS, FACTORS, Allocation, Factors, allocate, immediate
from tests.exposures.lines import ELIGIBLE, ON, frame, line, section_2


def by_country(allocation: Allocation) -> dict[Any, Decimal]:
    """X in whole dollars; every test line is in a currency of two decimals."""
    sums = allocation.pieces.groupby("country", dropna=False)[list(COMPONENTS)[:5]].sum().sum(axis=1)
    return {country: Decimal(int(amount)) / 100 for country, amount in sums.items() if amount}


def moved(*rows: dict[str, Any], on: date = ON, factors: Factors = FACTORS) -> dict[Any, Decimal]:
    return by_country(allocate(frame(*rows), on, factors))


def test_worked_table_on_both_bases() -> None:
    lines = frame(*section_2())
    assert by_country(immediate(lines)) == {"TR": 125, "GB": 50, "CL": 40, "AR": 30}
    assert by_country(allocate(lines, ON)) == {"DE": 95, "TR": 80, "ES": 30, "AR": 18, "HK": 12, "CL": 10}
    assert sum(by_country(immediate(lines)).values()) == sum(by_country(allocate(lines, ON)).values()) == 245


def test_undrawn_at_40_percent() -> None:
    """Of A's 20 undrawn only 8 count: TR 80 − 12 = 68, total 245 − 12 = 233."""
    found = by_country(allocate(frame(*section_2()), ON, Factors(undrawn=Decimal("0.4"))))
    assert found["TR"] == 68
    assert sum(found.values()) == 233


def test_without_netting_a_debt_reduces_no_claim() -> None:
    rows = (line("1", "TR", market_exposure=9), line("2", "TR", market_exposure=-4))
    assert moved(*rows) == {"TR": 9}
    assert by_country(immediate(frame(*rows))) == {"TR": 9}


def test_order_cash_then_guarantee_then_rest() -> None:
    """Claim 50, cash 20, guarantee 80 % of 50 = 40: cash 20, guarantor 30, rest 0."""
    cash = {"collateral_kind": "cash", "collateral_value": 20, "collateral_country": "HK"}
    row = line("1", "TR", outstanding=50, guarantor_country="DE", guarantee_percent=80.0, **cash, **ELIGIBLE)
    assert moved(row) == {"HK": 20, "DE": 30}


def test_guarantor_basis_is_immediate_less_outward_plus_inward() -> None:
    lines = frame(*section_2())
    pieces = allocate(lines, ON).pieces
    here = lines["country"].to_numpy()[pieces["line"].to_numpy()]
    amount = pieces[list(COMPONENTS)].sum(axis=1)
    abroad = (pieces["country"] != here).to_numpy()
    outward = amount[abroad].groupby(here[abroad]).sum().to_dict()
    inward = amount[abroad].groupby(pieces["country"][abroad]).sum().to_dict()
    start, end = by_country(immediate(lines)), by_country(allocate(lines, ON))
    for code in start.keys() | end.keys():
        moves = Decimal(int(inward.get(code, 0)) - int(outward.get(code, 0))) / 100
        assert end.get(code, Decimal(0)) == start.get(code, Decimal(0)) + moves


@pytest.mark.parametrize("flag", sorted(ELIGIBLE))
@pytest.mark.parametrize("value", [False, None])
def test_a_guarantee_with_a_flag_missing_moves_nothing_and_is_listed(flag: str, value: bool | None) -> None:
    row = line("1", "TR", outstanding=10, guarantor_country="DE", guarantee_percent=100.0, **ELIGIBLE | {flag: value})
    found = allocate(frame(row), ON)
    assert by_country(found) == {"TR": 10}
    assert found.ineligible == 1


@pytest.mark.parametrize(("end", "country"), [(date(2026, 8, 21), "TR"), (date(2026, 8, 22), "DE"), (None, "DE")])
def test_cover_with_under_three_months_left_counts_zero(end: date | None, country: str) -> None:
    row = line(
        "1", "TR", outstanding=10, guarantor_country="DE", guarantee_percent=100.0, guarantee_end=end, **ELIGIBLE
    )
    assert moved(row) == {country: 10}


def test_cover_of_unknown_size_moves_nothing() -> None:
    assert moved(line("1", "TR", outstanding=10, guarantor_country="DE", **ELIGIBLE)) == {"TR": 10}


def test_covers_undrawn_counts_converted_amounts() -> None:
    """Covered: 100 + 50 % of 40 = 120; 50 % of it moves."""
    row = line("1", "TR", outstanding=100, undrawn=40, guarantor_country="DE", guarantee_percent=50.0, **ELIGIBLE)
    covered = row | {"guarantee_covers_undrawn": True}
    assert moved(covered, factors=Factors(undrawn=Decimal("0.5"))) == {"DE": 60, "TR": 60}
    assert moved(row, factors=Factors(undrawn=Decimal("0.5"))) == {"DE": 50, "TR": 70}


@pytest.mark.parametrize("kind", ["property", "other", "securities", None])
def test_collateral_without_a_haircut_moves_nothing(kind: str | None) -> None:
    row = line("1", "AR", outstanding=30, collateral_kind=kind, collateral_value=12, collateral_country="HK")
    assert moved(row) == {"AR": 30}


def test_securities_move_once_the_bank_sets_a_haircut() -> None:
    row = line("1", "AR", outstanding=30, collateral_kind="securities", collateral_value=12, collateral_country="HK")
    assert moved(row, factors=Factors(securities_haircut=Decimal("0.25"))) == {"HK": 9, "AR": 21}


def test_override_needs_its_reason_and_yields_to_the_branch_rule() -> None:
    spv = line("1", "KY", outstanding=10, risk_country="ZM")
    assert moved(spv) == {"KY": 10}
    assert allocate(frame(spv), ON).ineligible == 1
    assert moved(spv | {"risk_country_reason": "lives on one mine"}) == {"ZM": 10}
    branch = spv | {"risk_country_reason": "x", "dependent_branch": True, "head_office_country": "TR"}
    assert moved(branch) == {"TR": 10}


def test_a_subsidiary_stays() -> None:
    assert moved(line("1", "GB", outstanding=10, dependent_branch=False, head_office_country="TR")) == {"GB": 10}


def test_planned_stage_is_not_pending_yet() -> None:
    pieces = immediate(frame(line("1", "TR", pending=10, stage="planned"), line("2", "TR", pending=7))).pieces
    assert pieces["pending"].sum() == 700


def test_lines_without_the_fields_say_so() -> None:
    plain = frame(line("1", "TR", outstanding=10, guarantor_country="TR"))
    assert not allocate(plain, ON).possible
    assert allocate(frame(*section_2()), ON).possible


_amount = st.integers(-(10**6), 10**15)
_country = st.sampled_from(["TR", "AR", "DE", None])


@given(
    st.lists(
        st.fixed_dictionaries(
            {name: st.none() | _amount for name in (*COMPONENTS, "collateral_value", "guarantee_cap")}
            | dict.fromkeys(("country", "guarantor_country", "collateral_country", "head_office_country"), _country)
            | {name: st.none() | st.booleans() for name in (*ELIGIBLE, "dependent_branch", "guarantee_covers_undrawn")}
            | {"guarantee_percent": st.none() | st.floats(0, 150), "collateral_kind": st.sampled_from(["cash", None])}
            | {"risk_country": _country, "risk_country_reason": st.sampled_from(["mine", None])}
        ),
        max_size=6,
    )
)
def test_nothing_is_lost_or_made_and_every_line_stays_counted(rows: list[dict[str, Any]]) -> None:
    lines = frame(*({"line_id": str(place), "currency": "USD"} | row for place, row in enumerate(rows)))
    here, there = immediate(lines).pieces, allocate(lines, ON).pieces
    for name in COMPONENTS:
        assert int(here[name].sum()) == int(there[name].sum())
    assert set(there["line"]) == set(range(len(rows)))
