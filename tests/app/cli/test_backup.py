import json
from pathlib import Path

import pytest

from app.cli.main import main
from tests.app.services.workbooks import write_csv

LINE = "1,Anadolu,Turkey,loan,USD,100.25,20"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    out, error = capsys.readouterr()
    return code, out, error


def test_there_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = str(tmp_path / "first"), str(tmp_path / "second")
    book = write_csv(tmp_path / "book.csv", LINE)
    assert run(capsys, "book", "import", str(book), "--reporting-date", "2026-05-15", "--workspace", first)[0] == 0
    file = str(tmp_path / "copy.zip")
    code, out, _ = run(capsys, "backup", file, "--workspace", first, "--json")
    said = json.loads(out)
    assert (code, said["file"], said["parts"][0]) == (0, file, "tidewatch.sqlite")
    assert said["bytes"] == Path(file).stat().st_size
    code, out, _ = run(capsys, "restore", file, "--workspace", second, "--json")
    assert (code, json.loads(out)["rows"], json.loads(out)["replaced"]) == (0, said["rows"], None)
    code, out, error = run(capsys, "restore", file, "--workspace", second)
    assert (code, out) == (1, "")
    assert "--replace" in error
    code, out, _ = run(capsys, "restore", file, "--workspace", second, "--replace")
    assert code == 0
    assert "is as it was on" in out
    assert "kept in" in out
    code, out, _ = run(capsys, "book", "history", "--workspace", second, "--json")
    assert len(json.loads(out)) == 1


def test_refusals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = str(tmp_path / "workspace")
    code, out, error = run(capsys, "restore", str(tmp_path / "none.zip"), "--workspace", workspace)
    assert (code, out) == (2, "")
    assert "There is no file" in error
    (tmp_path / "none.zip").write_text("nothing of the kind")
    code, _, error = run(capsys, "restore", str(tmp_path / "none.zip"), "--workspace", workspace)
    assert code == 1
    assert "no whole backup" in error
    assert not (tmp_path / "workspace" / "tidewatch.sqlite").exists()


def test_export_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace, folder = str(tmp_path / "workspace"), tmp_path / "out"
    code, out, _ = run(capsys, "export-all", str(folder), "--workspace", workspace)
    assert code == 0
    assert str(folder) in out
    assert (folder / "tidewatch.xlsx").exists()
    code, _, error = run(capsys, "export-all", str(folder), "--workspace", workspace, "--json")
    assert code == 1
    assert "not empty" in error
