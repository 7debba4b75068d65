"""A refresh that is killed at any moment leaves all of it or none, and the next one completes."""

import shutil
from pathlib import Path

import pytest

from tests.app.services.killing import KILLING, held, kills, run

TIMES = 20
FILES = ("WALCL", "RRPONTSYD", "SOFR", "IORB")

pytestmark = [*KILLING, pytest.mark.shared]


def test_killed_at_random_moments(shared_data: Path, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    folder = tmp_path / "fred"
    folder.mkdir()
    for name in FILES:  # some of everything: weekly, daily, seven days a week; all of it takes three times as long
        shutil.copy(shared_data / "fred" / f"{name}.csv", folder)
    command = ("refresh", "--from-folder", str(folder), "--workspace")
    run(*command, str(tmp_path / "whole"))
    whole = len(held(tmp_path / "whole")["observation"])
    assert whole > 8_000

    def prepare() -> tuple[str, ...]:
        shutil.rmtree(root, ignore_errors=True)
        return (*command, str(root))

    for _killed in kills(TIMES, prepare, 20220518):
        assert len(held(root)["observation"]) in (0, whole)
        run(*command, str(root))
        assert len(held(root)["observation"]) == whole
