"""The report command."""

import json
from pathlib import Path

import pytest

from app.bootstrap import Program
from app.cli.main import main


def test_json_says_what_was_written(program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.xlsx"
    code = main(["report", str(file), "--language", "zh_CN", "--json", "--workspace", str(program.workspace.root)])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    said = json.loads(out)
    assert set(said) == {"file", "date", "language", "made", "pages", "sample"}
    assert (said["file"], said["language"], said["pages"], said["sample"]) == (str(file), "zh_CN", None, False)
    assert file.stat().st_size > 1000


def test_another_kind_is_wrong_usage(program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["report", str(tmp_path / "report.txt"), "--workspace", str(program.workspace.root)])
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert "report.txt" in err
    assert ".pdf" in err
