"""`kill -9` at any moment of an import: the workspace opens and holds all of it or none, and the next run completes."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import open_program
from app.services.outcome import Ending
from tests.app.services.workbooks import write_csv

ON = date(2026, 5, 15)
LINES = 2000
MOMENTS = 20


def start(file: Path, workspace: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "app", "book", "import", str(file), "--reporting-date", ON.isoformat()]
    command += ["--workspace", str(workspace)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def children(pid: int) -> list[int]:
    try:
        return [int(part) for part in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the child through /proc")
def test_all_or_nothing_at_random_moments(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "b.csv", *(f"{n},Ege {n},TR,loan,USD,{n}.25,1" for n in range(LINES)))
    started = time.monotonic()
    assert start(file, tmp_path / "whole").wait() == 0
    whole = time.monotonic() - started
    moments = random.Random(20260515)
    killed = 0
    for number in range(MOMENTS):
        workspace = tmp_path / str(number)
        process = start(file, workspace)
        deadline = time.monotonic() + moments.uniform(0, whole)
        seen: set[int] = set()
        while process.poll() is None and time.monotonic() < deadline:
            seen |= set(children(process.pid))
            time.sleep(0.01)
        seen |= set(children(process.pid))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.wait()
        gone_by = time.monotonic() + 20
        while any(map(is_running, seen)):
            assert time.monotonic() < gone_by, "the child outlived its parent"
            time.sleep(0.05)
        with open_program(workspace) as program:
            held = [item for item in program.importing.history() if item.visible]
            assert [len(program.surveying.book(item.id).lines) for item in held] in ([], [LINES])
            again = program.importing.commit(file, ON)
            assert again.ending is (Ending.ALREADY if held else Ending.IMPORTED)
            assert program.surveying.book().total() == sum(range(LINES)) + LINES * 5 / 4
            assert len(program.importing.history()) == 1
    assert killed >= MOMENTS // 2
