"""An item from its alert to its closing by two persons, each at the keyboard alone."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app import bootstrap
from app.bootstrap import Program
from app.services.noticing import Stage, Standing
from app.services.packing import Chosen
from app.storage import audit_chain, persons
from app.storage.notices import Step
from app.storage.persons import Person, Role
from exposures.reviews.item import Action, Status
from tests.app.reports.pdf import needs_poppler, pages, words
from tests.app.services.workbooks import write_csv
from tests.journeys.hands import Keyboard
from ui.pages.reviews.page import ReviewsPage
from ui.pictures import settle
from ui.window import Window

Key = Qt.Key
PASSWORD = "high tide"
BORROWER = "Anadolu Enerji A.Ş."
HANDED = "By courier to the borrower's treasurer"
LATER = date(2022, 5, 25)


@pytest.fixture
def desk(sample_root: Path, tmp_path: Path) -> Iterator[tuple[Program, Program]]:
    """Chen Li works, Wu Fang checks, at one sample workspace."""
    root = tmp_path / "sample"
    shutil.copytree(sample_root, root)
    with bootstrap.open_program(root, user="chen") as chen, bootstrap.open_program(root, user="wu") as wu:
        with chen.database.write() as connection:
            persons.add(connection, Person("chen", "Chen Li", Role.OFFICER), chen.clock())
            persons.add(connection, Person("wu", "Wu Fang", Role.APPROVER), chen.clock())
            persons.add(connection, Person("head", "Head", Role.ADMINISTRATOR), chen.clock())
        yield chen, wu


@pytest.mark.slow
@needs_poppler
def test_from_the_alert_to_the_closing(
    open_window: Callable[..., Window],
    desk: tuple[Program, Program],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chen, wu = desk
    item_id = next(one.id for one in chen.reviewing.lists()[0].items if one.proposal.name == BORROWER)
    window, used = _sit(open_window, chen)
    page = _from_the_alert(window, used, chen, item_id)
    used.pick(page.decision.action, page.decision.action.findData(Action.REDUCE.value))
    used.write(page.decision.target, "100")
    used.write(page.decision.comment, "sell")
    used.push(page.decision.save)
    used.push(page.decision.steps.go)
    assert chen.reviewing.item(item_id).status is Status.WITH_CHECKER
    assert not page.decision.steps.go.isEnabled()
    assert page.decision._why.text() == "You made it; another person has to check it."
    _draft_a_notice(window, used, chen)

    other, hers = _sit(open_window, wu)
    _approve(other, hers, item_id, first=True)
    assert (wu.reviewing.item(item_id).status, wu.reviewing.item(item_id).checker) == (Status.IN_WORK, "wu")
    _approve_the_notice(other, hers, wu)

    window.activateWindow()
    _hand_it_over(window, used, chen, tmp_path / "notice.pdf", monkeypatch)
    _import(window, used, chen, tmp_path / "later.csv", monkeypatch)
    used.go_to("reviews")
    used.choose(page.items.table, item_id)
    assert "Book v3 of 25 May 2022 shows" in page.decision.steps.shown.text()
    assert page.decision.steps.go.text() == "Mark done"
    used.write(page.decision.comment, "sold on 24 May")
    used.push(page.decision.steps.go)
    closing = chen.reviewing.item(item_id).closing
    assert closing is not None
    assert closing.achieved is not None
    assert closing.achieved.amount > Decimal(100_000_000)

    other.activateWindow()
    _approve(other, hers, item_id, first=False)
    assert wu.reviewing.item(item_id).status is Status.CLOSED
    assert [step.event for step in wu.reviewing.item(item_id).history][-5:] == [
        "decided", "sent", "approved", "finished", "approved",
    ]  # fmt: skip
    _write_the_pack(other, hers, wu, tmp_path / "pack.pdf", monkeypatch)
    lines = _lines(tmp_path / "pack.pdf")
    place = next(number for number, line in enumerate(lines) if item_id in line)
    assert words(BORROWER) in lines[place]
    assert lines[place].endswith("Closed")
    told = "".join(lines[place : place + 4])  # the decision breaks over the lines of its cell
    assert "Decided:Reduce" in told
    assert "USD100m;sell" in told
    assert wu.attesting.verify().is_whole


def _sit(open_window: Callable[..., Window], program: Program) -> tuple[Window, Keyboard]:
    window = open_window(over=program)
    window.activateWindow()
    return window, Keyboard(window)


def _from_the_alert(window: Window, used: Keyboard, chen: Program, item_id: str) -> ReviewsPage:
    """The lira's alert is critical; the borrower whom it hits stands on L1 for it."""
    lira = next(
        alert for alert in chen.monitoring.alerts() if alert.rule.id == "E9" and alert.labels["country"] == "TR"
    )
    used.go_to("alerts")
    used.choose(window.pages["alerts"].list.table, lira.id)
    reasons = chen.reviewing.item(item_id).proposal.reasons
    assert lira.id in {reason.source for reason in reasons}
    used.go_to("reviews")
    page = window.pages["reviews"]
    used.choose(page.items.table, item_id)
    return page


