"""What of a line runs off by itself until the horizon, and by which means the rest could come down.

One line is used once: what runs off is not offered again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from exposures.reviews.reduction import Fill, Means
from exposures.sums import EXACT

#: The horizon is the first quarter-end at least so many days away.
LEAST_DAYS = 90
#: Repaid by contract at maturity whatever the book says about revolving; of other claims it has to say so.
REDEEMED = frozenset({"bond", "derivative"})
#: Owed on demand where they have no maturity.
ON_DEMAND = frozenset({"placement", "repo"})
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Held:
    """What of a line falls to a row, in the reporting currency, and what its fields say about it.

    `days` to maturity (None: undated); a line without a `plan` is taken to be repaid at maturity; `revolving` and
    `undrawn_kind` None where the book does not say; `cover` is what a named guarantor in `cover_from` could take over.
    """

    line: int
    drawn: Decimal
    undrawn: Decimal = NOTHING
    contingent: Decimal = NOTHING
    days: int | None = None
    instrument: str = "other"
    revolving: bool | None = None
    undrawn_kind: str | None = None
    bad: bool = False  # non-performing: its recovery is another list's matter
    cover: Decimal = NOTHING
    cover_from: str | None = None
    owed: bool = False  # a liability
    renewed: bool = False  # a line of the book that is asked for takes its place
    plan: tuple[tuple[int, Decimal], ...] = ()  # instalments before maturity: days ahead, and how much of `drawn`

    def repaid(self, days: int) -> Decimal:
        """What instalments repay within so many days; nothing of what revolves, which can be drawn again."""
        if self.revolving is True:
            return NOTHING
        return min(self.drawn, sum((amount for due, amount in self.plan if 0 <= due <= days), NOTHING))


@dataclass(frozen=True, slots=True)
class Offer:
    """What of a line runs off, and what else of it a means could bring down."""

    held: Held
    run_off: Decimal
    means: tuple[tuple[Means, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Use:
    """So much of a line is brought down by a means."""

    held: Held
    means: Means
    amount: Decimal


def plan_of(payments: Sequence[tuple[int, int]], drawn: Decimal, whole: int) -> tuple[tuple[int, Decimal], ...]:
    """A line's instalments (days ahead, minor units) as they repay `drawn`, which is what falls to a row of its whole.

    `whole` is what is drawn on the line in minor units; `drawn` and what is returned are in the reporting currency.
    """
    if whole <= 0:
        return ()
    return tuple((days, EXACT.divide(EXACT.multiply(drawn, amount), whole)) for days, amount in payments)


def horizon(reported: date) -> date:
    """The first quarter-end at least LEAST_DAYS after the book's date."""
    soonest = reported + timedelta(days=LEAST_DAYS)
    month = (soonest.month + 2) // 3 * 3
    following = date(soonest.year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def offer(held: Held, days: int) -> Offer:
    """What of a line runs off within `days` of the book's date, and by which means the rest could come down."""
    matures = held.days is not None and 0 <= held.days <= days
    gone = (held.undrawn + held.contingent) if matures else NOTHING
    means: list[tuple[Means, Decimal]] = []
    if not matures and held.undrawn > 0 and held.undrawn_kind == "cancellable":
        means.append((Means.CANCEL_UNDRAWN, held.undrawn))
    overdue = held.days is not None and held.days < 0
    if held.drawn > 0 and not held.bad and not overdue:
        if matures and _repaid(held):
            gone += held.drawn
        else:
            gone += (regular := held.repaid(days))
            if (way := _way(held, held.drawn - regular, matures=matures)) is not None:
                means.append(way)
    return Offer(held, max(NOTHING, gone), tuple(means))


def plan(offers: Sequence[Offer], gap: Decimal) -> tuple[tuple[Use, ...], Decimal]:
    """Fill the gap means by means, within each the largest amount first; returns the uses and the shortfall.

    The book gives no income, so that the least income lost per unit is not known: the fewest lines are touched.
    """
    uses: list[Use] = []
    for means in Means:
        able = [(amount, one.held) for one in offers for way, amount in one.means if way is means]
        for amount, held in sorted(able, key=lambda each: (-each[0], each[1].line)):
            if gap <= 0:
                return tuple(uses), NOTHING
            taken = min(gap, amount)
            uses.append(Use(held, means, taken))
            gap -= taken
    return tuple(uses), max(NOTHING, gap)


def fills(uses: Iterable[Use], reported: date) -> tuple[Fill, ...]:
    """The uses added up by means."""
    made = []
    for means in Means:
        found = [use for use in uses if use.means is means]
        if found:
            ends = [use.held.days for use in found if means is Means.NO_RENEWAL and use.held.days is not None]
            by = reported + timedelta(days=max(ends)) if ends else None
            moves = {use.held.cover_from for use in found if means is Means.COVER and use.held.cover_from}
            amount = sum((use.amount for use in found), NOTHING)
            made.append(Fill(means, amount, len({use.held.line for use in found}), by, tuple(sorted(moves))))
    return tuple(made)


def _repaid(held: Held) -> bool:
    if held.renewed:
        return False
    if held.owed:
        return held.revolving is not True
    return held.revolving is False or (held.revolving is None and held.instrument in REDEEMED)


def _way(held: Held, rest: Decimal, *, matures: bool) -> tuple[Means, Decimal] | None:
    """By which means what is left of a line's drawn amount could come down; None where nothing is left or none fits."""
    if rest <= 0:
        return None
    if matures:
        return Means.NO_RENEWAL, rest
    if held.owed:
        return None  # the book does not say which debts may be repaid early
    if held.instrument == "bond":
        return Means.SELL, rest
    if held.cover > 0:
        return Means.COVER, min(held.cover, rest)
    return (Means.CALL, rest) if held.days is None and held.instrument in ON_DEMAND else None
