"""A frame of lines: its columns and their types, which lines are live, and who owes them."""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from exposures.allocation import COMPONENTS
from exposures.coded import says
from exposures.currencies import minor_units
from exposures.exposure import FIELDS, SOURCE_COLUMNS, Kind
from exposures.held import Held
from exposures.labels import Flags

_DTYPES = {
    Kind.TEXT: "str",
    Kind.CODE: "str",
    Kind.COUNTRY: "str",
    Kind.CURRENCY: "str",
    Kind.MONEY: "Int64",
    Kind.INTEGER: "Int64",
    Kind.NUMBER: "float64",
    Kind.FLAG: "boolean",
    Kind.DATE: "datetime64[s]",
}
#: How each column of a frame of lines is held; missing is NaN, <NA> or NaT, never zero and never "".
DTYPES: dict[str, str] = {item.name: _DTYPES[item.kind] for item in FIELDS} | {
    SOURCE_COLUMNS[0]: "str",
    SOURCE_COLUMNS[1]: "Int64",
}


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with exactly the columns of DTYPES, in their order and types; an absent column is all missing."""
    if {name: str(kind) for name, kind in frame.dtypes.items()} == DTYPES and list(frame) == list(DTYPES):
        return frame
    columns = {name: _typed(frame, name, kind) for name, kind in DTYPES.items()}
    return pd.DataFrame(columns, index=frame.index, copy=False)


def _typed(frame: pd.DataFrame, name: str, kind: str) -> "pd.Series[Any]":
    column = frame.get(name)
    objects = None if column is None or column.dtype != object else column.to_numpy()
    if column is None or (objects is not None and not says(objects)):  # quicker than None by None
        return pd.Series(index=frame.index, dtype=kind)
    if objects is not None and kind == "str":
        return pd.Series(pd.array(objects, dtype="str", copy=False), index=frame.index, copy=False)
    return column.astype(kind)


def live(lines: pd.DataFrame, tolerance: Decimal = Decimal(0)) -> pd.Series:
    """Whether any of D, U, C, M, P is above the tolerance, in each line's own currency (CALCULATIONS 1.5)."""
    return pd.Series(live_flags(Held.of(lines), tolerance), index=lines.index)


def live_flags(lines: Held, tolerance: Decimal = Decimal(0)) -> Flags:
    """The same by the places of the lines."""
    limit: Any = 0
    if tolerance:
        currency = lines.labels("currency")
        # A line without a currency cannot be measured against the tolerance: any amount keeps it alive.
        per_currency = [*(int(tolerance.scaleb(minor_units(code))) for code in currency.values), 0]
        limit = np.array(per_currency, dtype="int64")[currency.codes]
    alive: Flags = np.abs(lines.amounts("outstanding") + lines.amounts("accrued_interest")) > limit
    for name in COMPONENTS[2:]:
        if lines.says(name):
            alive |= np.abs(lines.amounts(name)) > limit
    return alive


def counterparty_keys(lines: pd.DataFrame) -> pd.Series:
    """Who owes: the counterparty's id, or its name where the file gives none."""
    return lines["counterparty_id"].fillna(lines["counterparty_name"])
