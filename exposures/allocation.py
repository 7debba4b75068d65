"""From the immediate counterparty's country to the guarantor's: where the risk of each claim ends (CALCULATIONS 2).

All in int64 minor units of each line's currency, so that nothing is lost or made: whatever a rule would move in
fractions of a minor unit stays with who owes.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.held import Held
from exposures.labels import Labels, merged

Minor = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

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
#: The countries to which a claim may move, in the order in which they take.
_ELSEWHERE = ("collateral_country", "guarantor_country", "head_office_country", "risk_country")


@dataclass(frozen=True, slots=True)
class Factors:
    """Conversion factors and haircuts as ratios; a haircut of None is the bank's and unset: it moves nothing."""

    undrawn: Decimal = Decimal(1)
    contingent: Decimal = Decimal(1)
    cash_haircut: Decimal = Decimal(0)
    securities_haircut: Decimal | None = None


#: As shipped.
FACTORS = Factors()


#: By what a piece came to its country.
VIAS = ("immediate", "collateral", "guarantee", "branch", "override")


@dataclass(frozen=True, eq=False)
class Allocation:
    """Every claim's amounts by the country they fall to: a row of each array is a piece.

    `lines` are places among the claims, `via` places in VIAS, `amounts` has the columns of COMPONENTS. `single` says
    that every line has one piece. `ineligible` counts lines that name a guarantor or an override which may not move
    the risk. `possible` is False where no line carries the fields at all.
    """

    lines: Minor
    country: Labels
    via: npt.NDArray[np.int8]
    amounts: Minor
    single: bool
    ineligible: int = 0
    possible: bool = False

    @property
    def moved(self) -> bool:
        """Whether pieces stand in another order, or number, than the lines."""
        return not self.single or bool(self.via.any())

    @cached_property
    def pieces(self) -> pd.DataFrame:
        """The same as a frame: line, country (missing where nothing says), via and COMPONENTS."""
        countries = np.array([*self.country.values, np.nan], dtype=object)[self.country.codes]
        columns = {
            "line": self.lines,
            "country": pd.array(countries, dtype="str"),
            "via": pd.array(np.array(VIAS, dtype=object)[self.via], dtype="str"),
        }
        return pd.DataFrame(columns | {name: self.amounts[:, place] for place, name in enumerate(COMPONENTS)})


def immediate(
    lines: pd.DataFrame | Held,
    factors: Factors = FACTORS,
    market: Minor | None = None,
    pending: Minor | None = None,
) -> Allocation:
    """Every claim in the country of who owes; `market` and `pending` as in `allocate`."""
    held = _held(lines)
    return _staying(held.labels("country"), _claims(held, factors, market, pending))


