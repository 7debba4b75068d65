"""Who works here: accounts, roles, and never the same person twice."""

import getpass
from pathlib import Path

import pytest

from app.bootstrap import Program, open_program
from app.refusals import Misused, Refused
from app.storage import audit
from app.storage.persons import Role, refuse_same_person
from app.wording.sentences import refusal
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
