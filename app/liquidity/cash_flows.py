"""Where the Treasury's cash comes from and where it goes, by category of its daily statement, ranked (row M11).

Amounts are whole USD millions as published. Public debt is a category like any other: redeeming and issuing roll over
many times what taxes bring, so the ranking can leave it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from alerts.finding import Finding
from app.liquidity.treasury_flows import Direction, TreasuryFlow

#: Categories of issuing and redeeming debt, as the statement names them.
_DEBT = "public debt"


@dataclass(frozen=True, slots=True)
class Category:
    """A category of one side over the days asked: amount in USD millions, and its share of the side in percent."""

    name: str
    direction: Direction
    amount: int
    share: float
    days: int


@dataclass(frozen=True, slots=True)
class CashFlows:
    """Both sides, the largest category first; `total_in` and `total_out` are the sums of all of them."""

    start: date
    end: date
    first: date | None
    last: date | None
    sources: tuple[Category, ...]
    uses: tuple[Category, ...]
    total_in: int
    total_out: int
    without_debt: bool
    finding: Finding
    known_from: datetime | None = None  # since when the last of the days was known


def build(flows: Iterable[TreasuryFlow], start: date, end: date, *, without_debt: bool = True) -> CashFlows:
    """The ranking of the days from `start` to `end`. Cases: cash.no_data, cash.built, cash.drew (net, as shown)."""
    rows = [
        flow
        for flow in flows
        if start <= flow.date <= end and not (without_debt and flow.category.lower().startswith(_DEBT))
    ]
    sources, uses = _ranked(rows, Direction.DEPOSIT), _ranked(rows, Direction.WITHDRAWAL)
    total_in, total_out = sum(one.amount for one in sources), sum(one.amount for one in uses)
    days = [flow.date for flow in rows]
    finding = Finding("cash.no_data", {"start": start, "end": end})
    if sources and uses:
        net = total_in - total_out
        values = {
            "net": net / 1000,
            "source": sources[0].name,
            "use": uses[0].name,
            "start": min(days),
            "end": max(days),
        }
        finding = Finding("cash.built" if net >= 0 else "cash.drew", values)
    return CashFlows(
        start,
        end,
        min(days, default=None),
        max(days, default=None),
        sources,
        uses,
        total_in,
        total_out,
        without_debt,
        finding,
    )


def _ranked(rows: list[TreasuryFlow], direction: Direction) -> tuple[Category, ...]:
    amounts: dict[str, int] = {}
    days: dict[str, set[date]] = {}
    for flow in rows:
        if flow.direction is direction:
            amounts[flow.category] = amounts.get(flow.category, 0) + flow.amount
            days.setdefault(flow.category, set()).add(flow.date)
    total = sum(amounts.values())
    return tuple(
        Category(name, direction, amount, amount / total * 100 if total else 0.0, len(days[name]))
        for name, amount in sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    )
