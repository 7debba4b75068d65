"""Which rows are shown in which order: pure work on arrays, which may run beside the window and be stopped.

Sorting is by several columns, stable, numbers never as text, and what is missing comes last whichever way. A filter
looks for each of its words in every column. Short tables are searched in the texts as they are shown; in long ones a
number is found by its value, because a million numbers are not written out while somebody types.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np

from app.wording import formats
from ui.tables.cells import RANK, day_of, plain, sort_keys
from ui.tables.coded import Coded, Numbered, numbered_days
from ui.tables.column import NUMERIC, Column, Kind

Cells = np.ndarray | Coded | Numbered
#: From so many rows on, a filter looks into columns and not into the texts of rows.
LONG = 20_000
_KEPT = 8


@dataclass(frozen=True)
class Wish:
    """What is to be shown: `keys` are columns from the most important, each with whether it runs downward."""

    keys: tuple[tuple[str, bool], ...] = ()
    needle: str = ""
    mask: np.ndarray | None = None


@dataclass
class Arranger:
    """The rows of one table as they were loaded; what is worked out once is kept. `texts` writes every row out.

    `base` is the order of the rows where nobody asks for another; None: as they were loaded.
    """

    columns: Sequence[Column]
    arrays: Mapping[str, Cells]
    count: int
    texts: Callable[[], list[str]]
    base: np.ndarray | None = None
    _haystack: list[str] | None = None
    _orders: dict[tuple[tuple[str, bool], ...], np.ndarray] = field(default_factory=dict)
    _found: dict[str, np.ndarray] = field(default_factory=dict)
    _days: dict[str, Coded] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)  # two workers may ask: the one whose answer is void stops soon

    def order(self, wish: Wish, check: Callable[[], None] = lambda: None) -> np.ndarray:
        """The places of the rows to show, in their order; `check` is called between steps and may raise."""
        with self._lock:
            order = self._sorted(wish.keys, check)
            shown = wish.mask
            for word in wish.needle.split():
                check()
                found = self._holding(word)
                shown = found if shown is None else shown & found
            check()
            return order if shown is None else order[shown[order]]

    # ------------------------------------------------------------------ sorting

    def _sorted(self, keys: tuple[tuple[str, bool], ...], check: Callable[[], None]) -> np.ndarray:
        keys = tuple(key for key in keys if key[0] in self.arrays)
        if not keys:
            return np.arange(self.count) if self.base is None else self.base
        if keys not in self._orders:
            order = self.base
            for name, down in reversed(keys):  # stable, so the most important comes last
                check()
                values = self._keys(name, down)
                order = in_order(values if order is None else values[order], order)
            while len(self._orders) >= _KEPT:
                self._orders.pop(next(iter(self._orders)))
            assert order is not None
            self._orders[keys] = order
        return self._orders[keys]

    def _keys(self, name: str, down: bool) -> np.ndarray:
        """Numbers that sort a column, with what is missing last."""
        cells, kind = self.arrays[name], self._kind(name)
        if isinstance(cells, Coded):
            marks = kind in (Kind.SEVERITY, Kind.TICK)
            ranks, last = cells.sort_keys((lambda word: RANK.get(word, len(RANK))) if marks else None)
            return np.where(ranks == last, ranks, max(last - 1, 0) - ranks) if down else ranks
        if isinstance(cells, np.ndarray) and cells.dtype.kind == "M":
            return _ranked_days(cells, down)
        values = cells.sort_keys() if isinstance(cells, Numbered) else sort_keys(cells, kind)
        return -values if down else values

    def _kind(self, name: str) -> Kind | None:
        return next((column.kind for column in self.columns if column.id == name), None)

    # ------------------------------------------------------------------ filtering

    def _holding(self, word: str) -> np.ndarray:
        if word not in self._found:
            while len(self._found) >= _KEPT:
                self._found.pop(next(iter(self._found)))
            self._found[word] = self._in_columns(word) if self.count > LONG else self._in_texts(word)
        return self._found[word]

    def _in_texts(self, word: str) -> np.ndarray:
        if self._haystack is None:
            self._haystack = self.texts()
        return np.fromiter((word in text for text in self._haystack), bool, self.count)

    def _in_columns(self, word: str) -> np.ndarray:
        found = np.zeros(self.count, bool)
        number = _number(word)
        for column in self.columns:
            for name in (column.id, column.detail if column.kind in (Kind.TWO_LINE, Kind.SEVERITY, Kind.TICK) else ""):
                cells = self.arrays.get(name)
                if cells is None or (name == column.id and column.kind in (Kind.SPARK, Kind.TICK, Kind.SEVERITY)):
                    continue
                if isinstance(cells, Coded | Numbered):
                    found |= cells.holding(word)
                elif cells.dtype.kind == "M":
                    found |= self._texts_of_days(column, cells).holding(word)
                elif cells.dtype.kind in "iuf" and number is not None and column.kind in NUMERIC:
                    found |= _shows(cells, number, word, column.decimals)
                elif cells.dtype == object:
                    found |= np.fromiter((word in str(cell or "").casefold() for cell in cells), bool, self.count)
        return found

    def _texts_of_days(self, column: Column, cells: np.ndarray) -> Coded:
        if column.id not in self._days:
            self._days[column.id] = Coded.of_days(cells, day_of(column))
        return self._days[column.id]


def _ranked_days(days: np.ndarray, down: bool) -> np.ndarray:
    """Numbers that sort days, the missing ones last; a century of days takes two bytes each."""
    given = ~np.isnat(days)
    _least, numbers = numbered_days(days[given].astype("datetime64[D]"))
    last = int(numbers.max(initial=0)) + 1
    ranks = np.full(len(days), last, "uint16" if last <= np.iinfo("uint16").max else "int64")
    ranks[given] = last - 1 - numbers if down else numbers
    return ranks


def in_order(values: np.ndarray, places: np.ndarray | None = None, then: np.ndarray | None = None) -> np.ndarray:
    """The places of some rows by their values, those of equal values by `then` or else as they came; NaN stands last.

    numpy sorts numbers three times as fast where equal ones may change places. So the place is made part of the number,
    or, with fractions, equal ones are put right afterwards.
    """
    bits = max(len(values) - 1, 1).bit_length()
    if values.dtype.kind in "iu" and values.dtype.itemsize <= 2:
        order = np.argsort(values, kind="stable")  # by their digits
    elif values.dtype.kind in "iu" and len(values):
        least, most = int(values.min()), int(values.max())
        if (most - least) >> (62 - bits):
            order = np.argsort(values, kind="stable")
        else:
            order = _numbered(values.astype("int64") - least, np.arange(len(values)), bits)
    else:
        order = np.argsort(values)
        among = values[order]
        same = (among[1:] == among[:-1]) | (np.isnan(among[1:]) & np.isnan(among[:-1]))
        if same.any():
            tied = np.zeros(len(values), bool)
            tied[1:] |= same
            tied[:-1] |= same
            rows, groups = order[tied], np.cumsum(np.append(True, ~same))[tied]
            order[tied] = (
                _numbered(groups, rows, bits) if then is None else rows[np.lexsort((rows, then[rows], groups))]
            )
    return order if places is None else places[order]


def _numbered(groups: np.ndarray, places: np.ndarray, bits: int) -> np.ndarray:
    """Places by their groups, then by themselves."""
    joined = (groups << bits) | places
    joined.sort()
    return joined & ((1 << bits) - 1)


def listed(cells: Cells | None, places: np.ndarray) -> list[Any]:
    """The values of some rows as Python knows them; None where one is missing, or the whole column."""
    if cells is None:
        return [None] * len(places)
    if isinstance(cells, Coded):
        words = np.array([*cells.words, None], dtype=object)
        return list(words[cells.codes[places]].tolist())
    if isinstance(cells, np.ndarray) and cells.dtype.kind == "M":
        return list(cells[places].astype("datetime64[D]").astype(object).tolist())
    if isinstance(cells, np.ndarray) and cells.dtype.kind == "f":
        values = cells[places].astype(object)
        values[np.isnan(cells[places])] = None
        return list(values.tolist())
    return [plain(cells[place]) for place in places.tolist()]


def is_empty(cells: Cells | None) -> bool:
    """Whether no row of a column has a value."""
    if cells is None or not len(cells):
        return True
    if isinstance(cells, Coded | Numbered):
        return cells.empty
    if cells.dtype.kind == "M":
        return bool(np.isnat(cells).all())
    if cells.dtype.kind == "f":
        return bool(np.isnan(cells).all())
    return cells.dtype == object and all(value is None or (isinstance(value, str) and not value) for value in cells)


def _number(word: str) -> float | None:
    """The number that a word of a filter may be."""
    try:
        return float(word.replace(",", "").replace(formats.MINUS, "-"))
    except ValueError:
        return None


def _shows(cells: np.ndarray, number: float, word: str, decimals: int) -> np.ndarray:
    """Where a number is shown as the one asked for; one asked for without decimals is found by its whole part."""
    if "." not in word:
        return np.trunc(cells) == number
    return np.abs(cells - number) <= 0.5 * 10.0**-decimals
