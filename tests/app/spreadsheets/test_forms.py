"""Old, binary and open workbooks: the same cells, and what their reader loses is marked in each."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from app.jobs import Job
from app.refusals import Misused, Refused
from app.spreadsheets import child
from app.spreadsheets.marking import Mark, mark_faults
from app.spreadsheets.reading import read_workbook
from exposures.issues import Rule
from tests.app.spreadsheets import work
from tests.app.spreadsheets.forms import write_ods, write_xls

ROWS = [
    ["编号", "Borrower", "Amount", "Due", "Revolving"],
    ["L1", "博斯普鲁斯 & Sons", 1250.5, date(2027, 1, 31), True],
    ["L2", "Ege", "#N/A", date(2026, 2, 28), False],
    ["L3", "Pampa", 0.1, None, True],
]


@pytest.mark.parametrize(("suffix", "write"), [(".xls", write_xls), (".ods", write_ods)])
def test_the_same_cells_in_other_forms(tmp_path: Path, suffix: str, write: Callable[..., Path]) -> None:
    book = read_workbook(write(tmp_path / f"book{suffix}", ROWS, hidden=(4,)), Job())
    (sheet,) = book.sheets
    assert (book.kind, sheet.name) == (suffix.removeprefix("."), "Book")
    assert list(sheet.rows) == [[None if value == "#N/A" else value for value in row] for row in ROWS]
    assert dict(sheet.errors) == {(3, 2): "#N/A"}
    assert sheet.hidden_rows == {4}


@pytest.mark.shared
@pytest.mark.parametrize("suffix", [".xls", ".xlsb"])
@pytest.mark.filterwarnings("ignore:Unknown extension:UserWarning")
def test_every_error_value_of_a_real_workbook_is_found_where_openpyxl_has_it(shared_data: Path, suffix: str) -> None:
    """The same workbook was saved as .xlsx too, which openpyxl reads."""
    folder = shared_data / "workbooks" / "sheetjs"
    wanted = {
        (cell.row, cell.column - 1): cell.value
        for row in openpyxl.load_workbook(folder / "ErrorTypes.xlsx", data_only=True).active.iter_rows()
        for cell in row
        if cell.data_type == "e"
    }
    (sheet,) = read_workbook(folder / f"ErrorTypes{suffix}", Job()).sheets
    assert len(wanted) == 20
    assert dict(sheet.errors) == wanted


@pytest.mark.shared
@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".ods"])
def test_merged_and_hidden_as_in_the_xlsx_beside_it(shared_data: Path, suffix: str) -> None:
    folder = shared_data / "workbooks" / "sheetjs"
    wanted, found = (read_workbook(folder / f"merge_cells{end}", Job()).sheets[0] for end in (".xlsx", suffix))
    assert set(found.merged) == set(wanted.merged)
    assert found.merged
    seen = read_workbook(folder / f"sheet_visibility{suffix}", Job())
    assert [sheet.visible for sheet in seen.sheets] == [True, False, False]
    assert [note.sheet for note in seen.notes if note.rule is Rule.HIDDEN_SHEET] == ["Hidden", "VeryHidden"]


@pytest.mark.shared
@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".xlsx", ".ods"])
def test_days_counted_from_1904_are_those_that_openpyxl_reads(shared_data: Path, suffix: str) -> None:
    folder = shared_data / "workbooks" / "sheetjs"
    sheet = openpyxl.load_workbook(folder / "1904_1904.xlsx").worksheets[0]
    wanted = [cell.value.date() for row in sheet.iter_rows() for cell in row if isinstance(cell.value, datetime)]
    book = read_workbook(folder / f"1904_1904{suffix}", Job())
    days = [value for row in book.sheets[0].rows for value in row if isinstance(value, date)]
    assert [day.date() if isinstance(day, datetime) else day for day in days] == wanted
    assert any(note.rule is Rule.DATES_FROM_1904 for note in book.notes) == (suffix != ".ods")  # its days are ISO


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("calamine/pass_protected.xlsx", "123"),
        ("calamine/pass_protected.xlsb", "1234"),
        ("sheetjs/password_2002_128_strong.xls", "password"),
    ],
)
def test_a_password_opens_and_another_does_not(shared_data: Path, name: str, password: str) -> None:
    path = shared_data / "workbooks" / name
    assert read_workbook(path, Job(), password).sheets
    for given, code in ((None, "importing.encrypted"), ("not it", "importing.wrong_password")):
        with pytest.raises(Refused) as caught:
            read_workbook(path, Job(), given)
        assert caught.value.code == code
        assert "not it" not in repr(caught.value.values)


def test_a_cell_far_away_in_an_open_document(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "far.ods", [["a", "b"]])
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    gap = b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    cell = b'<table:table-cell table:number-columns-repeated="16000"/><table:table-cell office:value-type="float"/>'
    parts["content.xml"] = parts["content.xml"].replace(
        b"</table:table>", gap + b"<table:table-row>" + cell + b"</table:table-row></table:table>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(Refused) as caught:
        read_workbook(path, Job())
    assert caught.value.code == "importing.far_cell"


def test_faulty_cells_are_marked_in_their_places_and_nothing_becomes_a_formula(tmp_path: Path) -> None:
    rows = [["编号", "Amount"], ["=1+1", 5.0], ["L2", "#N/A"]]
    source, target = write_ods(tmp_path / "book.ods", rows), tmp_path / "marked.xlsx"
    marks = {"Book": {"B2": [Mark("warning", "Look."), Mark("error", "Wrong.")], "B3": [Mark("warning", "=cmd")]}}
    assert mark_faults(source, target, "Book", marks, ("Cell", "Level", "Value", "What"), None, Job()) == 2
    book = openpyxl.load_workbook(target)
    sheet = book["Book"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == rows
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}
    assert sheet["B2"].comment.text == "Look.\nWrong."
    assert [sheet[cell].fill.fgColor.rgb for cell in ("B2", "B3", "A1")] == ["00F4B6AE", "00FBE3A6", "00000000"]
    assert [[cell.value for cell in row] for row in book["Issues"].iter_rows(min_row=2)] == [
        ["B2", "warning", 5, "Look."], ["B2", "error", 5, "Wrong."], ["B3", "warning", "#N/A", "=cmd"],
    ]  # fmt: skip
    with pytest.raises(Misused):
        mark_faults(source, source, "Book", marks, ("", "", "", ""), None, Job())


def test_every_sheet_with_a_faulty_cell_is_sent_back(tmp_path: Path) -> None:
    source, target = tmp_path / "book.xlsx", tmp_path / "marked.xlsx"
    made = openpyxl.Workbook()
    for name in ("Assets", "负债", "Fine"):
        made.create_sheet(name).append(["编号", name])
    del made["Sheet"]
    made.save(source)
    marks = {
        "Assets": {"A1": [Mark("error", "One.")]},
        "负债": {"B1": [Mark("error", "Two.")], "A1": [Mark("error", "3")]},
    }
    assert mark_faults(source, target, "Assets", marks, ("Cell", "Level", "Value", "What"), None, Job()) == 3
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Assets", "负债", "Issues"]
    assert book["负债"]["B1"].comment.text == "Two."
    assert [row[0].value for row in book["Issues"].iter_rows(min_row=2)] == ["A1", "负债!A1", "负债!B1"]


@pytest.mark.shared
def test_spoilt_copies_of_workbooks_end_in_data_or_a_refusal(shared_data: Path, tmp_path: Path) -> None:
    """In one child, as imports run; a child that dies is refused as well."""
    folder = shared_data / "workbooks" / "sheetjs"
    names = ("ErrorTypes", "sheet_visibility", "merge_cells")
    paths = [folder / f"{name}{suffix}" for name in names for suffix in (".xlsx", ".xlsb", ".xls", ".ods")]
    ended = child.run(work.read_spoilt, [path for path in paths if path.exists()], tmp_path, 11, 300)
    assert sum(ended.values()) == 300
    assert ended["data"] > 20
    assert ended["importing.damaged"] > 20
