"""What exposure reduction (L3) says of one row: both sides, each with its target, run-off, gap and how it is filled."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Means(StrEnum):
    """How a gap is filled, in the order in which it is filled."""

    CANCEL_UNDRAWN = "cancel_undrawn"
    NO_RENEWAL = "no_renewal"
    SELL = "sell"
    COVER = "cover"
    CALL = "call"


class Target(StrEnum):
    """What sets a target."""

    LIMIT = "limit"  # 80 % of the limit
    TIER = "tier"  # 90 % of the exposure of a tier A country
    CAP = "cap"  # the most funding from one country


@dataclass(frozen=True, slots=True)
class Fill:
    """What one means gives toward a gap, in the reporting currency: so much from so many lines, the last of them by
    `by` (None: at once). `moves_to` are the countries or regions to which cover moves the risk.
    """

    means: Means
    amount: Decimal
    lines: int
    by: date | None = None
    moves_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """What the book does not say about some lines of a side (a code), and the amount it concerns."""

    what: str
    lines: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row in the reporting currency: E, E*, R = max(0, E − E*), N, gap = max(0, R − N).

    `reference` is the limit, or the total that a cap is a share of. `shortfall` is what of the gap no means of the
    book fills. `target` is None where nothing sets one.
    """

    exposure: Decimal
    target: Decimal | None
    rule: Target | None
    reference: Decimal | None
    run_off: Decimal
    fills: tuple[Fill, ...] = ()
    shortfall: Decimal = Decimal(0)
    basis: str = ""
    unknown: tuple[Unknown, ...] = ()

    @property
    def required(self) -> Decimal:
        """R: how far it must come down."""
        return Decimal(0) if self.target is None else max(Decimal(0), self.exposure - self.target)

    @property
    def gap(self) -> Decimal:
        """What natural run-off leaves to be done."""
        return max(Decimal(0), self.required - self.run_off)

    @property
    def falls_by(self) -> Decimal:
        """By how much it falls to the horizon: run-off and what fills the gap."""
        return self.run_off + sum((fill.amount for fill in self.fills), Decimal(0))


@dataclass(frozen=True, slots=True)
class NetPosition:
    """A currency's net position in the reporting currency, now and at the horizon; `hedge` is what is over the
    bank's tolerance then. Forwards are not in the book.
    """

    currency: str
    assets: Decimal
    liabilities: Decimal
    assets_then: Decimal
    liabilities_then: Decimal
    tolerance: Decimal

    @property
    def now(self) -> Decimal:
        """Assets less liabilities."""
        return self.assets - self.liabilities

    @property
    def then(self) -> Decimal:
        """The same at the horizon."""
        return self.assets_then - self.liabilities_then

    @property
    def hedge(self) -> Decimal:
        """How much of it is to be hedged."""
        return max(Decimal(0), abs(self.then) - self.tolerance)


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a row by `dimension` (group, currency, tenor): both sides and what of them runs off to the horizon.

    `key` is "" for what the book does not say; liabilities are None where the book has none at all.
    """

    dimension: str
    key: str
    assets: Decimal
    assets_run_off: Decimal
    liabilities: Decimal | None
    liabilities_run_off: Decimal | None


@dataclass(frozen=True, slots=True)
class Reduction:
    """A row of the list. `kind` is "country", "group" or "currency"; a country's row has both sides, its liabilities
    None where the book has none ("not supplied"); a currency's row has its net position instead.
    """

    kind: str
    horizon: date
    assets: Side | None = None
    liabilities: Side | None = None
    net: NetPosition | None = None
    splits: tuple[Split, ...] = ()

    @property
    def required(self) -> Decimal:
        """R of both sides for the order of the list; the sides themselves are never netted."""
        return sum((side.required for side in self.sides), self.net.hedge if self.net else Decimal(0))

    @property
    def gap(self) -> Decimal:
        """The gaps of both sides for the order of the list."""
        return sum((side.gap for side in self.sides), self.net.hedge if self.net else Decimal(0))

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that are there."""
        return tuple(side for side in (self.assets, self.liabilities) if side is not None)

    @property
    def opens_gap(self) -> Decimal | None:
        """By how much liabilities fall more than assets to the horizon, where both have a target and they do."""
        if self.assets is None or self.liabilities is None:
            return None
        over = self.liabilities.falls_by - self.assets.falls_by
        return over if over > 0 and self.liabilities.required > 0 else None
