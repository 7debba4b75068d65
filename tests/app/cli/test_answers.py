"""Silences, outcomes and the inbox, through the command line."""

import json
from pathlib import Path

import pytest

from app.bootstrap import open_program
from app.cli.main import main

pytestmark = pytest.mark.shared


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_silence_close_and_inbox(tmp_path: Path, shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "SOFR.csv").write_bytes((shared_data / "fred" / "SOFR.csv").read_bytes())
    with open_program(tmp_path / "workspace") as program:
        program.refreshing.take_in(folder)
    place = ("--workspace", str(tmp_path / "workspace"))
    code, out, _ = _run(capsys, "alerts", "inbox", *place)
    assert code == 0
    code, out, err = _run(capsys, "alerts", "silence", "rule", "--until", "2099-01-01", "--comment", "x", *place)
    assert (code, "NAME=TEXT" in err) == (2, True)
    code, _, err = _run(capsys, "alerts", "silence", "rule=L2", "--until", "2099-01-01", "--comment", "x", *place)
    assert (code, "at most 90 days" in err) == (1, True)
    code, out, _ = _run(capsys, "alerts", "silences", *place)
    assert out.strip() == "Nothing is silenced."
    code, out, _ = _run(capsys, "alerts", "list", "--all", "--json", *place)
    (september,) = [one for one in json.loads(out)["alerts"] if one["episode"] == "2019-09-16"]
    code, out, _ = _run(capsys, "alerts", "close", september["id"], "true", "--comment", "repo market", *place)
    assert (code, "needed action" in out) == (0, True)
    code, _, err = _run(capsys, "alerts", "unsilence", "7", *place)
    assert (code, "There is no silence 7." in err) == (2, True)
