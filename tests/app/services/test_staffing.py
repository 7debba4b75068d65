"""Who works here: accounts, roles, and never the same person twice."""

import getpass
from datetime import timedelta
from pathlib import Path

import pytest

from app.bootstrap import Program, open_program
from app.refusals import Misused, Refused
from app.storage import audit
from app.storage.persons import Role, refuse_same_person
from app.wording.sentences import refusal, sentence
from tests.conftest import Clock


def test_the_account_that_opens_a_workspace_works_there(tmp_path: Path) -> None:
    with open_program(tmp_path, user="Li Na") as program:
        (acting,) = program.staffing.persons()
        assert (acting.id, acting.name, acting.role, acting.since) == ("li na", "Li Na", Role.ADMINISTRATOR, None)
    with open_program(tmp_path) as program:
        assert program.staffing.acting().name == getpass.getuser()


def test_adding_writes_the_acting_person_down_too(tmp_path: Path, clock: Clock) -> None:
    with open_program(tmp_path, clock=clock, user="wang") as program:
        zhang = program.staffing.add("ZHANG", " Zhang Wei ", Role.APPROVER)
        assert (zhang.id, zhang.name, zhang.since) == ("zhang", "Zhang Wei", clock.now)
        assert [(one.id, one.role) for one in program.staffing.persons()] == [
            ("wang", Role.ADMINISTRATOR),
            ("zhang", Role.APPROVER),
        ]
        program.staffing.add("chen", "Chen", Role.VIEWER)
        with program.database.read() as connection:
            rows = [(row["action"], row["subject"], row["who"]) for row in audit.trail(connection)]
        assert rows == [("person.add", f"person {id}", "wang") for id in ("wang", "zhang", "chen")]
    with open_program(tmp_path, clock=clock, user="Zhang") as program:
        assert program.staffing.acting().role is Role.APPROVER
    with open_program(tmp_path, clock=clock, user="guest") as program:
        assert program.staffing.acting().role is Role.OFFICER  # somebody administers already


@pytest.mark.parametrize(
    ("account", "name", "code"),
    [
        (" ", "Li", "persons.bad_id"),
        ("x" * 129, "Li", "persons.bad_id"),
        ("li\nna", "Li", "persons.bad_id"),
        ("li", " ", "persons.bad_name"),
        ("li", "x" * 256, "persons.bad_name"),
    ],
)
def test_what_is_no_account_or_name_is_refused(program: Program, account: str, name: str, code: str) -> None:
    with pytest.raises(Misused) as caught:
        program.staffing.add(account, name, Role.VIEWER)
    assert caught.value.code == code
    assert "was refused" not in refusal(caught.value)[0]


def test_roles_change_and_somebody_always_administers(program: Program) -> None:
    acting = program.staffing.acting()
    program.staffing.add("li", "Li", Role.OFFICER)
    with pytest.raises(Refused) as caught:
        program.staffing.add("LI ", "Another", Role.OFFICER)
    assert caught.value.code == "persons.known"
    with pytest.raises(Refused) as caught:
        program.staffing.change_role("nobody", Role.VIEWER)
    assert caught.value.code == "persons.unknown"
    with pytest.raises(Refused) as caught:
        program.staffing.change_role(acting.id, Role.OFFICER)
    assert refusal(caught.value)[0] == f"{acting.name} is the only administrator."
    program.staffing.change_role("li", Role.ADMINISTRATOR)
    assert program.staffing.change_role(acting.id, Role.OFFICER).role is Role.OFFICER
    with program.database.read() as connection:
        last = audit.trail(connection)[-1]
    assert (last["before"], last["after"]) == ('{"role": "administrator"}', '{"role": "officer"}')


@pytest.mark.parametrize("checker", ["li", "Li", " LI "])
def test_the_second_step_is_never_the_same_person(program: Program, checker: str) -> None:
    program.staffing.add("li", "Li Na", Role.OFFICER)
    with program.database.write() as connection:
        with pytest.raises(Refused) as caught:
            refuse_same_person(connection, "li", checker)
        refuse_same_person(connection, "li", "wang")
        with pytest.raises(Refused, match=r"persons\.nobody"):
            refuse_same_person(connection, "li", " ")
    assert refusal(caught.value)[0] == "Li Na did the first step and cannot do the second."


def staffed(program: Program) -> str:
    """The acting administrator, an approver (Wu) and an officer (Sun); the acting id."""
    program.staffing.add("wu", "Wu Fang", Role.APPROVER)
    program.staffing.add("sun", "Sun Yi", Role.OFFICER)
    return program.staffing.acting().id


