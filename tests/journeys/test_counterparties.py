"""An officer looks who owes most, opens a name and its group, and goes on to its limits and lines."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from app import bootstrap
from app.bootstrap import Program
from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.counterparties.page import CounterpartiesPage
from ui.pictures import settle


@pytest.fixture
def own_sample(sample_root: Path, tmp_path: Path) -> Iterator[Program]:
    """A copy of the sample workspace that the test may change."""
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample") as opened:
        yield opened


def _page(window) -> CounterpartiesPage:
    return window.pages["counterparties"]


def test_names_groups_places_and_one_of_them(open_window, sample, tmp_path):
    window = open_window(page="counterparties", over=sample)
    page = _page(window)
    assert "the 10 largest" in page.holders.answer.text()
    assert page.owed.answer.text().startswith("USD ")  # the largest stands open
    page.show_target(counterparty="C1001")
    settle(window)
    assert page.owed.question.text() == "What does Anadolu Enerji A.Ş. owe, and what presses?"
    rows = page.followed.table.rows
    told = [rows.value(row, "what") for row in range(rows.rowCount())]
    assert {"Anadolu Enerji A.Ş.", "Anadolu"} <= set(told)  # its own limit and its group's
    assert any(text.startswith("L1-") for text in told)

    page.holders.view.choose("groups")
    page.holders.view.chosen.emit("groups")
    page.holders.table.select("Anadolu")
    settle(window)
    assert page.owed.question.text() == "What does Anadolu owe, and what presses?"
    assert page.due.table.rows.rowCount() > 0
    page.holders.view.choose("places")
    page.holders.view.chosen.emit("places")
    assert "the most of any" in page.holders.answer.text()
    page.export_to(tmp_path / "who.xlsx")
    settle(window)
    made = openpyxl.load_workbook(tmp_path / "who.xlsx").sheetnames
    assert made == ["Who owes", "Products", "Maturities", "Follow-up"]
    page.owed.link.click()
    settle(window)
    assert window.pages["exposures"].lines.filter.text() == "Anadolu"


def test_enter_on_a_limit_leads_to_whose_it_is(open_window, sample):
    window = open_window(page="limits", over=sample)
    window.pages["limits"].standing._open("group\x1fEge\x1f")
    settle(window)
    assert _page(window).owed.question.text() == "What does Ege owe, and what presses?"


def test_enter_on_a_line_leads_to_who_owes_it(open_window, sample):
    window = open_window(page="exposures", over=sample)
    lines = window.pages["exposures"].lines
    lines.filter.setText("Marmara")
    settle(window)
    lines.table.opened.emit(lines.table.key(0))
    settle(window)
    assert _page(window).owed.question.text() == "What does Marmara Bankası owe, and what presses?"


def test_a_name_that_the_book_lost_gives_way_to_the_largest(open_window, sample):
    window = open_window(page="counterparties", over=sample)
    page = _page(window)
    page.show_target(counterparty="C9999999")
    settle(window)
    assert page.owed.isVisible()


def test_without_a_book_the_page_says_what_brings_one(open_window):
    window = open_window(page="counterparties")
    assert _page(window).nothing.isVisible()
    assert not _page(window).export_button.isEnabled()


def test_nothing_is_cut(open_window, sample):
    window = open_window(page="counterparties", over=sample)
    for look in every_look(window):
        assert cuts(window) == [], look
        assert wordless(window) == [], look


def test_a_note_is_written_and_withdrawn_from_the_page(open_window, own_sample):
    window = open_window(page="counterparties", over=own_sample)
    page = _page(window)
    page.show_target(group="Anadolu")
    settle(window)
    page.followed.link.click()
    settle(window)
    form = page.form
    assert not form.table.isVisible()  # nothing was written yet
    assert not form.write_button.isEnabled()
    form.whose.setCurrentIndex(form.whose.findData("C1001"))
    form.text.setPlainText("Plant visited; orders fall")
    form.write_button.click()
    settle(window)
    rows = page.followed.table.rows
    last = rows.rowCount() - 1
    assert rows.value(last, "what") == "Plant visited; orders fall"
    page.show_target(counterparty="C1001")  # on its own page as on its group's
    settle(window)
    page.followed.table.opened.emit(page.followed.table.key(rows.rowCount() - 1))
    settle(window)
    assert page.form.table.isVisible()
    assert not page.form.withdraw_button.isEnabled()  # not without a reason
    page.form.reason.setPlainText("another plant")
    page.form.withdraw_button.click()
    settle(window)
    assert "Plant visited; orders fall" not in [rows.value(row, "what") for row in range(rows.rowCount())]