def _approve(window: Window, used: Keyboard, item_id: str, *, first: bool) -> None:
    """Among what waits for her; the first approval asks for a password, which she sets, and goes on."""
    used.go_to("reviews")
    page = window.pages["reviews"]
    page.refresh()
    settle(window)
    used.choose(page.lists.table, "approvals")
    used.choose(page.items.table, item_id)
    used.push(page.decision.steps.go)
    if first:
        used.type(PASSWORD)
        used.press(Key.Key_Tab)
        used.type(PASSWORD)
        used.press(Key.Key_Return)
        settle(window)
    settle(window)


def _notice(program: Program) -> Standing:
    """The one notice there is."""
    (one,) = program.noticing.notices()
    return one


def _draft_a_notice(window: Window, used: Keyboard, chen: Program) -> None:
    """The borrower stands on L7 too; what it is told is drafted, and whoever drafted it cannot let it go."""
    item = next(one for one in chen.noticing.waiting() if one.proposal.name == BORROWER)
    assert item.proposal.key.list_id == "L7"
    used.go_to("notices")
    page = window.pages["notices"]
    used.choose(page.list.table, item.id)
    used.push(page.preview.draft)
    made = _notice(chen)
    assert (made.stage, made.notice.item, made.notice.maker) == (Stage.DRAFTED, item.id, "chen")
    assert page.list.table.current == made.notice.number
    assert not page.preview.approve.isEnabled()


def _approve_the_notice(window: Window, used: Keyboard, wu: Program) -> None:
    used.go_to("notices")
    page = window.pages["notices"]
    used.choose(page.list.table, _notice(wu).notice.number)
    assert BORROWER in page.preview._head.text()
    used.push(page.preview.approve)
    assert _notice(wu).stage is Stage.APPROVED
    assert _notice(wu).notice.steps[Step.APPROVED].who == "wu"


def _hand_it_over(window: Window, used: Keyboard, chen: Program, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no mail server: the notice leaves on paper, and who took it is noted."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(paper), ""))
    page = window.pages["notices"]
    page.refresh()
    settle(window)
    used.choose(page.list.table, _notice(chen).notice.number)
    used.push(page.preview.paper)
    text = words("".join(pages(paper)))
    assert words(BORROWER) in text
    assert words(_notice(chen).notice.heading) in text
    used.pick(page.preview.answer, page.preview.answer.findData(Step.HANDED.value))
    used.write(page.preview.comment, HANDED)
    used.push(page.preview.note)
    made = _notice(chen)
    assert made.stage is Stage.OUT
    assert (made.notice.steps[Step.HANDED].who, made.notice.steps[Step.HANDED].comment) == ("chen", HANDED)


def _import(window: Window, used: Keyboard, chen: Program, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The book of a later day, in which the borrower owes less."""
    write_csv(file, "TR-LN-1,Anadolu Enerji A.Ş.,TR,loan,USD,200000000,0")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(file), ""))
    used.go_to("import")
    page = window.pages["import"]
    used.tab_to(page.choose.day)
    while page.choose.reporting_date > LATER:
        used.press(Key.Key_Down)
    used.push(page.choose.place.choose)
    used.push(page.commit)
    assert chen.importing.history()[0].reporting_date == LATER


def _write_the_pack(window: Window, used: Keyboard, wu: Program, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list and its country, without what the committee did not ask for."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    used.push(window.pages["reviews"].pack.button)
    form = window.pages["reviews"].pack.form
    used.tab_to(form.parts)
    used.press(Key.Key_Home)
    for row in range(form.parts.count()):
        assert form.parts.currentRow() == row
        ticked = form.parts.item(row).checkState() is Qt.CheckState.Checked
        if ticked != (form.parts.item(row).data(Qt.ItemDataRole.UserRole) in ("country TR", "list L1")):
            used.press(Key.Key_Space)
        used.press(Key.Key_Down)
    assert form.chosen() == Chosen(("L1",), ("TR",), (), check=False)
    used.push(form.write_button)
    with wu.database.read() as connection:
        assert [one.occasion for one in audit_chain.anchors(connection)].count("pack") == 1


def _lines(file: Path) -> list[str]:
    return [words(line) for page in pages(file) for line in page.splitlines()]