def allocate(
    lines: pd.DataFrame | Held,
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
    held = _held(lines)
    claims = _claims(held, factors, market, pending)
    country, collateral, guarantor, head_office, override = merged(
        [held.labels(name) for name in ("country", *_ELSEWHERE)]
    )
    eligible = _eligible_guarantee(held, on, ~guarantor.missing)
    branch = held.flags("dependent_branch") & ~head_office.missing
    reasoned = ~override.missing & ~held.labels("risk_country_reason").missing
    named = ~guarantor.missing | ~held.labels("guarantor_name").missing
    ineligible = int(((named & ~eligible) | (~override.missing & ~reasoned)).sum())
    possible = any(held.says(name) for name in (*ELIGIBILITY, "dependent_branch")) or not (
        override.missing.all() and collateral.missing.all()
    )

    rest = claims
    found = []
    worth = np.where(collateral.missing, 0, _collateral(held, factors))
    if (some := np.flatnonzero(worth > 0)).size or eligible.any():
        rest = claims.copy(order="F")
        found.append(_moved(rest, some, collateral, "collateral", worth[some], np.full(len(some), _ALL)))
        some = np.flatnonzero(eligible)
        covers_undrawn = held.flags("guarantee_covers_undrawn")[some]
        cover = _cover(held.taken(some), _rows(claims, some), covers_undrawn)
        found.append(_moved(rest, some, guarantor, "guarantee", cover, np.where(covers_undrawn, _ALL, _DRAWN)))
    moved = reasoned & ~branch
    for flags, where, via in ((branch, head_office, "branch"), (moved, override, "override")):
        some = np.flatnonzero(flags & _any(rest))
        found.append((some, where.codes[some], via, _rows(rest, some)))
    if not any(len(part[0]) for part in found):
        staying = _staying(country, claims)
        return replace(staying, ineligible=ineligible, possible=possible)

    # A line without any amount stays where it is, so that lines are counted alike on both bases.
    left = (_any(rest) & ~branch & ~moved) | ~_any(claims)
    stays = np.flatnonzero(left)
    found.append((stays, country.codes[stays], "immediate", rest if left.all() else _rows(rest, stays)))
    pieces = _joined([part[3] for part in found])
    if (before := _sums(claims)) != (after := _sums(pieces)):
        raise ArithmeticError(f"the two bases differ: {before} against {after}")
    return Allocation(
        np.concatenate([part[0] for part in found]),
        Labels(np.concatenate([part[1] for part in found]), country.values),
        np.concatenate([np.full(len(part[0]), VIAS.index(part[2]), dtype=np.int8) for part in found]),
        pieces,
        len(pieces) == len(claims),
        ineligible,
        possible,
    )


def amounts(lines: pd.DataFrame, name: str) -> Minor:
    """A money column as int64; an amount that is not given adds nothing."""
    if name not in lines:
        return np.zeros(len(lines), dtype="int64")
    column: Minor = lines[name].fillna(0).to_numpy(dtype="int64")
    return column


def _claims(lines: Held, factors: Factors, market: Minor | None, pending: Minor | None) -> Minor:
    claims: Minor = np.zeros((len(lines), _ALL), dtype=np.int64, order="F")
    for place, name in enumerate(COMPONENTS):
        if lines.says(name):
            claims[:, place] = lines.amounts(name)
    # Without an enforceable netting set a debt of one derivative does not reduce the claim of another.
    if market is not None:
        claims[:, 2] = market
    elif lines.says(COMPONENTS[2]):
        claims[:, 2] = np.maximum(claims[:, 2], 0)
    for place, ratio in ((3, factors.undrawn), (4, factors.contingent)):
        if ratio != 1:
            claims[:, place] = _times(claims[:, place], ratio)
    if pending is not None:
        claims[:, 5] = pending
    # earlier stages count 0 % [choice]
    claims[lines.labels("stage").are("planned"), 5] = 0
    return claims


def _times(amounts: Minor, ratio: Decimal | Minor) -> Minor:
    """Amount times ratio without overflow, cut toward zero at the minor unit."""
    parts = np.asarray(ratio if isinstance(ratio, np.ndarray) else int(ratio * _MILLION), dtype=np.int64)
    whole, rest = np.divmod(np.abs(amounts), _MILLION)
    product: Minor = np.sign(amounts) * (whole * parts + rest * parts // _MILLION)
    return product


def _take(rest: Minor, amount: Minor, width: Minor) -> Minor:
    """Move up to `amount` of each row out of the first `width` parts of `rest`, in order; returns what was taken."""
    taken = np.zeros(rest.shape, dtype=np.int64, order="F")
    left = amount.copy()
    for column in range(rest.shape[1]):
        part = np.where(column < width, np.clip(left, 0, np.maximum(rest[:, column], 0)), 0)
        taken[:, column] = part
        rest[:, column] -= part
        left -= part
    return taken


#: The lines of pieces, the codes of their countries, how they came there, and what they hold.
_Part = tuple[Minor, npt.NDArray[np.int32], str, Minor]


def _moved(rest: Minor, some: Minor, country: Labels, via: str, amount: Minor, width: Minor) -> _Part:
    """Take amounts out of some rows of `rest`, which is changed."""
    part = _rows(rest, some)
    taken = _take(part, amount, width)
    for column in range(_ALL):
        rest[some, column] = part[:, column]
    kept = np.flatnonzero(_any(taken))
    return some[kept], country.codes[some[kept]], via, _rows(taken, kept)


def _rows(claims: Minor, some: Minor) -> Minor:
    """Some rows; amounts lie column by column, so that a column without any costs little."""
    found: Minor = np.empty((len(some), _ALL), dtype=np.int64, order="F")
    for column in range(_ALL):
        np.take(claims[:, column], some, out=found[:, column])
    return found


def _joined(parts: list[Minor]) -> Minor:
    """The rows of several, one after the other."""
    found: Minor = np.empty((sum(map(len, parts)), _ALL), dtype=np.int64, order="F")
    for column in range(_ALL):
        np.concatenate([part[:, column] for part in parts], out=found[:, column])
    return found


def _sums(claims: Minor) -> list[int]:
    return [int(claims[:, column].sum()) for column in range(_ALL)]


def _any(claims: Minor) -> Flags:
    """Which rows hold any amount."""
    found = np.zeros(len(claims), dtype=bool)
    for column in range(claims.shape[1]):
        found |= claims[:, column] != 0
    return found


def _collateral(lines: Held, factors: Factors) -> Minor:
    if not lines.says("collateral_value"):
        return np.zeros(len(lines), dtype=np.int64)
    value, kind = lines.amounts("collateral_value"), lines.labels("collateral_kind")
    cash = np.where(kind.are("cash"), _times(value, 1 - factors.cash_haircut), 0)
    if factors.securities_haircut is None:
        return cash
    return np.where(kind.are("securities"), _times(value, 1 - factors.securities_haircut), cash)


def _eligible_guarantee(lines: Held, on: date, given: Flags) -> Flags:
    eligible = given.copy()
    for name in ELIGIBILITY:
        eligible &= lines.flags(name)
    # the rest is asked only of the lines that are left
    some = np.flatnonzero(eligible)
    part = lines.taken(some)
    stated = ~np.isnan(part.ratios("guarantee_percent")) | ~np.isnan(part.ratios("guarantee_cap"))
    soonest = np.datetime64((pd.Timestamp(on) + pd.DateOffset(months=SHORTEST_COVER_MONTHS)).date())
    ends = part.days("guarantee_end")
    eligible[some] = stated & (np.isnat(ends) | (ends >= soonest))
    return eligible


def _cover(lines: Held, claims: Minor, covers_undrawn: Flags) -> Minor:
    """`min(percentage × covered amount, cap)`; a percentage or a cap that is not given does not bind."""
    covered = np.where(covers_undrawn, claims.sum(axis=1), claims[:, :_DRAWN].sum(axis=1))
    percent = np.nan_to_num(lines.ratios("guarantee_percent"), nan=100.0).clip(0.0, 100.0)
    by_percent = _times(covered, np.rint(percent * (_MILLION // 100)).astype("int64"))
    uncapped = np.isnan(lines.ratios("guarantee_cap"))
    cap = np.where(uncapped, np.iinfo("int64").max, lines.amounts("guarantee_cap"))
    cover: Minor = np.maximum(np.minimum(by_percent, cap), 0)
    return cover


def _staying(country: Labels, claims: Minor) -> Allocation:
    count = len(claims)
    return Allocation(np.arange(count), country, np.zeros(count, dtype=np.int8), claims, single=True)


def _held(lines: pd.DataFrame | Held) -> Held:
    return lines if isinstance(lines, Held) else Held.of(lines)
