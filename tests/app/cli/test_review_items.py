"""An item's way, and passwords, through main()."""

import json
from datetime import date
from pathlib import Path

import pytest

from app import bootstrap
from app.bootstrap import open_program
from app.cli import passwords
from app.cli.main import main
from app.storage.persons import Role
from tests.app.services.workbooks import write_csv


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Runs a command as somebody; a workspace with one item of L1."""
    with open_program(tmp_path / "w", user="li") as li:
        li.importing.commit(write_csv(tmp_path / "b.csv", "L1,Anadolu,TR,loan,USD,370000000,0"), date(2026, 5, 22))
        li.staffing.add("wu", "Wu Fang", Role.APPROVER)
        li.reviewing.generate()

    def runs(user: str, *arguments: str, said: tuple[str, ...] = ()) -> tuple[int, str, str]:
        left = list(said)
        monkeypatch.setattr(bootstrap.getpass, "getuser", lambda: user)
        monkeypatch.setattr(passwords, "can_ask", lambda: bool(said))
        monkeypatch.setattr(passwords.getpass, "getpass", lambda _prompt: left.pop(0))
        code = main([*arguments, "--workspace", str(tmp_path / "w")])
        out, err = capsys.readouterr()
        assert left == [], "asked less often than said"
        return code, out, err

    return runs


def test_from_draft_to_closing_on_the_command_line(run) -> None:
    item = "L1-0001"
    assert run("li", "reviews", "decide", item, "watch", "--target", "12x")[0] == 2
    code, out, _ = run("li", "reviews", "decide", item, "reduce", "--target", "50000000", "--comment", "by June")
    assert (code, "  Drafted  " in out) == (0, True)  # the word of the page
    assert "  Drafted  " in run("li", "reviews", "show", item)[1]
    assert run("li", "reviews", "list")[1].splitlines()[1].endswith("  Drafted")
    assert run("li", "reviews", "send", item)[0] == 0
    code, out, _ = run("li", "reviews", "approvals")
    assert (code, "You made it; another person has to check it." in out) == (0, True)
    code, _, err = run("li", "reviews", "approve", item)
    assert (code, err.startswith("li did the first step and cannot do the second.")) == (1, True)
    code, _, err = run("wu", "reviews", "approve", item)
    assert (code, "Set it: tidewatch persons password" in err) == (1, True)  # nobody approves without a password
    code, out, _ = run("wu", "persons", "password", said=("ebb and flow", "ebb and flow"))
    assert (code, "Approvals ask for your password, again after 15 minutes without one." in out) == (0, True)
    code, _, err = run("wu", "reviews", "approve", item)  # nobody sits there to be asked
    assert (code, err.startswith("An approval needs your password.")) == (1, True)
    code, _, err = run("wu", "reviews", "approve", item, said=("flood",))
    assert (code, err.startswith("That is not the password.")) == (1, True)
    code, out, _ = run("wu", "reviews", "approve", item, "--json", said=("ebb and flow",))
    (plain,) = json.loads(out)["items"]
    assert (code, plain["status"], plain["maker"], plain["checker"]) == (0, "in_work", "li", "wu")
    assert plain["decision"]["target"] == "50000000"
    code, _, err = run("li", "reviews", "finish", item, "--reason", "done")
    assert (code, '"done" is not enough' in err) == (1, True)
    assert run("li", "reviews", "finish", item, "--reason", "sold to another bank, contract of 2 June")[0] == 0
    assert run("wu", "reviews", "approve", item, said=("ebb and flow",))[0] == 0
    code, out, _ = run("li", "reviews", "show", item)
    assert (code, "Closing confirmed" in out, "Checker: wu" in out) == (0, True, True)
    trail = json.loads(run("li", "audit", "list", "--subject", "person wu", "--json")[1])
    assert [row["action"] for row in trail] == ["person.add", "password.set", "password.wrong"]
    assert run("li", "audit", "verify")[0] == 0


def test_passwords_are_changed_reset_and_switched_off(run) -> None:
    assert run("wu", "persons", "password", said=("short", "short"))[0] == 2
    code, _, err = run("wu", "persons", "password", said=("ebb and flow", "ebb and blow"))
    assert (code, err.startswith("The two are not the same.")) == (2, True)
    assert run("wu", "persons", "password")[0] == 2  # nobody to ask
    assert run("wu", "persons", "password", said=("ebb and flow",) * 2)[0] == 0
    assert run("wu", "persons", "password", said=("wrong", "high water", "high water"))[0] == 1
    assert run("wu", "persons", "password", said=("ebb and flow", "high water", "high water"))[0] == 0
    assert run("wu", "persons", "reset-password", "li")[0] == 1  # an approver is no administrator
    given = json.loads(run("li", "persons", "reset-password", "wu", "--json")[1])["one_time_password"]
    assert json.loads(run("wu", "persons", "list", "--json")[1])["approvals"] == "once"
    assert run("wu", "persons", "password", said=("high water", "low water", "low water"))[0] == 1
    assert run("wu", "persons", "password", said=(given, "low water", "low water"))[0] == 0
    assert run("li", "persons", "passwords", "--idle", "0")[0] == 2
    code, out, _ = run("li", "persons", "passwords", "off", "--idle", "5")
    assert (code, out) == (0, "Approvals ask for no password: an administrator switched it off.\n")


def test_a_bulk_edit_shows_what_it_would_do(run) -> None:
    code, out, _ = run("li", "reviews", "bulk", "L1-0001", "--owner", "Sun Yi", "--due", "2026-06-05")
    assert (code, out.split(": ")[0]) == (0, "L1-0001")
    assert "owner Unassigned to Sun Yi" in out
    assert run("li", "reviews", "bulk", "L1-0001", "--owner", "li", "--apply")[0] == 0
    assert "L1-0001" in run("li", "reviews", "mine")[1]
    assert run("li", "reviews", "undo", "L1-0001")[0] == 0
    assert run("li", "reviews", "mine")[1] == "Nothing is yours to do.\n"


def test_somebody_stands_in(run) -> None:
    assert run("li", "persons", "away", "wu", "li", "2030-01-07", "2030-01-11")[0] == 0
    assert run("li", "persons", "absences")[1] == "1: li stands in for wu from 7 Jan 2030 to 11 Jan 2030.\n"
    assert run("li", "persons", "away", "wu", "li", "2030-01-11", "2030-01-12")[0] == 1
    assert run("li", "persons", "away", "wu", "li", "2030-01-12", "2030-01-11")[0] == 2
    assert "away 7 Jan 2030 to 11 Jan 2030, deputy li" in run("li", "persons", "list")[1]
    code, out, _ = run("li", "persons", "back", "1")
    assert (code, out.startswith("1: li stands in for wu no longer; li ended it on ")) == (0, True)
    assert run("li", "persons", "back", "1")[0] == 1
    assert run("li", "persons", "absences")[1] == "Nobody is away.\n"


def test_somebody_leaves_and_comes_back(run) -> None:
    code, out, _ = run("li", "persons", "leave", "wu")
    assert (code, out) == (0, "Wu Fang works here no longer; what was done under that name stays.\n")
    code, _, err = run("wu", "persons", "away", "wu", "li", "2030-01-07", "2030-01-11")
    assert (code, "Wu Fang works here no longer." in err) == (1, True)
    listed = json.loads(run("li", "persons", "list", "--json")[1])
    assert listed["answer"] == "people.alone"
    assert [one["left"] is None for one in listed["persons"]] == [True, False]
    assert run("li", "persons", "return", "wu")[0] == 0
