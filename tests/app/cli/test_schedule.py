"""The commands schedule and persons: exact JSON, exit codes."""

import json
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_program
from app.cli.main import main
from app.storage import facts
from tests.app.services.reaching import reach

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace that asks nobody."""
    made = tmp_path / "workspace"
    made.mkdir()
    reach(made / "sources.toml")
    return made


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*words: str) -> tuple[int, Any, str]:
        code = main([*words, "--workspace", str(root), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return run


def test_a_schedule_that_never_ran(run: Any) -> None:
    code, data, _ = run("schedule", "list")
    assert (code, data["kept_by"], data["runs"]) == (0, [], [])
    assert [(job["job"], job["finding"], job["open"]) for job in data["jobs"]] == [
        (name, "schedule.never", []) for name in ("refresh", "check", "lists", "backup")
    ]
    assert data["jobs"][0]["next"] is None  # no source
    assert set(data["jobs"][1]["next"]) == {"job", "period", "due", "as_of"}


def test_a_tick_does_what_is_due_once_and_is_a_program_of_its_own(run: Any) -> None:
    code, data, _ = run("schedule", "tick")  # whatever the day of this test: its backup, its check where the bank works
    assert code == 0
    assert {one["status"] for one in data["runs"]} <= {"done"}
    assert {one["job"] for one in data["runs"]} <= {"check", "lists", "backup"}
    assert len(run("schedule", "list")[1]["runs"]) == len(data["runs"])
    assert run("schedule", "list")[1]["kept_by"] == []


def test_the_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", "list", "--workspace", str(root)]) == 0
    out = capsys.readouterr().out
    assert "Nothing runs by itself now" in out
    assert "Daily check" in out


def test_a_sample_says_why_nothing_runs_and_ends(root: Path, run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Its clock stands still, so that no --until would ever come."""
    with open_program(root) as program, program.database.write() as connection:
        facts.mark_sample(connection, datetime(2026, 5, 26, 0, 31, tzinfo=UTC))
    for words in (("tick",), ("run",), ("run", "--until", "2026-05-26T00:41+00:00")):
        assert run("schedule", *words)[:2] == (0, {"runs": [], "finding": "schedule.sample"})
    assert main(["schedule", "run", "--workspace", str(root)]) == 0
    assert capsys.readouterr().out == "A sample workspace has no schedule: its clock stands still.\n"


def test_an_instant_that_is_none(run: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        run("schedule", "run", "--until", "soon")
    assert caught.value.code == 2


def test_run_keeps_the_schedule_until_it_is_told_to_stop(root: Path, run: Any) -> None:
    command = [sys.executable, "-m", "app", "schedule", "run", "--workspace", str(root), "--json"]
    keeping = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + 30
        while not (kept_by := run("schedule", "list")[1]["kept_by"]):
            assert time.monotonic() < until
            time.sleep(0.2)
        assert [one["pid"] for one in kept_by] == [keeping.pid]
        keeping.send_signal(signal.SIGTERM)
        out, _ = keeping.communicate(timeout=30)
    finally:
        keeping.kill()
        keeping.communicate()
    assert (keeping.returncode, set(json.loads(out))) == (0, {"runs"})
    assert run("schedule", "list")[1]["kept_by"] == []


def test_run_ends_by_itself(run: Any) -> None:
    assert run("schedule", "run", "--until", "2020-01-01T00:00+08:00")[0] == 0


def test_persons(run: Any) -> None:
    code, data, _ = run("persons", "add", "Zhang", "Zhang Wei", "--role", "approver")
    assert (code, data["id"], data["name"], data["role"]) == (0, "zhang", "Zhang Wei", "approver")
    assert run("persons", "role", "zhang", "viewer")[1]["role"] == "viewer"
    everybody = run("persons", "list")[1]
    assert {"zhang", everybody["acting"]} == {one["id"] for one in everybody["persons"]}
    code, data, err = run("persons", "add", "zhang", "Zhang Wei")
    assert (code, data) == (1, None)
    assert "written down already" in err
