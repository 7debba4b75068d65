"""The claims of a book by columns, each made when a list asks for it: a frame of a million lines takes seconds."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.book import Book
from exposures.labels import Flags, Labels
from exposures.lines import DTYPES
from exposures.reviews.cells import plain

#: Texts of which every line has its own: putting a million in order, as labels are, takes a second.
_OWN = frozenset({"line_id"})


class ClaimLines:
    """What the book's claims say, and what was measured of them: `measured` are arrays, `subject` who owes.

    A line is meant by its place, counted from 0.
    """

    def __init__(self, book: Book, subject: Labels, measured: Mapping[str, npt.NDArray[Any]]) -> None:
        self._book, self._subject = book, subject
        self.measured = measured

    def __len__(self) -> int:
        return len(self._book.held)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All of it at once."""
        return self._book.claims.reset_index(drop=True).assign(subject=self["subject"], **self.measured)

    def __getitem__(self, name: str) -> pd.Series:
        """A column as a frame of lines holds it."""
        return pd.Series(self._array(name, None), index=pd.RangeIndex(len(self)), name=name, copy=False)

    def some(self, names: Sequence[str], places: npt.NDArray[np.int64]) -> pd.DataFrame:
        """Columns of some lines, their places as the index."""
        return pd.DataFrame({name: self._array(name, places) for name in names}, index=places, copy=False)

    def said(self, name: str) -> Flags:
        """Which lines say something in a column."""
        if self._is_text(name):
            return ~self._labels(name).missing
        found = self._values(name)
        return np.zeros(len(self), dtype=bool) if found is None else ~np.asarray(pd.isna(found), dtype=bool)

    def plain(self, name: str) -> npt.NDArray[Any]:
        """A column whose `item` is a text, int, float, bool, datetime or None (missing)."""
        if self._is_text(name) and name not in _OWN:
            labels = self._labels(name)
            return np.array([*labels.values, None], dtype=object)[labels.codes]
        found = self._values(name)
        return np.full(len(self), None, dtype=object) if found is None else plain(found)

    def _is_text(self, name: str) -> bool:
        return name == "subject" or DTYPES.get(name) == "str"

    def _labels(self, name: str) -> Labels:
        return self._subject if name == "subject" else self._book.labels(name)

    def _values(self, name: str) -> Any:
        return self.measured[name] if name in self.measured else self._book.held.values(name)

    def _array(self, name: str, places: npt.NDArray[np.int64] | None) -> Any:
        if self._is_text(name) and name not in _OWN:
            labels = self._labels(name)
            texts = np.array([*labels.values, np.nan], dtype=object)
            return pd.array(texts[labels.codes if places is None else labels.codes[places]], dtype="str", copy=False)
        found = self._values(name)
        if found is None:
            return pd.Series(index=range(len(self) if places is None else len(places)), dtype=DTYPES[name]).array
        return found if places is None else found[places]
