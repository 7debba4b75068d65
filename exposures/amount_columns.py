"""A column of cells becomes a column of amounts: plain cells all at once, odd ones one by one."""

from decimal import Decimal
from math import isfinite

import numpy as np
import numpy.typing as npt

from exposures import columns
from exposures.cells import Cells
from exposures.coded import Mask, Objects
from exposures.columns import Fault, Faults
from exposures.conventions import is_doubtful
from exposures.issues import Rule
from exposures.money import Amounts, plain_amounts


def read_amounts(
    cells: Cells,
    column: int,
    name: str,
    mark: str,
    factor: Decimal,
    currencies: Objects,
    digits: npt.NDArray[np.int8],
    counted: Mask,
    tolerance: Decimal,
    *,
    doubtful: bool = False,
) -> tuple[Amounts, Faults]:
    """The amounts of a column, and what is wrong with its cells; `digits` are those of each row's currency.

    Rows that do not count have numbers and no amount.
    `doubtful`: nobody can tell the column's decimal mark, so that 1.234 waits for a person.
    A blank cell that is in truth an error, or a formula without a value, is unreadable.
    """
    coded = cells.coded(column)
    parse = columns.number_reader(mark)
    # A float is a number whatever it is; its exact form is asked for only where it is not plain.
    odd = {at: parse(coded.values[at]) for at in _odd(coded.values)}
    faults = columns.told(coded, [odd[at][1] if at in odd else None for at in range(len(coded.values))]) if odd else []
    if doubtful:
        asked = [Fault(Rule.AMBIGUOUS_NUMBER) if is_doubtful(value) else None for value in coded.values]
        faults += columns.told(coded, asked)
    found = Amounts.none(cells.count, factor, digits)
    found.unreadable[[index for index, _ in faults]] = True
    minors, plain = plain_amounts(coded, factor, found.digits)
    found.minors, found.plain, found.given = np.where(counted, minors, 0), plain, plain & counted
    if not counted.all():
        found.plain &= counted
    for index in np.flatnonzero(coded.filled & ~found.plain).tolist():
        at = coded.codes[index]
        value = coded.values[at]
        number = odd[at][0] if at in odd else Decimal(repr(value))
        if number is None:
            continue
        if not counted[index]:
            found.keep(index, None, number)
            continue
        minor, fault = columns.to_minor(name, number, factor, currencies[index] or "", tolerance)
        if fault is not None:
            faults.append((index, fault))
            if fault.rule is Rule.AMOUNT_TOO_LARGE:
                number = None  # nothing to add up
                found.unreadable[index] = True
        found.keep(index, minor, number)
    for row, place in (*cells.errors, *cells.uncached):
        if place == column and (index := int(np.searchsorted(cells.rows, row))) < cells.count:
            found.unreadable[index] |= bool(cells.rows[index] == row) and bool(counted[index])
    return found, faults


def _odd(values: Objects) -> list[int]:
    """The places of what is no finite float."""
    if set(map(type, values)) <= {float}:
        return np.flatnonzero(~np.isfinite(values.astype(np.float64))).tolist()
    return [at for at, value in enumerate(values) if not (value.__class__ is float and isfinite(value))]
