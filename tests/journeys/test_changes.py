"""An officer asks why the total is another than last week, and finds the lines."""

from datetime import date
from decimal import Decimal

import openpyxl

from app.bootstrap import Program
from tests.app.services.workbooks import write_csv
from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.changes.page import ChangesPage
from ui.pictures import settle


def _page(window) -> ChangesPage:
    return window.pages["changes"]


def test_from_the_total_to_the_line(open_window, sample, tmp_path):
    window = open_window(page="changes", over=sample)
    page = _page(window)
    assert page.bridge.answer.text().startswith("Up USD 130 m to USD 13,057 m since 13 May 2022: volume")
    amounts = page.bridge.table.rows
    shown = [amounts.value(row, "amount") for row in range(amounts.rowCount())]
    assert abs(sum(shown[1:-1], shown[0]) - shown[-1]) < Decimal("1e-9")
    lines = page.lines.table.rows
    whole = lines.rowCount()
    page.lines.kinds._buttons["matured"].click()
    assert page.lines.answer.text() == "10 lines changed."
    page.lines.kinds._buttons["all"].click()
    page.places.table.select("IN")
    page.lines.pick("country", "IN")
    assert 0 < lines.rowCount() < whole
    page.places.by._buttons["entity"].click()
    assert page.places.answer.text().endswith("that moved.")
    assert lines.rowCount() == whole
    page.export_to(tmp_path / "changes.xlsx")
    settle(window)
    assert openpyxl.load_workbook(tmp_path / "changes.xlsx").sheetnames == ["Bridge", "Places", "Lines"]


def test_one_book_says_what_is_missing_and_a_second_fills_the_page(open_window, program: Program, tmp_path):
    program.importing.commit(write_csv(tmp_path / "a.csv", "1,Ege,TR,loan,USD,5,0"), date(2026, 5, 15))
    window = open_window(page="changes")
    page = _page(window)
    assert page.nothing.isVisible()
    assert not page.bridge.isVisible()
    program.importing.commit(write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,7,0"), date(2026, 5, 22))
    page.refresh()
    settle(window)
    assert page.bridge.isVisible()
    assert page.since.currentText() == "15 May 2026"


def test_nothing_is_cut(open_window, sample):
    window = open_window(page="changes", over=sample)
    for look in every_look(window):
        assert cuts(_page(window)) == [], look
        assert wordless(window) == [], look
