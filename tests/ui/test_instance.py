"""One window a workspace: the second start finds the first, also after a crash."""

import subprocess
import sys
import time

import pytest

from ui.instance import LOCK, Instance

#: Takes the workspace, says so, and stays until it is killed.
HOLDER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.instance import Instance
app = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
instance.wanted.connect(lambda: print("wanted", flush=True))
print("taken" if instance.take() else "refused", flush=True)
app.exec()
"""
#: What a second start does.
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.instance import Instance
app = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
print("taken" if instance.take() else "shown" if instance.show_other() else "silent", flush=True)
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "taken\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def _second(folder) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SECOND, str(folder)], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_a_second_start_brings_the_first_to_the_front(tmp_path, holder):
    assert _second(tmp_path) == "shown"
    assert holder.stdout.readline() == "wanted\n"
    assert _second(tmp_path / "other") == "taken"  # another workspace has a window of its own


def test_what_a_crash_left_is_taken_over(tmp_path, holder):
    holder.kill()
    holder.wait()
    assert (tmp_path / LOCK).exists()
    began = time.monotonic()
    assert _second(tmp_path) == "taken"
    assert time.monotonic() - began < 30


def test_a_workspace_given_back_can_be_taken_again(tmp_path, qapp):
    first = Instance(tmp_path)
    assert first.take()
    first.release()
    again = Instance(tmp_path)
    assert again.take()
    again.release()
    assert not (tmp_path / LOCK).exists()


def test_a_window_that_does_not_answer_is_told(tmp_path, qapp):
    """Nobody listens on its socket."""
    assert not Instance(tmp_path).show_other(patience=50)
