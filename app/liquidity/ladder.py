"""What matures when: from holdings security by security, or as a declared assumption where there are none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from app.liquidity.holdings import COUPONS, Holding, SecurityType
from app.liquidity.months import later, month_of
from app.liquidity.redemption import Redemption


class Ladder(Protocol):
    """Maturities month by month; `roll` tells it what became of a month, so that new bills mature in turn."""

    @property
    def from_holdings(self) -> bool:
        """Whether real holdings are behind it; False says "no maturity ladder"."""
        ...

    def due(self, month: date, treasuries: int) -> tuple[int, int]:
        """Coupon securities and bills that mature in a month, in dollars, of so many Treasuries held before it."""
        ...

    def roll(self, month: date, redemption: Redemption, bills_bought: int) -> None:
        """Note what was rolled over, and the bills that were bought besides."""
        ...


@dataclass(slots=True)
class HeldLadder:
    """The ladder of real holdings. Rolled and bought bills mature again after `bill_months`."""

    coupons: dict[date, int]
    bills: dict[date, int]
    bill_months: int

    from_holdings = True

    def due(self, month: date, treasuries: int) -> tuple[int, int]:
        """What matures by the holdings, and the bills made since."""
        coupons, bills = self.coupons.get(month, 0), self.bills.get(month, 0)
        return min(coupons, treasuries), min(bills, max(0, treasuries - coupons))

    def roll(self, month: date, redemption: Redemption, bills_bought: int) -> None:
        """Bills come back as bills."""
        again = later(month, self.bill_months)
        new = redemption.bills - redemption.redeemed_bills + bills_bought
        self.bills[again] = self.bills.get(again, 0) + max(0, new)


@dataclass(slots=True)
class AssumedLadder:
    """No maturity ladder: the same share of the coupon securities matures every month, and of the bills likewise.

    Even maturities have no lean months, so that shortfalls below the cap do not show.
    """

    coupons_due: Decimal  # percent of the coupon securities held, a month
    bill_months: int
    bills_held: int = field(default=0)

    from_holdings = False

    def due(self, month: date, treasuries: int) -> tuple[int, int]:
        """The declared share of what is held."""
        bills = min(self.bills_held, treasuries)
        return int((treasuries - bills) * self.coupons_due / 100), bills // self.bill_months

    def roll(self, month: date, redemption: Redemption, bills_bought: int) -> None:
        """The bills that are left, and those bought."""
        self.bills_held = max(0, self.bills_held + bills_bought - redemption.redeemed_bills)


def held_ladder(holdings: Iterable[Holding], on: date, first: date, bill_months: int) -> HeldLadder:
    """The ladder of the Treasuries that mature after a day, par and inflation compensation, in whole dollars.

    Months before `first` are not simulated: what matures in them is taken as rolled over.
    """
    coupons: dict[date, int] = {}
    bills: dict[date, int] = {}
    for day, kinds in maturities(holdings, on).items():
        month = month_of(day)
        due = kinds.get(SecurityType.BILL, 0)
        due_in = month if month >= first else later(month, bill_months)
        bills[due_in] = bills.get(due_in, 0) + due
        coupons[month] = coupons.get(month, 0) + sum(kinds.get(kind, 0) for kind in COUPONS)
    return HeldLadder(coupons, bills, bill_months)


def maturities(holdings: Iterable[Holding], on: date) -> Mapping[date, Mapping[SecurityType, int]]:
    """What is due on each date after a day by kind of Treasury, in whole dollars, oldest date first."""
    found: dict[date, dict[SecurityType, Decimal]] = {}
    for one in holdings:
        if one.maturity is not None and one.maturity > on and one.security_type in (SecurityType.BILL, *COUPONS):
            kinds = found.setdefault(one.maturity, {})
            kinds[one.security_type] = kinds.get(one.security_type, Decimal(0)) + one.due
    return {day: {kind: int(due.to_integral_value()) for kind, due in found[day].items()} for day in sorted(found)}
