"""Backups in the middle of things, between real processes: during an import, and with `kill -9` at any moment."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import open_program, restore_workspace
from app.refusals import Refused
from app.storage import schema
from app.storage.database import Database
from tests.app.services.killing import KILLING, kills, run, start
from tests.app.services.older import write_older
from tests.app.services.workbooks import write_csv

FIRST, SECOND = date(2026, 5, 15), date(2026, 5, 22)
LINES = 2000
MOMENTS = 12
TOTALS = {1: LINES * 101, 2: LINES * 102}

pytestmark = KILLING


def rows_of(number: int) -> list[str]:
    return [f"{n},Ege {n},TR,loan,USD,{100 + number},1" for n in range(LINES)]


def total(root: Path) -> int:
    """What the workspace's book comes to; it must be one of the two in full."""
    with open_program(root) as opened:
        history = opened.importing.history()
        found = opened.surveying.book().total()
        assert found == TOTALS[len(history)]
        assert opened.database.is_sound()
        return len(history)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with one book."""
    folder = tmp_path_factory.mktemp("first")
    with open_program(folder / "workspace") as opened:
        opened.importing.commit(write_csv(folder / "first.csv", *rows_of(0)), FIRST)
    return folder / "workspace"


def test_a_backup_during_an_import_is_of_before_or_after(first: Path, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(first, root)
    file = write_csv(tmp_path / "second.csv", *rows_of(1))
    made = []
    with open_program(root) as opened:
        importing = start("book", "import", str(file), "--reporting-date", str(SECOND), "--workspace", str(root))
        while importing.poll() is None:
            made.append(opened.backing_up.back_up(tmp_path / f"{len(made)}.zip").file)
        _out, error = importing.communicate()
        assert importing.returncode == 0, error
        made.append(opened.backing_up.back_up(tmp_path / "after.zip").file)
    seen = []
    for place, backup in enumerate(made):
        restore_workspace(tmp_path / f"elsewhere {place}", backup)
        seen.append(total(tmp_path / f"elsewhere {place}"))
    assert len(made) > 3
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (1, 2)


def test_a_backup_that_is_killed_is_whole_or_not_there(first: Path, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(first, root)
    file = tmp_path / "copy.zip"

    def prepare() -> tuple[str, ...]:
        file.unlink(missing_ok=True)
        return "backup", str(file), "--workspace", str(root)

    for number, _killed in enumerate(kills(MOMENTS, prepare, 20261123)):
        if file.exists():
            restore_workspace(tmp_path / str(number), file)
            assert total(tmp_path / str(number)) == 1
        run(*prepare())
        assert total(root) == 1
    assert sorted(path.name for path in (root / "backups").iterdir()) == [".lock"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_restore_that_is_killed_leaves_a_workspace_of_before_or_after(first: Path, tmp_path: Path) -> None:
    root, backup = tmp_path / "workspace", tmp_path / "first.zip"
    shutil.copytree(first, root)
    with open_program(root) as opened:
        opened.backing_up.back_up(backup)
        opened.importing.commit(write_csv(tmp_path / "second.csv", *rows_of(1)), SECOND)
    second = tmp_path / "second"
    root.rename(second)

    def prepare() -> tuple[str, ...]:
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(second, root)
        return "restore", str(backup), "--replace", "--workspace", str(root)

    for _killed in kills(MOMENTS, prepare, 20261124):
        assert total(root) in (1, 2)
        assert not [path.name for path in root.iterdir() if path.name in (".restoring", ".replaced")]
        restore_workspace(root, backup, replace=True)
        assert total(root) == 1


def test_a_migration_that_is_killed_leaves_the_old_tables_or_the_new(tmp_path: Path) -> None:
    old = tmp_path / "old"
    write_older(old, "0001", rows=6_000)
    root = tmp_path / "workspace"

    def prepare() -> tuple[str, ...]:
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(old, root)
        return "doctor", "--json", "--workspace", str(root)

    for _killed in kills(MOMENTS, prepare, 20261125):
        database = Database(f"sqlite:///{root / 'tidewatch.sqlite'}")
        assert schema.version_of(database) in ("0001", schema.VERSION)
        database.close()
        with open_program(root) as opened, opened.database.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM audit").scalar_one() == 6_000
            kept = opened.backing_up.kept()
        for item in kept:
            shutil.rmtree(tmp_path / "elsewhere", ignore_errors=True)
            assert restore_workspace(tmp_path / "elsewhere", item.file).manifest.schema == "0001"
        assert kept
        run("doctor", "--json", "--workspace", str(root))


def test_only_one_restores(first: Path, tmp_path: Path) -> None:
    """Of two restores at once one waits in vain or comes after the other; the workspace is whole either way."""
    with open_program(first) as opened:
        backup = opened.backing_up.back_up(tmp_path / "copy.zip").file
    root = tmp_path / "workspace"
    both = [start("restore", str(backup), "--replace", "--workspace", str(root)) for _ in range(2)]
    ended = [process.communicate() and process.returncode for process in both]
    assert 0 in ended
    assert set(ended) <= {0, Refused.exit_code}
    assert total(root) == 1
