"""An officer asks what a falling lira and a roll-over stop would do, and looks at the book's structure."""

from decimal import Decimal

import openpyxl
import pytest

from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.stress.page import StressPage
from ui.pages.structure.page import StructurePage
from ui.pictures import settle


def _stress(window) -> StressPage:
    return window.pages["stress"]


def test_two_scenarios_one_after_the_other(open_window, sample, tmp_path):
    """The sample: what the command `stress run` says of the same scenarios stands on the page."""
    window = open_window(page="stress", over=sample)
    page = _stress(window)
    assert page.choice.currentText() == "Dollar tide goes out"
    assert "country-risk reserves would be missing" in page.effect.answer.text()
    assert page.cash.table.rows.rowCount() == 3
    page.choice.setCurrentIndex(page.choice.findData("lira_falls"))
    page.choice.activated.emit(page.choice.currentIndex())
    settle(window)
    assert page.cash.answer.text() == "This scenario does not stop roll-over anywhere."
    assert not page.cash.table.isVisible()
    assert page.assumptions.table.rows.rowCount() == 1
    rows = page.effect.table.rows
    changed = [rows.value(row, "country") for row in range(rows.rowCount()) if rows.value(row, "change")]
    assert changed == ["Turkey"]
    page.export_to(tmp_path / "stress.xlsx")
    settle(window)
    made = openpyxl.load_workbook(tmp_path / "stress.xlsx").sheetnames
    assert made == ["Countries", "Borrowers", "Liquidity", "Assumptions"]


def test_the_borrowers_are_filtered_as_one_types(open_window, sample, qtbot):
    window = open_window(page="stress", over=sample)
    page = _stress(window)
    whole = page.borrowers.table.rows.rowCount()
    page.find()
    page.borrowers.filter.setText("Ege")
    qtbot.waitUntil(lambda: 0 < page.borrowers.table.rows.rowCount() < whole)


def test_the_structure_of_the_book(open_window, sample, tmp_path):
    window = open_window(page="structure", over=sample)
    page: StructurePage = window.pages["structure"]
    assert page.ladder.table.rows.rowCount() == 11
    assert page.ladder.answer.text().startswith("Never short in the coming year")
    assert "open in all" in page.currencies.answer.text()
    assert page.reserves.answer.text().startswith("At least USD 85 m of country-risk reserves is missing")
    page.export_to(tmp_path / "structure.xlsx")
    settle(window)
    made = openpyxl.load_workbook(tmp_path / "structure.xlsx").sheetnames
    assert made == ["Maturities", "Currencies", "Country-risk reserves", "G51"]


def test_the_return_by_country(open_window, sample):
    """The second view of the page: what the command `risk g51` prints."""
    window = open_window(page="structure", over=sample)
    page: StructurePage = window.pages["structure"]
    page.show_target(view="g51")
    settle(window)
    assert page.g51.isVisible()
    assert not page.ladder.isVisible()
    assert page.g51.answer.text().startswith("Turkey has the largest claims, 1,239,979.14 (CNY 10,000)")
    assert page.g51.table.rows.value(0, "guarantor") == Decimal("1239979.14")
    assert cuts(window) == []


@pytest.mark.parametrize("page", ["stress", "structure"])
def test_without_a_book_the_page_says_what_brings_one(open_window, page):
    window = open_window(page=page)
    assert window.pages[page].nothing.isVisible()
    assert not window.pages[page].export_button.isEnabled()


@pytest.mark.parametrize("page", ["stress", "structure"])
def test_nothing_is_cut(open_window, sample, page):
    window = open_window(page=page, over=sample)
    for look in every_look(window):
        assert cuts(window) == [], look
        assert wordless(window) == [], look
