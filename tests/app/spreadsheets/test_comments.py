"""Comments at cells, in each form that keeps them elsewhere: told, and no part of what the cells say."""

import shutil
import struct
import zipfile
from pathlib import Path
from typing import Any

import xlwt

from app.jobs import Job
from app.spreadsheets import binary_sheets
from app.spreadsheets.reading import read_workbook
from exposures.issues import Rule
from tests.app.spreadsheets.forms import write_ods, write_xls

ROWS = [["line id", "country"], ["A1", "TR"], ["A2", None]]


def commented(path: Path) -> tuple[int | None, list[list[Any]]]:
    """How many comments are told, and the sheet's cells."""
    book = read_workbook(path, Job())
    told = [note.values["count"] for note in book.notes if note.rule is Rule.COMMENTS]
    return (told[0] if told else None), [list(row) for row in book.sheets[0].rows]


def test_comments_of_an_open_document_are_told_and_no_part_of_their_cells(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "book.ods", ROWS)
    plain = commented(path)
    note = '<office:annotation office:display="false"><text:p>Ask Ege</text:p></office:annotation>'
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts["content.xml"].decode()
    assert content.count("<text:p>TR") == content.count("<table:table-cell/>") == 1
    content = content.replace("<text:p>TR", f"{note}<text:p>TR").replace("<text:p>country", f"{note}<text:p>country")
    content = content.replace("<table:table-cell/>", f"<table:table-cell>{note}</table:table-cell>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in (parts | {"content.xml": content.encode()}).items():
            archive.writestr(name, part)
    # one at TR, one at the empty cell; the header's is left out
    assert (plain[0], commented(path)) == (None, (2, plain[1]))


def test_comments_of_an_old_workbook_are_told(tmp_path: Path) -> None:
    """A NOTE record ([MS-XLS] 2.4.179): row, column, flags, object, author."""
    plain = commented(write_xls(tmp_path / "plain.xls", ROWS))
    book = xlwt.Workbook()
    sheet = book.add_sheet("Book")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    written = sheet.get_biff_data

    def with_notes() -> bytes:
        data = written()
        places = ((0, 1), (1, 1), (2, 1), (0xFFFF, 1))  # the last is how Excel 5 goes on with a long one
        notes = b"".join(struct.pack("<6HB3sx", 0x1C, 13, row, column, 0, 1, 2, b"\x00Eg") for row, column in places)
        return data[:-4] + notes + data[-4:]

    sheet.get_biff_data = with_notes
    book.save(str(tmp_path / "notes.xls"))
    assert (plain[0], commented(tmp_path / "notes.xls")) == (None, (2, plain[1]))


def test_comments_of_a_binary_workbook_are_counted() -> None:
    """BrtBeginComment ([MS-XLSB] 2.4.28) is record 635: author, then first and last row, first and last column."""
    records = [struct.pack("<BBB5I16x", 0xFB, 4, 36, 0, row, row, 1, 1) for row in (0, 1, 7)]
    part = b"\x8e\x05\x00" + b"".join(records)
    assert binary_sheets.comments(part) == 2
    assert binary_sheets.comments(part[:-32]) == 1  # damaged: what was seen counts
    assert binary_sheets.comments(b"") == 0


def test_comments_of_a_real_binary_workbook_are_told(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "workbooks/calamine/any_sheets.xlsb"
    path = Path(shutil.copy(source, tmp_path / "book.xlsb"))
    assert commented(path)[0] is None
    path.chmod(0o600)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/comments1.bin", struct.pack("<BBB5I16x", 0xFB, 4, 36, 0, 3, 3, 1, 1))
    assert commented(path)[0] == 1
