"""An officer works through a review list: sees why an item is there, takes it on, drafts a decision, hands it over."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app import bootstrap
from app.bootstrap import Program
from exposures.reviews.item import Action, Priority, Status
from tests.app.services.workbooks import write_csv
from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.reviews.page import ReviewsPage
from ui.pictures import settle

FRIDAY = date(2026, 5, 22)


@pytest.fixture
def own_sample(sample_root: Path, tmp_path: Path):
    """A sample workspace that a test may change."""
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample") as program:
        yield program


def _page(window) -> ReviewsPage:
    return window.pages["reviews"]


def _shown(page: ReviewsPage) -> list[str]:
    table = page.items.table
    return [table.key(row) for row in range(table.rows.rowCount())]


def _choose(window, item_id: str) -> ReviewsPage:
    page = _page(window)
    page.items.choose(item_id)
    settle(window)
    return page


# ---------------------------------------------------------------------- nothing yet


def test_without_a_book_it_says_so_and_leads_to_the_import(open_window):
    window = open_window(page="reviews")
    page = _page(window)
    assert not page.items.content.isVisible()
    assert not page.export_button.isEnabled()
    assert not page.make_button.isEnabled()
    assert not page.left.isVisible()
    assert cuts(page) == []
    page.items.import_wanted.emit()
    assert window.current == "import"


def test_with_a_book_the_lists_are_made_from_here(open_window, program: Program, tmp_path: Path):
    program.importing.commit(
        write_csv(tmp_path / "book.csv", "A1,Anadolu Enerji,TR,loan,USD,370000000,42000000"), FRIDAY
    )
    window = open_window(page="reviews")
    page = _page(window)
    assert not page.items.content.isVisible()
    page.items.make_wanted.emit()
    settle(window)
    assert page.items.answer.text() == "1 of 1 item needs a decision; USD 412 m."
    assert page.why.name.text() == "Anadolu Enerji"
    assert page.decision.answer.text().startswith("Proposed: ")


def test_a_list_on_which_nothing_stands_says_why(open_window, program: Program, tmp_path: Path):
    program.importing.commit(write_csv(tmp_path / "book.csv", "A1,Berg,DE,loan,USD,370000000,"), FRIDAY)
    program.reviewing.generate()
    page = _page(open_window(page="reviews"))
    assert not page.items.content.isVisible()
    assert page.items._empty._text.text().startswith("Nothing qualifies: the book has no live claim in ")
    assert page.accounted.isVisible()  # what was left out is all there is to see
    assert not page.right.isVisible()
    assert cuts(page) == []


# ---------------------------------------------------------------------- seeing


def test_the_gravest_come_first_and_nobodys_before_them(open_window, own_sample: Program):
    made = own_sample.reviewing.lists()[0]
    by_id = {item.id: item for item in made.items}
    low = next(item for item in made.items if item.proposal.priority is Priority.LOW)
    own_sample.reviewing.assign(low.id, None, low.due)
    page = _page(open_window(page="reviews", over=own_sample))
    shown = _shown(page)
    assert shown[0] == low.id
    order = list(Priority)
    ranks = [order.index(by_id[key].proposal.priority) for key in shown[1:]]
    assert ranks == sorted(ranks)
    assert len(shown) == len(made.open_items)
    assert page.lists.answer.text() == "1 of 36 open items has no owner."


def test_an_item_says_why_it_is_here_and_what_the_bank_has_there(open_window, sample: Program):
    made = sample.reviewing.lists()[0]
    item = next(one for one in made.items if one.proposal.name == "Anadolu Enerji A.Ş.")
    page = _choose(open_window(page="reviews", over=sample), item.id)
    proposal = item.proposal
    assert page.why.name.text() == "Anadolu Enerji A.Ş."
    told = page.why.reasons.texts()
    assert len(told) == 3 * len(proposal.reasons)
    due = told.index("Due in 30 days")
    assert told[due + 1] == "USD 118 m"
    assert told[due + 2] == "Limit USD 1.0 m, 20 May 2022"
    # Drawn 328, undrawn 84: 412 on both bases, of which 118 falls due in 30 and in 90 days; nothing covers it.
    assert page.lines.amounts.texts()[-7:] == ["328.0", "84.0", "118.0", "118.0", "412.0", "412.0", "0.0"]
    rows = page.lines.table.rows
    assert [rows.keys[row] for row in range(rows.rowCount())] == [line.line_id for line in proposal.lines]
    assert page.decision.answer.text() == "Proposed: Reduce, USD 71 m."


def test_the_left_side_accounts_for_every_line_of_the_book(open_window, sample: Program):
    page = _page(open_window(page="reviews", over=sample))
    made = sample.reviewing.lists()[0]
    assert page.accounted.answer.text() == "390 of 484 lines are left out, each for one reason."
    texts = page.accounted.parts.texts()
    # 3,863 on the list, 6,779 not flagged and 2,415 outside make the book's 13,057.
    assert texts[-3:] == ["Book v2", "484", "13,057"]
    assert "6,779" in texts
    assert made.result.control.ties
    priorities = page.lists.priorities.texts()
    high = [item.proposal for item in made.items if item.proposal.priority is Priority.HIGH]
    owed = sum(one.amounts.immediate for one in high) / 1_000_000
    assert priorities[:6] == ["Risk", "Items", "USD m", "High", str(len(high)), f"{owed:,.0f}"]


def test_open_mine_and_all(open_window, own_sample: Program):
    shown = _shown(_page(open_window(page="reviews", over=own_sample)))
    own_sample.reviewing.assign(shown[3], own_sample.user, date(2022, 6, 2))
    window = open_window(page="reviews", over=own_sample)
    page = _page(window)
    page.items.part.choose("mine")
    page.items._choose_part("mine")
    assert _shown(page) == [shown[3]]
    settle(window)
    assert page.items.table.current == shown[3]
    page.items._choose_part("all")
    assert len(_shown(page)) == 36


def test_typing_filters_by_counterparty_and_by_country(open_window, sample: Program, qtbot):
    window = open_window(page="reviews", over=sample)
    page = _page(window)
    page.find()
    qtbot.keyClicks(page.items.filter, "nigeria")
    qtbot.waitUntil(lambda: len(_shown(page)) < 36)
    names = {sample.reviewing.item(key).proposal.key.country for key in _shown(page)}
    assert names == {"NG"}


def test_what_is_past_its_date_says_so_with_shape_and_word(open_window, own_sample: Program):
    first = _shown(_page(open_window(page="reviews", over=own_sample)))[0]
    owner = own_sample.reviewing.item(first).owner
    own_sample.reviewing.assign(first, owner, own_sample.reviewing.today() - timedelta(days=1))
    page = _page(open_window(page="reviews", over=own_sample))
    rows = page.items.table.rows
    row = rows.row_of(first)
    assert (rows.value(row, "status"), rows.value(row, "status_word")) == ("critical", "Overdue")
    assert page.items.answer.text() == "36 of 36 items need a decision; USD 3,863 m. One is overdue."
    assert page.lists.due.texts()[:5] == ["Due", "Items", "USD m", "Overdue", "1"]


# ---------------------------------------------------------------------- deciding


def test_owner_due_date_and_a_decision_are_kept_as_steps(open_window, own_sample: Program):
    window = open_window(page="reviews", over=own_sample)
    page = _page(window)
    item_id = page.items.table.current
    steps = len(own_sample.reviewing.item(item_id).history)
    form = page.decision
    assert not form.save.isEnabled()
    assert form._why.text() == "Draft a decision first."
    form.owner.setCurrentText("Chen Li")
    form.due._pick(date(2022, 6, 15))
    form.action.setCurrentIndex(form.action.findData(Action.REDUCE.value))
    form.target.setText("12.5")
    form.comment.setText("Run-off first")
    form.save.click()
    settle(window)
    item = own_sample.reviewing.item(item_id)
    assert (item.owner, item.due) == ("Chen Li", date(2022, 6, 15))
    assert (item.decision.action, item.decision.target) == (Action.REDUCE, Decimal(12_500_000))
    assert [entry.event for entry in item.history[steps:]] == ["decided", "assigned"]
    assert not form.save.isEnabled()  # nothing more to save: no step without a change
    rows = page.items.table.rows
    row = rows.row_of(item_id)
    assert (rows.value(row, "owner"), rows.value(row, "status_word")) == ("Chen Li", "Drafted")
    assert form.answer.text() == f"{own_sample.user} drafted: Reduce, USD 13 m."
    assert page.why.history.texts()[0] == "Owner Chen Li, due 15 Jun 2022"


def test_keep_needs_a_reason_and_an_amount_must_be_one(open_window, sample: Program):
    form = _page(open_window(page="reviews", over=sample)).decision
    form.action.setCurrentIndex(form.action.findData(Action.KEEP.value))
    assert not form.save.isEnabled()
    assert form._why.text() == "Keep is a decision and needs a reason."
    form.comment.setText("Parent pays on Friday")
    assert form.save.isEnabled()
    form.target.setText("much")
    assert form._why.text() == "The amount is no number: write millions, such as 120."
    form.target.setText("-5")
    assert not form.save.isEnabled()
    form.target.setText("5")
    form.action.setCurrentIndex(0)
    assert form._why.text() == "Choose an action for the amount and the reason."


def test_what_is_typed_survives_a_change_elsewhere_and_of_the_language(open_window, own_sample: Program):
    window = open_window(page="reviews", over=own_sample)
    page = _page(window)
    page.decision.comment.setText("Parent pays on Friday")
    other = _shown(page)[5]
    own_sample.reviewing.assign(other, "Sun Yi", None)
    settle(window)
    window.speak("zh_CN")
    settle(window)
    assert page.decision.comment.text() == "Parent pays on Friday"
    window.speak("en")


def test_a_settled_item_is_not_changed(open_window, sample: Program):
    page = _page(open_window(page="reviews", over=sample))
    made = sample.reviewing.lists()[0]

    done = replace(made.items[0], status=Status.CLOSED)
    page.decision.show_item(done, made.making, sample.reviewing.today(), ())
    page.decision._offer()
    assert not page.decision.action.isEnabled()
    assert page.decision._why.text() == "Settled: nothing more is to be done."


def test_making_again_keeps_what_people_set(open_window, own_sample: Program):
    window = open_window(page="reviews", over=own_sample)
    page = _page(window)
    item_id = page.items.table.current
    own_sample.reviewing.assign(item_id, "Sun Yi", None)
    page.make_button.click()
    settle(window)
    assert own_sample.reviewing.item(item_id).owner == "Sun Yi"
    assert page.make_button.isEnabled()
    assert window.messages._done._text.text() == (
        "Lists made: 0 new items, 0 changed, 0 to be released; what people set stays"
    )


def test_a_newer_book_is_told_until_the_lists_are_made_again(open_window, program: Program, tmp_path: Path):
    row = "A1,Anadolu Enerji,TR,loan,USD,370000000,42000000"
    program.importing.commit(write_csv(tmp_path / "old.csv", row), FRIDAY)
    program.reviewing.generate()
    program.importing.commit(write_csv(tmp_path / "new.csv", row), FRIDAY + timedelta(days=3))
    window = open_window(page="reviews")
    page = _page(window)
    assert page.header.badge.isVisible()
    assert page.header.badge.word == "Book v2 is newer"
    page.make()
    settle(window)
    assert not page.header.badge.isVisible()


# ---------------------------------------------------------------------- handing over


def test_export_speaks_the_windows_language_and_offers_to_show_the_file(
    open_window, sample: Program, tmp_path: Path, monkeypatch
):
    window = open_window(page="reviews", over=sample)
    window.speak("zh_CN")
    settle(window)
    place = tmp_path / "lists.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    opened = []
    monkeypatch.setattr("ui.pages.reviews.page._open_file", opened.append)
    _page(window).export()
    settle(window)
    workbook = openpyxl.load_workbook(place)
    assert len(workbook.sheetnames) >= 2
    assert "L1 标准与来源" in workbook.sheetnames
    assert not [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    window.messages._done.take_back()
    assert opened == [place]
    window.speak("en")


def test_the_table_is_copied_with_headers_unit_and_date(open_window, sample: Program, qtbot):
    page = _page(open_window(page="reviews", over=sample))
    page.items.table.setFocus()
    qtbot.keyClick(page.items.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[1].startswith("Source: exposure_20220520_SAMPLE.xlsx, book v2")
    assert "; Observed: 20 May 2022; Known from: " in lines[1]
    assert lines[1].endswith("; Unit: USD m")
    assert lines[2].split("\t")[:1] == ["Counterparty"]
    assert "USD m" in lines[2]
    assert len(lines) == 3 + 36


# ---------------------------------------------------------------------- keyboard, looks


def test_up_down_enter_and_escape(open_window, sample: Program, qtbot):
    window = open_window(page="reviews", over=sample)
    page = _page(window)
    table = page.items.table
    table.setFocus()
    second = _shown(page)[1]
    qtbot.keyClick(table, Qt.Key.Key_Down)
    settle(window)
    assert table.current == second
    assert page.why.name.text() == sample.reviewing.item(second).proposal.name
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.decision.action.hasFocus()
    qtbot.keyClick(page.decision.action, Qt.Key.Key_Escape)
    assert table.hasFocus()


def test_reasons_lead_to_the_alert_and_lines_to_the_exposures(open_window, sample: Program):
    made = sample.reviewing.lists()[0]
    item = next(one for one in made.items if any(reason.metric == "fx_debt" for reason in one.proposal.reasons))
    window = open_window(page="reviews", over=sample)
    page = _choose(window, item.id)
    assert page.why.evidence.isVisible()
    page.why.evidence.click()
    settle(window)
    assert window.current == "alerts"
    window.open("reviews", item=item.id)
    settle(window)
    assert page.items.table.current == item.id
    page.lines.open.click()
    settle(window)
    assert window.current == "exposures"


def test_where_the_columns_were_dragged_is_remembered(open_window, sample: Program, state):
    page = _page(open_window(page="reviews", over=sample))
    split = page.columns_split
    split.moveSplitter(300, 1)
    dragged = split.sizes()
    again = _page(open_window(page="reviews", over=sample)).columns_split
    assert abs(again.sizes()[0] - dragged[0]) <= 2


def test_the_sample_is_marked_and_controls_have_names(open_window, sample: Program):
    page = _page(open_window(page="reviews", over=sample))
    assert page.items.sample.isVisible()
    assert page.lines.sample.isVisible()
    for part in (page.items.table, page.lines.table, page.lists.table, page.accounted.parts, page.why.reasons):
        assert part.accessibleName()
    form = page.decision
    for field in (form.action, form.target, form.comment, form.owner, form.due):
        assert field.accessibleName()


def test_nothing_is_cut(open_window, sample: Program):
    window = open_window(page="reviews", over=sample)
    for look in every_look(window):
        assert cuts(window) == [], look
        assert wordless(window) == [], look
        assert _page(window).verticalScrollBar().maximum() == 0
        assert _page(window).horizontalScrollBar().maximum() == 0


# ---------------------------------------------------------------------- exposure reduction


def test_both_sides_of_a_country_stand_apart_and_part_by_part(open_window, sample: Program):
    lists = {one.id: one for one in sample.reviewing.lists()}
    screening, made = lists["L1"], lists["L3"]
    assert made.id == "L3"
    page = _page(open_window(page="reviews", over=sample))
    assert len(_shown(page)) == len(screening.open_items)
    page.lists.table.select("L3")
    settle(page.window())
    assert _shown(page) == [item.id for item in made.open_items]
    assert "must come down" in page.items.answer.text()
    turkey = next(item for item in made.items if item.proposal.key.subject == "TR")
    page.items.choose(turkey.id)
    settle(page.window())
    assert page.why.name.text() == "Turkey"
    # Limit 2,000, used 1,842, tier A: 1,600 is the target (the worked example of the notes).
    texts = page.lines.amounts.texts()
    assert texts[texts.index("Assets") + 1 : texts.index("Assets") + 4] == ["1,842.0", "1,600.0", "242.0"]
    assert texts[texts.index("Liabilities") + 1] == "690.0"
    reduction = turkey.proposal.reduction
    assert reduction is not None
    page.lines.part.choose("tenor")
    page.lines.part.chosen.emit("tenor")
    settle(page.window())
    shown = [page.lines.table.key(row) for row in range(page.lines.table.rows.rowCount())]
    assert shown == [split.key for split in reduction.splits if split.dimension == "tenor"]
    offered = [page.decision.action.itemText(place) for place in range(page.decision.action.count())]
    assert "Sell" in offered
    assert "Downgrade" not in offered
    assert cuts(page) == []
    # Back on L1 its own columns and actions stand there again.
    page.lists.table.select("L1")
    settle(page.window())
    assert page.items.table.rows.columns[0].heading == "Counterparty"
    assert not page.lines.part.isVisible()


def test_my_approvals_tell_what_waits_on_other_pages(open_window, own_sample: Program):
    texts = {code: f"{text}\nP.S." for code, text in own_sample.phrasing.template("client").texts.items()}
    with bootstrap.open_program(own_sample.workspace.root, user="chen li") as chen:
        chen.phrasing.propose("client", texts, "more polite")
    page = _page(open_window(page="reviews", over=own_sample))
    assert not page.lists.elsewhere.isVisible()
    page.lists.table.select("approvals")
    found = page.lists.elsewhere.texts()
    assert page.lists.elsewhere.isVisible()
    assert found[found.index("Texts of notices") + 1] == "1"
    table = page.lists.table
    page.window().resize(1366, 768)
    settle(page.window())
    assert table.viewport().height() >= table.rows.rowCount() * table.rowHeight(0) - 1, "no list is cut"


def test_no_word_of_the_banks_soundness_is_cut(open_window, sample):
    page = _page(open_window(1366, 768, page="reviews", over=sample))
    page.lists.table.select("L8")
    settle(page.window())
    assert not cuts(page)
