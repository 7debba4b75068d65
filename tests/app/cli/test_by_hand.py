"""`by-hand`, `notes` and `attachments`, through main()."""

import json
from datetime import date
from pathlib import Path

import pytest

from app import bootstrap
from app.bootstrap import open_program
from app.cli.main import main
from tests.app.services.workbooks import write_csv


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    with open_program(tmp_path / "w", user="li") as li:
        li.importing.commit(write_csv(tmp_path / "b.csv", "L1,Berg,DE,loan,USD,7000000,0"), date(2026, 5, 22))
        li.reviewing.generate()

    def runs(user: str, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(bootstrap.getpass, "getuser", lambda: user)
        code = main([*arguments, "--workspace", str(tmp_path / "w")])
        out, err = capsys.readouterr()
        return code, out, err

    return runs


def test_an_entry_is_proposed_by_one_and_confirmed_by_another(run) -> None:
    why = ("--reason", "auditor resigned", "--source", "letter of 20 May", "--until", "2099-06-30")
    assert run("li", "by-hand", "counterparty", "Berg", *why)[0] == 0
    assert run("li", "by-hand", "country", "ZA", "B", *why)[0] == 0
    code, out, _ = run("li", "by-hand", "item", "L3", "germany", *why)
    assert (code, out.split("(")[0]) == (0, "   3  Germany, on L3 until 30 Jun 2099: auditor resigned ")
    code, _, err = run("li", "by-hand", "item", "L8", "Berg", *why)
    assert code == 1
    assert "L8 is about: a bank, by its number or name; a banking system, by its country or region." in err
    assert run("li", "by-hand", "subjects", "L1")[1] == "DE/berg  Berg, Germany\n"
    assert run("li", "by-hand", "approve", "1")[0] == 1
    code, out, _ = run("wu", "by-hand", "approve", "1")
    text = "berg, Germany, on L1 until 30 Jun 2099: auditor resigned (confirmed by wu)"
    assert (code, out.strip()) == (0, f"1  {text}")
    assert run("li", "by-hand", "country", "CN", "A", *why)[2].startswith("China is the home country")
    assert run("wu", "by-hand", "return", "2", "--reason", "which port?")[0] == 0
    assert run("wu", "by-hand", "return", "3", "--reason", "why?")[0] == 0
    (entry,) = json.loads(run("li", "by-hand", "list", "--json")[1])["entries"]
    assert (entry["kind"], entry["approver"], entry["until"]) == ("counterparty", "wu", "2099-06-30")
    assert len(json.loads(run("li", "by-hand", "list", "--all", "--json")[1])["entries"]) == 3
    made = json.loads(run("li", "reviews", "generate", "--json")[1])["lists"]
    assert {one["id"]: one["new"] for one in made}["L1"] == 1
    assert run("li", "audit", "verify")[0] == 0


def test_notes_and_files(run, tmp_path: Path) -> None:
    assert run("li", "notes", "add", "country", "Turkey", "2026-05-20", "central bank meets")[0] == 0
    assert run("li", "notes", "list", "country", "TR")[1] == "   1  20 May 2026  li  central bank meets\n"
    assert run("li", "notes", "list", "counterparty", "nobody")[0] == 1
    code, said, _err = run("wu", "notes", "withdraw", "1", "--reason", "it did not")
    assert (code, said.startswith("   1  20 May 2026  li  central bank meets: withdrawn by wu on ")) == (0, True)
    assert run("li", "notes", "list", "country", "TR")[1] == "There is no note.\n"
    code, _out, error = run("wu", "notes", "withdraw", "1", "--reason", "again")
    assert (code, "was withdrawn by wu" in error) == (1, True)
    paper, out = tmp_path / "minutes.pdf", tmp_path / "out.pdf"
    paper.write_bytes(b"%PDF")
    assert run("li", "attachments", "add", "country TR", str(paper), "--comment", "minutes")[0] == 0
    assert run("li", "attachments", "add", "L1-0099", str(paper))[0] == 2
    assert run("li", "attachments", "save", "1", str(out))[0] == 0
    assert out.read_bytes() == b"%PDF"
    assert "minutes.pdf" in run("li", "attachments", "list")[1]
    assert run("li", "attachments", "verify")[1] == "1 file: each as it was attached.\n"
