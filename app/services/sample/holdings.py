"""The sample's open market account: invented securities whose shares by remaining life are those of footnote 8."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from app.liquidity.holdings import Holding, SecurityType
from app.liquidity.months import later, month_of
from app.services.sample.history import LAST_WEDNESDAY

#: Footnote 8 by remaining life, as far as coupon securities go, of Treasuries of 5,768.021 bn (18 May 2022):
#: 37.5, 17.7 and 22.5 %; bills of 326.044 bn and the coupons due within a year make up the rest. USD millions.
_TREASURIES, _BILLS = 5_768_021, 326_044
_SHARES = ((1, 5, Decimal("37.5")), (5, 10, Decimal("17.7")), (10, 30, Decimal("22.5")))
_MBS, _AGENCY = 2_733_823, 2_347
_MILLION = 10**6
#: Mid-quarter refunding months carry this many times the maturities of another month.
_REFUNDING, _TIMES = (2, 5, 8, 11), 3


def holdings() -> tuple[Holding, ...]:
    """Bills of half a year, coupon securities by the middle and the end of each month, a line of each agency kind."""
    longer = [(low, high, int(_TREASURIES * share / 100)) for low, high, share in _SHARES]
    within = _TREASURIES - _BILLS - sum(amount for _, _, amount in longer)
    lines = [*_bills(), *_coupons(0, 1, within)]
    for low, high, amount in longer:
        lines += _coupons(low, high, amount)
    lines.append((SecurityType.MBS, date(2050, 1, 1), _MBS))
    lines.append((SecurityType.AGENCY, date(2029, 7, 15), _AGENCY))
    return tuple(
        Holding(LAST_WEDNESDAY, f"SAMPLE{place:03}", kind, maturity, *_indexed(kind, amount * _MILLION))
        for place, (kind, maturity, amount) in enumerate(lines)
    )


def _indexed(kind: SecurityType, dollars: int) -> tuple[Decimal, Decimal]:
    """Par and inflation compensation; of inflation-linked ones 18 % is compensation."""
    compensation = dollars * 18 // 100 if kind is SecurityType.TIPS else 0
    return Decimal(dollars - compensation), Decimal(compensation)


def _bills() -> Iterator[tuple[SecurityType, date, int]]:
    thursdays = [LAST_WEDNESDAY + timedelta(days=1 + 7 * week) for week in range(26)]
    for place, day in enumerate(thursdays):
        rest = _BILLS - _BILLS // 26 * 25 if place == 0 else _BILLS // 26
        yield SecurityType.BILL, day, rest


def _coupons(low: int, high: int, amount: int) -> Iterator[tuple[SecurityType, date, int]]:
    """The amount over the months between two remaining lives in years, the last month taking what rounding leaves."""
    first = later(month_of(LAST_WEDNESDAY), 12 * low)
    months = [later(first, place) for place in range(12 * (high - low) + 1)]
    days = [
        (kind, day, weight)
        for month in months
        for kind, day, weight in _days(month, long=low >= 10)
        if _after(low) < day <= _after(high)
    ]
    whole, left = sum(weight for _, _, weight in days), amount
    for place, (kind, day, weight) in enumerate(days):
        part = left if place == len(days) - 1 else amount * weight // whole
        left -= part
        yield kind, day, part


def _days(month: date, *, long: bool) -> list[tuple[SecurityType, date, int]]:
    """The days of a month on which something matures, its kind, and its weight."""
    end = month.replace(day=monthrange(month.year, month.month)[1])
    times = _TIMES if month.month in _REFUNDING else 1
    if long:  # bonds mature in refunding months only
        return [(SecurityType.NOTE_BOND, month.replace(day=15), 10)] if times > 1 else []
    found = [(SecurityType.NOTE_BOND, month.replace(day=15), 5 * times), (SecurityType.NOTE_BOND, end, 6)]
    if month.month in (1, 4, 7, 10):
        found += [(SecurityType.TIPS, month.replace(day=15), 3), (SecurityType.FRN, end, 1)]
    return found


def _after(years: int) -> date:
    return LAST_WEDNESDAY.replace(year=LAST_WEDNESDAY.year + years)
