"""A book that waits for a second person counts for nobody; approving and returning it, and never by who brought it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import Program, open_program
from app.refusals import Misused, Refused
from app.services.outcome import Ending
from app.storage.books import Status
from app.storage.persons import Role
from tests.app.services.workbooks import write_csv
from tests.conftest import Clock

ON = date(2026, 5, 15)


@pytest.fixture
def two(tmp_path: Path, clock: Clock) -> Iterator[tuple[Program, Program]]:
    """Two persons at one workspace, approval switched on."""
    with open_program(tmp_path / "w", clock=clock, user="li") as li:
        li.staffing.add("wang", "Wang", Role.APPROVER)
        li.approving.switch(True)
        with open_program(tmp_path / "w", clock=clock, user="wang") as wang:
            wang.unlocking.set_password("ebb and flow")
            yield li, wang


def test_one_person_alone_cannot_switch_it_on(program: Program) -> None:
    assert not program.approving.is_on()
    with pytest.raises(Refused, match=r"book\.one_person"):
        program.approving.switch(True)


def test_a_book_counts_once_another_person_approved_it(two: tuple[Program, Program], tmp_path: Path) -> None:
    li, wang = two
    done = li.importing.commit(write_csv(tmp_path / "a.csv", "1,Ege,TR,loan,USD,5,0"), ON)
    assert (done.ending, done.batch) == (Ending.WAITING, 1)
    again = li.importing.commit(tmp_path / "a.csv", ON)
    assert (again.ending, again.batch) == (Ending.ALREADY, 1)
    with pytest.raises(Refused, match=r"book\.none"):
        li.surveying.book()
    with pytest.raises(Refused, match=r"persons\.same_person"):
        li.approving.decide(1, True)
    assert [item.id for item in wang.approving.waiting()] == [1]
    wang.approving.decide(1, True)
    assert li.surveying.book().total() == 5
    with pytest.raises(Refused, match=r"book\.not_waiting"):
        wang.approving.decide(1, True)
    with pytest.raises(Misused, match=r"book\.unknown_batch"):
        wang.approving.decide(9, True)


def test_the_standing_book_stands_until_its_successor_is_approved(two: tuple[Program, Program], tmp_path: Path) -> None:
    li, wang = two
    li.importing.commit(write_csv(tmp_path / "a.csv", "1,Ege,TR,loan,USD,5,0"), ON)
    wang.approving.decide(1, True)
    later = li.importing.commit(write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,8,0"), ON, supersede="mended")
    assert later.ending is Ending.WAITING
    assert li.surveying.book().total() == 5
    with pytest.raises(Refused, match=r"book\.reason_missing"):
        wang.approving.decide(2, False)
    wang.approving.decide(2, False, "line 1 is wrong")
    assert {item.id: item.status for item in li.importing.history()} == {1: Status.COMMITTED, 2: Status.WITHDRAWN}
    li.importing.commit(write_csv(tmp_path / "c.csv", "1,Ege,TR,loan,USD,9,0"), ON, supersede="mended again")
    wang.approving.decide(3, True)
    assert li.surveying.book().total() == 9
    undone = wang.importing.undo("no")
    assert undone.id == 3
    assert li.surveying.book().total() == 5
