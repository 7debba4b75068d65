"""Columns of cells kept by their distinct values: each value is read and checked once, not each cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

Objects = npt.NDArray[np.object_]
Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
#: Cells in which a column of numbers shows one.
_PEEK = 200


@dataclass(frozen=True, slots=True)
class Coded:
    """A column: `codes[i]` is the place of the i-th cell's value in `values`, -1 where the cell is blank.

    Two values are one only where they are of one type: 1.0 and TRUE are two.
    """

    codes: Codes
    values: Objects

    @property
    def filled(self) -> Mask:
        """Which cells hold something."""
        return self.codes >= 0

    def cells(self) -> Objects:
        """The column cell by cell, None where blank."""
        return spread(self.values, self.codes)

    def take(self, places: Any) -> "Coded":
        """The cells at these places (numbers, a mask or a slice)."""
        return Coded(self.codes[places], self.values)

    def pruned(self) -> "Coded":
        """The same cells without the values that stand in none of them."""
        used = np.zeros(len(self.values) + 1, dtype=bool)
        used[self.codes] = True
        used[-1] = False
        if used[:-1].all():
            return self
        place = np.where(used, np.cumsum(used) - 1, -1).astype(np.int32)
        return Coded(place[self.codes], self.values[used[:-1]])


def spread(values: Any, codes: Codes) -> Objects:
    """values[codes], and None where the code is -1."""
    table = np.empty(len(values) + 1, dtype=object)
    table[: len(values)] = values
    found: Objects = table[codes]  # -1 is the last place, which nothing was put into
    return found


def code(column: Objects) -> Coded:
    """A column of cells by its distinct values, in the order in which they first stand; None and "" are blank.

    A text of nothing but space is blank as well.
    """
    if (numbers := _of_floats(column)) is not None:
        return numbers
    codes, values = pd.factorize(column)
    if np.asarray((values == 0) | (values == 1), dtype=bool).any() and _mixed(column):
        codes, values = _apart(column)
    held = Coded(codes.astype(np.int32), values)
    spaces = [place for place, value in enumerate(values) if value.__class__ is str and not value.strip()]
    if not spaces:
        return held
    blank = np.zeros(len(values), dtype=bool)
    blank[spaces] = True
    place = np.append(np.where(blank, -1, np.cumsum(~blank) - 1), -1).astype(np.int32)
    return Coded(place[held.codes], values[~blank])


def _of_floats(column: Objects) -> Coded | None:
    """A column of finite floats and blank cells, several times as fast; None where it is another."""
    first = next((value for value in column[:_PEEK] if value is not None and value != ""), None)
    if first.__class__ is not float:  # most columns of texts are told by their first cells
        return None
    filled = np.asarray((column != "") & (column != None), dtype=bool)  # noqa: E711 - element by element
    held = column[filled]
    if set(map(type, held.tolist())) != {float}:
        return None
    floats = held.astype(np.float64)
    if not np.isfinite(floats).all():
        return None
    places, values = pd.factorize(floats)
    codes = np.full(len(column), -1, dtype=np.int32)
    codes[filled] = places
    return Coded(codes, values.astype(object))


def _mixed(column: Objects) -> bool:
    """Whether yes-or-no stands beside numbers."""
    kinds = set(map(type, column.tolist()))
    return bool in kinds and bool(kinds & {int, float})


def _apart(column: Objects) -> tuple[npt.NDArray[np.int32], Objects]:
    """As `pd.factorize`, with an eye on each value's type."""
    known: dict[tuple[type, Any], int] = {}
    codes = [-1 if cell is None else known.setdefault((cell.__class__, cell), len(known)) for cell in column]
    values = np.empty(len(known), dtype=object)
    values[:] = [value for _, value in known]
    return np.array(codes, dtype=np.int32), values


def joined(parts: Sequence[Coded]) -> Coded:
    """Pieces of one column, one below the other."""
    if len(parts) == 1:
        return parts[0]
    whole = code(np.concatenate([part.values for part in parts]))
    codes, start = [], 0
    for part in parts:
        table = np.append(whole.codes[start : start + len(part.values)], np.int32(-1))
        codes.append(table[part.codes])
        start += len(part.values)
    return Coded(np.concatenate(codes).astype(np.int32), whole.values)


class CodedRows(Sequence[list[Any]]):
    """The rows of a sheet that is held by columns, made when they are asked for."""

    def __init__(self, columns: Sequence[Coded], count: int) -> None:
        self.columns, self._count = tuple(columns), count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> list[Any]: ...

    @overload
    def __getitem__(self, place: slice) -> list[list[Any]]: ...

    def __getitem__(self, place: int | slice) -> list[Any] | list[list[Any]]:
        if isinstance(place, slice):
            count = len(range(*place.indices(self._count)))
            columns = [column.take(place).cells().tolist() for column in self.columns]
            return [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in range(count)]
        if not -self._count <= place < self._count:
            raise IndexError(place)
        found = (column.codes[place] for column in self.columns)
        return [None if at < 0 else column.values[at] for at, column in zip(found, self.columns, strict=True)]

    def __iter__(self) -> Any:
        for start in range(0, self._count, 1_000):
            yield from self[start : start + 1_000]
