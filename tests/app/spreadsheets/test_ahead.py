"""A workbook is read while the guard still looks at it; whatever the reader makes of it, the guard is heard first."""

from pathlib import Path

import pytest

from app.jobs import Job
from app.refusals import Refused
from app.spreadsheets import ahead, child
from app.spreadsheets.reading import read_workbook
from tests.app.spreadsheets import work
from tests.app.spreadsheets.packages import package, sheet_xml, text_cell

NUMBERED = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}.5</v></c></row>' for row in range(2, 40))
SHEET = sheet_xml(f'<row r="1">{text_cell("A1", "balance")}</row>{NUMBERED}')


def test_what_is_read_ahead_is_what_is_read(tmp_path: Path) -> None:
    path = package(tmp_path / "book.xlsx", SHEET)
    after = read_workbook(path, Job())
    ahead.begin(path)
    beside = read_workbook(path, Job())
    assert ahead.taken(path) is None  # it was taken
    assert [list(sheet.rows) for sheet in beside.sheets] == [list(sheet.rows) for sheet in after.sheets]
    assert beside.sheets[0].rows[1:3] == [[2.5], [3.5]]


def test_only_a_package_that_is_sound_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut, text = tmp_path / "cut.xlsx", tmp_path / "book.csv"
    cut.write_bytes(package(tmp_path / "book.xlsx", SHEET).read_bytes()[:200])
    text.write_text("a,b")
    for path in (cut, text, tmp_path / "gone.xlsx"):
        ahead.begin(path)
        assert ahead.taken(path) is None
    monkeypatch.setattr(ahead, "_MOST_UNPACKED", 100)  # bytes: rows beyond the first limit of memory
    ahead.begin(tmp_path / "book.xlsx")
    assert ahead.taken(tmp_path / "book.xlsx") is None


def test_another_file_is_not_mixed_up_with_it(tmp_path: Path) -> None:
    ahead.begin(package(tmp_path / "book.xlsx", SHEET))
    assert ahead.taken(tmp_path / "rates.xlsx") is None


def test_a_file_that_ends_its_reader_gets_the_word_of_the_guard(tmp_path: Path) -> None:
    """Two cells at the corners of a sheet end calamine's process, and it is the cell that is told of."""
    far = f'<row r="1">{text_cell("A1", "a")}</row><row r="1048576">{text_cell("XFD1048576", "z")}</row>'
    path = package(tmp_path / "far.xlsx", sheet_xml(far))
    with pytest.raises(Refused) as caught:
        child.run(work.read, path, ahead=path)
    assert (caught.value.code, caught.value.values["cell"]) == ("importing.far_cell", "XFD1048576")


def test_what_ends_the_child_after_the_guard_is_told_as_it_is(tmp_path: Path) -> None:
    path = package(tmp_path / "book.xlsx", SHEET)
    with pytest.raises(Refused) as caught:
        child.run(work.read_and_abort, path, ahead=path)
    assert caught.value.code == "importing.reader_died"
    assert child.run(work.read, path, ahead=path).sheets[0].rows[1] == [2.5]
