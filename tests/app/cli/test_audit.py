"""`audit list` and `audit verify`, through main()."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import keyring
import pytest

from app.cli.main import main
from tests.safe import Safe


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    out, error = capsys.readouterr()
    return code, out, error


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A workspace in which three limits were set."""
    root = str(tmp_path / "workspace")
    for country in ("TR", "AR", "TR"):
        assert run(capsys, "limits", "set", country, "1800", "USD", "--workspace", root)[0] == 0
    return root


def tamper(workspace: str, statement: str) -> None:
    with closing(sqlite3.connect(Path(workspace) / "tidewatch.sqlite")) as connection:
        connection.execute(statement)
        connection.commit()


def test_the_trail_is_listed_by_subject_and_day(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "audit", "list", "--workspace", workspace, "--json")
    rows = json.loads(out)
    assert (code, [row["id"] for row in rows]) == (0, [1, 2, 3])
    assert {"at", "who", "before", "after", "reason", "program_version", "data", "hash", "previous"} <= rows[0].keys()
    subject = rows[0]["subject"]
    _, out, _ = run(capsys, "audit", "list", "--subject", subject.lower(), "--workspace", workspace)
    assert len(out.splitlines()) == 2
    assert subject in out
    _, out, _ = run(capsys, "audit", "list", "--since", "2999-01-01", "--workspace", workspace)
    assert out == "No row of the audit trail fits.\n"


def test_a_whole_trail_says_up_to_where_it_is_anchored(
    workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "audit", "verify", "--workspace", workspace)
    assert code == 0
    assert "3 rows follow from the first to the last. Nothing is anchored after row 0" in out
    assert "not against the machine's administrator" in out
    before, made = keyring.get_keyring(), Safe()
    keyring.set_keyring(made)
    try:
        copy = str(tmp_path / "copy.zip")
        assert run(capsys, "backup", copy, "--workspace", workspace)[0] == 0
        assert run(capsys, "limits", "set", "AR", "5", "USD", "--workspace", workspace)[0] == 0
        code, out, _ = run(capsys, "audit", "verify", copy, "--workspace", workspace)
        assert code == 0
        assert "a signature vouches up to row 3. Nothing is anchored after row 3." in out
        code, out, _ = run(capsys, "audit", "verify", copy, "--workspace", workspace, "--json")
        said = json.loads(out)
        assert (said["whole"], said["rows"], said["anchored"], said["faults"]) == (True, 4, 3, [])
    finally:
        keyring.set_keyring(before)


@pytest.mark.parametrize(
    ("statement", "case", "told"),
    [
        ("UPDATE audit SET after = '{}' WHERE id = 2", "edited", "Row 2: its content was changed"),
        ("DELETE FROM audit WHERE id = 2", "deleted", "Row 2: deleted"),
        ("DELETE FROM audit WHERE id > 1", "truncated", "Rows 2 to 3: cut off at the end"),
        ("DELETE FROM audit_head", "headless", "Row 3: the record of where the trail ends"),
    ],
)
def test_what_was_tampered_with_is_named(
    workspace: str, capsys: pytest.CaptureFixture[str], statement: str, case: str, told: str
) -> None:
    tamper(workspace, statement)
    code, out, _ = run(capsys, "audit", "verify", "--workspace", workspace)
    assert code == 1
    assert "does not stand as it was written" in out
    assert told in out
    code, out, _ = run(capsys, "audit", "verify", "--workspace", workspace, "--json")
    said = json.loads(out)
    assert (code, said["whole"], said["faults"][0]["case"]) == (1, False, case)
    assert told in said["faults"][0]["text"]


def test_a_backup_that_is_none_is_refused(workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, error = run(capsys, "audit", "verify", str(tmp_path / "none.zip"), "--workspace", workspace)
    assert (code, out) == (2, "")
    assert "There is no file" in error
    (tmp_path / "none.zip").write_text("nothing of the kind")
    code, _, error = run(capsys, "audit", "verify", str(tmp_path / "none.zip"), "--workspace", workspace)
    assert code == 1
    assert "no whole backup" in error


def test_an_empty_trail_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "audit", "verify", "--workspace", str(tmp_path / "new"))
    assert code == 0
    assert "holds no row yet" in out
