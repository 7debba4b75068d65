"""One column of amounts, exact: whole minor units beside the numbers of the file, held by array where nothing is odd.

Plain is an amount that is the nearest float to a decimal of at most fifteen digits without a part of a minor unit: that
decimal is what its shortest form writes, so that the minor units say the number as well. Every other amount is kept
as a Decimal of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures import currencies
from exposures.coded import Coded, Mask, Objects

Minors = npt.NDArray[np.int64]
#: Integers that a float holds exactly.
_EXACT_FLOAT = 2**53
#: Sums up to here fit int64 with room to spare.
_SAFE_SUM = float(2**62)


@dataclass
class Amounts:
    """`minors` of the cells that have an amount (`given`); `numbers` the cells that are not plain, as in the file.

    `factor` is the unit of the file's numbers, `digits` each cell's minor units as a power of ten. `unreadable` are
    the cells that hold something that is no amount.
    """

    minors: Minors
    given: Mask
    plain: Mask
    numbers: dict[int, Decimal]
    factor: Decimal
    digits: npt.NDArray[np.int8]
    unreadable: Mask

    @classmethod
    def none(cls, count: int, factor: Decimal, digits: npt.NDArray[np.int8]) -> "Amounts":
        """A column without any."""
        empty = [np.zeros(count, dtype=bool) for _ in range(3)]
        return cls(np.zeros(count, dtype=np.int64), empty[0], empty[1], {}, factor, digits, empty[2])

    def minor(self, index: int) -> int | None:
        """The amount in minor units."""
        return int(self.minors[index]) if self.given[index] else None

    def number(self, index: int) -> Decimal | None:
        """The number that stands in the file, in units of `factor`."""
        if self.plain[index]:
            return Decimal(int(self.minors[index])).scaleb(-int(self.digits[index])) / self.factor
        return self.numbers.get(index)

    def keep(self, index: int, minor: int | None, number: Decimal | None) -> None:
        """Another amount in one cell."""
        self.plain[index] = False
        self.given[index], self.minors[index] = minor is not None, minor or 0
        self.numbers.pop(index, None)
        if number is not None:
            self.numbers[index] = number

    @property
    def counted(self) -> Mask:
        """Which cells have a number in the file, whether or not it became an amount."""
        found = self.plain.copy()
        found[list(self.numbers)] = True
        return found


def digits_of(codes: Objects) -> npt.NDArray[np.int8]:
    """The minor units of each currency as a power of ten."""
    coded, known = pd.factorize(codes)
    table = np.array([*(currencies.minor_units(code) for code in known), currencies.minor_units("")], dtype=np.int8)
    found: npt.NDArray[np.int8] = table[coded]
    return found


def plain_amounts(column: Coded, factor: Decimal, digits: npt.NDArray[np.int8]) -> tuple[Minors, Mask]:
    """Amounts in minor units of the cells that are plain, and which those are."""
    if set(map(type, column.values)) == {float}:
        numeric = np.ones(len(column.values), dtype=bool)
    else:
        exact = [value.__class__ is float or (value.__class__ is int and abs(value) < _EXACT_FLOAT)
                 for value in column.values]  # fmt: skip
        numeric = np.array(exact, dtype=bool)
    values = np.zeros(len(column.values) + 1)
    values[:-1][numeric] = column.values[numeric].astype(np.float64)
    power = factor.normalize().as_tuple().digits == (1,)  # of ten: the quotient below is then a short decimal
    scales = np.array([float(factor.scaleb(count)) if power else 0.0 for count in range(5)])
    scale = scales[digits]
    amounts = values[column.codes]
    with np.errstate(invalid="ignore", over="ignore"):
        minors = np.rint(amounts * scale)
        whole = minors / np.where(scale == 0, 1, scale) == amounts
        plain = np.append(numeric, False)[column.codes] & (amounts >= 0) & (minors < 1e15) & (scale >= 1) & whole
    return np.where(plain, minors, 0).astype(np.int64), plain


def sums(minors: Minors, keys: npt.NDArray[np.intp], count: int) -> list[int]:
    """The exact sum of the amounts of each key below `count`."""
    if float(np.abs(minors.astype(np.float64)).sum()) < _SAFE_SUM:
        found = np.zeros(count, dtype=np.int64)
        np.add.at(found, keys, minors)
        return [int(value) for value in found]
    held = [0] * count
    for key, minor in zip(keys.tolist(), minors.tolist(), strict=True):
        held[key] += minor
    return held


def any_above(columns: Mapping[str, Amounts], names: Sequence[str], least: npt.NDArray[np.float64]) -> Mask:
    """Which rows have more than `least` minor units in any of the columns of these names, or something unreadable."""
    found = np.zeros(len(least), dtype=bool)
    for name in names:
        if name in columns:
            found |= np.abs(columns[name].minors.astype(np.float64)) > least
            found |= columns[name].unreadable
    return found
