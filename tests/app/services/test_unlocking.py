"""The password of approvals: asked, said, forgotten after idle time, never stored."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.bootstrap import Program, open_program
from app.refusals import Refused
from app.services.unlocking import Asking
from app.storage import audit
from app.storage.persons import Role
from tests.conftest import Clock

SAID = "ebb and flow"


@pytest.fixture
def two(tmp_path: Path, clock: Clock) -> Iterator[tuple[Program, Program]]:
    with open_program(tmp_path / "w", clock=clock, user="li") as li:
        li.staffing.add("wu", "Wu Fang", Role.APPROVER)
        with open_program(tmp_path / "w", clock=clock, user="wu") as wu:
            yield li, wu


def approve(li: Program, wu: Program) -> None:
    """Any step of a second person: a level."""
    made = li.levelling.propose("TR", "high", "reserves fell")
    wu.levelling.decide(made.id, True)


def test_an_approval_asks_for_it_and_again_after_idle_time(two: tuple[Program, Program], clock: Clock) -> None:
    li, wu = two
    with pytest.raises(Refused, match=r"password\.none"):
        approve(li, wu)
    wu.unlocking.set_password(SAID)
    approve(li, wu)  # setting it is saying it
    clock.advance(minutes=15)
    approve(li, wu)  # used in time, so it goes on counting
    clock.advance(minutes=14)
    approve(li, wu)
    clock.advance(minutes=16)
    with pytest.raises(Refused, match=r"password\.asked"):
        approve(li, wu)
    assert wu.levelling.proposals()[0].approved is None, "nothing was stored"
    with pytest.raises(Refused, match=r"password\.wrong"):
        wu.unlocking.unlock("flood")
    wu.unlocking.unlock(SAID)
    approve(li, wu)
    wu.unlocking.lock()
    assert not wu.unlocking.state().unlocked


def test_it_counts_in_the_program_where_it_was_said_alone(two: tuple[Program, Program], clock: Clock) -> None:
    li, wu = two
    wu.unlocking.set_password(SAID)
    with open_program(wu.workspace.root, clock=clock, user="wu") as again, pytest.raises(Refused, match="asked"):
        approve(li, again)


def test_it_stands_nowhere_as_it_was_said(two: tuple[Program, Program]) -> None:
    _li, wu = two
    wu.unlocking.set_password(SAID)
    for path in wu.workspace.root.rglob("*"):
        assert not path.is_file() or SAID.encode() not in path.read_bytes()
    with wu.database.read() as connection:
        (row,) = audit.trail(connection, about="person wu")[-1:]
    assert (row["action"], row["before"], row["after"]) == ("password.set", None, None)


def test_an_administrator_switches_it_off_resets_it_and_sets_the_time(
    two: tuple[Program, Program], clock: Clock
) -> None:
    li, wu = two
    wu.unlocking.set_password(SAID)
    for call in (
        lambda: wu.unlocking.switch(False),
        lambda: wu.unlocking.reset("li"),
        lambda: wu.unlocking.set_idle(5),
    ):
        with pytest.raises(Refused, match=r"persons\.role_needed"):
            call()
    li.unlocking.set_idle(5)
    clock.advance(minutes=6)
    with pytest.raises(Refused, match=r"password\.asked"):
        approve(li, wu)
    li.unlocking.reset("wu")
    assert wu.unlocking.state().asking is Asking.ONCE
    li.unlocking.switch(False)
    assert wu.unlocking.state().asking is Asking.OFF
    approve(li, wu)


def test_what_an_administrator_gives_out_counts_for_nothing_but_setting_another(two: tuple[Program, Program]) -> None:
    li, wu = two
    wu.unlocking.set_password(SAID)
    given = li.unlocking.reset("wu")
    assert given.password not in repr(given)
    with pytest.raises(Refused, match=r"password\.once"):
        approve(li, wu)  # although the old one was said a moment ago
    with pytest.raises(Refused, match=r"password\.wrong"):
        wu.unlocking.unlock(SAID)
    with pytest.raises(Refused, match=r"password\.once"):
        wu.unlocking.unlock(given.password)
    with pytest.raises(Refused, match=r"password\.once"):
        approve(li, wu)
    with pytest.raises(Refused, match=r"password\.same"):
        wu.unlocking.set_password(given.password, given.password)
    with pytest.raises(Refused, match=r"password\.wrong"):
        wu.unlocking.set_password("high water", SAID)
    wu.unlocking.set_password("high water", given.password)
    approve(li, wu)
    with pytest.raises(Refused, match=r"password\.wrong"):
        wu.unlocking.unlock(given.password)
    for path in wu.workspace.root.rglob("*"):
        assert not path.is_file() or given.password.encode() not in path.read_bytes()
    with wu.database.read() as connection:
        rows = [row for row in audit.trail(connection, about="person wu") if row["action"] == "password.reset"]
    assert [(row["who"], row["before"], row["after"], row["data"]) for row in rows] == [("li", None, None, None)]
    assert li.unlocking.reset("wu").password != given.password


def test_what_is_left_of_the_idle_time_is_known(two: tuple[Program, Program], clock: Clock) -> None:
    li, wu = two
    assert wu.unlocking.state().until is None
    wu.unlocking.set_password(SAID)
    assert wu.unlocking.state().until == clock.now + timedelta(minutes=15)
    clock.advance(minutes=10)
    assert wu.unlocking.state().until == clock.now + timedelta(minutes=5)
    approve(li, wu)  # starts the time anew
    assert wu.unlocking.state().until == clock.now + timedelta(minutes=15)
    clock.advance(minutes=15, seconds=1)
    assert wu.unlocking.state().until is None


def test_a_desk_of_one_is_asked_for_none(program: Program) -> None:
    assert program.unlocking.state().asking is Asking.ALONE
    with pytest.raises(Refused, match=r"password\.not_written_down"):
        program.unlocking.set_password(SAID)
    with pytest.raises(Refused, match=r"password\.none"):
        program.unlocking.unlock(SAID)
