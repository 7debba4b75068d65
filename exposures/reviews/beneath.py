"""The lines beneath an item, each made when somebody looks at it: a list has as many as its book."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from exposures.reviews.item import ItemLine


class Beneath(Sequence[ItemLine]):
    """Lines by rows, each what `make` needs to tell one: its place in Claims.lines, or more.

    Equal to any sequence of the same lines. The book is not let go before.
    """

    __slots__ = ("_make", "_rows")

    def __init__(self, rows: Sequence[Any] | npt.NDArray[np.int64], make: Callable[[Any], ItemLine]) -> None:
        self._rows: Any = rows
        self._make = make

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[ItemLine]:
        return map(self._make, self._rows.tolist() if isinstance(self._rows, np.ndarray) else self._rows)

    @overload
    def __getitem__(self, at: int) -> ItemLine: ...

    @overload
    def __getitem__(self, at: slice) -> "Beneath": ...

    def __getitem__(self, at: int | slice) -> "ItemLine | Beneath":
        if isinstance(at, slice):
            return Beneath(self._rows[at], self._make)
        return self._make(self._rows[at])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Beneath({len(self)} lines)"
