"""From the immediate counterparty's country to the guarantor's: where the risk of each claim ends (CALCULATIONS 2).

All in int64 minor units of each line's currency, so that nothing is lost or made: whatever a rule would move in
fractions of a minor unit stays with who owes.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

Minor = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.object_]

#: The parts of a claim, in the order in which cover eats into them: D, M, then f·U, f·C, then P (CALCULATIONS 1.4).
COMPONENTS = ("outstanding", "accrued_interest", "market_exposure", "undrawn", "contingent", "pending")
#: What a guarantee covers that does not say "covers undrawn".
_DRAWN = 3
_ALL = len(COMPONENTS)
#: Percentages are held to a millionth, so that amounts are multiplied as integers.
_MILLION = 10**6
#: Cover that ends sooner counts zero [choice].
SHORTEST_COVER_MONTHS = 3
ELIGIBILITY = ("guarantee_explicit", "guarantee_irrevocable", "guarantee_unconditional", "guarantee_in_force")


@dataclass(frozen=True, slots=True)
class Factors:
    """Conversion factors and haircuts as ratios; a haircut of None is the bank's and unset: it moves nothing."""

    undrawn: Decimal = Decimal(1)
    contingent: Decimal = Decimal(1)
    cash_haircut: Decimal = Decimal(0)
    securities_haircut: Decimal | None = None


#: As shipped.
FACTORS = Factors()


@dataclass(frozen=True, slots=True)
class Allocation:
    """Every claim's amounts by the country they fall to.

    `pieces`: `line` (place in the frame), `country` (missing where nothing says), `via` (immediate, collateral,
    guarantee, branch or override) and COMPONENTS. `ineligible` counts lines that name a guarantor or an override
    which may not move the risk. `possible` is False where no line carries the fields at all.
    """

    pieces: pd.DataFrame
    ineligible: int = 0
    possible: bool = False


def immediate(
    lines: pd.DataFrame, factors: Factors = FACTORS, market: Minor | None = None, pending: Minor | None = None
) -> Allocation:
    """Every claim in the country of who owes; `market` and `pending` as in `allocate`."""
    claims = _claims(lines, factors, market, pending)
    return Allocation(_pieces(np.arange(len(lines)), _codes(lines, "country"), "immediate", claims))


def allocate(
    lines: pd.DataFrame,
    on: date,
    factors: Factors = FACTORS,
    market: Minor | None = None,
    pending: Minor | None = None,
) -> Allocation:
    """Collateral, guarantee, branch, override, then the immediate country, until nothing of a line is left.

    `market` is M of each line after netting (`exposures.netting.netted`); None: nothing is netted. `pending` is P
    of each line with renewals counted by their increase (`exposures.renewals.counted`); None: as the lines say.
    Raises ArithmeticError if the totals of the two bases differ: that is a fault, not a note.
    """
    claims = _claims(lines, factors, market, pending)
    rest = claims.copy()
    places = np.arange(len(lines))
    found = []

    held = _codes(lines, "collateral_country")
    taken = _take(rest, np.where(_given(held), _collateral(lines, factors), 0))
    found.append(_moved(places, held, "collateral", taken))

    guarantor = _codes(lines, "guarantor_country")
    eligible = _eligible_guarantee(lines, on)
    covers_undrawn = _flag(lines, "guarantee_covers_undrawn")
    cover = np.where(eligible, _cover(lines, claims, covers_undrawn), 0)
    taken = _take(rest, cover, np.where(covers_undrawn, _ALL, _DRAWN))
    found.append(_moved(places, guarantor, "guarantee", taken))

    head_office = _codes(lines, "head_office_country")
    branch = _flag(lines, "dependent_branch") & _given(head_office)
    override = _codes(lines, "risk_country")
    reasoned = _given(override) & _given(_codes(lines, "risk_country_reason"))
    moved = reasoned & ~branch
    found.append(_moved(places[branch], head_office[branch], "branch", rest[branch]))
    found.append(_moved(places[moved], override[moved], "override", rest[moved]))

    # A line without any amount stays where it is, so that lines are counted alike on both bases.
    empty = ~claims.any(axis=1)
    stays = (rest.any(axis=1) & ~branch & ~moved) | empty
    found.append(_pieces(places[stays], _codes(lines, "country")[stays], "immediate", rest[stays]))

    pieces = pd.concat(found, ignore_index=True)
    after = pieces[list(COMPONENTS)].to_numpy().sum(axis=0)
    if not np.array_equal(before := claims.sum(axis=0), after):
        raise ArithmeticError(f"the two bases differ: {before.tolist()} against {after.tolist()}")
    named = _given(guarantor) | _given(_codes(lines, "guarantor_name"))
    ineligible = (named & ~eligible) | (_given(override) & ~reasoned)
    return Allocation(pieces, int(ineligible.sum()), _possible(lines))


