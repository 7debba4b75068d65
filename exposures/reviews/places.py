"""Where the lines of a book count: who owes is there, or the risk ends there; by columns, a row a line and country."""

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.allocation import Allocation
from exposures.book import Basis, Book, Measure
from exposures.labels import Flags, Labels

Minor = npt.NDArray[np.int64]


class Place(NamedTuple):
    """A line that counts in a country: its position, whether who owes is there, and the part of X that ends there."""

    line: int
    immediate: bool
    guarantor: int


@dataclass(frozen=True, eq=False)
class Places:
    """By line, then country: `lines` are positions, `immediate` as in Place, `guarantor` in the line's minor unit."""

    lines: Minor
    country: Labels
    immediate: Flags
    guarantor: Minor

    def inside(self, countries: Container[str]) -> Flags:
        """Which rows are in one of these countries."""
        return self.country.among(countries)

    def where(self, kept: Flags) -> "Places":
        """The rows that are kept."""
        return Places(self.lines[kept], self.country.taken(np.flatnonzero(kept)), self.immediate[kept],
                      self.guarantor[kept])  # fmt: skip

    @cached_property
    def by_country(self) -> list[tuple[str, tuple[Place, ...]]]:
        """Each country that has rows, in their order, with its rows as plain values."""
        found = []
        for code, name in enumerate(self.country.values):
            mine = np.flatnonzero(self.country.codes == code)
            if len(mine):
                columns = (part[mine].tolist() for part in (self.lines, self.immediate, self.guarantor))
                found.append((name, tuple(map(Place, *columns))))
        return found

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The same as a frame: line, country, immediate, guarantor."""
        names = np.array([*self.country.values, None], dtype=object)[self.country.codes]
        columns = {"line": self.lines, "country": pd.array(names, dtype="str")}
        return pd.DataFrame(columns | {"immediate": self.immediate, "guarantor": self.guarantor})


class Standing(NamedTuple):
    """What stands where in a book, by its claims: X in minor units, which can be listed (live, with a rate), places."""

    x: Minor
    able: Flags
    where: Places


def standing(book: Book) -> Standing:
    """All of it from the columns of a book; no frame is made."""
    x = _x(book.allocation(Basis.IMMEDIATE))
    ended = book.allocation(Basis.GUARANTOR)
    where = _places(book.labels("country"), ended, _x(ended))
    return Standing(x, book.alive & converted(book), where)


def converted(book: Book) -> Flags:
    """Which claims have a rate."""
    currency = book.labels("currency")
    found: Flags = np.array([*(book.rate(code) is not None for code in currency.values), False])[currency.codes]
    return found


def _x(found: Allocation) -> Minor:
    x: Minor = found.amounts[:, : len(Measure.DRAWN_UNDRAWN.components)].sum(axis=1)
    return x


def _places(owing: Labels, ended: Allocation, x: Minor) -> Places:
    """`owing` is the country of who owes each line, `ended` where the risk ends, with X of each of its pieces."""
    values = tuple(sorted({*owing.values, *ended.country.values}))
    at = {value: place for place, value in enumerate(values)}
    codes = [
        np.array([*(at[value] for value in labels.values), -1], dtype=np.int64)[labels.codes]
        for labels in (owing, ended.country)
    ]
    lines = np.concatenate([np.arange(len(owing.codes)), ended.lines])
    code = np.concatenate(codes)
    said = np.flatnonzero(code >= 0)
    key = lines[said] * len(values) + code[said]
    order = said[np.argsort(key, kind="stable")]
    lines, code = lines[order], code[order]
    first = np.flatnonzero(np.r_[True, (lines[1:] != lines[:-1]) | (code[1:] != code[:-1])][: len(order)])
    owes = order < len(owing.codes)
    ends = np.concatenate([np.zeros(len(owing.codes), dtype=np.int64), x])[order]
    if not len(first):
        return Places(lines, Labels(code.astype(np.int32), values), owes, ends)
    return Places(
        lines[first],
        Labels(code[first].astype(np.int32), values),
        np.logical_or.reduceat(owes, first),
        np.add.reduceat(ends, first),
    )
