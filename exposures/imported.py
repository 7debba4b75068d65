"""The outcome of reading one table: lines, rows set aside, issues, and sums that reconcile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.cells import Cells
from exposures.coded import Objects, says
from exposures.columns import text_of
from exposures.exposure import Field, Kind
from exposures.issues import Issue
from exposures.limits import Limit
from exposures.money import Amounts
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
    limits: tuple[Limit, ...] = ()  # of a sheet of limits beside the lines

    @property
    def imported(self) -> int:
        """Valid lines."""
        return len(self.lines)


def typed_series(spec: Field, values: Objects | None, kept: npt.NDArray[np.intp]) -> "pd.Series[Any]":
    """The kept rows of one field in its type."""
    if values is None or not says(values):
        return _nothing(spec.kind, len(kept))
    chosen = values[kept]
    if spec.kind is Kind.NUMBER:
        return pd.Series(chosen.astype(np.float64), copy=False)  # None is NaN there
    if spec.kind is Kind.INTEGER:
        numbers = chosen.astype(np.float64)  # at most a milliard, which a float holds exactly
        missing = np.isnan(numbers)
        held = np.where(missing, 0, numbers).astype(np.int64)
        return pd.Series(pd.arrays.IntegerArray(held, missing), copy=False)
    return pd.Series(chosen, dtype="boolean" if spec.kind is Kind.FLAG else "object", copy=False)


def _nothing(kind: Kind, count: int) -> "pd.Series[Any]":
    """A column in which no row says anything."""
    missing: Any
    match kind:
        case Kind.MONEY | Kind.INTEGER:
            missing = pd.arrays.IntegerArray(np.zeros(count, dtype=np.int64), np.ones(count, dtype=bool))
        case Kind.FLAG:
            missing = pd.arrays.BooleanArray(np.zeros(count, dtype=bool), np.ones(count, dtype=bool))
        case Kind.NUMBER:
            missing = np.full(count, np.nan)
        case _:
            missing = np.full(count, None, dtype=object)
    return pd.Series(missing, dtype=missing.dtype, copy=False)


def amounts_series(found: Amounts | None, kept: npt.NDArray[np.intp]) -> "pd.Series[Any]":
    """The kept rows of a column of amounts, in minor units; missing is <NA>."""
    if found is None:
        return _nothing(Kind.MONEY, len(kept))
    return pd.Series(pd.arrays.IntegerArray(found.minors[kept], ~found.given[kept]), copy=False)


def set_aside_rows(
    cells: Cells, indices: npt.NDArray[np.intp], bad: Mapping[int, set[str]], blocking: set[str]
) -> pd.DataFrame:
    """The frame `Imported.quarantined`; `bad` are the rules by data row, `blocking` those of the whole table."""
    made: dict[str, list[Any]] = {"source_sheet": [], "source_row": [], "rules": [], "cells": []}
    for index in indices:
        row = int(cells.rows[index])
        texts = {
            header or cells.address(int(index), place): cells.errors.get((row, place))
            or text_of(cells.columns[place][index])
            for place, header in enumerate(cells.headers)
        }
        made["source_sheet"].append(cells.sheet)
        made["source_row"].append(row)
        made["rules"].append(tuple(sorted(bad.get(int(index), set()) | blocking)))
        made["cells"].append({header: text for header, text in texts.items() if text})
    return pd.DataFrame(made, dtype=object)
