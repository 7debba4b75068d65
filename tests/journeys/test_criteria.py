"""The criteria of a list in the window: read, a parameter set with the reason why not, made again."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app import bootstrap
from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.reviews.page import ReviewsPage
from ui.pictures import settle
from ui.window import Window


@pytest.fixture
def own_sample(sample_root: Path, tmp_path: Path):
    """A sample workspace that a test may change."""
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample") as program:
        yield program


def opened(window: Window, list_id: str):
    page: ReviewsPage = window.pages["reviews"]
    page.lists.table.select(list_id)
    settle(window)
    page.items.sight.criteria.click()
    settle(window)
    return page, page.desk.criteria.form


def test_criteria_are_read_and_a_parameter_is_set_and_counts_once_made_again(open_window, own_sample):
    window = open_window(page="reviews", over=own_sample)
    page, form = opened(window, "L2")
    assert any("10 % or more of the entity" in line.text() for line in form.said)
    assert form.applied.text().endswith("to book v2.")
    assert form.table.select("reviews.marks/l2.share")
    assert form.value.text() == "10"
    assert form.history.text() == "Nobody has changed it."
    form.value.setText("much")
    QTest.keyClick(form.value, Qt.Key.Key_Return)
    settle(window)
    assert "much" in form.fault.text()
    assert form.value.text() == "much"  # what was typed stays
    form.value.setText("12")
    form.set_button.click()
    settle(window)
    assert form.history.text().endswith("from 10 % to 12 %")
    form.reject()
    page.make()
    settle(window)
    _page, form = opened(window, "L2")
    assert any("12 % or more of the entity" in line.text() for line in form.said)
    form.table.select("reviews.marks/l2.share")
    form.shipped_button.click()
    settle(window)
    assert form.value.text() == "10"
    form.reject()


def test_no_text_of_the_criteria_is_cut(open_window, sample):
    window = open_window(page="reviews", over=sample)
    for look in every_look(window):
        _page, form = opened(window, "L8")
        assert not cuts(form), look
        assert not wordless(form), look
        form.reject()
        settle(window)
