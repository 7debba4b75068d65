"""A sequence that is made when somebody looks at it, and then kept."""

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Later(Sequence[T]):
    """Equal to any sequence of the same values; until it is looked at it holds what it is made from."""

    __slots__ = ("_made",)

    def __init__(self, make: Callable[[], tuple[T, ...]]) -> None:
        self._made: tuple[T, ...] | Callable[[], tuple[T, ...]] = make

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...

    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        return self._values[at]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return self._values == tuple(other)

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        return f"Later{self._values!r}"

    @property
    def _values(self) -> tuple[T, ...]:
        if not isinstance(self._made, tuple):
            self._made = self._made()
        return self._made
