"""Regular repayments of a line: what principal is due on which day, as far as the book says."""

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures import allocation

Flags = npt.NDArray[np.bool_]
#: Payments beyond this number are no plan that anybody keeps: what is left then has no date.
MOST = 600
#: What the plan of a line is made of.
FIELDS = ("outstanding", "instalment_amount", "instalment_months", "next_instalment", "maturity")


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
    places, days, amounts = [], [], []
    for count in range(MOST + 1):
        if not rest.any():
            break
        due = _months_later(first, step * count)
        if count == MOST:
            due = np.full(len(rest), np.datetime64("NaT"), dtype="datetime64[D]")
        last = bounded & (due >= ends)
        paid = rest.copy() if count == MOST else np.where(last, rest, np.minimum(each, rest))
        some = np.flatnonzero(paid)
        places.append(some)
        days.append(np.where(last, ends, due)[some])
        amounts.append(paid[some])
        rest -= paid
    return pd.DataFrame(
        {
            "line": np.concatenate([*places, np.zeros(0, dtype=np.int64)]),
            "due": np.concatenate([*days, np.zeros(0, dtype="datetime64[D]")]).astype("datetime64[s]"),
            "amount": np.concatenate([*amounts, np.zeros(0, dtype=np.int64)]),
        }
    )


def before_maturity(lines: pd.DataFrame, on: date) -> dict[int, tuple[tuple[int, int], ...]]:
    """By place of each line that names instalments: days from `on` and principal (minor units), maturity left out."""
    places = np.flatnonzero(scheduled(lines))
    if not len(places):
        return {}
    plan = payments(lines.iloc[places])
    at = places[plan["line"].to_numpy()]
    due = plan["due"].to_numpy().astype("datetime64[D]")
    regular = ~np.isnat(due) & ~(due >= lines["maturity"].to_numpy().astype("datetime64[D]")[at])
    days = (due - np.datetime64(on)).astype(np.int64)
    found: dict[int, list[tuple[int, int]]] = {}
    columns = (at[regular].tolist(), days[regular].tolist(), plan["amount"].to_numpy()[regular].tolist())
    for place, ahead, amount in zip(*columns, strict=True):
        found.setdefault(place, []).append((ahead, amount))
    return {place: tuple(payments) for place, payments in found.items()}


def due_within(lines: pd.DataFrame, on: date, days: int) -> allocation.Minor:
    """Principal and interest of each line due from a day on within so many days, in minor units of its currency.

    By instalments where the line names them, with the interest on the first; otherwise all of it at maturity.
    """
    first, last = np.datetime64(on), np.datetime64(on) + np.timedelta64(days, "D")
    by_plan = scheduled(lines)
    matures = lines["maturity"].to_numpy().astype("datetime64[D]")
    whole = allocation.amounts(lines, "outstanding") + allocation.amounts(lines, "accrued_interest")
    due: allocation.Minor = np.where(~by_plan & (matures >= first) & (matures <= last), whole, 0)
    if by_plan.any():
        places = np.flatnonzero(by_plan)
        plan = payments(lines.iloc[places])
        day = plan["due"].to_numpy().astype("datetime64[D]")
        soon = (day >= first) & (day <= last)
        np.add.at(due, places[plan["line"].to_numpy()[soon]], plan["amount"].to_numpy()[soon])
        begins = lines["next_instalment"].to_numpy().astype("datetime64[D]")[places]
        paid = places[(begins >= first) & (begins <= last)]
        due[paid] += allocation.amounts(lines, "accrued_interest")[paid]
    return due


def _months_later(days: npt.NDArray[np.datetime64], months: allocation.Minor) -> npt.NDArray[np.datetime64]:
    """The same day of a later month, or its last day where it is shorter."""
    begun = days.astype("datetime64[M]")
    there = begun + months.astype("timedelta64[M]")
    begins, ends = there.astype("datetime64[D]"), (there + np.timedelta64(1, "M")).astype("datetime64[D]")
    wanted = begins + (days - begun.astype("datetime64[D]"))
    earlier: npt.NDArray[np.datetime64] = np.minimum(wanted, ends - np.timedelta64(1, "D"))
    return earlier
