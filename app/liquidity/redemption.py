"""The rules by which maturing securities run off or are rolled over, in whole US dollars.

New York Fed: operating policy of 4 May 2022 and the Treasury rollover FAQ of 14 December 2016, 28 December 2017 and
4 May 2022 (DOMAIN.md section 2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.refusals import Misused

#: Add-ons to Treasury auctions are awarded in multiples of this many dollars.
ADD_ON_UNIT = 100


@dataclass(frozen=True, slots=True)
class Redemption:
    """What became of a month's maturing Treasuries; redeemed and rolled add up to what matured."""

    coupons: int
    bills: int
    redeemed_coupons: int
    redeemed_bills: int

    @property
    def redeemed(self) -> int:
        """What ran off."""
        return self.redeemed_coupons + self.redeemed_bills

    @property
    def rolled(self) -> int:
        """What was exchanged for new securities."""
        return self.coupons + self.bills - self.redeemed

    @property
    def rolled_coupons(self) -> int:
        """The coupon securities among what was rolled."""
        return self.coupons - self.redeemed_coupons


def redeem(coupons: int, bills: int, cap: int, *, bills_fill: bool) -> Redemption:
    """Coupons first up to the cap; bills fill what coupons leave of it. A cap of 0 rolls everything."""
    from_coupons = min(coupons, cap)
    from_bills = min(bills, cap - from_coupons) if bills_fill else 0
    return Redemption(coupons, bills, from_coupons, from_bills)


def allocate(amount: int, weights: Sequence[int], unit: int = 1) -> tuple[int, ...]:
    """An amount pro rata to weights in multiples of `unit`; what rounding leaves goes to the largest weight.

    Misused "runoff.no_weights" where no weight is above zero.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise Misused("runoff.no_weights")
    parts = [amount * weight // whole // unit * unit for weight in weights]
    largest = max(range(len(weights)), key=lambda place: weights[place])
    parts[largest] += amount - sum(parts)
    return tuple(parts)


def add_ons(rolled: int, offers: Sequence[int]) -> tuple[int, ...]:
    """What is rolled over on one date as add-ons, pro rata to the announced offering amounts (FAQ 2016)."""
    return allocate(rolled, offers, ADD_ON_UNIT)


@dataclass(frozen=True, slots=True)
class DateRedemption:
    """The maturities of one date and how much of them runs off."""

    on: date
    maturing: int
    redeemed: int

    @property
    def rolled(self) -> int:
        """What is rolled over on the date."""
        return self.maturing - self.redeemed


def by_date(maturing: Mapping[date, int], redeemed: int) -> tuple[DateRedemption, ...]:
    """A month's redemption over its dates, pro rata to what matures on each; no date redeems more than it has."""
    days = sorted(day for day, amount in maturing.items() if amount > 0)
    if not days:
        return ()
    # Over the sums so far, so that rounding never takes more from a date than matures on it.
    whole, before, taken, found = sum(maturing[day] for day in days), 0, 0, []
    for day in days:
        before += maturing[day]
        up_to = redeemed * before // whole
        found.append(DateRedemption(day, maturing[day], up_to - taken))
        taken = up_to
    return tuple(found)
