"""What may not be read is refused with its own reason, before anything reads it."""

import time
import zipfile
from pathlib import Path

import pytest
import xlwt

from app.refusals import Misused, Refused
from app.spreadsheets import guard
from app.wording.sentences import refusal
from exposures.issues import Rule, Severity
from tests.app.spreadsheets.packages import package, sheet_xml, text_cell

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
ROW = '<row r="1">' + text_cell("A1", "a") + "</row>"


def refused(path: Path) -> Refused:
    """What the guard says, within ten seconds, with words of its own."""
    start = time.monotonic()
    with pytest.raises(Refused) as caught:
        guard.inspect(path)
    assert time.monotonic() - start < 10
    what, remedy = refusal(caught.value)
    assert path.name in what
    assert "(importing." not in what
    assert remedy
    return caught.value


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.xlsx", b"", "importing.empty_file"),
        ("empty.csv", b"", "importing.empty_file"),
        ("picture.xlsx", PNG, "importing.not_what_it_says"),
        ("picture.csv", PNG, "importing.not_what_it_says"),
        ("page.csv", b"<!DOCTYPE html><html><body>Please log in</body></html>", "importing.not_what_it_says"),
        ("page2.csv", b"\xef\xbb\xbf\r\n  <HTML><table>", "importing.not_what_it_says"),
        ("page.xlsx", b"<html><table><tr><td>1</td></tr></table></html>", "importing.not_what_it_says"),
        ("text.xlsx", b"a,b,c\n1,2,3\n", "importing.not_what_it_says"),
        ("paper.csv", b"%PDF-1.7 ...", "importing.not_what_it_says"),
        ("archive.csv", b"PK\x03\x04....", "importing.not_what_it_says"),
        ("old.xls", OLE + b"\x00" * 600, "importing.damaged"),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", "importing.not_what_it_says"),
        ("new.xls", b"PK\x03\x04 an .xlsx by another name", "importing.not_what_it_says"),
        ("book.xlsb", b"PK\x03\x04", "importing.damaged"),
        ("book.ods", b"PK\x03\x04", "importing.damaged"),
        ("text.ods", b"a,b", "importing.not_what_it_says"),
        ("book.et", b"PK\x03\x04", "importing.format_not_read"),
        ("book.docx", b"PK\x03\x04", "importing.unknown_extension"),
        ("book", b"a,b", "importing.unknown_extension"),
        ("cut.xlsx", b"PK\x03\x04 cut short", "importing.damaged"),
    ],
)
def test_a_file_that_is_not_what_it_says(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    assert refused(written(tmp_path / name, content)).code == code


def test_a_missing_file_and_a_folder_are_wrong_usage(tmp_path: Path) -> None:
    assert isinstance(refused(tmp_path / "gone.xlsx"), Misused)
    assert isinstance(refused(tmp_path), Misused)


def test_two_cells_at_the_corners_of_a_sheet(tmp_path: Path) -> None:
    rows = f'{ROW}<row r="1048576">{text_cell("XFD1048576", "z")}</row>'
    error = refused(package(tmp_path / "far.xlsx", sheet_xml(rows)))
    assert (error.code, error.values["cell"], error.values["cells"]) == ("importing.far_cell", "XFD1048576", 2)


def test_styled_cells_far_away_hold_nothing_and_do_no_harm(tmp_path: Path) -> None:
    rows = f'{ROW}<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    found = guard.inspect(package(tmp_path / "styled.xlsx", sheet_xml(rows)))
    assert (found.scans[0].last_row, found.scans[0].last_column) == (1, 0)


def test_a_document_type_in_any_part(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    assert refused(package(tmp_path / "sheet.xlsx", bomb)).code == "importing.document_type"
    wide = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    path = tmp_path / "wide.xlsx"
    package(path, sheet_xml(ROW))
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = wide.encode("utf-16")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert refused(path).code == "importing.document_type"
    parts["xl/workbook.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert refused(path).code == "importing.document_type"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_part_twice(tmp_path: Path) -> None:
    path = package(tmp_path / "twice.xlsx", sheet_xml(ROW))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/Worksheets/Sheet1.xml", sheet_xml(ROW))
    assert refused(path).code == "importing.duplicate_part"


def test_an_archive_that_would_unpack_to_far_more(tmp_path: Path) -> None:
    path = package(tmp_path / "bomb.xlsx", sheet_xml(ROW), xl__theme="0" * (80 * 2**20))
    assert refused(path).code == "importing.bomb"


def test_a_sheet_that_is_no_xml(tmp_path: Path) -> None:
    assert refused(package(tmp_path / "cut.xlsx", sheet_xml(ROW)[:-20] + "<c")).code == "importing.damaged"
    assert refused(package(tmp_path / "junk.xlsx", "x" * 9000)).code == "importing.damaged"


def test_a_zip_without_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.jpg", b"x")
    assert refused(path).code == "importing.no_workbook"


def test_comments_at_cells_are_told_and_those_at_headers_are_none(tmp_path: Path) -> None:
    comment = "<comments><commentList>{}</commentList></comments>"
    parts = {
        "xl__comments1.xml": comment.format('<comment ref="B1" authorId="0"/><comment ref="B5" authorId="0"/>'),
        "xl__comments__comment2.xml": comment.format('<comment authorId="0" ref="AA12"/>'),
        "xl__threadedComments__threadedComment1.xml": '<T><threadedComment ref="B5"/></T>',
    }
    (note,) = guard.inspect(package(tmp_path / "comments.xlsx", sheet_xml(ROW), **parts)).notes
    assert (note.rule, note.severity, dict(note.values)) == (Rule.COMMENTS, Severity.INFO, {"count": 2})
    header = {"xl__comments1.xml": comment.format('<comment ref="B1" authorId="0"/>')}
    assert guard.inspect(package(tmp_path / "header.xlsx", sheet_xml(ROW), **header)).notes == ()


def test_macros_and_links_are_noted_and_neither_run_nor_followed(tmp_path: Path) -> None:
    parts = {"xl/vbaProject.bin": "x", "xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    found = guard.inspect(package(tmp_path / "macros.xlsm", sheet_xml(ROW), **parts))
    assert found.kind == "xlsm"
    assert [note.rule for note in found.notes] == [Rule.MACROS, Rule.EXTERNAL_LINKS]


def test_an_extent_that_lies_is_told_and_not_believed(tmp_path: Path) -> None:
    """WPS writes A1 as the dimension of every sheet."""
    rows = f'{ROW}<row r="2">{text_cell("C2", "z")}</row>'
    found = guard.inspect(package(tmp_path / "wps.xlsx", sheet_xml(rows, before='<dimension ref="A1"/>')))
    (note,) = found.notes
    assert (note.rule, dict(note.values)) == (Rule.EXTENT_CLAIMED, {"claimed": "A1", "found": "C2"})


def test_an_old_workbook_under_a_new_name(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("x").write(0, 0, "a")
    book.save(str(tmp_path / "old.xls"))
    (tmp_path / "old.xls").rename(tmp_path / "old.xlsx")
    assert refused(tmp_path / "old.xlsx").code == "importing.old_format_renamed"


@pytest.mark.shared
def test_encrypted_files_of_others(shared_data: Path) -> None:
    for name in ("calamine/pass_protected.xlsx", "calamine/pass_protected.xlsb", "sheetjs/password_2002_40_xor.xls"):
        assert refused(shared_data / "workbooks" / name).code == "importing.encrypted"
    assert refused(shared_data / "workbooks/calamine/pass_protected.ods").code == "importing.encrypted_document"
