"""Columns by their distinct values: however a column is cut into pieces, its cells and their types come back."""

from datetime import date, datetime
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from exposures.coded import Coding

TEXTS = some.sampled_from(["", " ", "\u3000", "a", "b", "1", "1.0", "TRUE", "nan"])
NUMBERS = some.sampled_from([0.0, -0.0, 1.0, 2.5, 1e300, float("inf"), float("nan")])
OTHERS = some.sampled_from(
    [None, True, False, 1, 0, date(2026, 5, 22), datetime(2026, 5, 22), datetime(2026, 5, 22, 9)]  # noqa: DTZ001 - a cell has no zone
)


def blank(cell: Any) -> bool:
    return cell is None or cell != cell or (isinstance(cell, str) and not cell.strip())


@settings(max_examples=60)
@given(some.lists(some.lists(NUMBERS | NUMBERS | TEXTS | OTHERS, min_size=1, max_size=6), max_size=5))
def test_the_cells_come_back_and_no_value_stands_twice(pieces: list[list[Any]]) -> None:
    coding = Coding()
    for piece in pieces:
        coding.add(piece)
    column = coding.column()
    wanted = [None if blank(cell) else cell for piece in pieces for cell in piece]
    found = column.cells().tolist()
    assert found == wanted
    assert list(map(type, found)) == list(map(type, wanted))
    assert len({(value.__class__, value) for value in column.values}) == len(column.values)
    assert sorted(set(column.codes[column.filled].tolist())) == list(range(len(column.values)))


def test_numbers_beneath_a_header_are_held_as_numbers() -> None:
    """The header's piece has numbers too; the same number below is the same value."""
    coding = Coding()
    coding.add(("balance", 1.5, ""))
    coding.add((2.5, 1.5, 2.5))
    coding.add(("", 7.0, ""))
    coding.add(("x", 7.0, 1.5))
    column = coding.column()
    assert column.cells().tolist() == ["balance", 1.5, None, 2.5, 1.5, 2.5, None, 7.0, None, "x", 7.0, 1.5]
    assert sorted(map(str, column.values)) == ["1.5", "2.5", "7.0", "balance", "x"]
    assert column.codes.dtype == np.int32


def test_pieces_without_a_text_are_blank_wherever_they_stand() -> None:
    coding = Coding()
    for cells in (("", None), ("a", "\u3000"), ("", ""), ("b", "a"), (None, None)):
        coding.add(cells)
    column = coding.column()
    assert column.cells().tolist() == [None, None, "a", None, None, None, "b", "a", None, None]
    assert column.values.tolist() == ["a", "b"]


def test_a_column_without_a_cell() -> None:
    assert len(Coding().column().codes) == 0
