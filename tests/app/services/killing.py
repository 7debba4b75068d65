"""`kill -9` of the real program at random moments of its work, and what must be true of a workspace afterwards.

Moments are counted in processor time, its child processes' included: a busy machine is only slower. What is killed is
forked from a process that has imported the program, so that it dies in its work and not in its imports.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_program
from app.cli.main import main as command_line
from app.storage import contents
from tests.starts import begin

REPOSITORY = Path(__file__).resolve().parents[3]
#: A test of killing; the moments are read from /proc.
KILLING = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads processor times from /proc"),
]
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100

#: Makes the workspace ready for a run and says which command runs on it.
Prepare = Callable[[], tuple[str, ...]]


def start(*command: str) -> "subprocess.Popen[bytes]":
    """The program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "app", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=REPOSITORY
    )


def kills(times: int, prepare: Prepare, seed: int) -> Iterator[bool]:
    """Run and kill until it was killed `times` times; after each run, whether it was still there to be killed."""
    whole, moments = _lasts(*prepare()), random.Random(seed)
    killed = 0
    for _run in range(3 * times):
        # What was measured may have been slower than the rest (cold caches): a run that ended earlier says how long
        # one really takes.
        moment = moments.uniform(0, whole)
        died = _killed_at(moment, *prepare())
        yield died
        killed += died
        whole = whole if died else moment
        if killed == times:
            return
    pytest.fail(f"killed {killed} times of {times}: the rest had ended before")


def run(*command: str) -> None:
    """The next run, in this process: it must complete."""
    assert command_line(command) == 0


def held(root: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All a workspace holds, by table; it opens, and `doctor` says that it is sound."""
    run("doctor", "--json", "--workspace", str(root))
    with open_program(root) as opened, opened.database.read() as connection:
        return {name: list(contents.rows(connection, name)[1]) for name in contents.row_counts(connection)}


def _lasts(*command: str) -> float:
    """The processor time of an undisturbed run, in seconds."""
    process, hears = begin(*command)
    code, seconds = hears.recv()
    process.join()
    assert code == 0
    return float(seconds)


def _killed_at(moment: float, *command: str) -> bool:
    """Start it and kill it; whether it was still there. No child outlives it."""
    process, _hears = begin(*command)
    seen: set[int] = set()
    while process.is_alive() and _spent(process.pid, seen) < moment:
        time.sleep(0.001)
    process.kill()
    process.join()
    gone_by = time.monotonic() + 20
    while any(map(_is_running, seen)):
        assert time.monotonic() < gone_by, "a child outlived the program"
        time.sleep(0.05)
    return bool(process.exitcode == -signal.SIGKILL)


def _spent(pid: int, seen: set[int]) -> float:
    """The processor time of a process and its children so far, in seconds; `seen` takes the children's numbers."""
    try:
        children = [int(part) for part in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        children = []
    seen.update(children)
    ticks = 0
    for one in (pid, *children):
        fields = _stat(one)
        ticks += sum(map(int, fields[11:15])) if fields else 0  # its own, and that of children it has waited for
    return ticks / _TICK


def _is_running(pid: int) -> bool:
    fields = _stat(pid)
    return bool(fields) and fields[0] != "Z"


def _stat(pid: int) -> list[str]:
    """The fields after the name, the process's state first; none where it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
