"""`notices …` from the draft to the reply, through main()."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_program
from app.cli.main import main
from tests.app.services.test_noticing import HEADERS, NOW, ROWS
from tests.app.services.workbooks import write_csv


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    root = tmp_path / "w"
    with open_program(root, clock=lambda: NOW, user="maker") as program:
        program.importing.commit(write_csv(tmp_path / "book.csv", *ROWS, headers=HEADERS), date(2026, 5, 21))
        program.reviewing.generate()

    def call(*arguments: str) -> tuple[int, Any, str]:
        code = main([*arguments, "--workspace", str(root), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return call


def test_from_the_draft_to_the_reply(run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "w"
    listed = run("notices", "list")[1]
    assert (listed["finding"], listed["notices"]) == ("notices.none", [])
    item = next(name for name in listed["without"] if name.startswith("L7"))
    with open_program(root, clock=lambda: NOW, user="maker") as program:
        program.noticing.draft(item)
    shown = run("notices", "show", "N-0001")[1]
    assert (shown["addressee"], shown["email"], shown["maker"]) == ("Anadolu Enerji", None, "maker")
    assert run("notices", "list")[1]["notices"][0]["stage"] == "drafted"
    code, _, err = run("notices", "draft", item)
    assert (code, "still holds" in err) == (1, True)
    assert run("notices", "approve", "N-0001", "--comment", "agreed")[1]["steps"][0]["step"] == "approved"
    assert run("notices", "answer", "N-0001", "handed", "--comment", "to the treasurer")[0] == 0
    assert run("notices", "answer", "n-1", "replied", "--comment", "hedged")[1]["steps"][-1]["comment"] == "hedged"
    assert run("notices", "list")[1]["notices"][0]["stage"] == "replied"
    file = tmp_path / "n.pdf"
    assert run("notices", "pdf", "N-0001", str(file))[1]["bytes"] == file.stat().st_size
    assert run("notices", "show", "N-99")[0] == run("notices", "show", "seven")[0] == 2
    assert run("notices", "return", "N-0001", "--reason", "late")[0] == 1
    assert main(["notices", "list", "--workspace", str(root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["1 notice; nothing waits.", "N-0001  Client notices  Anadolu Enerji  Turkey  Replied"]
    assert any("no notice yet: Istanbul" in line for line in lines)