def amounts(lines: pd.DataFrame, name: str) -> Minor:
    """A money column as int64; an amount that is not given adds nothing."""
    if name not in lines:
        return np.zeros(len(lines), dtype="int64")
    column: Minor = lines[name].fillna(0).to_numpy(dtype="int64")
    return column


def _claims(lines: pd.DataFrame, factors: Factors, market: Minor | None, pending: Minor | None) -> Minor:
    claims: Minor = np.column_stack([amounts(lines, name) for name in COMPONENTS])
    # Without an enforceable netting set a debt of one derivative does not reduce the claim of another.
    claims[:, 2] = np.maximum(claims[:, 2], 0) if market is None else market
    claims[:, 3] = _times(claims[:, 3], factors.undrawn)
    claims[:, 4] = _times(claims[:, 4], factors.contingent)
    if pending is not None:
        claims[:, 5] = pending
    claims[:, 5] = np.where(_codes(lines, "stage") == "planned", 0, claims[:, 5])  # earlier stages count 0 % [choice]
    return claims


def _times(amounts: Minor, ratio: Decimal | Minor) -> Minor:
    """Amount times ratio without overflow, cut toward zero at the minor unit."""
    parts = np.asarray(ratio if isinstance(ratio, np.ndarray) else int(ratio * _MILLION), dtype=np.int64)
    whole, rest = np.divmod(np.abs(amounts), _MILLION)
    product: Minor = np.sign(amounts) * (whole * parts + rest * parts // _MILLION)
    return product


def _take(rest: Minor, amount: Minor, width: Minor | int = _ALL) -> Minor:
    """Move up to `amount` of each row out of the first `width` parts of `rest`, in order; returns what was taken."""
    taken = np.zeros_like(rest)
    left = amount.copy()
    for column in range(rest.shape[1]):
        part = np.where(column < width, np.clip(left, 0, np.maximum(rest[:, column], 0)), 0)
        taken[:, column] = part
        rest[:, column] -= part
        left -= part
    return taken


def _collateral(lines: pd.DataFrame, factors: Factors) -> Minor:
    value = amounts(lines, "collateral_value")
    kind = _codes(lines, "collateral_kind")
    cash = np.where(kind == "cash", _times(value, 1 - factors.cash_haircut), 0)
    if factors.securities_haircut is None:
        return cash
    return np.where(kind == "securities", _times(value, 1 - factors.securities_haircut), cash)


def _eligible_guarantee(lines: pd.DataFrame, on: date) -> Flags:
    eligible = _given(_codes(lines, "guarantor_country"))
    for name in ELIGIBILITY:
        eligible &= _flag(lines, name)
    stated = lines["guarantee_percent"].notna() | lines["guarantee_cap"].notna()
    soonest = pd.Timestamp(on) + pd.DateOffset(months=SHORTEST_COVER_MONTHS)
    lasting = lines["guarantee_end"].isna() | (lines["guarantee_end"] >= soonest)
    eligible &= stated.to_numpy(dtype=bool) & lasting.to_numpy(dtype=bool)
    return eligible


def _cover(lines: pd.DataFrame, claims: Minor, covers_undrawn: Flags) -> Minor:
    """`min(percentage × covered amount, cap)`; a percentage or a cap that is not given does not bind."""
    covered = np.where(covers_undrawn, claims.sum(axis=1), claims[:, :_DRAWN].sum(axis=1))
    percent = lines["guarantee_percent"].fillna(100.0).clip(0.0, 100.0).to_numpy()
    by_percent = _times(covered, np.rint(percent * (_MILLION // 100)).astype("int64"))
    cap = lines["guarantee_cap"].fillna(np.iinfo("int64").max).to_numpy(dtype="int64")
    cover: Minor = np.maximum(np.minimum(by_percent, cap), 0)
    return cover


def _possible(lines: pd.DataFrame) -> bool:
    needed = (*ELIGIBILITY, "dependent_branch", "risk_country", "collateral_country")
    return any(bool(lines[name].notna().any()) for name in needed)


def _codes(lines: pd.DataFrame, name: str) -> Codes:
    column: Codes = lines[name].to_numpy(dtype=object, na_value=None)
    return column


def _given(codes: Codes) -> Flags:
    return np.asarray(pd.notna(codes), dtype=bool)


def _flag(lines: pd.DataFrame, name: str) -> Flags:
    column: Flags = lines[name].fillna(False).to_numpy(dtype=bool)
    return column


def _moved(places: Minor, country: Codes, via: str, taken: Minor) -> pd.DataFrame:
    some = taken.any(axis=1)
    return _pieces(places[some], country[some], via, taken[some])


def _pieces(places: Minor, country: Codes, via: str, claims: Minor) -> pd.DataFrame:
    columns = {"line": places, "country": pd.array(country, dtype="str"), "via": pd.array([via] * len(places), "str")}
    return pd.DataFrame(columns | {name: claims[:, place] for place, name in enumerate(COMPONENTS)})
