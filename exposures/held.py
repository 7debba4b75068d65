"""Lines by columns, each made when it is asked for: what a page of a million lines reads without a frame."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.labels import Flags, Labels

Places = npt.NDArray[np.int64]
#: The file that brought a line, as a column of texts: a line that has not changed since comes from an earlier one.
FILE = "source_file"


class Held:
    """Lines, never changed. `column(name)` is an array as `exposures.lines.DTYPES` says (None: no line says anything),
    `text(name)` its labels, `whole(places)` a frame of some of them, or of all.

    `places` are those of the lines meant, None: every line.
    """

    def __init__(
        self,
        count: int,
        column: Callable[[str], Any],
        text: Callable[[str], Labels],
        whole: Callable[[Places | None], pd.DataFrame],
        places: Places | None = None,
        labels: dict[str, Labels] | None = None,
    ) -> None:
        self._count, self._column, self._text, self._whole, self._places = count, column, text, whole, places
        self._labels = {} if labels is None else labels

    @classmethod
    def of(cls, frame: pd.DataFrame) -> "Held":
        """The lines of a frame."""

        def column(name: str) -> Any:
            return frame[name].array if name in frame and bool(frame[name].notna().any()) else None

        def text(name: str) -> Labels:
            return Labels.of(frame[name]) if name in frame else Labels.none(len(frame))

        return cls(len(frame), column, text, lambda places: frame if places is None else frame.iloc[places])

    def taken(self, places: Places | None) -> "Held":
        """Some of the lines, by their places; None: all of them."""
        if places is None:
            return self
        inner = places if self._places is None else self._places[places]
        return Held(self._count, self._column, self._text, self._whole, inner, self._labels)

    def __len__(self) -> int:
        return self._count if self._places is None else len(self._places)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The lines as a frame, which is kept."""
        return self._whole(self._places)

    def is_of(self, frame: pd.DataFrame) -> bool:
        """Whether these are the lines of that very frame."""
        return self.__dict__.get("frame") is frame

    def says(self, name: str) -> bool:
        """Whether any line of the whole says anything in a column of numbers, days or flags."""
        return self._column(name) is not None

    def values(self, name: str) -> Any:
        """A column of numbers, days or flags as `exposures.lines.DTYPES` says; None where no line of the whole says
        anything.
        """
        found = self._column(name)
        return found if found is None or self._places is None else found[self._places]

    def labels(self, name: str) -> Labels:
        """A column of texts; made once."""
        if name not in self._labels:
            self._labels[name] = self._text(name)
        found = self._labels[name]
        return found if self._places is None else found.taken(self._places)

    def amounts(self, name: str) -> npt.NDArray[np.int64]:
        """A column of whole numbers; what is not given adds nothing."""
        found: npt.NDArray[np.int64] = self._array(name, "int64", 0)
        return found

    def flags(self, name: str) -> Flags:
        """A column of flags; what is not given is not set."""
        found: Flags = self._array(name, "bool", False)
        return found

    def ratios(self, name: str) -> npt.NDArray[np.float64]:
        """A column of numbers; NaN where none is given."""
        found: npt.NDArray[np.float64] = self._array(name, "float64", np.nan)
        return found

    def days(self, name: str) -> npt.NDArray[np.datetime64]:
        """A column of days; NaT where none is given."""
        found = self._column(name)
        if found is None:
            return np.full(len(self), np.datetime64("NaT"), "datetime64[s]")
        days: npt.NDArray[np.datetime64] = np.asarray(found).astype("datetime64[s]", copy=False)
        return days if self._places is None else days[self._places]

    def _array(self, name: str, kind: str, nothing: Any) -> Any:
        found = self._column(name)
        if found is None:
            return np.zeros(len(self), kind) if not nothing else np.full(len(self), nothing, kind)
        values = found.astype(kind, copy=False) if isinstance(found, np.ndarray) else _numbers(found, kind, nothing)
        return values if self._places is None else values[self._places]


def _numbers(found: Any, kind: str, nothing: Any) -> Any:
    """An array of pandas as one of numpy; one of numbers knows its own missing value."""
    if found.dtype.kind == "f" and kind == "float64":
        return np.asarray(found, dtype=kind)
    return found.to_numpy(dtype=kind, na_value=nothing)
