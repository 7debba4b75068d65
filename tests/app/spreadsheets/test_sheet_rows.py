"""Rows written as text read back as the rows that openpyxl would have written."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.spreadsheets.cell_text import clean, display_width, lines_in, widest
from app.spreadsheets.sheet_rows import CellStyles, Rows, save

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=4),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.text(max_size=12),
    st.sampled_from(["=1+1", "@SUM(A1)", "\t=1", "<is>", "a&b", " x ", "两\n行", "_x0041_", "]]>", "\ud800", "\x00"]),
)


def written(path: Path, values: list[tuple[object, ...]]) -> Path:
    """Two rows that are openpyxl's, and between them those that are text."""
    workbook = Workbook()
    sheet = workbook.active
    sheet["A1"], sheet.cell(len(values) + 2, 1).value = "first", "last"
    styles = [CellStyles(0, 0)] * len(values[0])
    save(workbook, path, {sheet: [Rows(2, values, styles)]})
    return path


@settings(max_examples=20, deadline=None)
@given(values=st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=5))
def test_text_reads_back_as_cells_do(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("rows")
    mine = openpyxl.load_workbook(written(folder / "mine.xlsx", values)).active
    theirs = Workbook()
    for number, row in enumerate(values, start=2):
        for place, value in enumerate(row, start=1):
            cell = theirs.active.cell(number, place)
            if isinstance(value, str):
                if held := clean(value):
                    cell.value, cell.data_type = held, "s"
            else:
                cell.value = value
            cell.number_format = "General"  # a date is its number, as it has no other style here
    theirs.save(folder / "theirs.xlsx")
    theirs = openpyxl.load_workbook(folder / "theirs.xlsx").active
    assert (mine["A1"].value, mine.cell(len(values) + 2, 1).value) == ("first", "last")
    for number in range(2, len(values) + 2):
        for place in range(1, 4):
            one, other = mine.cell(number, place), theirs.cell(number, place)
            assert (one.value, one.data_type) == (other.value, other.data_type)


def test_what_no_cell_can_hold_is_refused_and_no_text_is_a_formula(tmp_path):
    for value, error in ((object(), ValueError), (datetime(2026, 5, 26, tzinfo=UTC), TypeError)):
        with pytest.raises(error):
            written(tmp_path / "bad.xlsx", [(value,)])
    path = written(tmp_path / "good.xlsx", [("=1+1",), (Decimal("NaN"),)])
    with zipfile.ZipFile(path) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml
    assert b'<c r="A2" s="0" t="inlineStr"><is><t>=1+1</t></is></c>' in xml
    assert openpyxl.load_workbook(path).active["A3"].value is None  # no number, so an empty cell


def test_wrapped_rows_are_as_high_as_their_lines(tmp_path):
    workbook = Workbook()
    rows = Rows(1, [("word " * 6,), ("short",), ("two\nlines",)], [CellStyles(0, 0, lambda: 10)])
    save(workbook, tmp_path / "high.xlsx", {workbook.active: [rows]})
    found = openpyxl.load_workbook(tmp_path / "high.xlsx").active.row_dimensions
    assert [found[number].height for number in (1, 2, 3)] == [42.5, None, 29]  # three lines, one, two


def test_texts_that_lose_something_are_named():
    rows = Rows(7, [("a", "b\x00"), (None, 1), ("x" * 40_000, "c")], [CellStyles(0, 0)] * 2)
    assert list(rows.losing()) == ["B7", "A9"]


@given(st.sets(st.text("aé中\n ", max_size=8)))
def test_the_widest_is_found_without_measuring_all(texts):
    assert widest(texts) == max(map(display_width, texts), default=0)


def test_lines_of_a_wrapped_text():
    assert [lines_in(text, 4) for text in ("", "ab", "abcde", "中文", "中文字", "a\nb")] == [1, 1, 2, 1, 2, 2]
