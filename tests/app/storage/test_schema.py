import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app import bootstrap
from app.refusals import Refused
from app.storage import schema
from app.storage.database import Database
from app.storage.tables import METADATA
from app.wording.sentences import refusal
from tests.starts import begin


@pytest.fixture(autouse=True)
def _through_every_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "_upgrade", schema._upgrade.__wrapped__)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path / 'tidewatch.sqlite'}")


def test_the_migrated_tables_are_those_of_the_program(database: Database) -> None:
    schema.prepare(database)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
    database.close()


def test_the_migrated_statements_are_those_of_the_tables(database: Database, tmp_path: Path) -> None:
    """What Alembic does not compare: checks, primary keys, names of constraints."""
    schema.prepare(database)
    fresh = Database(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    with fresh.write() as connection:
        METADATA.create_all(connection)
    assert _statements(database) == _statements(fresh)


def _statements(database: Database) -> dict[str, set[str]]:
    """Each table's or index's statement as a set of its parts: a column added later stands on no line of its own."""
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    database.close()
    return {
        name: {" ".join(part.replace('"', "").split()) for part in _parts(sql)}
        for name, sql in rows
        if name != "alembic_version"
    }


def _parts(sql: str) -> list[str]:
    """What stands before the outer bracket, and between its commas."""
    parts, depth = [""], 0
    for letter in sql:
        depth += (letter == "(") - (letter == ")")
        if depth == 1 and letter in "(,":
            parts.append("")
        else:
            parts[-1] += letter
    return [part.rstrip().removesuffix(")") if place == len(parts) - 1 else part for place, part in enumerate(parts)]


def test_the_version_is_the_newest_there_is() -> None:
    assert ScriptDirectory.from_config(schema.configuration()).get_current_head() == schema.VERSION


def test_a_workspace_of_a_newer_program_is_refused_and_left_alone(database: Database) -> None:
    schema.prepare(database)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused) as caught:
        schema.prepare(database)
    what, remedy = refusal(caught.value)
    assert "newer" in what
    assert "9999" in what
    assert "Update" in remedy
    assert schema.version_of(database) == "9999"
    database.close()


def test_an_upgrade_that_fails_leaves_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        with database.engine.connect() as _other:
            raise RuntimeError("power cut")

    monkeypatch.setattr("alembic.command.upgrade", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        schema.prepare(database)
    assert schema.version_of(database) is None
    monkeypatch.undo()
    schema.prepare(database)
    assert schema.version_of(database) == schema.VERSION
    database.close()


def test_processes_that_open_a_new_workspace_at_once_all_succeed(tmp_path: Path) -> None:
    for attempt in range(3):
        root = tmp_path / str(attempt)
        running = [begin("doctor", "--workspace", str(root)) for _ in range(3)]
        assert [hears.recv()[0] for _process, hears in running] == [0, 0, 0]
        for process, _hears in running:
            process.join()
        made = Database(f"sqlite:///{root / 'tidewatch.sqlite'}")
        assert schema.version_of(made) == schema.VERSION
        made.close()


def test_a_workspace_that_is_up_to_date_is_not_written_to(tmp_path: Path) -> None:
    with bootstrap.open_program(tmp_path):
        pass
    holder = sqlite3.connect(tmp_path / "tidewatch.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")  # somebody imports a book meanwhile
    with bootstrap.open_program(tmp_path) as program:
        assert schema.version_of(program.database) == schema.VERSION
    holder.rollback()
    holder.close()
