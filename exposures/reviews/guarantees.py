"""The guarantees of a book by arrays: who gave them, on which lines, how much, and whether they are cover."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.allocation import COMPONENTS, VIAS
from exposures.book import Basis
from exposures.labels import Labels
from exposures.reviews.claims import X_PARTS, Claims
from exposures.reviews.grouped import Places, money_by

#: Who gave a guarantee: the node of a guarantor's id, name and country (None: not given).
Giver = Callable[[str | None, str | None, str | None], str]
_COLUMNS = ("guarantor_id", "guarantor_name", "guarantor_country")


@dataclass(frozen=True, eq=False)
class Guarantees:
    """Guaranteed lines in order: `giver` are places in `givers`, which are sorted, `lines` places in Claims.lines,
    `minor` the amount in the line's minor unit; what is not `eligible` is no cover.
    """

    claims: Claims
    givers: tuple[str, ...]
    giver: Places
    lines: Places
    minor: npt.NDArray[np.int64]
    eligible: npt.NDArray[np.bool_]

    @cached_property
    def amounts(self) -> list[Decimal]:
        """What each giver guarantees in all."""
        return money_by(self.claims, self.giver, len(self.givers), self.lines, self.minor[None])[0]

    def by_giver(self) -> list[Places]:
        """The lines that each giver guarantees."""
        order = np.argsort(self.giver, kind="stable")
        ends = np.searchsorted(self.giver[order], np.arange(len(self.givers) + 1)).tolist()
        return [self.lines[order[start:end]] for start, end in pairwise(ends)]

    def sums(self, labels: Labels) -> dict[tuple[str, str], Decimal]:
        """What each giver guarantees by what the lines say; lines that say nothing are left out."""
        said = labels.codes[self.lines]
        known = said < len(labels.values)
        pairs, group = np.unique(self.giver[known] * (len(labels.values) + 1) + said[known], return_inverse=True)
        sums = money_by(self.claims, group, len(pairs), self.lines[known], self.minor[known][None])[0]
        givers, codes = (part.tolist() for part in np.divmod(pairs, len(labels.values) + 1))
        return {
            (self.givers[giver], labels.values[code]): amount
            for giver, code, amount in zip(givers, codes, sums, strict=True)
        }


def guarantees(claims: Claims, counted: Places, subjects: Labels, giver_of: Giver) -> Guarantees:
    """The guarantees of the lines at `counted` that somebody else than the debtor gave; `subjects` are the debtors.

    `giver_of` is asked once for each id, name and country together, in the order of the lines.
    """
    given = [claims.book.labels(name).taken(counted) for name in _COLUMNS]
    named = np.flatnonzero(~given[0].missing | ~given[1].missing)
    key = np.zeros(len(named), dtype=np.int64)
    for labels in given:
        key = key * (len(labels.values) + 1) + labels.codes[named]
    who, _ = pd.factorize(key)  # in the order of the lines
    _, first = np.unique(who, return_index=True)
    nodes = [giver_of(*(labels.key(int(labels.codes[at])) for labels in given)) for at in named[first].tolist()]
    code_of = {subject: code for code, subject in enumerate((*subjects.values, ""))}
    own = np.array([code_of.get(node, -1) for node in nodes], dtype=np.int64)[who] == subjects.codes[counted[named]]
    who, lines = who[~own], counted[named[~own]]
    givers = tuple(sorted({nodes[at] for at in np.unique(who).tolist()}))
    place = {node: at for at, node in enumerate(givers)}
    giver = np.array([place.get(node, -1) for node in nodes], dtype=np.int64)[who]
    eligible, minor = _covered(claims)
    eligible, minor = eligible[lines], minor[lines]
    minor[~eligible] = _named(claims, lines[~eligible])
    return Guarantees(claims, givers, giver, lines, minor, eligible)


def _covered(claims: Claims) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Which claims a guarantee covers, and how much of their X it moves."""
    pieces = claims.book.allocation(Basis.GUARANTOR)
    moved = np.flatnonzero(pieces.via == VIAS.index("guarantee"))
    parts = [COMPONENTS.index(name) for name in X_PARTS]
    lines, amounts = pieces.lines[moved], pieces.amounts[moved][:, parts].sum(axis=1)
    eligible, minor = np.zeros(len(claims.lines), dtype=bool), np.zeros(len(claims.lines), dtype=np.int64)
    eligible[lines] = True
    np.add.at(minor, lines, amounts)
    return eligible, minor


def _named(claims: Claims, lines: Places) -> npt.NDArray[np.int64]:
    """What guarantees that are no cover may ask of their guarantors, in the lines' minor units."""
    names = ["x", "guarantee_percent", "guarantee_cap"]
    told = claims.lines.some(names, lines)
    asked, percent, cap = (told[name] for name in names)
    whole: npt.NDArray[np.int64] = asked.to_numpy(dtype=np.int64).copy()
    for at in np.flatnonzero(percent.notna()).tolist():
        whole[at] = int(int(whole[at]) * Decimal(repr(float(percent.iat[at]))) / 100)
    capped = cap.notna().to_numpy(dtype=bool)
    whole[capped] = np.minimum(whole[capped], cap[capped].to_numpy(dtype=np.int64))
    return whole
