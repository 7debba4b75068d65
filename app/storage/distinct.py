"""The texts of a frame of lines by its distinct ones: hashed for what a line says, and packed for its snapshot."""

from typing import Any

import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[Any]


class Distinct:
    """Each column of texts is taken apart once, when it is first asked for."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._known: dict[str, tuple[Array, Array]] = {}

    def of(self, name: str) -> tuple[Array, Array]:
        """A place for each line (-1: no text) in the distinct texts of a column, and these."""
        if name not in self._known:
            codes, texts = pd.factorize(self._frame[name].to_numpy(dtype=object))
            self._known[name] = codes, texts
        return self._known[name]
