"""An item from its alert to its closing by two persons, each at the keyboard alone."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app import bootstrap
from app.bootstrap import Program
from app.storage import persons
from app.storage.persons import Person, Role
from exposures.reviews.item import Action, Status
from tests.app.services.workbooks import write_csv
from tests.journeys.hands import Keyboard
from ui.pages.reviews.page import ReviewsPage
from ui.pictures import settle
from ui.window import Window

Key = Qt.Key
PASSWORD = "high tide"


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
def test_from_the_alert_to_the_closing(
    open_window: Callable[..., Window], desk: tuple[Program, Program], tmp_path: Path
) -> None:
    chen, wu = desk
    item_id = next(one.id for one in chen.reviewing.lists()[0].items if one.proposal.name == "Anadolu Enerji A.Ş.")
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

    other, hers = _sit(open_window, wu)
    _approve(other, hers, item_id, first=True)
    assert (wu.reviewing.item(item_id).status, wu.reviewing.item(item_id).checker) == (Status.IN_WORK, "wu")

    later = write_csv(tmp_path / "later.csv", "TR-LN-1,Anadolu Enerji A.Ş.,TR,loan,USD,200000000,0")
    chen.importing.commit(later, date(2022, 5, 25))
    assert window.isVisible()
    window.activateWindow()
    page.refresh()
    settle(window)
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
