"""Many groups of a book's lines at once: what they owe and what they say, by arrays and never line by line."""

from collections.abc import Sequence
from decimal import Context, Decimal
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from exposures.labels import Labels, distinct
from exposures.reviews.claims import Claims
from exposures.reviews.item import Amounts
from exposures.sums import SAFE_SUM

Places = npt.NDArray[np.int64]
_NOTHING = Decimal(0)
#: The rates' 60 digits on one scale, whatever the currencies.
_WIDE = Context(prec=400)
_CENTS = 2


class Grouped:
    """Groups of lines by their places in Claims.lines, all with a rate; a line may stand in several groups."""

    def __init__(self, claims: Claims, groups: Sequence[Places]) -> None:
        self.claims = claims
        self.groups = groups
        self._lines = np.concatenate(groups) if groups else np.zeros(0, dtype=np.int64)
        self._group = np.repeat(np.arange(len(groups)), [len(group) for group in groups])

    def amounts(self) -> list[Amounts]:
        """What each group owes; nothing of it ends in a guarantor's country."""
        measured, count = self.claims.measured, len(self.groups)
        drawn, undrawn, x, covered = (measured[name][self._lines] for name in ("drawn", "undrawn", "x", "covered"))
        days = measured["days"][self._lines]
        due = [np.where(days <= most, drawn, 0) for most in (30, 90)]  # an undated line falls due on no day
        minor = [drawn, undrawn, x, *due, covered]
        sums = zip(*money_by(self.claims, self._group, count, self._lines, minor), strict=True)
        known = self.claims.has_cover
        return [
            Amounts(owed, open_, whole, _NOTHING, due_30, due_90, cover if known else None)
            for owed, open_, whole, due_30, due_90, cover in sums
        ]

    def texts(self, name: str) -> list[tuple[str, ...]]:
        """What the lines of each group say in a column, sorted, each once."""
        labels = self.claims.book.labels(name)
        codes = labels.codes[self._lines]
        given = codes < len(labels.values)
        width = len(labels.values) + 1
        told = distinct(self._group[given] * width + codes[given], len(self.groups) * width)
        group, code = np.divmod(told, width)
        ends = np.searchsorted(group, np.arange(len(self.groups) + 1)).tolist()
        values = [labels.values[at] for at in code.tolist()]
        return [tuple(values[start:end]) for start, end in pairwise(ends)]

    def firsts(self, name: str) -> list[str | None]:
        """What the first line of each group that says something says in a column."""
        labels = self.claims.book.labels(name)
        found = first_codes(labels, self._lines, self._group, len(self.groups))
        return [labels.key(code) for code in found.tolist()]


def first_codes(labels: Labels, lines: Places, group: Places, count: int) -> npt.NDArray[np.int32]:
    """The label of the first line of each of `count` groups that has one; the place after the last for none."""
    codes = labels.codes[lines]
    given = codes < len(labels.values)
    found = np.full(count, len(labels.values), dtype=np.int32)
    found[group[given][::-1]] = codes[given][::-1]  # of several the last written stays: the first line's
    return found


def money_by(
    claims: Claims,
    group: Places,
    count: int,
    lines: Places,
    minor: Sequence[npt.NDArray[np.int64]] | npt.NDArray[np.int64],
) -> list[list[Decimal]]:
    """Per row of `minor` the sums of `count` groups in the reporting currency, rounded once to 28 digits.

    `group`, `lines` and the columns of `minor` belong together; an amount is in its line's minor unit. Whole numbers
    are added per group and currency, then multiplied by the rates on one scale as whole numbers too.
    """
    found = [[_NOTHING] * count for _ in minor]
    if not len(lines):
        return found
    currency = claims.book.labels("currency")
    key = group * len(currency.values) + currency.codes[lines]
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    groups, codes = np.divmod(key[order][starts], len(currency.values))
    factors, scale = _factors(claims, currency.values)
    worth = np.array(factors, dtype=object)[codes]  # Python's integers never overflow
    begins = np.flatnonzero(np.diff(groups, prepend=-1))
    known = groups[begins].tolist()
    for sums, row in zip(found, minor, strict=True):
        amounts = row[order]
        if np.abs(row).sum(dtype=np.float64) >= SAFE_SUM:
            amounts = amounts.astype(object)
        products = np.add.reduceat(amounts, starts).astype(object) * worth
        for at, amount in zip(known, np.add.reduceat(products, begins).tolist(), strict=True):
            sums[at] = _decimal(amount, scale)
    return found


def _decimal(amount: int, scale: int) -> Decimal:
    """An amount of so many decimals, without the zeros behind its cents."""
    if not amount:
        return _NOTHING
    cents, rest = divmod(amount, 10 ** (scale - _CENTS))
    return Decimal(amount).scaleb(-scale) if rest else Decimal(cents).scaleb(-_CENTS)


def _factors(claims: Claims, currencies: Sequence[str]) -> tuple[list[int], int]:
    """What one minor unit of each currency is worth, as whole numbers of 10^-scale; without a rate it is not asked."""
    worth = [claims.book.convert(1, code) or _NOTHING for code in currencies]
    scale = max(_CENTS, *(-int(one.as_tuple().exponent) for one in worth))
    return [int(one.scaleb(scale, _WIDE)) for one in worth], scale
