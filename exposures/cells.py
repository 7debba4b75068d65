"""A table of cells as it stood in a sheet: headers, raw values, absolute addresses, and what is odd about each cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from exposures.coded import Coded, code
from exposures.issues import Issue

#: (row, column): rows from 1 as people count them, columns from 0.
Place = tuple[int, int]
#: First row, first column, last row, last column, all inclusive, in the same counting.
Range = tuple[int, int, int, int]


@cache
def column_letters(column: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The name of a cell: row 388, column 9 is J388."""
    return f"{column_letters(column)}{row}"


def filled(column: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Which cells hold something."""
    return np.asarray(column != None, dtype=bool)  # noqa: E711 - element by element, which "is not" is not


@dataclass(frozen=True)
class Sheet:
    """One sheet as read: `rows[0]` is row 1, short rows allowed, a blank cell is None (`CodedRows`: held by columns).

    Values are str, float, int, bool, date, datetime, time or timedelta. What a reader loses is given beside them:
    error cells (#N/A) and formulas whose value was never computed are None in `rows` and named here.
    """

    name: str
    rows: Sequence[list[Any]]
    visible: bool = True
    errors: Mapping[Place, str] = field(default_factory=dict)
    uncached: frozenset[Place] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Range, ...] = ()
    decimal_mark: str = "."
    parted: bool = False  # cells are parted by a mark, so that one too many moves those behind it
    since_1904: bool = False  # a number that is a day counts from 1 January 1904


@dataclass(frozen=True)
class Workbook:
    """What a file holds. `notes` tell what was met on the way in and what was done about it."""

    sheets: tuple[Sheet, ...]
    kind: str  # xlsx, xlsm, xlsb, xls, ods or csv
    notes: tuple[Issue, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets' names in their order."""
        return tuple(sheet.name for sheet in self.sheets)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, capitals aside, or None."""
        wanted = name.strip().casefold()
        return next((sheet for sheet in self.sheets if sheet.name.strip().casefold() == wanted), None)


@dataclass(frozen=True)
class Cells:
    """The table in a sheet: one object array per column, blank rows left out, None where blank.

    `rows[i]` is the row number in the sheet of the i-th data row, `header_row` that of the last header row and
    `first_header_row` that of the first where headers stand in several; column j of `columns` is column j of the
    sheet. `known` keeps each column by its distinct values once `coded` was asked for it.
    """

    sheet: str
    headers: tuple[str, ...]
    columns: tuple[npt.NDArray[np.object_], ...]
    rows: npt.NDArray[np.int64]
    header_row: int
    first_header_row: int
    titles: tuple[str, ...] = ()
    errors: Mapping[Place, str] = field(default_factory=dict)
    uncached: frozenset[Place] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Range, ...] = ()
    decimal_mark: str = "."
    parted: bool = False
    since_1904: bool = False
    known: dict[int, Coded] = field(default_factory=dict, repr=False, compare=False)

    @property
    def count(self) -> int:
        """Data rows."""
        return len(self.rows)

    def coded(self, column: int) -> Coded:
        """A column by its distinct values."""
        if column not in self.known:
            self.known[column] = code(self.columns[column])
        return self.known[column]

    def address(self, index: int, column: int) -> str:
        """The address of a column's cell in the index-th data row."""
        return address(int(self.rows[index]), column)

    def without_hidden(self) -> "Cells":
        """The table as a person sees it: hidden rows are gone, hidden columns have no header and no cells."""
        shown = np.array([int(row) not in self.hidden_rows for row in self.rows], dtype=bool)
        blank = np.full(int(shown.sum()), None, dtype=object)
        return replace(
            self,
            headers=tuple("" if place in self.hidden_columns else text for place, text in enumerate(self.headers)),
            columns=tuple(
                blank if place in self.hidden_columns else column[shown] for place, column in enumerate(self.columns)
            ),
            rows=self.rows[shown],
            errors={place: text for place, text in self.errors.items() if self._is_shown(place)},
            uncached=frozenset(place for place in self.uncached if self._is_shown(place)),
            known={},
        )

    def _is_shown(self, place: Place) -> bool:
        return place[0] not in self.hidden_rows and place[1] not in self.hidden_columns
