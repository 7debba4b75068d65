"""An officer works through a review list: sees why an item is there, assigns it, drafts a decision, exports."""

import shutil
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from PySide6.QtCore import QDate

from app import bootstrap
from exposures.reviews.item import Action
from tests.ui.cuts import cuts, wordless
from ui.pages.reviews.page import ReviewsPage
from ui.pictures import settle


@pytest.fixture
def own_sample(sample_root, tmp_path):
    """A sample workspace that a test may change."""
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample") as program:
        yield program


def _page(window) -> ReviewsPage:
    return window.pages["reviews"]


def test_before_the_first_making_it_says_what_to_do(open_window):
    page = _page(open_window(page="reviews"))
    assert not page.items.content.isVisible()
    assert not page._export_button.isEnabled()


def test_items_stand_by_risk_and_show_why(open_window, sample):
    window = open_window(page="reviews", over=sample)
    page = _page(window)
    (made,) = sample.reviewing.lists()
    rows = page.items.table.rows
    ranks = {item.id: item.proposal.rank for item in made.items}
    shown = [ranks[page.items.table.key(row)] for row in range(rows.rowCount())]
    assert shown == sorted(shown)
    assert len(shown) == len(made.open_items)
    first = min(made.items, key=lambda item: item.proposal.rank)
    assert page.panel.name.text() == first.proposal.name
    assert page.panel.reasons.rows.rowCount() == len(first.proposal.reasons)
    assert page.panel.have.rows.value(0, "drawn") == pytest.approx(float(first.proposal.amounts.drawn) / 1e6)


def test_owner_due_date_and_a_decision_are_kept_as_steps(open_window, own_sample):
    window = open_window(page="reviews", over=own_sample)
    page = _page(window)
    item_id = page.items.table.current
    steps = len(own_sample.reviewing.item(item_id).history)
    panel = page.panel
    panel.owner.setCurrentText("Chen Li")
    panel.due.setDate(QDate(2022, 6, 15))
    panel.action.setCurrentIndex(panel.action.findData(Action.REDUCE.value))
    panel.target.setText("12.5")
    panel.comment.setText("Run-off first")
    panel.save.click()
    settle(window)
    item = own_sample.reviewing.item(item_id)
    assert (item.owner, item.due) == ("Chen Li", date(2022, 6, 15))
    assert (item.decision.action, item.decision.target) == (Action.REDUCE, Decimal(12_500_000))
    assert [entry.event for entry in item.history[steps:]] == ["assigned", "decided"]
    panel.save.click()  # nothing changed: no further step
    settle(window)
    assert len(own_sample.reviewing.item(item_id).history) == steps + 2
    row = page.items.table.rows.row_of(item_id)
    assert page.items.table.rows.value(row, "owner") == "Chen Li"


def test_keeping_it_needs_a_reason_and_a_target_must_be_an_amount(open_window, sample):
    page = _page(open_window(page="reviews", over=sample))
    panel = page.panel
    panel.action.setCurrentIndex(panel.action.findData(Action.KEEP.value))
    assert not panel.save.isEnabled()
    assert panel._why.text() == "Keeping it as it is needs a reason."
    panel.comment.setText("Parent pays on Friday")
    assert panel.save.isEnabled()
    panel.target.setText("much")
    assert not panel.save.isEnabled()


def test_what_people_set_survives_a_new_making(open_window, own_sample):
    window = open_window(page="reviews", over=own_sample)
    page = _page(window)
    item_id = page.items.table.current
    own_sample.reviewing.assign(item_id, "Sun Yi", None)
    page.make()
    settle(window)
    assert own_sample.reviewing.item(item_id).owner == "Sun Yi"
    assert page._make_button.isEnabled()


def test_export_writes_the_finished_workbook(open_window, sample, tmp_path):
    window = open_window(page="reviews", over=sample)
    _page(window).export_to(tmp_path / "lists.xlsx")
    settle(window)
    workbook = openpyxl.load_workbook(tmp_path / "lists.xlsx")
    assert len(workbook.sheetnames) >= 2
    assert not [
        cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]  # no text ever becomes a formula


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(1440, 900), (1366, 768)])
def test_nothing_is_cut(open_window, sample, language, size):
    window = open_window(*size, page="reviews", over=sample)
    window.speak(language)
    settle(window)
    assert cuts(window) == []
    assert wordless(window) == []
    assert _page(window).verticalScrollBar().maximum() == 0
    assert _page(window).horizontalScrollBar().maximum() == 0
