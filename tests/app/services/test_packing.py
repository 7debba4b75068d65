"""The committee pack: what it holds, what it anchors, what it refuses, and that a preview changes nothing."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app.bootstrap import Program
from app.refusals import Refused
from app.services.packing import Chosen
from app.storage import audit, audit_chain
from app.wording.sentences import refusal
from tests.app.services.workbooks import write_csv

SMALL = Chosen(("L1", "L9"), ("TR",), ("lira_falls",))


@pytest.fixture
def listed(program: Program, tmp_path: Path) -> Program:
    rows = ("L1,=Anadolu,TR,loan,USD,370000000,0", "L2,Pamuk,TR,loan,TRY,20000000,0")
    program.importing.commit(write_csv(tmp_path / "b.csv", *rows), date(2026, 5, 22))
    program.limiting.set("TR", Decimal(400_000_000), "USD")
    program.reviewing.generate()
    return program


def test_the_workbook_has_a_sheet_for_every_part_and_the_cover_says_where_the_trail_ended(
    listed: Program, tmp_path: Path
):
    path = tmp_path / "pack.xlsx"
    done = listed.packing.write(path, SMALL)
    assert (done.pages, done.language) == (None, "en")
    book = openpyxl.load_workbook(path)
    assert [sheet.title for sheet in book.worksheets] == [
        "Daily check", "Turkey", "Stress  Lira loses 30 %", "L1 Asset screening", "L9 Debt contagion",
    ]  # fmt: skip
    assert all(cell.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    texts = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    with listed.database.read() as connection:
        (anchor,) = audit_chain.anchors(connection)
        last = audit.trail(connection)[-1]
    # The pack's own row is the last that the anchor counts; without a keyring it is not signed, and says so.
    assert (anchor.occasion, anchor.subject, anchor.head.row) == ("pack", last["subject"], last["id"])
    assert f"{anchor.head.rows} rows, ends with {anchor.head.hash[:16]}; not signed" in texts
    assert last["action"] == "pack.write"
    assert listed.attesting.verify().is_whole


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_pdf_has_a_cover_with_contents_and_a_page_for_every_part(listed: Program, tmp_path: Path, language: str):
    path = tmp_path / "pack.pdf"
    done = listed.packing.write(path, SMALL, language=language)
    assert done.pages == 6  # cover, check, Turkey, stress, L1, L9
    assert path.read_bytes().startswith(b"%PDF")
    assert path.read_bytes().count(b"/Outlines") >= 1  # the contents are bookmarks too


def test_a_preview_shows_every_page_and_writes_nothing(listed: Program):
    with listed.database.read() as connection:
        before = len(audit.trail(connection))
    pages = listed.packing.preview(Chosen(("L9",), (), (), check=True))
    assert len(pages) == 3
    assert all(page.startswith(b"\x89PNG") for page in pages)
    with listed.database.read() as connection:
        assert len(audit.trail(connection)) == before
        assert audit_chain.anchors(connection) == []


@pytest.mark.parametrize(
    ("chosen", "name", "told"),
    [
        (Chosen(("L99",)), "a.pdf", "no review list L99"),
        (Chosen((), (), (), check=False), "a.pdf", "Nothing is chosen"),
        (Chosen(("L1",), (), ("storm",)), "a.pdf", "storm"),
        (Chosen(("L1",)), "a.doc", "not a.doc"),
    ],
)
def test_what_cannot_be_packed_is_refused_and_anchors_nothing(
    listed: Program, tmp_path: Path, chosen: Chosen, name: str, told: str
):
    with pytest.raises(Refused) as caught:
        listed.packing.write(tmp_path / name, chosen)
    assert told in refusal(caught.value)[0]
    assert not (tmp_path / name).exists()
    with listed.database.read() as connection:
        assert audit_chain.anchors(connection) == []


def test_attached_files_are_listed_and_written_beside_the_pack(listed: Program, tmp_path: Path):
    paper, other = tmp_path / "minutes.pdf", tmp_path / "visit.txt"
    paper.write_bytes(b"%PDF the minutes")
    other.write_bytes(b"elsewhere")
    first = listed.attaching.add("L1-0001", paper, "=minutes")
    second = listed.attaching.add("country TR", paper)
    listed.attaching.add("counterparty Pamuk", other)  # of no chosen list or country
    path = tmp_path / "pack.xlsx"
    listed.packing.write(path, SMALL)
    assert not (tmp_path / "pack-files").exists(), "listed without being asked for, written only where asked for"
    texts = _texts(path, "Attached files")
    assert {"2 files are attached.", "minutes.pdf", "=minutes", first.sha256, "L1-0001", "Turkey"} <= texts
    assert "visit.txt" not in texts
    again = tmp_path / "again.xlsx"
    listed.packing.write(again, replace(SMALL, files=True))
    written = sorted((tmp_path / "again-files").iterdir())
    assert [one.name for one in written] == [f"{first.id}-minutes.pdf", f"{second.id}-minutes.pdf"]
    assert written[0].read_bytes() == b"%PDF the minutes"
    assert "again-files" in _texts(again, "Attached files")
    with listed.database.read() as connection:
        row = audit.trail(connection)[-1]
    assert json.loads(row["after"])["files"] == [first.sha256, second.sha256]
    with pytest.raises(Refused, match=r"pack\.folder_exists"):
        listed.packing.write(again, replace(SMALL, files=True))
    with closing(sqlite3.connect(listed.workspace.database)) as connection:
        connection.execute("UPDATE attachment_content SET content = 'x' WHERE sha256 = ?", (first.sha256,))
        connection.commit()
    third = tmp_path / "third.xlsx"
    listed.packing.write(third, replace(SMALL, files=True))
    assert "2 of 2 attached files are not as they were attached." in _texts(third, "Attached files")
    assert not (tmp_path / "third-files").exists(), "what is altered is not handed on"


def _texts(path: Path, sheet: str) -> set[str]:
    return {str(cell.value) for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row if cell.value}
