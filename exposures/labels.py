"""Texts of many lines by their places in a short list, and exact sums by them: what is compared is never a text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.sums import SAFE_SUM

Codes = npt.NDArray[np.int32]
Minor = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


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

    def taken(self, places: npt.NDArray[np.int64]) -> "Labels":
        """The labels of some lines, in their order."""
        return Labels(self.codes[places], self.values)

    def or_else(self, other: "Labels") -> "Labels":
        """The other's label in lines where this one has none."""
        if not self.missing.any():
            return self
        values = tuple(sorted({*self.values, *other.values}))
        places = {value: place for place, value in enumerate(values)}
        one, two = (
            np.array([*(places[value] for value in labels.values), len(values)], dtype=np.int32)[labels.codes]
            for labels in (self, other)
        )
        return Labels(np.where(one == len(values), two, one), values)

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


@dataclass(frozen=True, eq=False)
class Known:
    """A frame of lines, and the labels of its columns of texts, which somebody has made already: `labels(name)`."""

    lines: pd.DataFrame
    labels: Callable[[str], Labels]


def sums(
    labels: Sequence[Labels], amounts: Minor, lines: npt.NDArray[np.int64]
) -> Iterator[tuple[tuple[str | None, ...], tuple[int, ...], int]]:
    """Per combination of labels its keys, the exact sums of each column of `amounts`, and its number of lines.

    One row of each belongs together; `lines` are the places of the lines, of which one may have several rows.
    """
    key = np.zeros(len(lines), dtype=np.int64)
    for label in labels:
        key = key * (len(label.values) + 1) + label.codes
    group, known = pd.factorize(key, sort=True)
    table = pd.DataFrame(amounts)
    if np.abs(amounts).sum(dtype=np.float64) >= SAFE_SUM:
        table = table.astype(object)  # Python's integers never overflow
    added = table.groupby(group, sort=True).sum().to_numpy().tolist()
    counts = np.bincount(_first_rows(group, lines), minlength=len(known)).tolist()
    keys = []
    for label in reversed(labels):
        known, codes = np.divmod(known, len(label.values) + 1)
        named = (*label.values, None)
        keys.append([named[code] for code in codes.tolist()])
    yield from zip(zip(*reversed(keys), strict=True), map(tuple, added), counts, strict=True)


def _first_rows(group: npt.NDArray[np.intp], lines: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """The group of every line once for each that it stands in."""
    if len(lines) < 2 or bool((lines[1:] > lines[:-1]).all()):
        return group
    pairs = pd.unique(lines * np.int64(int(group.max(initial=0)) + 1) + group)
    found: npt.NDArray[np.intp] = pairs % (int(group.max(initial=0)) + 1)
    return found
