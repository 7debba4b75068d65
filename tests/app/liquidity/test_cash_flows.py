"""The Treasury's cash by category: ranked, debt left out, and the answer."""

from datetime import date

import pytest

from app.liquidity import cash_flows
from app.liquidity.treasury_flows import Direction, TreasuryFlow
from app.wording.sentences import sentence

IN, OUT = Direction.DEPOSIT, Direction.WITHDRAWAL
DAY = date(2026, 5, 20)


def flows(taxes: int = 300, social: int = 500) -> list[TreasuryFlow]:
    return [
        TreasuryFlow(DAY, IN, "Taxes - Withheld Individual/FICA", taxes),
        TreasuryFlow(date(2026, 5, 21), IN, "Taxes - Withheld Individual/FICA", 100),
        TreasuryFlow(DAY, IN, "Customs and Certain Excise Taxes", 100),
        TreasuryFlow(DAY, IN, "Public Debt Cash Issues (Table III-B)", 9_000),
        TreasuryFlow(DAY, OUT, "Social Security Benefits (EFT)", social),
        TreasuryFlow(date(2026, 4, 1), OUT, "Medicare", 70),
    ]


def test_categories_are_ranked_and_their_shares_are_of_the_side() -> None:
    built = cash_flows.build(flows(), date(2026, 5, 1), date(2026, 5, 31))
    assert [(one.name, one.amount, one.share, one.days) for one in built.sources] == [
        ("Taxes - Withheld Individual/FICA", 400, 80.0, 2),
        ("Customs and Certain Excise Taxes", 100, 20.0, 1),
    ]
    assert (built.total_in, built.total_out) == (500, 500)  # Medicare lies outside the days
    assert (built.first, built.last) == (DAY, date(2026, 5, 21))


def test_public_debt_is_a_category_where_it_is_asked_for() -> None:
    built = cash_flows.build(flows(), date(2026, 5, 1), date(2026, 5, 31), without_debt=False)
    assert built.sources[0].name.startswith("Public Debt")


@pytest.mark.parametrize(("taxes", "social", "case"), [(300, 500, "built"), (100, 500, "drew")])
def test_more_came_in_or_went_out(taxes: int, social: int, case: str) -> None:
    finding = cash_flows.build(flows(taxes, social), date(2026, 5, 1), date(2026, 5, 31)).finding
    assert finding.case == f"cash.{case}"
    assert "Social Security Benefits (EFT)" in sentence(finding)


def test_without_a_side_nothing_is_said() -> None:
    finding = cash_flows.build(flows()[:1], DAY, DAY).finding
    assert finding.case == "cash.no_data"
    assert sentence(finding).startswith("Cannot be said")
