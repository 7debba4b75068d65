"""Renewals of an import: what is pending on a line that replaces another, where its number leads to nothing."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from exposures.allocation import FACTORS, amounts
from exposures.cells import address
from exposures.imported import Imported
from exposures.issues import Issue, Rule, Severity
from exposures.lines import typed
from exposures.renewals import Standing, renewals
from exposures.sheets import Part

_FIELD = "replaces_line_id"
#: Without a rate nothing is converted at all, which the import tells for the currency.
_TOLD = {
    Standing.UNKNOWN_LINE: Rule.RENEWAL_ORPHAN,
    Standing.OTHER_PARTY: Rule.RENEWAL_OTHER_PARTY,
    Standing.OVERLAPS: Rule.RENEWAL_OVERLAPS,
    Standing.NO_DATES: Rule.RENEWAL_NO_DATES,
}


def check(whole: Imported, parts: Sequence[Part]) -> tuple[Issue, ...]:
    """A warning at the cell of each renewal that counts in full, and why; lines with nothing pending say nothing.

    All sheets of lines are looked at together: a pipeline names lines of another sheet.
    """
    lines = whole.lines
    if not lines[_FIELD].notna().any():
        return ()
    lines = typed(lines).reset_index(drop=True)
    columns = {
        part.cells.sheet: part.cells.headers.index(part.layout.columns[_FIELD])
        for part in parts
        if part.layout.columns.get(_FIELD) in part.cells.headers
    }
    pending = amounts(lines, "pending")
    issues = []
    for one in renewals(lines, {}, "USD", FACTORS, np.zeros(len(lines), dtype=np.int64)):
        rule = _TOLD.get(one.standing)
        if rule is None or not pending[one.place]:
            continue
        sheet, row = lines["source_sheet"].iat[one.place], lines["source_row"].iat[one.place]
        column = columns.get(str(sheet))
        where = "" if column is None or pd.isna(row) else address(int(row), column)
        issues.append(Issue(str(sheet), where, rule, Severity.WARNING, one.replaces, _FIELD))
    return tuple(issues)
