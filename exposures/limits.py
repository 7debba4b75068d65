"""Limits and how much of each is used (CALCULATIONS 3); scopes other than countries in `limit_scopes`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from exposures.book import Basis, Measure, Position
from exposures.sums import EXACT, added

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


class Scope(StrEnum):
    """Whose exposure a limit holds down."""

    COUNTRY = "country"
    GROUP = "group"
    COUNTERPARTY = "counterparty"
    SECTOR = "sector"
    PRODUCT = "product"  # an instrument, or the bank's own name of a product
    RATING = "rating"
    TENOR = "tenor"  # what matures later than so many years


@dataclass(frozen=True, slots=True)
class Excess:
    """A temporary excess (临时超限额度) that a second person approved: adds to the limit up to and on `until`."""

    amount: Decimal
    until: date
    reason: str
    requester: str
    approver: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """The most the bank wants to be owed within a scope; `amount` in units of `currency`.

    `key` is a country's code, the number of a group or counterparty, a sector, an instrument or product, a grade, or
    years. `within` is the country that a limit of another scope is a part of, "" for the whole book. It counts for
    books from `valid_from` on; after `valid_to`, its review date, it is expired and still computed. `source` says where
    it came from, "" where a person set it.
    """

    key: str
    amount: Decimal
    currency: str
    basis: Basis = Basis.GUARANTOR
    measure: Measure = Measure.DRAWN_UNDRAWN
    scope: Scope = Scope.COUNTRY
    within: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    owner: str = ""
    source: str = ""
    excesses: tuple[Excess, ...] = ()

    @property
    def subject(self) -> tuple[Scope, str, str]:
        """What it holds down: of two limits with the same one the later counts."""
        return self.scope, self.key, self.within

    def excess(self, on: date) -> Decimal:
        """What temporary excesses add on a day, in units of `currency`."""
        return added(one.amount for one in self.excesses if on <= one.until)

    def expired(self, on: date) -> bool:
        """Whether its review date has passed."""
        return self.valid_to is not None and on > self.valid_to


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
    """One row of the limits table, amounts in the book's currency; `not_converted` lines stand outside.

    `use.limit` holds the temporary excess, which is also told by itself; `name` where the key alone says little.
    """

    key: str
    limit: Limit | None
    use: Use
    not_converted: int = 0
    scope: Scope = Scope.COUNTRY
    within: str = ""
    name: str = ""
    excess: Decimal = Decimal(0)
    expired: bool = False

    @property
    def country(self) -> str:
        """The country of a country limit; "" of any other."""
        return self.key if self.scope is Scope.COUNTRY else ""

    @property
    def state(self) -> LimitState:
        """How tight it is."""
        return self.use.state


class Exposed(Protocol):
    """What limits are held against: a book, or what it comes to."""

    @property
    def reporting_date(self) -> date:
        """The day of the book."""
        ...

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


def effective(limits: Iterable[Limit], on: date) -> tuple[Limit, ...]:
    """Of each subject the last limit that counts on a day; `limits` in the order in which they were set."""
    found: dict[tuple[Scope, str, str], Limit] = {}
    for limit in limits:
        if limit.valid_from is None or limit.valid_from <= on:
            found[limit.subject] = limit
    return tuple(found.values())


def uses(book: Exposed, limits: Iterable[Limit]) -> tuple[LimitUse, ...]:
    """Every country limit's use, and every country with exposure and none: the tightest first, those without last.

    Limits of other scopes are passed over; `exposures.limit_scopes` has them too.
    """
    by_basis = {basis: {row.key: row for row in book.by_country(basis)} for basis in Basis}
    found = []
    limited = set()
    for limit in effective(limits, book.reporting_date):
        if limit.scope is Scope.COUNTRY:
            limited.add(limit.key)
            found.append(used(book, limit, by_basis[limit.basis].get(limit.key)))
    for key, row in by_basis[Basis.GUARANTOR].items():
        if key is not None and key not in limited and row.amount(Measure.WITH_PENDING) != 0:
            found.append(LimitUse(key, None, assess(None, row.amount(), row.pending), row.not_converted))
    return tuple(sorted(found, key=tightness))


def used(book: Exposed, limit: Limit, row: Position | None) -> LimitUse:
    """The use of one limit by what the book has in its scope; None: nothing."""
    amount = row.amount(limit.measure) if row else Decimal(0)
    pending = row.pending if row and limit.measure is not Measure.WITH_PENDING else Decimal(0)
    rate = book.rate(limit.currency)
    excess = limit.excess(book.reporting_date)
    if rate is None:
        use = Use(LimitState.NOT_COMPARABLE, amount, pending)
    else:
        use = assess(EXACT.multiply(EXACT.add(limit.amount, excess), rate), amount, pending)
    name = row.name or "" if row else ""
    return LimitUse(
        limit.key,
        limit,
        use,
        row.not_converted if row else 0,
        limit.scope,
        limit.within,
        name,
        EXACT.multiply(excess, rate or Decimal(0)),
        limit.expired(book.reporting_date),
    )


def _state(share: Decimal, share_with_pending: Decimal) -> LimitState:
    if share > FULL:
        return LimitState.BREACH
    if share_with_pending > FULL:
        return LimitState.EXPECTED_BREACH
    if share_with_pending >= CRITICAL:
        return LimitState.CRITICAL
    return LimitState.WARNING if share_with_pending >= WARNING else LimitState.NORMAL


def tightness(row: LimitUse) -> tuple[bool, bool, bool, Decimal, Decimal, str]:
    """The order of the table, the tightest first; breaches of a zero limit have no share and stand before all."""
    share = row.use.share_with_pending
    return (
        row.limit is None,
        row.state is LimitState.NOT_COMPARABLE,
        not (row.state.is_breach and share is None),
        -(share or Decimal(0)),
        -row.use.used,
        row.key,
    )
