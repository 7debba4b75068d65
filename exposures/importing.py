"""A table of cells becomes lines of the book and every issue at once; no file access."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from exposures.cells import Cells
from exposures.issues import Issue
from exposures.mapping import Mapping
from exposures.rates import Rate


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Sums of one amount field in one currency and country (None: not known), in units of the currency.

    `in_file` is added up from the cells themselves, `imported` from the lines, `quarantined` from the rows set aside;
    `unreadable` counts cells that were no number.
    """

    field: str
    currency: str | None
    country: str | None
    rows: int
    in_file: Decimal
    imported: Decimal
    quarantined: Decimal
    unreadable: int = 0

    @property
    def difference(self) -> Decimal:
        """What rounding to the currency's minor unit left over."""
        return self.in_file - self.imported - self.quarantined


@dataclass(frozen=True)
class Imported:
    """The outcome of reading one table.

    `lines`: the valid lines, every column of FIELDS plus source_sheet and source_row. Money Int64 in the currency's
    minor unit, INTEGER Int64, FLAG boolean, NUMBER float64 (NaN: missing), DATE objects `date | None`, the rest
    `str | None`.
    `quarantined`: one row per row set aside: source_sheet, source_row, rules (tuple of rule codes), cells
    (dict header -> text as in the file).
    rows_read = imported + quarantined + not_counted (totals, repeated headers, notes).
    """

    lines: pd.DataFrame
    quarantined: pd.DataFrame
    issues: tuple[Issue, ...]
    rows_read: int
    not_counted: int
    reconciliation: tuple[Reconciliation, ...]
    fingerprint: str
    blocked: bool = False  # a needed column is missing: nothing could be read

    @property
    def imported(self) -> int:
        """Valid lines."""
        return len(self.lines)


def read_lines(cells: Cells, mapping: Mapping, reporting_date: date, rates: Sequence[Rate] = ()) -> Imported:
    """Every valid line, every row set aside and everything found wrong, in one pass."""
    raise NotImplementedError
