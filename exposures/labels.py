"""Texts of many lines by their places in a short list, and exact sums by them: what is compared is never a text."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.sums import SAFE_SUM

Codes = npt.NDArray[np.int32]
Minor = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
#: So many groups are numbered without a table of hashes, at least.
_FEW = 100_000
_SHORT, _NARROW = np.iinfo("uint16").max, np.iinfo("int32").max


@dataclass(frozen=True, slots=True)
class Labels:
    """A column: `codes` are places in `values`, which are sorted; what is missing has the place after the last."""

    codes: Codes
    values: tuple[str, ...]

    @classmethod
    def of(cls, column: pd.Series) -> "Labels":
        """The labels of a column of texts."""
        codes, found = pd.factorize(column.to_numpy(dtype=object), use_na_sentinel=True)
        texts = [str(value) for value in found]
        order = sorted(range(len(texts)), key=texts.__getitem__)
        places = np.empty(len(texts) + 1, dtype=np.int32)
        places[order] = np.arange(len(texts), dtype=np.int32)
        places[-1] = len(texts)  # where pandas says -1
        return cls(places[codes], tuple(texts[place] for place in order))

    @classmethod
    def none(cls, count: int) -> "Labels":
        """The labels of lines that say nothing."""
        return cls(np.zeros(count, dtype=np.int32), ())

    def taken(self, places: npt.NDArray[np.int64]) -> "Labels":
        """The labels of some lines, in their order."""
        return Labels(self.codes[places], self.values)

    def or_else(self, other: "Labels") -> "Labels":
        """The other's label in lines where this one has none."""
        if not self.missing.any():
            return self
        one, two = merged((self, other))
        return Labels(np.where(one.missing, two.codes, one.codes), one.values)

    def key(self, code: int) -> str | None:
        """What a place stands for; None for what is missing."""
        return self.values[code] if code < len(self.values) else None

    @property
    def missing(self) -> Flags:
        """Which lines say nothing."""
        found: Flags = self.codes == len(self.values)
        return found

    def are(self, key: str | None) -> Flags:
        """Which lines say `key`; None: nothing."""
        if key is None:
            return self.missing
        place = self.values.index(key) if key in self.values else -1
        found: Flags = self.codes == place
        return found

    def among(self, keys: Container[str]) -> Flags:
        """Which lines say one of these."""
        wanted: Flags = np.array([*(value in keys for value in self.values), False])
        found: Flags = wanted[self.codes]
        return found


def merged(columns: Sequence[Labels]) -> list[Labels]:
    """The same columns over one list of values, so that their codes can be compared."""
    values = tuple(sorted({value for labels in columns for value in labels.values}))
    places = {value: place for place, value in enumerate(values)}
    return [
        Labels(np.array([*map(places.__getitem__, labels.values), len(values)], dtype=np.int32)[labels.codes], values)
        for labels in columns
    ]


def sums(
    labels: Sequence[Labels], amounts: Minor, lines: npt.NDArray[np.int64]
) -> Iterator[tuple[tuple[str | None, ...], tuple[int, ...], int]]:
    """Per combination of labels its keys, the exact sums of each column of `amounts`, and its number of lines.

    One row of each belongs together; `lines` are the places of the lines, of which one may have several rows.
    """
    span = reduce(int.__mul__, (len(label.values) + 1 for label in labels), 1)
    key: npt.NDArray[Any] = np.zeros(len(lines), dtype=np.int32 if span < _NARROW else np.int64)
    for label in labels:
        key *= len(label.values) + 1
        key += label.codes
    group, known = _numbered(key, span)
    added = _added(amounts, group, len(known))
    counts = np.bincount(_first_rows(group, lines), minlength=len(known)).tolist()
    keys = []
    for label in reversed(labels):
        known, codes = np.divmod(known, len(label.values) + 1)
        named = (*label.values, None)
        keys.append([named[code] for code in codes.tolist()])
    rows: Iterable[tuple[str | None, ...]] = zip(*reversed(keys), strict=True) if keys else [()] * len(known)
    yield from zip(rows, added, counts, strict=True)


def distinct(key: npt.NDArray[Any], span: int) -> npt.NDArray[Any]:
    """The numbers below `span` that occur, from the least."""
    return np.unique(key) if span > max(_FEW, len(key)) else np.flatnonzero(np.bincount(key, minlength=span))


def _numbered(key: npt.NDArray[Any], span: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[Any]]:
    """The place of each key among those that occur, and those that occur, from the least."""
    if span > max(_FEW, len(key)):
        group, values = pd.factorize(key, sort=True)
        return group, np.asarray(values)
    known = distinct(key, span)
    places = np.zeros(span, dtype=np.intp)
    places[known] = np.arange(len(known))
    return places[key], known


def _added(amounts: Minor, group: npt.NDArray[np.intp], count: int) -> list[tuple[int, ...]]:
    """The exact sums of each column by group."""
    if np.abs(amounts).sum(dtype=np.float64) >= SAFE_SUM:
        table = pd.DataFrame(amounts).astype(object)  # Python's integers never overflow
        return list(map(tuple, table.groupby(group, sort=True).sum().to_numpy().tolist()))
    if not count:
        return []
    if count == 1:
        return [tuple(amounts.sum(axis=0).tolist())]
    # whole numbers of sixteen bits are put in order by their digits
    order = np.argsort(group.astype(np.uint16), kind="stable") if count <= _SHORT else np.argsort(group)
    begins = np.flatnonzero(np.diff(group[order], prepend=-1))
    columns = []
    for place in range(amounts.shape[1]):
        column = amounts[:, place]
        columns.append(np.add.reduceat(column[order], begins).tolist() if column.any() else [0] * count)
    return list(zip(*columns, strict=True))


def _first_rows(group: npt.NDArray[np.intp], lines: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """The group of every line once for each that it stands in."""
    if len(lines) < 2 or bool((lines[1:] > lines[:-1]).all()):
        return group
    several = np.bincount(lines)[lines] > 1
    if not several.any():
        return group
    width = int(group.max(initial=0)) + 1
    pairs = pd.unique(lines[several] * np.int64(width) + group[several])
    found: npt.NDArray[np.intp] = np.concatenate((group[~several], pairs % width))
    return found
