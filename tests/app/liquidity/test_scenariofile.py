"""Scenario files: what is written is read back, and what is wrong is named with its place."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from app.liquidity.caps import Into
from app.liquidity.scenario import AmpleUnit, Scenario, Split, check_months
from app.liquidity.scenariofile import read, write
from app.refusals import Misused
from tests.app.liquidity.test_runoff import scenarios

WHOLE = """
name = "60 + 35, money funds pay"
[caps]
treasury = 60
agency = 17.5
bills_fill = false
agency_excess_into = "bills"
[maturities]
agency_pay_down_percent = 0.75
[funding]
on_rrp = 70
treasury_account = 30
[ample]
value = 3000
unit = "usd_billions"
[month.2026-08]
treasury = 0
funding = { reserves = 100 }
"""


def test_a_file_as_a_person_writes_it() -> None:
    found = read(WHOLE)
    assert (found.name, found.treasury_cap, found.agency_cap) == ("60 + 35, money funds pay", 60, Decimal("17.5"))
    assert (found.bills_fill, found.excess_into, found.pay_down) == (False, Into.BILLS, Decimal("0.75"))
    assert found.split == Split(Decimal(0), Decimal(70), Decimal(30))
    assert (found.ample, found.ample_unit) == (3000, AmpleUnit.BILLIONS)
    august = found.months[date(2026, 8, 1)]
    assert (august.treasury_cap, august.agency_cap, august.split) == (
        0,
        None,
        Split(Decimal(100), Decimal(0), Decimal(0)),
    )
    assert found.purchases is None  # as published


def test_an_empty_file_is_the_default() -> None:
    assert read("") == Scenario()


@given(scenarios)
def test_what_is_written_is_read_back(scenario: Scenario) -> None:
    assert read(write(scenario)) == scenario


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("caps = [", "scenario.not_toml", {}),
        ("colour = 1", "scenario.unknown_key", {"key": "colour"}),
        ("caps = 3", "scenario.bad_value", {"key": "caps"}),
        ("[caps]\nmortgage = 1", "scenario.unknown_key", {"key": "caps.mortgage"}),
        ("[caps]\ntreasury = '60'", "scenario.bad_value", {"key": "caps.treasury"}),
        ("[caps]\ntreasury = true", "scenario.bad_value", {"key": "caps.treasury"}),
        ("[caps]\ntreasury = -1", "scenario.out_of_range", {"field": "treasury_cap"}),
        ("[caps]\ntreasury = nan", "scenario.out_of_range", {"field": "treasury_cap"}),
        ("[caps]\nagency_excess_into = 'gold'", "scenario.bad_value", {"key": "caps.agency_excess_into"}),
        ("name = 5", "scenario.bad_value", {"key": "name"}),
        ("[maturities]\nbill_months = 0", "scenario.out_of_range", {"field": "bill_months"}),
        ("[maturities]\nbill_months = 1.5", "scenario.bad_value", {"key": "maturities.bill_months"}),
        ("[funding]\nreserves = 60", "scenario.split", {"total": 60, "month": None}),
        ("[funding]\nreserves = 120\non_rrp = -20", "scenario.split", {"total": 100}),
        ("[funding]\nbanks = 100", "scenario.unknown_key", {"key": "funding.banks"}),
        ("[month]\nAugust = {}", "scenario.bad_value", {"key": "month.August"}),
        ("[month.2026-08]\ntreasuries = 1", "scenario.unknown_key", {"key": "month.2026-08.treasuries"}),
        ("[month.2026-08]\nfunding = { reserves = 1 }", "scenario.split", {"total": 1, "month": date(2026, 8, 1)}),
        ("[month]\n2026-08 = 5", "scenario.bad_value", {"key": "month.2026-08"}),
        ("[month.2026-08]\nfunding = 5", "scenario.bad_value", {"key": "month.2026-08.funding"}),
    ],
)
def test_what_is_wrong_is_named(text: str, code: str, values: dict[str, object]) -> None:
    with pytest.raises(Misused) as refused:
        read(text)
    assert refused.value.code == code
    assert {key: refused.value.values[key] for key in values} == values


@pytest.mark.parametrize("months", [0, 121])
def test_a_horizon_has_bounds(months: int) -> None:
    with pytest.raises(Misused):
        check_months(months)
