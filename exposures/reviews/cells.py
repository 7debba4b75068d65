"""The columns of a frame, read cell by cell: a row of a frame costs far more than what is done with it."""

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
        return cls(lambda column: _plain(frame[column]))

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


def _plain(values: pd.Series) -> "np.ndarray[Any, Any]":
    """The values where numpy says each of them, and missing, as Python does; else as objects."""
    if values.dtype.kind == "M":
        return np.asarray(values.to_numpy().astype("datetime64[s]"))
    missing = values.isna().to_numpy(dtype=bool)
    if values.dtype.kind not in "iufb":
        return np.asarray(values.to_numpy(dtype=object, na_value=None), dtype=object)
    if not isinstance(values.dtype, np.dtype):  # pandas' own, with gaps
        plain = values.array.to_numpy(dtype=values.dtype.numpy_dtype, na_value=values.dtype.type(0))
    else:
        plain = values.to_numpy()
    if not missing.any():
        return np.asarray(plain)
    found = plain.astype(object)
    found[missing] = None
    return np.asarray(found)
