"""Netting (净额结算): in one legally enforceable set debts reduce claims, never below zero (CALCULATIONS 2).

A set counts once for each counterparty and booking entity. Every line of it has to say that setting off is
enforceable; one that does not keeps the whole set gross. Only `market_exposure` is netted, never a deposit.
"""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

import numpy as np
import pandas as pd

from exposures import allocation, rates
from exposures.allocation import Minor
from exposures.currencies import from_minor, minor_units
from exposures.lines import counterparty_keys
from exposures.sums import EXACT, added


def netted(
    lines: pd.DataFrame, of_rates: Mapping[str, Decimal], currency: str = "USD", *, across: bool = True
) -> Minor:
    """What each line's claim on a counterparty comes to after netting, in minor units of its currency; never negative.

    A line of the asset side with a negative value, and one of the liability side with a positive one, is a debt. Claims
    are reduced in the order of the lines; debts of another currency at the book's rates, and not at all without one or
    where not `across` currencies.
    """
    return _left(lines, _owed(lines), of_rates, currency, across=across)


def owed(lines: pd.DataFrame, of_rates: Mapping[str, Decimal], currency: str = "USD", *, across: bool = True) -> Minor:
    """What each line's debt to a counterparty comes to after the same netting, in minor units; never negative."""
    return _left(lines, -_owed(lines), of_rates, currency, across=across)


def set_off(lines: pd.DataFrame, claims: Minor) -> Minor:
    """By how much netting has reduced each line's claim to what is left in `claims`, in minor units."""
    reduced: Minor = np.maximum(_owed(lines), 0) - claims
    return reduced


def _owed(lines: pd.DataFrame) -> Minor:
    """The value of every line to the bank: negative where the bank owes it."""
    value = allocation.amounts(lines, "market_exposure")
    signed: Minor = np.where((lines["side"] == "liability").to_numpy(dtype=bool), -value, value)
    return signed


def _left(lines: pd.DataFrame, owed: Minor, of_rates: Mapping[str, Decimal], currency: str, *, across: bool) -> Minor:
    """The positive values after the negative ones of their set are taken off them."""
    claims: Minor = np.maximum(owed, 0)
    for places in _sets(lines):
        debts = [(int(-owed[place]), lines["currency"].iat[place]) for place in places if owed[place] < 0]
        if debts:
            _reduce(
                claims,
                [place for place in places if owed[place] > 0],
                debts,
                lines,
                of_rates if across else None,
                currency,
            )
    return claims


def gross(lines: pd.DataFrame) -> tuple[str, ...]:
    """The netting sets that are kept gross since not every line says that they are enforceable, by name."""
    named = lines["netting_set"].notna().to_numpy(dtype=bool)
    enforceable = lines["netting_enforceable"].fillna(False).to_numpy(dtype=bool)
    return tuple(sorted({str(name) for name in lines["netting_set"][named & ~enforceable]}))


def _sets(lines: pd.DataFrame) -> list[list[int]]:
    """The places of the lines of every set that is enforceable throughout."""
    if "netting_set" not in lines or not lines["netting_set"].notna().any():
        return []
    places = np.flatnonzero(lines["netting_set"].notna().to_numpy(dtype=bool))
    part = lines.iloc[places]
    keys = zip(part["netting_set"], counterparty_keys(part), part["booking_entity"].fillna(""), strict=True)
    enforceable = part["netting_enforceable"].fillna(False).to_numpy(dtype=bool)
    found: dict[tuple[str, ...], list[int]] = {}
    broken = set()
    for place, key, holds in zip(places.tolist(), keys, enforceable, strict=True):
        if pd.isna(key[1]) or pd.isna(lines["currency"].iat[place]):
            continue
        found.setdefault(key, []).append(place)
        if not holds:
            broken.add(key[0])
    return [held for key, held in found.items() if key[0] not in broken]


def _reduce(
    claims: Minor,
    places: list[int],
    debts: list[tuple[int, str]],
    lines: pd.DataFrame,
    of_rates: Mapping[str, Decimal] | None,
    currency: str,
) -> None:
    """Take the debts off the claims in place: first those of the same currency, exactly, then the rest at the rates.

    Rates of None leave what is left of another currency as it is.
    """
    left: dict[str, int] = {}
    for amount, code in debts:
        left[code] = left.get(code, 0) + amount
    for place in places:
        code = lines["currency"].iat[place]
        taken = min(int(claims[place]), left.get(code, 0))
        claims[place] -= taken
        if taken:
            left[code] -= taken
    if of_rates is None:
        return
    rest = added(
        EXACT.multiply(from_minor(amount, code), rate)
        for code, amount in left.items()
        if (rate := rates.worth(code, currency, of_rates)) is not None
    )
    for place in places:
        code = lines["currency"].iat[place]
        rate = rates.worth(code, currency, of_rates)
        if rate is None or not rest:
            continue
        value = EXACT.multiply(from_minor(int(claims[place]), code), rate)
        if value <= rest:
            rest = EXACT.subtract(rest, value)
            claims[place] = 0
        else:
            minor = EXACT.divide(value - rest, rate).scaleb(minor_units(code))
            claims[place] = int(minor.to_integral_value(ROUND_CEILING))
            rest = Decimal(0)
