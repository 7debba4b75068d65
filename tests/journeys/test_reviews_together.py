"""Two persons at the review lists: what each sees and may press, files, entries by hand, several items at once."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app import bootstrap
from app.bootstrap import Program
from app.storage import persons
from app.storage.persons import Person, Role
from exposures.reviews.item import Action, Status
from tests.ui.cuts import cuts, wordless
from ui.dialogs.password import PasswordDialog
from ui.pages.reviews.bulk import BulkForm
from ui.pages.reviews.page import ReviewsPage
from ui.pictures import settle
from ui.window import Window


@pytest.fixture
def desk(sample_root: Path, tmp_path: Path) -> Iterator[tuple[Program, Program]]:
    """Chen Li, an officer, and Wu Fang, who approves with a password; no other may."""
    root = tmp_path / "sample"
    shutil.copytree(sample_root, root)
    with bootstrap.open_program(root, user="chen") as chen, bootstrap.open_program(root, user="wu") as wu:
        with chen.database.write() as connection:
            persons.add(connection, Person("chen", "Chen Li", Role.OFFICER), chen.clock())
            persons.add(connection, Person("wu", "Wu Fang", Role.APPROVER), chen.clock())
            persons.add(connection, Person("eye", "Auditor", Role.VIEWER), chen.clock())
            persons.add(connection, Person("head", "Head", Role.ADMINISTRATOR), chen.clock())
        wu.unlocking.set_password("ebb and flow")
        wu.unlocking.lock()
        yield chen, wu


def see(window: Window, item_id: str, list_id: str = "L1") -> ReviewsPage:
    page = window.pages["reviews"]
    page.refresh()
    settle(window)
    page.lists.table.select(list_id)
    settle(window)
    page.items.choose(item_id)
    settle(window)
    return page


def first(program: Program) -> str:
    return program.reviewing.lists()[0].items[0].id


def test_each_sees_what_they_may_press_and_why_not(open_window, desk: tuple[Program, Program]) -> None:
    chen, wu = desk
    item_id = first(chen)
    page = see(open_window(page="reviews", over=chen), item_id)
    steps = page.decision.steps
    assert (steps.go.text(), steps.go.isEnabled()) == ("Send to checker", False)
    assert page.decision._why.text() == "Draft a decision first."
    chen.reviewing.decide(item_id, Action.WATCH, None, "")
    chen.deciding.send(item_id)
    other = open_window(page="reviews", over=wu)
    page = see(other, item_id, "approvals")
    assert page.items.answer.text() == "1 item waits for a second person."
    assert [name.text() for name in page.decision.steps._names] == [
        "Maker: Chen Li",
        "Checker: a second person; Confirm decision",
    ]
    assert not page.decision.action.isEnabled()
    assert page.decision.steps.go.isEnabled()
    assert not page.decision.steps.other.isEnabled()  # to send back needs a reason
    page.decision.comment.setText("how far?")
    assert page.decision.steps.other.isEnabled()
    page.decision.comment.setText("")
    assert (other.top._user.text(), other.top._role.text()) == ("Wu Fang", "approver")
    assert other.top._role.toolTip() == (
        "The next approval asks for your password, which then counts until 15 minutes pass without one."
    )
    page.decision.steps.go.click()
    settle(other)
    dialog = other.findChild(PasswordDialog)
    dialog.old.setText("flood")
    dialog.done_button.click()
    settle(other)
    assert wu.reviewing.item(item_id).status is Status.WITH_CHECKER
    page.decision.steps.go.click()
    settle(other)
    dialog = other.findChild(PasswordDialog)
    assert cuts(dialog) == []
    dialog.old.setText("ebb and flow")
    dialog.done_button.click()
    settle(other)
    assert wu.reviewing.item(item_id).status is Status.IN_WORK
    other.messages_undo()
    settle(other)
    assert wu.reviewing.item(item_id).status is Status.WITH_CHECKER  # her own last step


def test_a_viewer_presses_nothing_and_reads_why(open_window, desk: tuple[Program, Program]) -> None:
    chen, _wu = desk
    item_id = first(chen)
    with bootstrap.open_program(chen.workspace.root, user="eye") as eye:
        page = see(open_window(page="reviews", over=eye), item_id)
        assert not page.decision.action.isEnabled()
        assert not page.decision.save.isVisible()
        assert not page.decision.steps.go.isEnabled()
        assert page.decision._why.text() == "A viewer may not work on review items; it takes a role of officer."


def test_files_and_entries_by_hand(open_window, desk: tuple[Program, Program], tmp_path: Path) -> None:
    chen, wu = desk
    item_id = first(chen)
    window = open_window(page="reviews", over=chen)
    page = see(window, item_id)
    assert page.why.files.text() == "Attach a file…"
    page.why.files.click()
    settle(window)
    paper = tmp_path / "minutes.pdf"
    paper.write_bytes(b"%PDF")
    page.desk.form.comment.setText("minutes")
    assert cuts(page.desk.form) == []
    page.desk.form.attach(paper)
    settle(window)
    page = see(window, item_id)
    assert page.why.files.text() == "Files 1"
    page.why.files.click()
    settle(window)
    page.desk.form.saved.emit(1, tmp_path / "out.pdf")
    settle(window)
    assert (tmp_path / "out.pdf").read_bytes() == b"%PDF"
    page.desk.form.reject()
    page.lists.by_hand.click()
    settle(window)
    form = page.desk.form
    assert not form.propose_button.isEnabled()
    for field, text in ((form.subject, "ZA"), (form.reason, "strike"), (form.source, "Reuters")):
        field.setText(text)
    assert (cuts(form), wordless(form)) == ([], [])
    form.propose_button.click()
    settle(window)
    (entry,) = chen.noting.entries()
    assert (entry.kind, entry.country, entry.tier, entry.until) == ("country", "ZA", "A", date(2022, 6, 25))
    page.lists.by_hand.click()
    settle(window)
    form = page.desk.form
    for list_id in ("L2", "L3", "L9"):
        form.kind.setCurrentIndex(form.kind.findData(list_id))
        settle(window)
        assert cuts(form) == []
    assert form.about.text() == "L9 is about: a group; a counterparty, by its number or name; a guarantor."
    form.kind.setCurrentIndex(form.kind.findData("L6"))
    settle(window)
    offered = form._names.stringList()
    form.subject.setText(next(name for name in offered if name.startswith("伊斯坦布尔分行, T")))
    for field, text in ((form.reason, "strike"), (form.source, "Reuters")):
        field.setText(text)
    form.propose_button.click()
    settle(window)
    entry = chen.noting.entries()[0]
    assert (entry.list_id, entry.subject, entry.country) == ("L6", "伊斯坦布尔分行", "TR")
    wu.unlocking.unlock("ebb and flow")
    wu.noting.decide(entry.id, False, "not now")
    page.lists.by_hand.click()
    settle(window)
    assert not page.desk.form.approve_button.isEnabled()
    assert page.desk.form._why.text() == "You proposed it; another person has to confirm it."
    page.desk.form.reject()
    wu.unlocking.unlock("ebb and flow")
    other = open_window(page="reviews", over=wu)
    page = other.pages["reviews"]
    page.lists.by_hand.click()
    settle(other)
    page.desk.form.approve_button.click()
    settle(other)
    assert wu.noting.entries()[0].approver == "wu"


def test_several_items_are_changed_at_once_and_taken_back(open_window, desk: tuple[Program, Program]) -> None:
    chen, _wu = desk
    window = open_window(page="reviews", over=chen)
    page = see(window, first(chen))
    before = {item.id: item.owner for item in chen.reviewing.lists()[0].items}
    page.items.change.click()
    settle(window)
    form = page.findChild(BulkForm)
    form.ticks[0].setChecked(True)
    form.owner.setEditText("Sun Yi")
    settle(window)
    assert len(form.changing()) == len([owner for owner in before.values() if owner != "Sun Yi"])
    assert cuts(form) == []
    form.apply_button.click()
    settle(window)
    assert {item.owner for item in chen.reviewing.lists()[0].open_items} == {"Sun Yi"}
    window.messages_undo()
    settle(window)
    assert {item.id: item.owner for item in chen.reviewing.lists()[0].items} == before
    page.lists.table.select("mine")
    settle(window)
    assert page.items.answer.text() == "Nothing is yours to do." or page.items.table.rows.rowCount() == 0


def test_a_note_is_a_mark_on_the_country_s_chart(open_window, desk: tuple[Program, Program]) -> None:
    chen, _wu = desk
    chen.noting.note("country", "TR", date(2022, 5, 18), "the central bank met and changed nothing at all")
    window = open_window(page="countries", over=chen)
    window.open("countries", country="TR")
    settle(window)
    (mark,) = window.pages["countries"].rate.chart._moments
    assert (mark.on, mark.label) == (date(2022, 5, 18), "the central bank met and ch\N{HORIZONTAL ELLIPSIS}")
