"""SOMA maturities: how long the Treasuries last, and what falls due month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from alerts.finding import Finding
from app.liquidity.holdings import COUPONS, TREASURIES, Holding, SecurityType
from app.liquidity.ladder import maturities
from app.liquidity.months import later, month_of

#: The buckets of the H.4.1's maturity table: id, from and to in years after the holdings' date (None: no end).
BUCKETS: tuple[tuple[str, int, int | None], ...] = (
    ("to_1y", 0, 1),
    ("1y_to_5y", 1, 5),
    ("5y_to_10y", 5, 10),
    ("over_10y", 10, None),
)
#: The source document's footnote 8, of 20 April 2022: percent of Treasuries; the rest is up to a year.
DOCUMENT_ON = date(2022, 4, 20)
DOCUMENT: Mapping[str, Decimal] = {
    "1y_to_5y": Decimal("37.5"),
    "5y_to_10y": Decimal("17.7"),
    "over_10y": Decimal("22.5"),
}
#: Up to a year at least this much (percent) is a front-loaded profile.
_FRONT = 20
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Bucket:
    """One stretch of remaining life, in US dollars with inflation compensation; shares in percent of Treasuries."""

    id: str
    amount: Decimal
    share: Decimal
    document: Decimal | None


@dataclass(frozen=True, slots=True)
class DueMonth:
    """What falls due in a month by kind of Treasury, in whole dollars."""

    month: date
    by_type: Mapping[SecurityType, int]

    @property
    def coupons(self) -> int:
        """Notes, bonds, TIPS and floating-rate notes."""
        return sum(self.by_type.get(kind, 0) for kind in COUPONS)

    @property
    def bills(self) -> int:
        """Bills."""
        return self.by_type.get(SecurityType.BILL, 0)


@dataclass(frozen=True, slots=True)
class Profile:
    """The holdings of one Wednesday: `average_years` is the weighted average remaining life of Treasuries."""

    as_of: date
    treasuries: Decimal
    agency: Decimal
    securities: int
    average_years: Decimal | None
    buckets: tuple[Bucket, ...]
    months: tuple[DueMonth, ...]
    finding: Finding


def profile(holdings: Sequence[Holding], months: int = 24) -> Profile | None:
    """The profile of holdings that all have one date; None without any."""
    if not holdings:
        return None
    on = holdings[0].as_of
    treasuries = [one for one in holdings if one.security_type in TREASURIES]
    total = sum((one.due for one in treasuries), Decimal(0))
    agency = sum((one.due for one in holdings if one.security_type not in TREASURIES), Decimal(0))
    edges = [(id, _years_after(on, low), _years_after(on, high) if high else None) for id, low, high in BUCKETS]
    buckets = tuple(
        Bucket(id, amount, _share(amount, total), DOCUMENT.get(id))
        for id, low, high in edges
        for amount in [_between(treasuries, low, high)]
    )
    return Profile(
        on,
        total,
        agency,
        len(holdings),
        _average(treasuries, on),
        buckets,
        due_months(holdings, on, month_of(on), months),
        _answer(on, total, buckets, due_months(holdings, on, later(month_of(on), 1), _YEAR)),
    )


def due_months(holdings: Sequence[Holding], after: date, first: date, months: int) -> tuple[DueMonth, ...]:
    """What falls due after a day in so many months from `first` on, month by month; a month without is zero."""
    found: dict[date, dict[SecurityType, int]] = {later(first, place): {} for place in range(months)}
    for day, kinds in maturities(holdings, after).items():
        if (month := month_of(day)) in found:
            for kind, amount in kinds.items():
                found[month][kind] = found[month].get(kind, 0) + amount
    return tuple(DueMonth(month, kinds) for month, kinds in found.items())


def _between(treasuries: Sequence[Holding], low: date, high: date | None) -> Decimal:
    """Due after `low` and up to `high`; what is already due counts as nothing."""
    return sum(
        (one.due for one in treasuries if one.maturity is not None and low < one.maturity <= (high or date.max)),
        Decimal(0),
    )


def _years_after(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year + years)
    except ValueError:  # 29 February
        return on.replace(year=on.year + years, day=28)


def _share(amount: Decimal, total: Decimal) -> Decimal:
    return (amount / total * 100).quantize(Decimal("0.01")) if total else Decimal(0)


def _average(treasuries: Sequence[Holding], on: date) -> Decimal | None:
    timed = [(one.due, Decimal((one.maturity - on) / timedelta(days=1))) for one in treasuries if one.maturity]
    total = sum((due for due, _ in timed), Decimal(0))
    if not total:
        return None
    return (sum((due * days for due, days in timed), Decimal(0)) / total / Decimal("365.25")).quantize(Decimal("0.01"))


def _answer(on: date, total: Decimal, buckets: Sequence[Bucket], year: Sequence[DueMonth]) -> Finding:
    """Cases: soma.no_treasuries, soma.front (a fifth or more falls due within a year), soma.long."""
    if not total:
        return Finding("soma.no_treasuries", {"date": on})
    due = {bucket.id: bucket for bucket in buckets}["to_1y"]
    most = max(year, key=lambda month: month.coupons)
    values = {
        "date": on,
        "share": due.share,
        "amount": due.amount,
        "month": most.month,
        "coupons": most.coupons,
    }
    return Finding("soma.front" if due.share >= _FRONT else "soma.long", values)
