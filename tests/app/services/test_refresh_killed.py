"""A refresh that is killed at any moment leaves all of it or none, and the next one completes."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.bootstrap import open_program

TIMES = 20
REPOSITORY = Path(__file__).resolve().parents[3]


def stored(root: Path) -> int:
    with open_program(root) as program:
        return sum(entry.count for entry in program.watching.catalogue())


@pytest.mark.slow
@pytest.mark.shared
def test_killed_at_random_moments(shared_data: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app", "refresh", "--from-folder", str(shared_data / "fred"), "--workspace"]
    started = time.monotonic()
    subprocess.run([*command, str(tmp_path / "whole")], check=True, capture_output=True, cwd=REPOSITORY)
    lasts = time.monotonic() - started
    whole = stored(tmp_path / "whole")
    assert whole > 40_000
    moments = random.Random(20220518)
    killed = 0
    for turn in range(TIMES):
        root = tmp_path / f"turn{turn}"
        running = subprocess.Popen(
            [*command, str(root)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=REPOSITORY
        )
        time.sleep(moments.uniform(0.3, 1.0) * lasts)
        running.kill()
        killed += running.wait() == -signal.SIGKILL
        assert stored(root) in (0, whole)
        if turn % 5 == 0:
            subprocess.run([*command, str(root)], check=True, capture_output=True, cwd=REPOSITORY)
            assert stored(root) == whole
    assert killed >= TIMES // 2
