"""The officer's day once more, in a real window: another display server has other keys and hands out the focus."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.journeys.test_a_day_by_keyboard import XVFB

needs_xvfb = pytest.mark.skipif(not XVFB, reason="needs Xvfb, a display without a screen")


@pytest.fixture
def display() -> Iterator[str]:
    """A display of the test's own, with a window manager where one is installed."""
    told, tells = os.pipe()
    command = ["Xvfb", "-displayfd", str(tells), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[tells], stderr=subprocess.DEVNULL)
    os.close(tells)
    started = [server]
    try:
        with os.fdopen(told) as number:
            name = f":{number.readline().strip()}"
        assert name != ":", "Xvfb did not start"
        if manager := shutil.which("openbox"):
            given = {**os.environ, "DISPLAY": name}
            started.append(subprocess.Popen([manager], env=given, stderr=subprocess.DEVNULL))
        yield name
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(30)


@needs_xvfb
@pytest.mark.slow
def test_the_day_by_keyboard(display: str, sample_root: Path) -> None:
    """A process of its own, because a process has one display for life."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "QT_"))}
    given |= {"DISPLAY": display, "TIDEWATCH_TEST_PLATFORM": "xcb", "TIDEWATCH_TEST_SAMPLE": str(sample_root)}
    day = REPOSITORY / "tests" / "journeys" / "test_a_day_by_keyboard.py"
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(day)],
        cwd=REPOSITORY,
        env=given,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ran.returncode == 0, ran.stdout[-4000:]
    assert "1 passed" in ran.stdout
