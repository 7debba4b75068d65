"""The matrix of the Exposures page: country by instrument, with totals that tie."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from exposures.exposure import INSTRUMENTS
from exposures.sums import EXACT, added


@dataclass(frozen=True, slots=True)
class Matrix:
    """Country by instrument, drawn; then columns of their own for what is undrawn and pending, as the measure asks.

    `cells` lacks a pair without any line: that is nothing, not zero. Totals tie to the book.
    """

    rows: tuple[str | None, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str | None, str], Decimal]
    row_totals: Mapping[str | None, Decimal]
    column_totals: Mapping[str, Decimal]
    total: Decimal


def tied(cells: Mapping[tuple[str | None, str], Decimal]) -> Matrix:
    """The matrix of those cells: the largest row first, columns in the order of the instruments."""
    row_totals: dict[str | None, Decimal] = {}
    column_totals: dict[str, Decimal] = {}
    for (country, column), amount in cells.items():
        row_totals[country] = EXACT.add(row_totals.get(country, Decimal(0)), amount)
        column_totals[column] = EXACT.add(column_totals.get(column, Decimal(0)), amount)
    rows = tuple(sorted(row_totals, key=lambda country: (-row_totals[country], country or "\uffff")))
    columns = tuple(name for name in (*INSTRUMENTS, "undrawn", "pending") if name in column_totals)
    return Matrix(rows, columns, cells, row_totals, column_totals, added(row_totals.values()))
