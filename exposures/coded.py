"""Columns of cells kept by their distinct values: each value is read and checked once, not each cell."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from types import NoneType
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


def says(column: Objects) -> bool:
    """Whether any cell is not None; most columns show it by their first cells."""
    return any(list(part).count(None) < len(part) for part in (column[:_PEEK], column))


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


class Coding:
    """A column that comes some hundred cells at a time, so that what is read is looked at while it is at hand.

    Cells are str, float, int, bool, date, datetime, time, timedelta or None; None, "", space and NaN are blank.
    """

    def __init__(self) -> None:
        self._known: defaultdict[Any, int] = defaultdict(count().__next__)  # the place of each value met, blank or not
        self._parts: list[npt.NDArray[Any]] = []  # places, or the numbers themselves where a part has nothing else

    def add(self, cells: Sequence[Any]) -> None:
        """The cells below those that are known."""
        kinds = set(map(type, cells))
        if kinds == {float}:
            self._parts.append(np.array(cells, dtype=np.float64))
            return
        if kinds <= {str, NoneType} and not any(cells):
            self._parts.append(np.full(len(cells), -1, dtype=np.int32))
            return
        if kinds == {float, str} and not any(cell for cell in cells if cell.__class__ is str):
            numbers = [np.nan if cell.__class__ is str else cell for cell in cells]
            self._parts.append(np.array(numbers, dtype=np.float64))
            return
        if kinds & {bool, int}:  # 1, 1.0 and TRUE are one to Python
            cells = [(cell.__class__, cell) if cell.__class__ in (bool, int) else cell for cell in cells]
        self._parts.append(np.fromiter(map(self._known.__getitem__, cells), dtype=np.int32, count=len(cells)))

    def column(self) -> Coded:
        """All of them."""
        values, parts = self._met()
        at = [place for place, part in enumerate(parts) if part.dtype == np.float64]
        if at:
            own = [place for place, value in enumerate(values) if value.__class__ is float]
            met = np.array([values[place] for place in own], dtype=np.float64)
            codes, numbers = pd.factorize(np.concatenate([met, *(parts[place] for place in at)]))
            places = np.concatenate([own, np.arange(len(numbers) - len(own)) + len(values), [-1]]).astype(np.int32)
            ends = np.cumsum([len(own), *(len(parts[place]) for place in at)])
            for place, begin, end in zip(at, ends, ends[1:], strict=False):
                parts[place] = places[codes[begin:end]]
            values += numbers[len(own) :].tolist()
        held = np.empty(len(values), dtype=object)
        held[:] = values
        return Coded(np.concatenate([np.empty(0, dtype=np.int32), *parts]), held)

    def _met(self) -> tuple[list[Any], list[npt.NDArray[Any]]]:
        """The values met one by one, in their order and none of them blank, and the parts with places in these."""
        values = [key[1] if key.__class__ is tuple else key for key in self._known]
        if set(map(type, values)) == {str} and "" not in self._known and not any(map(str.isspace, values)):
            return values, list(self._parts)
        blank = [value is None or value != value or (value.__class__ is str and not value.strip()) for value in values]
        kept = np.append(~np.array(blank, dtype=bool), False)
        places = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)  # the last, -1, is blank already
        parts = [part if part.dtype == np.float64 else places[part] for part in self._parts]
        return [value for value, lacks in zip(values, blank, strict=True) if not lacks], parts


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
