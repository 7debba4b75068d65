"""What the look at a sheet's XML finds, and that its two ways agree."""

import io
import zipfile
from pathlib import Path

import pytest

from app.refusals import Refused
from app.spreadsheets.parts import read_parts
from app.spreadsheets.scan import Scan, column_index, parse_sheet, scan_sheet
from exposures.cells import column_letters
from tests.app.spreadsheets.packages import sheet_xml

ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1"><v>1</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" t="e"><v>#N/A</v></c><c r="B2" t="e"><f>C9</f><v>#REF!</v></c></row>'
    '<row r="4"><c r="A4"><f>1+1</f></c><c r="B4"><f>1+1</f><v>2</v></c><c r="C4"><f>1+1</f><v></v></c>'
    '<c r="D4" t="str"><f>T()</f><v></v></c><c r="E4" s="3"/></row>'
)
XML = sheet_xml(
    ROWS,
    '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
    '<cols><col min="2" max="3" hidden="1"/></cols>',
)


def scanned(xml: str) -> Scan:
    return scan_sheet("s", True, "f.xlsx", io.BytesIO(xml.encode()))


def test_errors_formulas_hidden_rows_and_merges_have_their_places() -> None:
    found = scanned(XML)
    assert dict(found.errors) == {(2, 0): "#N/A", (2, 1): "#REF!"}
    assert found.uncached == {(4, 0), (4, 2)}  # D4's formula gave an empty text, which is a value
    assert (found.hidden_rows, found.hidden_columns) == ({2}, {1, 2})
    assert found.merged == ((1, 0, 1, 1),)
    assert found.last_row == 4


def test_the_look_is_the_same_while_a_reader_has_the_other_core(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f'<row r="{row}"><c r="B{row}"><v>{row}</v></c></row>' for row in range(1, 400))
    monkeypatch.setattr("app.spreadsheets.scan._BLOCK", 512)
    apart = scanned(sheet_xml(rows))
    monkeypatch.setattr("app.spreadsheets.ahead.is_reading", lambda: True)
    assert scanned(sheet_xml(rows)) == apart
    assert (apart.cells, apart.last_row, apart.valued) == (399, 399, 399)


@pytest.mark.parametrize(
    "xml",
    [
        XML.replace("<c ", "<x:c ").replace("</c>", "</x:c>").replace("<worksheet", '<worksheet xmlns:x="u"'),
        XML.replace("<sheetData>", "<sheetData><!-- <c t='e'/> -->"),
        XML.replace('r="A2"', "r='A2'").replace('r="2"', "r='2'"),
        XML.replace('<c r="B2" t="e">', '<c t="e">'),
    ],
    ids=["prefix", "comment", "single quotes", "no address"],
)
def test_unusual_xml_gives_the_same(xml: str) -> None:
    found, usual = scanned(xml), scanned(XML)
    for name in ("errors", "uncached", "hidden_rows", "hidden_columns", "merged", "last_row"):
        assert getattr(found, name) == getattr(usual, name)


def test_a_cell_beyond_the_last_row_is_damage() -> None:
    with pytest.raises(Refused) as caught:
        parse_sheet("s", True, "f", io.BytesIO(sheet_xml('<row r="1"><c r="A1048577"><v>1</v></c></row>').encode()))
    assert caught.value.code == "importing.damaged"


@pytest.mark.parametrize(("letters", "index"), [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16383)])
def test_columns(letters: str, index: int) -> None:
    assert column_index(letters) == index
    assert column_letters(index) == letters


@pytest.mark.shared
def test_both_ways_agree_on_every_workbook_of_others(shared_data: Path) -> None:
    compared = 0
    for path in sorted((shared_data / "workbooks").rglob("*.xls[xm]")):
        try:
            archive = zipfile.ZipFile(path)
            parts = read_parts(path.name, archive)
        except (Refused, zipfile.BadZipFile):
            continue
        for name, sheet in parts.sheets.items():
            if sheet.part is not None:
                quick, exact = (
                    look(name, True, path.name, archive.open(sheet.part)) for look in (scan_sheet, parse_sheet)
                )
                for field in ("errors", "uncached", "hidden_rows", "hidden_columns", "merged"):
                    assert getattr(quick, field) == getattr(exact, field), (path.name, name, field)
                assert quick.last_row >= exact.last_row
                assert quick.last_column >= exact.last_column
                compared += 1
        archive.close()
    assert compared > 150
