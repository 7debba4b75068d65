"""The set-up script, without the network: whom it asks, and what it says when it may not."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "dirname", "mktemp", "grep", "cat", "rm", "env", "cut", "flock", "sleep")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX sh")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with the installer and a PATH of its own: apt is there, packages and rights are not."""
    shutil.copytree(REPOSITORY / "installer", tmp_path / "installer", ignore=shutil.ignore_patterns("__pycache__"))
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in TOOLS:
        if found := shutil.which(name):
            (tools / name).symlink_to(found)
    command(tmp_path, "id", "echo 1000")
    command(tmp_path, "apt-get", f"echo called >>{tmp_path}/apt; exit 100")
    command(tmp_path, "dpkg-query", "exit 1")
    return tmp_path


def command(machine: Path, name: str, script: str) -> None:
    path = machine / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def set_up(machine: Path, purpose: str = "run", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "installer/setup.sh", purpose],
        cwd=machine,
        env={"PATH": str(machine / "bin"), "HOME": str(machine)} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_without_rights_it_prints_the_line_to_run(machine: Path) -> None:
    ran = set_up(machine)
    assert ran.returncode == 1
    (line,) = [line.strip() for line in ran.stderr.splitlines() if "apt-get update" in line]
    assert line.startswith("apt-get update && apt-get install --yes --no-install-recommends python3-venv ")
    assert {"libxcb-cursor0", "fonts-noto-cjk", "fonts-inter"} <= set(line.split())
    assert not (machine / "apt").exists()  # nothing was tried
    assert not (machine / ".venv").exists()


def test_the_tests_need_a_virtual_display_too(machine: Path) -> None:
    assert " xvfb " in set_up(machine, "test").stderr + " "
    assert " xvfb " not in set_up(machine, "run").stderr + " "


def test_only_what_is_missing_is_asked_for(machine: Path) -> None:
    command(machine, "dpkg-query", '[ "$3" = fonts-inter ] && exit 1; echo installed')
    (line,) = [line for line in set_up(machine).stderr.splitlines() if "apt-get install" in line]
    assert line.split("--no-install-recommends ")[1] == "fonts-inter"


def test_a_python_that_is_named_and_does_not_suit_is_refused(machine: Path) -> None:
    command(machine, "dpkg-query", "echo installed")
    command(machine, "python2", "exit 1")
    ran = set_up(machine, TIDEWATCH_PYTHON="python2")
    assert ran.returncode == 1
    assert "TIDEWATCH_PYTHON=python2 is not Python 3.11 to 3.13" in ran.stderr
