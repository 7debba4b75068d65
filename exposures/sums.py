"""Sums that lose nothing: decimals in wide contexts, integers beyond int64."""

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from functools import reduce

import numpy as np
import numpy.typing as npt
import pandas as pd

#: Wide enough that a quotient by a rate is exact far beyond the last minor unit of any book.
EXACT = Context(prec=60)
#: Sums up to here fit int64 with room to spare; beyond it Python's own integers take over.
SAFE_SUM = float(2**62)


def added(amounts: Iterable[Decimal]) -> Decimal:
    """The sum without the loss of Python's usual 28 digits."""
    return reduce(EXACT.add, amounts, Decimal(0))


def rounded_products(minor: npt.NDArray[np.int64], rate: Decimal) -> npt.NDArray[np.int64]:
    """Amounts times a rate, rounded half to even as decimals are: by floats of 64 bits, and as decimals where these
    come near a half.
    """
    products = minor.astype(np.longdouble) * np.longdouble(str(rate))
    whole = np.rint(products)
    slack = np.abs(products) * 2.0**-50 + 2.0**-30
    found: npt.NDArray[np.int64] = whole.astype(np.int64)
    for at in np.flatnonzero(np.abs(np.abs(products - whole) - 0.5) <= slack).tolist():
        found[at] = int((rate * int(minor[at])).to_integral_value())
    return found


def exact_sums(
    frame: pd.DataFrame, by: Sequence[str], columns: Sequence[str]
) -> Iterable[tuple[tuple[str | None, ...], tuple[int, ...], int]]:
    """Per group its keys (None: missing), the exact sums of int columns, and its number of distinct lines."""
    values = frame[list(columns)]
    if values.abs().to_numpy(dtype="float64", na_value=0.0).sum() >= SAFE_SUM:
        values = values.astype(object)  # Python's integers never overflow
    keyed = pd.concat([frame[list(by)], values, frame["line"]], axis=1).groupby(list(by), dropna=False, sort=True)
    sums, counts = keyed[list(columns)].sum(), keyed["line"].nunique()
    keys = [_texts(sums.index.get_level_values(name)) for name in by]
    totals = [sums[name].tolist() for name in columns]
    for *row, count in zip(*keys, *totals, counts.tolist(), strict=True):
        yield tuple(row[: len(by)]), tuple(map(int, row[len(by) :])), int(count)


def _texts(values: pd.Index) -> list[str | None]:
    missing = values.isna()
    return [None if lacks else str(value) for value, lacks in zip(values, missing, strict=True)]
