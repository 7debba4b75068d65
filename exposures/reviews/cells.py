"""Columns of lines, read cell by cell: a row of a frame costs far more than what is done with it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

Reader = Callable[[int], Any]


class Cells:
    """One value by its position and its column: text, int, float, bool, a datetime, or None (missing).

    `plain` gives a column as an array whose items are these.
    """

    def __init__(self, plain: Callable[[str], np.ndarray[Any, Any]]) -> None:
        self._plain = plain
        self._arrays: dict[str, np.ndarray[Any, Any]] = {}
        self._readers: dict[str, Reader] = {}

    @classmethod
    def of(cls, frame: pd.DataFrame) -> "Cells":
        """The cells of a frame."""
        return cls(lambda column: plain(frame[column].array))

    def __call__(self, position: int, column: str) -> Any:
        """One value."""
        if column not in self._readers:
            self.reader(column)
        return self._readers[column](position)

    def reader(self, column: str) -> Reader:
        """What reads one column, for whoever reads it of many lines."""
        if column not in self._readers:
            self._readers[column] = self._array(column).item
        return self._readers[column]

    def column(self, column: str, positions: "np.ndarray[Any, Any]") -> list[Any]:
        """The values of many lines."""
        found: list[Any] = self._array(column)[positions].tolist()
        return found

    def _array(self, column: str) -> "np.ndarray[Any, Any]":
        if column not in self._arrays:
            self._arrays[column] = self._plain(column)
        return self._arrays[column]


def plain(found: Any) -> "np.ndarray[Any, Any]":
    """The values of an array where numpy says each of them, and missing, as Python does; else as objects."""
    kind = found.dtype.kind
    if kind == "M":
        return np.asarray(found).astype("datetime64[s]")
    numpys = isinstance(found, np.ndarray)
    if kind not in "iufb":
        return found if numpys else np.asarray(found.to_numpy(dtype=object, na_value=None), dtype=object)
    # pandas' own have gaps beside their values
    values = found if numpys else found.to_numpy(dtype=found.dtype.numpy_dtype, na_value=found.dtype.type(0))
    missing = np.asarray(pd.isna(found), dtype=bool)
    if not missing.any():
        return np.asarray(values)
    gapped: np.ndarray[Any, Any] = values.astype(object)
    gapped[missing] = None
    return gapped
