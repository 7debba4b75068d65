"""Regular repayments of a line: what principal is due on which day, as far as the book says."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures import allocation

Flags = npt.NDArray[np.bool_]
#: Payments beyond this number are no plan that anybody keeps: what is left then has no date.
MOST = 600


def scheduled(lines: pd.DataFrame) -> Flags:
    """Which lines name an instalment, its interval and the next date, and have principal to repay."""
    known = allocation.amounts(lines, "instalment_amount") > 0
    known &= allocation.amounts(lines, "instalment_months") > 0
    known &= lines["next_instalment"].notna().to_numpy(dtype=bool)
    return known & (allocation.amounts(lines, "outstanding") > 0)


def payments(lines: pd.DataFrame) -> pd.DataFrame:
    """The principal payments of lines that are all `scheduled`: columns line (place), due and amount (minor units).

    Each line's amounts add up to its principal: what the instalments leave is due at maturity, and an instalment that
    would fall on or after it is part of that; without a maturity the payments go on until nothing is left.
    """
    rest = allocation.amounts(lines, "outstanding").copy()
    each = allocation.amounts(lines, "instalment_amount")
    step = allocation.amounts(lines, "instalment_months")
    first = lines["next_instalment"].to_numpy().astype("datetime64[D]")
    ends = lines["maturity"].to_numpy().astype("datetime64[D]")
    bounded = ~np.isnat(ends)
    found: list[pd.DataFrame] = []
    for count in range(MOST):
        if not rest.any():
            break
        due = _months_later(first, step * count)
        last = bounded & (due >= ends)
        paid = np.where(last, rest, np.minimum(each, rest))
        found.append(_made(np.where(last, ends, due), paid))
        rest -= paid
    found.append(_made(np.full(len(rest), np.datetime64("NaT"), dtype="datetime64[D]"), rest))
    return pd.concat(found, ignore_index=True)


def _made(due: npt.NDArray[np.datetime64], amount: allocation.Minor) -> pd.DataFrame:
    some = amount != 0
    return pd.DataFrame(
        {"line": np.flatnonzero(some), "due": due[some].astype("datetime64[s]"), "amount": amount[some]}
    )


def _months_later(days: npt.NDArray[np.datetime64], months: allocation.Minor) -> npt.NDArray[np.datetime64]:
    """The same day of a later month, or its last day where it is shorter."""
    begun = days.astype("datetime64[M]")
    there = begun + months.astype("timedelta64[M]")
    begins, ends = there.astype("datetime64[D]"), (there + np.timedelta64(1, "M")).astype("datetime64[D]")
    wanted = begins + (days - begun.astype("datetime64[D]"))
    earlier: npt.NDArray[np.datetime64] = np.minimum(wanted, ends - np.timedelta64(1, "D"))
    return earlier
