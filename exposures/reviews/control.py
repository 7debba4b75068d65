"""The control total of a list of claims: every line of the book stands in exactly one part."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.flags import EmSet
from exposures.labels import Flags
from exposures.reviews.claims import Claims
from exposures.reviews.review_list import Part

#: Some lines by their positions.
Positions = Collection[int] | npt.NDArray[np.int64]


def counted(claims: Claims) -> pd.DataFrame:
    """The claims that can be listed: live and with a rate."""
    return claims.counted


def parts(
    claims: Claims,
    em_set: EmSet,
    *,
    shown: Positions,
    listed: Decimal,
    adjusted: str,
    left_out: Sequence[tuple[str, Positions]],
) -> tuple[Part, ...]:
    """`shown` are the lines of the items, which say `listed` in sum; what that differs from the lines' own X is the
    part `adjusted`. `left_out` are lines with the case why they are in no item: the first that holds.
    """
    live, converted = (claims.measured[name] for name in ("live", "converted"))
    mine = _marked(claims, shown) & claims.able
    left = claims.able & ~mine
    found = [Part("items", int(mine.sum()), claims.subjects_in(mine), listed)]
    if difference := claims.total_in(mine) - listed:
        found.append(Part(adjusted, 0, 0, difference))
    rest = [(case, _marked(claims, some)) for case, some in left_out]
    emerging = _marked(claims, claims.where.lines[claims.where.inside(em_set)])
    for case, some in (*rest, ("not_flagged", emerging), ("outside", left)):
        kept = left & some
        left = left & ~kept
        found.append(_part(claims, case, kept))
    found.append(_part(claims, "not_live", ~live, ~live & converted))
    lost = live & ~converted
    found.append(Part("not_converted", int(lost.sum()), claims.subjects_in(lost), None))
    found.append(Part("liabilities", claims.book.count - len(claims.lines), 0, None))
    return tuple(found)


#: Every list of a making ends with the same summary.
_SUMMARIES: WeakKeyDictionary[Claims, dict[tuple[EmSet, frozenset[str]], tuple[Part, ...]]] = WeakKeyDictionary()


def summary(claims: Claims, flagged: Mapping[str, object], em_set: EmSet) -> tuple[Part, ...]:
    """The emerging markets that are not flagged, by immediate country: live lines, subjects and X."""
    known, asked = _SUMMARIES.setdefault(claims, {}), (em_set, frozenset(flagged))
    if asked not in known:
        country = claims.book.labels("country")
        found = [
            replace(_part(claims, "country", claims.able & country.are(code)), country=code)
            for code in country.values
            if code not in flagged and code in em_set
        ]
        known[asked] = tuple(sorted((part for part in found if part.lines), key=lambda part: -(part.amount or 0)))
    return known[asked]


def _marked(claims: Claims, positions: Positions) -> Flags:
    found = np.zeros(len(claims.lines), dtype=bool)
    if not isinstance(positions, np.ndarray):
        positions = np.fromiter(positions, dtype=np.int64, count=len(positions))
    found[positions] = True
    return found


def _part(claims: Claims, case: str, kept: Flags, added: Flags | None = None) -> Part:
    """The part of some lines; `added` are those of them whose X can be added up, where that is not all."""
    amount = claims.total_in(kept if added is None else added)
    return Part(case, int(kept.sum()), claims.subjects_in(kept), amount)
