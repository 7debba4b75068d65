"""`kill -9` during a check, during the making of the lists and while a workspace is made: all of it or none."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from app.bootstrap import open_program
from app.services.sample.building import Building, claim
from tests.app.services.killing import KILLING, held, kills, run

pytestmark = KILLING


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed sample workspace in which the day has not begun: no check, no lists."""
    folder = tmp_path_factory.mktemp("morning")
    root = folder / "workspace"
    with open_program(root) as opened:
        claim(opened.database)
    with open_program(root) as sample:
        Building(sample.database, sample.workspace, sample.clock, sample.user).build(folder)
        sample.monitoring.evaluate()
        with sample.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM observation WHERE date < '2021-11-01'")  # quick, and enough
    return root


@pytest.mark.parametrize(("command", "table"), [(("check",), "daily_check"), (("reviews", "generate"), "review_item")])
def test_a_days_work_is_done_or_not_begun(morning: Path, tmp_path: Path, command: tuple[str, ...], table: str) -> None:
    """The sample's clock stands still, so that a run always comes to the same rows."""
    root = tmp_path / "workspace"
    whole = (*command, "--json", "--workspace", str(root))

    def prepare() -> tuple[str, ...]:
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(morning, root)
        return whole

    prepare()
    before = held(root)
    run(*whole)
    after = held(root)
    assert not before[table]
    assert after[table]
    for _killed in kills(14, prepare, 20220523):
        assert held(root) in (before, after)
        run(*whole)
        assert held(root)[table] == after[table]


def test_a_new_workspace_is_made_or_not_begun(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    whole = ("doctor", "--json", "--workspace", str(root))

    def prepare() -> tuple[str, ...]:
        shutil.rmtree(root, ignore_errors=True)
        return whole

    prepare()
    made = held(root)
    for _killed in kills(8, prepare, 20260101):
        found = held(root)
        assert found.keys() == made.keys()
        assert {name: len(rows) for name, rows in found.items()} == {name: len(rows) for name, rows in made.items()}
        assert not [path.name for path in root.iterdir() if path.name == "backups"]  # nothing was there to keep
        with open_program(root) as opened:
            opened.limiting.set("TR", Decimal(100), "USD")
            assert len(opened.limiting.in_force()) == 1
