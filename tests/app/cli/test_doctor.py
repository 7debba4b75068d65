import json
from pathlib import Path

import pytest

from app import bootstrap
from app.cli.main import main
from app.sources import SOURCES
from app.storage import schema


def report(capsys: pytest.CaptureFixture[str], workspace: Path) -> dict[str, object]:
    assert main(["doctor", "--json", "--workspace", str(workspace)]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def test_it_names_versions_folders_database_and_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = report(capsys, tmp_path)
    assert said["versions"]["PySide6-Essentials"] == "6.11.3"  # type: ignore[index]
    assert said["folders"]["workspace"] == str(tmp_path)  # type: ignore[index]
    assert said["database"]["schema_version"] == schema.VERSION  # type: ignore[index]
    assert said["database"]["problems"] == []  # type: ignore[index]
    assert said["sources"] == dict.fromkeys(source.id for source in SOURCES)
    assert said["sample"] is False


def test_the_last_success_of_a_source_is_the_fetch_that_stored(
    tmp_path: Path, shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with bootstrap.open_program(tmp_path) as program:
        before = program.clock()
        program.refreshing.take_in(shared_data / "ddp")
    sources = report(capsys, tmp_path)["sources"]
    assert sources["ddp"] >= before.isoformat()[:19]  # type: ignore[index]
    assert sources["fredgraph"] is None  # type: ignore[index]


def test_people_read_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--workspace", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("The workspace is in order.")
    assert str(tmp_path) in said
    assert "fredgraph: never" in said


def test_a_damaged_database_is_said_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with bootstrap.open_program(tmp_path) as program:
        place = program.workspace.database
        with program.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(place.read_bytes())
    content[8192:12288] = b"\xff" * 4096  # a page in the middle
    place.write_bytes(content)
    assert main(["doctor", "--workspace", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "damaged" in said.out + said.err
