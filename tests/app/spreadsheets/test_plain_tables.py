"""Large plain tables: what a cell holds, where a table goes on, and what is left where somebody stops."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.spreadsheets import plain_tables
from app.spreadsheets.plain_tables import PlainTable, write_tables


def test_cells_hold_what_was_given(tmp_path: Path) -> None:
    row = ["=1+1", "#N/A", 10**16 + 1, Decimal("12.34"), float("nan"), date(2026, 5, 22), True, None, "客户 <A&B>"]
    lost = write_tables(tmp_path / "t.xlsx", [PlainTable("Lines", ["=a"] * len(row), [row])], title="T")
    sheet = load_workbook(tmp_path / "t.xlsx")["Lines"]
    assert [cell.value for cell in sheet[2]][:5] == ["=1+1", "#N/A", "10000000000000001", 12.34, None]
    assert (sheet["F2"].value.date(), sheet["F2"].number_format) == (date(2026, 5, 22), "yyyy-mm-dd")
    assert [cell.value for cell in sheet[2]][6:] == [True, None, "客户 <A&B>"]
    assert {sheet[cell].data_type for cell in ("A1", "A2", "B2")} == {"s"}  # no formula and no error
    assert (sheet.freeze_panes, lost) == ("A2", ())


def test_a_text_that_loses_something_is_told_by_its_sheet(tmp_path: Path) -> None:
    tables = [PlainTable("a", ["x"], [["fine"]]), PlainTable("b", ["x"], [["fine"], ["bell\x07"]])]
    assert write_tables(tmp_path / "t.xlsx", tables, title="T") == ("b",)
    assert load_workbook(tmp_path / "t.xlsx")["b"]["A3"].value == "bell"


@pytest.mark.parametrize(("rows", "sheets"), [(0, [0]), (3, [3]), (4, [3, 1]), (7, [3, 3, 1])])
def test_a_longer_table_goes_on_in_the_next_sheet(
    rows: int, sheets: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain_tables, "MOST_ROWS", 3)
    write_tables(tmp_path / "t.xlsx", [PlainTable("Lines", ["n"], ([place] for place in range(rows)))], title="T")
    found = load_workbook(tmp_path / "t.xlsx").worksheets
    assert [sheet.max_row - 1 for sheet in found] == sheets
    assert [cell.value for sheet in found for (cell,) in sheet.iter_rows(min_row=2)] == list(range(rows))
    assert {sheet["A1"].value for sheet in found} == {"n"}


@pytest.mark.parametrize("after", [0, 1, 2])  # before it is packed, while it is, and when it is
def test_what_is_stopped_leaves_the_file_that_was_there(after: int, tmp_path: Path) -> None:
    place, calls = tmp_path / "t.xlsx", []
    place.write_bytes(b"before")

    def check() -> None:
        calls.append(None)
        if len(calls) > after:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_tables(place, [PlainTable("Lines", ["n"], [[1]])], title="T", check=check)
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]
    assert place.read_bytes() == b"before"
