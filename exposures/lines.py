"""A frame of lines: its columns and their types, which lines are live, and who owes them."""

from decimal import Decimal

import numpy as np
import pandas as pd

from exposures import allocation
from exposures.allocation import COMPONENTS
from exposures.currencies import minor_units
from exposures.exposure import FIELDS, SOURCE_COLUMNS, Kind

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
    return pd.DataFrame(
        {
            name: frame[name].astype(kind) if name in frame else pd.Series(index=frame.index, dtype=kind)
            for name, kind in DTYPES.items()
        },
        index=frame.index,
    )


def live(lines: pd.DataFrame, tolerance: Decimal = Decimal(0)) -> pd.Series:
    """Whether any of D, U, C, M, P is above the tolerance, in each line's own currency (CALCULATIONS 1.5)."""
    per_currency = {
        code: int(tolerance.scaleb(minor_units(code))) for code in lines["currency"].dropna().unique().tolist()
    }
    # A line without a currency cannot be measured against the tolerance: any amount keeps it alive.
    limit = lines["currency"].map(per_currency).fillna(0).to_numpy(dtype="int64")
    drawn = allocation.amounts(lines, "outstanding") + allocation.amounts(lines, "accrued_interest")
    alive = np.abs(drawn) > limit
    for name in COMPONENTS[2:]:
        alive |= np.abs(allocation.amounts(lines, name)) > limit
    return pd.Series(alive, index=lines.index)


def counterparty_keys(lines: pd.DataFrame) -> pd.Series:
    """Who owes: the counterparty's id, or its name where the file gives none."""
    return lines["counterparty_id"].fillna(lines["counterparty_name"])
