"""What a simulation assumes; every assumption has a default, and None stands for "as published" or "as measured"."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.liquidity.caps import Into
from app.refusals import Misused

HUNDRED = Decimal(100)
#: The longest horizon, in months.
LONGEST = 120


class AmpleUnit(StrEnum):
    """What the floor of ample reserves is measured in."""

    BILLIONS = "usd_billions"
    GDP = "percent_of_gdp"
    BANK_ASSETS = "percent_of_bank_assets"


@dataclass(frozen=True, slots=True)
class Split:
    """Who pays for a month's run-off, in percent: banks from reserves, money funds from ON RRP, the Treasury."""

    reserves: Decimal = Decimal(60)
    on_rrp: Decimal = Decimal(30)
    tga: Decimal = Decimal(10)


@dataclass(frozen=True, slots=True)
class Override:
    """What one month does differently; None leaves it as it is in the other months. USD billions."""

    treasury_cap: Decimal | None = None
    agency_cap: Decimal | None = None
    purchases: Decimal | None = None
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """The assumptions of one simulation.

    Caps, floors and purchases are USD billions (a month); changes of other lines are USD billions a month and may be
    negative. `pay_down` is agency principal in percent of what is held, a month. `coupons_due` stands in for a
    maturity ladder where there are no holdings: maturing coupon securities in percent of what is held, a month.
    `bill_months` is how long a bill lasts. `growth` is percent a year, of GDP and of bank assets alike.
    """

    name: str = ""
    treasury_cap: Decimal | None = None
    agency_cap: Decimal | None = None
    bills_fill: bool | None = None
    excess_into: Into | None = None
    purchases: Decimal | None = None
    pay_down: Decimal | None = None
    coupons_due: Decimal = Decimal("1.4")
    bill_months: int = 4
    split: Split = Split()
    on_rrp_floor: Decimal = Decimal(0)
    tga_floor: Decimal = Decimal(0)
    ample: Decimal = Decimal(9)
    ample_unit: AmpleUnit = AmpleUnit.GDP
    notes: Decimal = Decimal(4)
    foreign_rrp: Decimal = Decimal(0)
    other_liabilities: Decimal = Decimal(0)
    other_assets: Decimal = Decimal(0)
    growth: Decimal = Decimal(4)
    months: Mapping[date, Override] = field(default_factory=dict)

    def split_in(self, month: date) -> Split:
        """Who pays in a month."""
        return (self.months[month].split if month in self.months else None) or self.split


#: Amounts that may not be negative, with the largest that is plausible.
_RANGES: Mapping[str, int] = {
    "treasury_cap": 10_000,
    "agency_cap": 10_000,
    "pay_down": 100,
    "coupons_due": 100,
    "on_rrp_floor": 100_000,
    "tga_floor": 100_000,
    "ample": 100_000,
}
#: Amounts that may be negative: how far either way.
_SIGNED: Mapping[str, int] = {
    "purchases": 10_000,
    "notes": 10_000,
    "foreign_rrp": 10_000,
    "other_liabilities": 10_000,
    "other_assets": 10_000,
    "growth": 100,
}


def check(scenario: Scenario) -> Scenario:
    """The scenario, if every amount is in its range and every split adds up.

    Misused "scenario.out_of_range" (field, low, high) and "scenario.split" (total, month).
    """
    for name, most in _RANGES.items():
        _within(name, getattr(scenario, name), 0, most)
    for name, most in _SIGNED.items():
        _within(name, getattr(scenario, name), -most, most)
    _within("bill_months", Decimal(scenario.bill_months), 1, 12)
    _whole(scenario.split, None)
    for month, other in scenario.months.items():
        _within("treasury_cap", other.treasury_cap, 0, _RANGES["treasury_cap"])
        _within("agency_cap", other.agency_cap, 0, _RANGES["agency_cap"])
        _within("purchases", other.purchases, -_SIGNED["purchases"], _SIGNED["purchases"])
        if other.split is not None:
            _whole(other.split, month)
    return scenario


def check_months(months: int) -> int:
    """The horizon, if it is 1 to LONGEST months; Misused "scenario.horizon"."""
    if not 1 <= months <= LONGEST:
        raise Misused("scenario.horizon", months=months, most=LONGEST)
    return months


def _within(name: str, value: Decimal | None, low: int, high: int) -> None:
    if value is not None and not (value.is_finite() and low <= value <= high):
        raise Misused("scenario.out_of_range", field=name, value=value, low=low, high=high)


def _whole(split: Split, month: date | None) -> None:
    parts = (split.reserves, split.on_rrp, split.tga)
    if not all(part.is_finite() and part >= 0 for part in parts) or sum(parts) != HUNDRED:
        raise Misused("scenario.split", total=sum(parts), month=month)
