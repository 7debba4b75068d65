"""The texts of a frame of lines by its distinct ones: hashed for what a line says, and packed for its snapshot."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[Any]
#: Cells in which a column whose texts are all different shows it.
_PEEK = 200


class Distinct:
    """Each column of texts is taken apart once, when it is first asked for."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._known: dict[str, tuple[Array, Array]] = {}

    def of(self, name: str) -> tuple[Array, Array]:
        """A place for each line (-1: no text) in the distinct texts of a column, and these."""
        if name not in self._known:
            self._known[name] = _apart(self._frame[name].to_numpy(dtype=object))
        return self._known[name]


def _apart(column: Array) -> tuple[Array, Array]:
    if set(map(type, column[:_PEEK])) == {str} and len(set(column[:_PEEK])) == len(column[:_PEEK]):
        cells = column.tolist()
        if len(set(cells)) == len(cells) and set(map(type, cells)) == {str}:  # numbers of lines
            return np.arange(len(cells)), column
    codes, texts = pd.factorize(column)
    return codes, texts
