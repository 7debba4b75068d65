"""The control total of a list of claims: every line of the book stands in exactly one part."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from exposures.flags import EmSet
from exposures.reviews.claims import Claims
from exposures.reviews.review_list import Part


def counted(claims: Claims) -> pd.DataFrame:
    """The claims that can be listed: live and with a rate."""
    lines = claims.lines
    return lines[(lines["live"] & lines["converted"]).to_numpy(dtype=bool)]


def parts(
    claims: Claims,
    em_set: EmSet,
    *,
    shown: Collection[int],
    listed: Decimal,
    adjusted: str,
    left_out: Sequence[tuple[str, Collection[int]]],
) -> tuple[Part, ...]:
    """`shown` are the lines of the items, which say `listed` in sum; what that differs from the lines' own X is the
    part `adjusted`. `left_out` are lines with the case why they are in no item: the first that holds.
    """
    lines, able = claims.lines, counted(claims)
    places = claims.places
    here = places["line"].isin(able.index).to_numpy() & places["country"].map(em_set.__contains__).to_numpy(dtype=bool)
    emerging = set(places.loc[here, "line"])
    left = set(able.index) - set(shown)
    found = [_part(claims, able, "items", set(shown), listed)]
    if difference := claims.total(able.loc[sorted(shown)]) - listed:
        found.append(Part(adjusted, 0, 0, difference))
    for case, some in (*left_out, ("not_flagged", emerging), ("outside", left)):
        kept = left & set(some)
        left -= kept
        found.append(_part(claims, able, case, kept))
    dead = lines[(~lines["live"]).to_numpy(dtype=bool)]
    lost = lines[(lines["live"] & ~lines["converted"]).to_numpy(dtype=bool)]
    dead_amount = claims.total(dead[dead["converted"].to_numpy(dtype=bool)])
    found.append(Part("not_live", len(dead), dead["subject"].nunique(), dead_amount))
    found.append(Part("not_converted", len(lost), lost["subject"].nunique(), None))
    found.append(Part("liabilities", len(claims.book.lines) - len(lines), 0, None))
    return tuple(found)


def summary(claims: Claims, flagged: Mapping[str, object], em_set: EmSet) -> tuple[Part, ...]:
    """The emerging markets that are not flagged, by immediate country: live lines, subjects and X."""
    able = counted(claims)
    here = able[~able["country"].isin(flagged.keys()).to_numpy()]
    found = [
        Part("country", len(lines), int(lines["subject"].nunique()), claims.total(lines), str(country))
        for country, lines in here.groupby("country", sort=True)
        if str(country) in em_set
    ]
    return tuple(sorted(found, key=lambda part: -(part.amount or Decimal(0))))


def _part(
    claims: Claims, able: pd.DataFrame, case: str, positions: Collection[int], amount: Decimal | None = None
) -> Part:
    kept = able.loc[sorted(positions)]
    return Part(case, len(kept), int(kept["subject"].nunique()), claims.total(kept) if amount is None else amount)