def test_who_left_looks_on_and_is_taken_back(tmp_path: Path, clock: Clock) -> None:
    with open_program(tmp_path, clock=clock, user="li") as li, open_program(tmp_path, clock=clock, user="wu") as wu:
        staffed(li)
        wu.unlocking.set_password("ebb and flow")
        with pytest.raises(Refused, match=r"persons\.last_administrator"):
            li.staffing.leave("li")
        with pytest.raises(Refused, match=r"persons\.role_needed"):
            wu.staffing.leave("sun")
        clock.advance(days=1)
        assert li.staffing.leave("wu").left == clock.now
        assert wu.staffing.acting().role is Role.VIEWER
        for call in (
            lambda: wu.levelling.propose("TR", "high", "reserves fell"),
            lambda: wu.unlocking.set_password("high water", "ebb and flow"),
            lambda: li.unlocking.reset("wu"),
            lambda: li.staffing.leave("wu"),
            lambda: li.working.set_absence("sun", "wu", clock.now.date(), clock.now.date()),
        ):
            with pytest.raises(Refused, match=r"persons\.(role_needed|has_left)"):
                call()
        assert [one.id for one in li.staffing.persons()] == ["li", "sun"]
        (gone,) = [one for one in li.staffing.staff().members if one.person.left]
        assert (gone.person.id, gone.password) == ("wu", "none"), "the password went too"
        assert li.staffing.come_back("wu").role is Role.APPROVER
        assert wu.staffing.acting().role is Role.APPROVER
        with pytest.raises(Refused, match=r"persons\.not_left"):
            li.staffing.come_back("wu")
        with li.database.read() as connection:
            actions = [row["action"] for row in audit.trail(connection, about="person wu")]
        assert actions == ["person.add", "password.set", "person.left", "person.back"]


def test_a_deputy_does_not_leave_and_the_absent_are_nobodys_deputies(program: Program, clock: Clock) -> None:
    me, today = staffed(program), clock.now.date()
    later = today + timedelta(days=3)
    program.working.set_absence("wu", "sun", today, later)
    with pytest.raises(Refused, match=r"persons\.is_deputy") as caught:
        program.staffing.leave("sun")
    assert refusal(caught.value)[0] == "Sun Yi stands in, or will, for Wu Fang."
    with pytest.raises(Refused, match=r"persons\.deputy_away"):
        program.working.set_absence(me, "wu", later, later)
    with pytest.raises(Refused, match=r"persons\.stands_in"):
        program.working.set_absence("sun", me, later, later + timedelta(days=9))
    with pytest.raises(Misused, match=r"persons\.absence_over"):
        program.working.set_absence("sun", me, today - timedelta(days=3), today - timedelta(days=1))
    program.working.set_absence("sun", me, later + timedelta(days=1), later + timedelta(days=1))
    clock.advance(days=5)
    program.staffing.leave("sun")


def test_the_staff_of_a_day(program: Program, clock: Clock) -> None:
    me, today = staffed(program), clock.now.date()
    program.working.set_absence("sun", "wu", today + timedelta(days=1), today + timedelta(days=2))
    sun, wu = (next(one for one in program.staffing.staff().members if one.person.id == id) for id in ("sun", "wu"))
    assert (sun.away, sun.next is not None, sun.seen, wu.deputises) == (None, True, None, ())
    clock.advance(days=1)
    sun, wu = (next(one for one in program.staffing.staff().members if one.person.id == id) for id in ("sun", "wu"))
    assert (sun.away is not None, sun.next, [one.person for one in wu.deputises]) == (True, None, ["sun"])
    mine = next(one for one in program.staffing.staff().members if one.person.id == me)
    assert mine.seen == clock.now - timedelta(days=1)
    assert (mine.approves, wu.approves, sun.approves) == (True, True, False)


def test_each_answer_about_the_staff(program: Program, clock: Clock) -> None:
    today = clock.now.date()

    def said() -> tuple[str, str]:
        found = program.staffing.staff().finding
        return found.case, sentence(found)

    assert said() == (
        "people.alone",
        "You work here alone: what needs a second person cannot be confirmed, and waits.",
    )
    me = program.staffing.acting().id
    program.staffing.add("sun", "Sun Yi", Role.OFFICER)
    case, text = said()
    assert (case, text.startswith(f"Only {program.staffing.acting().name} may do the second step")) == (
        "people.one_approver",
        True,
    )
    program.staffing.add("wu", "Wu Fang", Role.APPROVER)
    assert said() == (
        "people.no_password",
        "2 of 2 persons who may approve have no password yet and set it at the first approval.",
    )
    program.unlocking.switch(False)
    assert said() == ("people.fine", "3 persons work here; 2 of them may do the second step.")
    program.working.set_absence("wu", "sun", today, today)
    assert said() == ("people.away", "1 of 3 persons is away today, with a deputy.")
    program.working.set_absence(me, "sun", today, today)
    assert said() == ("people.nobody_today", "All 2 persons who may do the second step are away today.")
