"""How much of a whole lies in few hands (CALCULATIONS 3)."""

from collections.abc import Iterable
from decimal import Decimal

from exposures.sums import EXACT


def herfindahl(amounts: Iterable[Decimal]) -> Decimal | None:
    """HHI = Σ share², from 1/n to 1; amounts not above zero are left out, None where nothing is left."""
    counted = [amount for amount in amounts if amount > 0]
    whole = sum(counted, Decimal(0))
    if not counted:
        return None
    return sum((EXACT.divide(amount, whole) ** 2 for amount in counted), Decimal(0))


def top_share(amounts: Iterable[Decimal], count: int) -> Decimal | None:
    """The share of the `count` largest, as a ratio; None where there is nothing."""
    counted = sorted((amount for amount in amounts if amount > 0), reverse=True)
    whole = sum(counted, Decimal(0))
    return EXACT.divide(sum(counted[:count], Decimal(0)), whole) if counted else None
