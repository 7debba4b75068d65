"""The outcome of reading one table: lines, rows set aside, issues, and sums that reconcile."""

from dataclasses import dataclass

import pandas as pd

from exposures.issues import Issue
from exposures.reconciliation import Reconciliation


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
