from dataclasses import replace
from pathlib import Path

import pytest

from app.refusals import Refused
from app.services import layouts
from exposures.cells import Sheet, Workbook
from exposures.mapping import Mapping

FILE = Path("ledger.xlsx")
NOTES = Sheet("Notes", [["Prepared by", "On"], ["Chen Li", "Monday"]])
LINES = Sheet("Lines", [["Loan Number", "Country", "Outstanding", "Currency"], ["1", "TR", 5.0, "USD"]])
RATES = Sheet("汇率", [["Currency", "per USD", "date"], ["TRY", 45.0, "2026-05-22"]])
LAYOUT = Mapping("mine", {"line_id": "Loan Number", "country": "Country"})


def book(*sheets: Sheet) -> Workbook:
    return Workbook(sheets, "xlsx")


def test_the_sheet_that_says_most_is_read() -> None:
    cells, layout, origin = layouts.choose(book(NOTES, RATES, LINES), {}, None, None, FILE)
    assert (cells.sheet, origin) == ("Lines", "proposed")
    assert set(layout.columns) == {"line_id", "country", "outstanding", "currency"}
    assert layouts.choose(book(NOTES, RATES, LINES), {}, LAYOUT, None, FILE)[0].sheet == "Lines"


def test_a_known_layout_is_recognised_by_its_headers_or_its_fingerprint() -> None:
    assert layouts.choose(book(LINES), {"mine": LAYOUT}, None, None, FILE)[1:] == (LAYOUT, "recognised")
    other = replace(LAYOUT, fingerprint="of other headers")
    assert layouts.choose(book(LINES), {"mine": other}, None, None, FILE)[2] == "proposed"


def test_a_visible_sheet_comes_before_a_hidden_one() -> None:
    hidden = replace(LINES, name="Old", visible=False)
    assert layouts.choose(book(hidden, LINES), {}, None, None, FILE)[0].sheet == "Lines"
    assert layouts.choose(book(hidden, LINES), {}, None, "old", FILE)[0].sheet == "Old"


def test_a_layout_names_its_sheet_but_a_csv_has_only_one() -> None:
    named = replace(LAYOUT, sheet="Loans")
    assert layouts.choose(book(LINES), {}, named, None, FILE)[0].sheet == "Lines"
    with pytest.raises(Refused, match=r"book\.sheet_missing"):
        layouts.choose(book(LINES, NOTES), {}, named, None, FILE)


def test_no_table() -> None:
    with pytest.raises(Refused, match=r"book\.no_table"):
        layouts.choose(book(Sheet("Empty", [])), {}, None, None, FILE)


def test_a_saved_layout_comes_back_and_stands_before_the_shipped_one(tmp_path: Path) -> None:
    shipped = next(iter(layouts.known(tmp_path)))
    layouts.save(tmp_path, replace(LAYOUT, name=shipped))
    assert layouts.known(tmp_path)[shipped].columns == LAYOUT.columns
    layouts.save(tmp_path, replace(LAYOUT, name="周一 / Monday"))
    assert layouts.find(layouts.known(tmp_path), "周一 / Monday").columns == LAYOUT.columns
    assert {path.suffix for path in tmp_path.iterdir()} == {".toml"}


def test_a_layout_saved_again_keeps_the_remarks_in_its_file(tmp_path: Path) -> None:
    path = layouts.save(tmp_path, LAYOUT)
    path.write_text(
        "# agreed with Treasury\n" + path.read_text("utf-8").replace("\n[columns]", "\n[columns] # as sent")
    )
    again = replace(LAYOUT, columns={**LAYOUT.columns, "currency": "Ccy"})
    assert layouts.save(tmp_path, again) == path
    assert layouts.read(path) == again
    assert path.read_text("utf-8").startswith("# agreed with Treasury\n")
    assert "# as sent" in path.read_text("utf-8")
