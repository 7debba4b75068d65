"""Country limits and how much of each is used (CALCULATIONS 3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from exposures.book import Basis, Measure, Position
from exposures.sums import EXACT

#: States by use with pending, as ratios [choice]; exactly the limit is still critical.
WARNING, CRITICAL, FULL = Decimal("0.80"), Decimal("0.90"), Decimal(1)


class LimitState(StrEnum):
    """How tight a limit is; `EXPECTED_BREACH` passes it only once what is pending is signed."""

    NORMAL = "normal"
    WARNING = "warning"
    CRITICAL = "critical"
    EXPECTED_BREACH = "expected_breach"
    BREACH = "breach"
    NO_LIMIT = "no_limit"
    NOT_COMPARABLE = "not_comparable"  # the limit's currency has no rate

    @property
    def is_breach(self) -> bool:
        """Active or expected."""
        return self in (LimitState.BREACH, LimitState.EXPECTED_BREACH)


@dataclass(frozen=True, slots=True)
class CountryLimit:
    """The most the bank wants to be owed from one country or region; `amount` in units of `currency`."""

    country: str
    amount: Decimal
    currency: str
    basis: Basis = Basis.GUARANTOR
    measure: Measure = Measure.DRAWN_UNDRAWN


@dataclass(frozen=True, slots=True)
class Use:
    """How much of a limit is used: `share` = used/L and `share_with_pending` = (used + P)/L as ratios.

    The shares are None where L is 0 or unknown; `headroom` is negative in excess.
    """

    state: LimitState
    used: Decimal
    pending: Decimal
    limit: Decimal | None = None
    share: Decimal | None = None
    share_with_pending: Decimal | None = None
    headroom: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LimitUse:
    """One country's row of the limits table, amounts in the book's currency; `not_converted` lines stand outside."""

    country: str
    limit: CountryLimit | None
    use: Use
    not_converted: int = 0

    @property
    def state(self) -> LimitState:
        """How tight it is."""
        return self.use.state


class Exposed(Protocol):
    """What limits are held against: a book, or what it comes to."""

    def rate(self, currency: str | None) -> Decimal | None:
        """What one unit of a currency is worth in the book's; None without a rate."""
        ...

    def by_country(self, basis: Basis = ...) -> tuple[Position, ...]:
        """The claims by country or region."""
        ...


def assess(limit: Decimal | None, used: Decimal, pending: Decimal = Decimal(0)) -> Use:
    """Use, headroom and state against `limit` (a temporary excess already added); None is "no limit"."""
    if limit is None:
        return Use(LimitState.NO_LIMIT, used, pending)
    headroom = limit - used - pending
    if limit == 0:
        state = LimitState.BREACH if used > 0 else LimitState.EXPECTED_BREACH if pending > 0 else LimitState.NORMAL
        return Use(state, used, pending, limit, headroom=headroom)
    share, share_with_pending = EXACT.divide(used, limit), EXACT.divide(used + pending, limit)
    return Use(_state(share, share_with_pending), used, pending, limit, share, share_with_pending, headroom)


def uses(book: Exposed, limits: Iterable[CountryLimit]) -> tuple[LimitUse, ...]:
    """Every limit's use, and every country with exposure and no limit: the tightest first, those without last."""
    by_basis = {basis: {row.key: row for row in book.by_country(basis)} for basis in Basis}
    found = []
    limited = set()
    for limit in limits:
        limited.add(limit.country)
        row = by_basis[limit.basis].get(limit.country)
        used = row.amount(limit.measure) if row else Decimal(0)
        pending = row.pending if row and limit.measure is not Measure.WITH_PENDING else Decimal(0)
        rate = book.rate(limit.currency)
        if rate is None:
            use = Use(LimitState.NOT_COMPARABLE, used, pending)
        else:
            use = assess(EXACT.multiply(limit.amount, rate), used, pending)
        found.append(LimitUse(limit.country, limit, use, row.not_converted if row else 0))
    for key, row in by_basis[Basis.GUARANTOR].items():
        if key is not None and key not in limited and row.amount(Measure.WITH_PENDING) != 0:
            found.append(LimitUse(key, None, assess(None, row.amount(), row.pending), row.not_converted))
    return tuple(sorted(found, key=_tightness))


def _state(share: Decimal, share_with_pending: Decimal) -> LimitState:
    if share > FULL:
        return LimitState.BREACH
    if share_with_pending > FULL:
        return LimitState.EXPECTED_BREACH
    if share_with_pending >= CRITICAL:
        return LimitState.CRITICAL
    return LimitState.WARNING if share_with_pending >= WARNING else LimitState.NORMAL


def _tightness(row: LimitUse) -> tuple[bool, bool, bool, Decimal, Decimal, str]:
    """Breaches of a zero limit have no share and stand first."""
    share = row.use.share_with_pending
    return (
        row.limit is None,
        row.state is LimitState.NOT_COMPARABLE,
        not (row.state.is_breach and share is None),
        -(share or Decimal(0)),
        -row.use.used,
        row.country,
    )
