"""What every test shares: a settable clock, a program over a workspace of its own, and the real data beside us."""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Connection

from app import bootstrap, i18n
from app.bootstrap import Program
from app.spreadsheets import child
from app.storage import schema
from tests import starts

# Pictures and sizes are the same everywhere, and no display is needed; TIDEWATCH_TEST_PLATFORM=xcb shows windows.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("TIDEWATCH_TEST_PLATFORM", "offscreen")

# No test reaches the safe of whoever runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# Half of Hypothesis's own number: some hundred properties share the suite's fifteen minutes.
settings.register_profile("suite", max_examples=50)
settings.load_profile("suite")

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass
class Clock:
    """A clock that stands still until a test sets or moves it."""

    now: datetime = datetime(2026, 5, 26, 0, 31, 0, 123_457, tzinfo=UTC)  # a real one has parts of a second too

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        """Move on by timedelta's words: `clock.advance(days=1)`."""
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def program(tmp_path: Path, clock: Clock) -> Iterator[Program]:
    """A program over an empty workspace; its time is `clock`'s."""
    with bootstrap.open_program(tmp_path / "workspace", clock=clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real published data beside the repository."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the real data in ../shared/data")
    return folder


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """LibreOffice without a window and with a profile of its own, made once; skipped where it is not installed."""
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice")
    return "soffice", f"-env:UserInstallation=file://{tmp_path_factory.mktemp('profile')}", "--headless"


@pytest.fixture(scope="session", autouse=True)
def _children_start_at_once() -> None:
    """What reads a file does so in a process of its own; here it is forked from one that has imported the program."""
    child.processes = starts.already_imported()


@pytest.fixture(scope="session", autouse=True)
def _new_tables_from_a_dump() -> None:
    """The first new workspace goes through every revision; the others get what came of it, statement by statement."""
    upgrade = schema._upgrade
    dump: list[str] = []

    @wraps(upgrade)
    def quick(connection: Connection, found: str | None) -> None:
        if found is not None or connection.dialect.name != "sqlite":
            upgrade(connection, found)
        elif dump:
            for statement in dump:
                connection.exec_driver_sql(statement)
        else:
            upgrade(connection, found)
            opened = connection.connection.driver_connection
            assert isinstance(opened, sqlite3.Connection)
            dump.extend(list(opened.iterdump())[1:-1])  # without its own beginning and end of a transaction

    schema._upgrade = quick


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test starts in English, whatever the machine or the last test spoke."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _logged_warnings_fail(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning or an error in the log fails the test; one that is meant is marked `logs("part of its text")`."""
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    meant = [text for mark in request.node.iter_markers("logs") for text in mark.args]
    heard = [record.getMessage() for record in handler.records]
    unmeant = [text for text in heard if not any(part in text for part in meant)]
    missing = [part for part in meant if not any(part in text for text in heard)]
    if unmeant:
        pytest.fail(f"logged: {unmeant}")
    if missing:
        pytest.fail(f"never logged: {missing}")
