import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from app.spreadsheets.cell_text import LONGEST_TEXT, clean, display_width
from app.spreadsheets.workbook import Column, ColumnKind, SheetContent, SheetTable, write_workbook

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x")', "http://x", "'=1", "1E5"]
COLUMNS = [
    Column("Name", ColumnKind.WRAPPED),
    Column("Amount, USD", ColumnKind.MONEY),
    Column("Share", ColumnKind.PERCENT),
    Column("Due", ColumnKind.DATE),
    Column("Lines", ColumnKind.COUNT),
]


def content(rows, name="L1 Items", **more):
    return SheetContent(name, "Items", "Three need a decision.", [("Book", "v31")], [SheetTable(COLUMNS, rows, **more)])


def write(tmp_path: Path, *sheets, mark="", **more):
    path = tmp_path / "out.xlsx"
    notes = write_workbook(path, sheets, mark=mark, page_text="Page &P of &N", **more)
    return openpyxl.load_workbook(path), notes, path


def row(name="X", amount=Decimal("1234567.5")):
    return (name, amount, Decimal("92"), date(2026, 5, 26), 12)


def test_no_text_becomes_a_formula_or_a_link(tmp_path):
    book, notes, path = write(tmp_path, content([row(text) for text in HOSTILE]))
    sheet = book.active
    cells = [sheet.cell(7 + place, 1) for place in range(len(HOSTILE))]
    assert [cell.value for cell in cells] == HOSTILE
    assert {cell.data_type for cell in cells} == {"s"}
    assert notes == ()
    with zipfile.ZipFile(path) as parts:
        xml = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/"))
    assert b"<f>" not in xml
    assert b"<hyperlink" not in xml


@run(max_examples=30, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_kept_but_for_what_a_workbook_cannot_hold(tmp_path_factory, text):
    book, notes, _ = write(tmp_path_factory.mktemp("any"), content([row(text)]))
    kept = book.active.cell(7, 1)
    # Line ends are one character in a workbook, and an empty text is an empty cell.
    assert (kept.value or "") == clean(text).replace("\r\n", "\n").replace("\r", "\n")
    assert kept.data_type in ("s", "n")
    assert bool(notes) == (clean(text) != text)


def test_control_characters_and_overlong_texts_are_noted(tmp_path):
    book, notes, _ = write(tmp_path, content([row("a\x00b\x1f"), row("x" * 40_000)]))
    assert book.active["A7"].value == "ab"
    assert len(book.active["A8"].value) == LONGEST_TEXT
    assert notes == ("L1 Items!A7", "L1 Items!A8")


def test_formats_header_filters_freeze_and_print(tmp_path):
    book, _, _ = write(tmp_path, content([row(), row()], totals={0: "Total", 1: Decimal(2469135)}), mark="SAMPLE")
    sheet = book.active
    assert sheet["A1"].value == "Items    SAMPLE"
    assert [cell.value for cell in sheet[6]] == ["Name", "Amount, USD", "Share", "Due", "Lines"]
    assert sheet["B7"].value == 1234567.5
    assert sheet["B7"].number_format.startswith("#,##0.00")
    assert sheet["C7"].number_format.startswith('#,##0.0" %"')
    assert sheet["D7"].number_format == "yyyy-mm-dd"
    assert sheet["D7"].value.date() == date(2026, 5, 26)
    assert sheet["B7"].alignment.horizontal == "right"
    assert (sheet["A9"].value, sheet["B9"].value, sheet["B9"].font.bold) == ("Total", 2469135, True)
    assert sheet.freeze_panes == "B7"
    assert sheet.auto_filter.ref == "A6:E8"  # the total is not filtered away
    assert sheet.print_title_rows == "$6:$6"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape", 1, 0,
    )  # fmt: skip
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddHeader.right.text == "SAMPLE"
    assert sheet.oddFooter.right.text == "Page &P of &N"


def test_missing_is_an_empty_cell_and_never_zero(tmp_path):
    book, _, _ = write(tmp_path, content([("X", None, None, None, None)]))
    assert [cell.value for cell in book.active[7]] == ["X", None, None, None, None]


def test_columns_are_as_wide_as_their_widest_cell(tmp_path):
    names = ["Short", "土耳其阿纳多卢能源股份有限公司"]
    book, _, _ = write(tmp_path, content([row(name, Decimal("12345678901.25")) for name in names]))
    widths = {letter: column.width for letter, column in book.active.column_dimensions.items()}
    assert widths["A"] >= display_width(names[1]) == 30
    assert widths["B"] >= len("12,345,678,901.25")
    assert widths["D"] >= len("2026-05-26")


def test_a_long_text_wraps_into_rows_high_enough(tmp_path):
    book, _, _ = write(tmp_path, content([row("word " * 60)]))  # 300 characters in a column of at most 60
    assert book.active.column_dimensions["A"].width == 60
    assert book.active.row_dimensions[7].height >= 5 * 13


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("中文", 4), ("a中\nlonger line", 11)])
def test_display_width(text, width):
    assert display_width(text) == width


def test_sheet_names_are_made_legal_and_unique(tmp_path):
    long = "L1 Criteria/and:sources of a very long name"
    book, _, _ = write(tmp_path, content([], name=long), content([], name=long), content([], name="[]"))
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert len(set(book.sheetnames)) == 3


def test_the_file_appears_whole_or_not_at_all(tmp_path):
    with pytest.raises(OSError):
        write_workbook(tmp_path / "no" / "out.xlsx", [content([])], page_text="")
    with pytest.raises(ValueError):
        write_workbook(tmp_path / "out.xlsx", [content([(object(), None, None, None, None)])], page_text="")
    assert list(tmp_path.iterdir()) == []
