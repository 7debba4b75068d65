"""Renewals (续作): what is pending on a line that replaces another counts with its increase (CALCULATIONS 1.6).

`P = max(0, new − replaced)` if the old facility ends on or before the new one starts, otherwise `P = new`. What is
replaced is X of the old line, `D + f_u·U + f_c·C + M`: what it already uses of its limits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

import numpy as np
import pandas as pd

from exposures import allocation, rates
from exposures.allocation import Factors, Minor
from exposures.currencies import from_minor, minor_units
from exposures.lines import counterparty_keys
from exposures.sums import EXACT

#: What makes X of a line.
_USED = allocation.COMPONENTS[:5]


class Standing(StrEnum):
    """How a renewal counts, and why."""

    INCREASE = "increase"
    UNKNOWN_LINE = "unknown_line"  # the book has no line of that number
    OTHER_PARTY = "other_party"  # the old line is another's, or a debt of the bank
    OVERLAPS = "overlaps"  # the old line ends after the new one starts
    NO_DATES = "no_dates"  # an end or a start is missing
    NO_RATE = "no_rate"  # of one of two currencies


@dataclass(frozen=True, slots=True)
class Renewal:
    """One line that names what it replaces, by places in the lines; amounts in minor units of the new line's currency.

    `new` is what is pending on it, `increase` what of that counts; `old` is None where the book has no such line.
    """

    place: int
    replaces: str
    old: int | None
    standing: Standing
    new: int
    increase: int


def renewals(
    lines: pd.DataFrame, of_rates: Mapping[str, Decimal], currency: str, factors: Factors, market: Minor
) -> tuple[Renewal, ...]:
    """Every line of the asset side that names another one, in the order of the lines.

    `market` is M of each line after netting. What is replaced is taken off once, however many lines name it: first from
    those that count, then from those that are only planned.
    """
    named = (lines["replaces_line_id"].notna() & (lines["side"] != "liability")).to_numpy(dtype=bool)
    places = np.flatnonzero(named)
    if not len(places):
        return ()
    wanted = set(lines["replaces_line_id"].iloc[places])
    held = np.flatnonzero(lines["line_id"].isin(wanted).to_numpy(dtype=bool)).tolist()
    known = {str(lines["line_id"].iat[place]): place for place in reversed(held)}
    owing = counterparty_keys(lines)
    replaced = _used(lines, sorted(known.values()), factors, market)
    pending = allocation.amounts(lines, "pending")
    planned = (lines["stage"] == "planned").to_numpy(dtype=bool)
    found: dict[int, Renewal] = {}
    for place in sorted(places.tolist(), key=lambda place: bool(planned[place])):
        name, new = str(lines["replaces_line_id"].iat[place]), int(pending[place])
        old = known.get(name)
        standing = Standing.UNKNOWN_LINE if old is None else _standing(lines, owing, place, old)
        increase = new
        if old is not None and standing is Standing.INCREASE:
            code, other = lines["currency"].iat[place], lines["currency"].iat[old]
            here = _converted(replaced[old], other, code, of_rates, currency)
            if here is None:
                standing = Standing.NO_RATE
            else:
                increase = max(0, new - here)
                used = _converted(min(new, here), code, other, of_rates, currency) or 0
                replaced[old] = 0 if new >= here else max(0, replaced[old] - used)
        found[place] = Renewal(place, name, old, standing, new, increase)
    return tuple(found[place] for place in places.tolist())


def counted(lines: pd.DataFrame, found: tuple[Renewal, ...]) -> Minor:
    """What is pending on every line, renewals with their increase alone."""
    pending = allocation.amounts(lines, "pending").copy()
    for one in found:
        pending[one.place] = one.increase
    return pending


def _used(lines: pd.DataFrame, places: list[int], factors: Factors, market: Minor) -> dict[int, int]:
    """X of some lines by their places."""
    pieces = allocation.immediate(lines.iloc[places], factors, market[places]).pieces
    amounts = pieces[list(_USED)].to_numpy(dtype=object).sum(axis=1)
    return {places[at]: max(0, int(amount)) for at, amount in zip(pieces["line"].tolist(), amounts, strict=True)}


def _standing(lines: pd.DataFrame, owing: "pd.Series[str]", place: int, old: int) -> Standing:
    """Whether the new line takes the old one's place: the same debtor, and the old one ends in time."""
    mine, theirs = owing.iat[place], owing.iat[old]
    if place == old or pd.isna(mine) or mine != theirs or lines["side"].iat[old] == "liability":
        return Standing.OTHER_PARTY
    ends, starts = lines["maturity"].iat[old], lines["available_from"].iat[place]
    starts = lines["signing_date"].iat[place] if pd.isna(starts) else starts
    if pd.isna(ends) or pd.isna(starts):
        return Standing.NO_DATES
    return Standing.INCREASE if ends <= starts else Standing.OVERLAPS


def _converted(amount: int, code: str, to: str, of_rates: Mapping[str, Decimal], currency: str) -> int | None:
    """An amount in minor units of another currency, cut at the minor unit; None without a rate."""
    if code == to:
        return amount
    one, other = rates.worth(code, currency, of_rates), rates.worth(to, currency, of_rates)
    if one is None or other is None:
        return None
    worth = EXACT.divide(EXACT.multiply(from_minor(amount, code), one), other)
    return int(worth.scaleb(minor_units(to)).to_integral_value(ROUND_FLOOR))
