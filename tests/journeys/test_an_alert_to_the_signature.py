"""From an alert to the signed day, once by mouse and once by keyboard alone."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import bootstrap
from app.bootstrap import Program
from exposures.check import Status
from exposures.checking import Verdict
from exposures.reviews.item import Action
from tests.journeys.hands import Hands, Keyboard, Mouse
from ui.state import State
from ui.window import Window

REASON = "The rate decision is on Thursday"
WHY = "No new drawings until then"


@pytest.fixture
def day(sample_root: Path, tmp_path: Path) -> Iterator[Program]:
    """A sample workspace of the test's own: its morning's check has run, nothing is decided."""
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample") as program:
        yield program


@pytest.mark.parametrize("hands", [Mouse, Keyboard])
def test_an_alert_is_followed_to_the_signature(
    open_window: Callable[..., Window], day: Program, state: State, hands: Callable[[Window], Hands]
) -> None:
    window = open_window(over=day)
    window.activateWindow()
    used = hands(window)
    _see(window, used, day)
    _act(window, used, day)
    _check(window, used, day)


def _see(window: Window, used: Hands, day: Program) -> None:
    """The lira's alert, its evidence, the money behind it, and the note."""
    lira = next(alert for alert in day.monitoring.alerts() if alert.rule.id == "E9" and alert.labels["country"] == "TR")
    used.go_to("alerts")
    page = window.pages["alerts"]
    used.choose(page.list.table, lira.id)
    assert page.evidence._says.text() == "−6.1 % in 5 observations. Critical is −5 %; it clears above −4 %."
    turkey = next(row for row in day.surveying.book().by_country("guarantor") if row.key == "TR")
    assert page.money._figure.text() == f"{turkey.amount() / 10**6:,.0f}"
    used.push(page.money.everything)
    assert window.current == "exposures"  # every line behind the figure
    used.go_to("alerts")
    assert page.list.table.current == lira.id  # where one was
    used.write(page.acknowledge.reason, REASON)
    used.push(page.acknowledge.button)
    note = day.monitoring.alert(lira.id).acknowledgement
    assert note is not None
    assert (note.reason, note.who) == (REASON, day.user)


def _act(window: Window, used: Hands, day: Program) -> None:
    """A borrower of that country is decided on."""
    item = next(one for one in day.reviewing.lists()[0].items if one.proposal.key.country == "TR")
    used.go_to("reviews")
    page = window.pages["reviews"]
    used.choose(page.items.table, item.id)
    place = page.decision.action.findData(Action.NO_RENEWAL.value)
    used.pick(page.decision.action, place)
    used.write(page.decision.comment, WHY)
    used.push(page.decision.save)
    decision = next(one for one in day.reviewing.lists()[0].items if one.id == item.id).decision
    assert decision is not None
    assert (decision.action, decision.comment, decision.maker) == (Action.NO_RENEWAL, WHY, day.user)


def _check(window: Window, used: Hands, day: Program) -> None:
    """Every step of the morning is decided as the program suggests, with a list started where it says act."""
    used.go_to("check")
    page = window.pages["check"]
    for step in day.checking.today().steps:
        used.choose(page.steps.table, step.step)
        if step.verdict is Verdict.ACT:
            used.push(page.decision.lists["L1"])
        used.push(page.decision.button)
    used.push(page.sign.button)
    check = day.checking.today()
    assert check.undecided == ()
    acted = [one for one in check.decisions if one.decision is Verdict.ACT]
    assert acted
    assert all(one.lists == ("L1",) and one.owner for one in acted)
    assert check.maker is not None
    assert check.maker.who == day.user
    assert check.status is (Status.WITH_CHECKER if check.needs_checker else Status.SIGNED)
