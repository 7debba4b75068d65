"""The way into a workspace's database: one engine, one unit of work, one writer at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from app.storage.passwords import Session

#: How long a second process waits for the first one's write to end.
BUSY_SECONDS = 30


class Database:
    """Reads may run together; a write is a unit of work that is stored whole at its end or not at all."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self.session = Session()
        self._writing = RLock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the data from its first query on."""
        with self.engine.connect() as connection:
            yield connection
            connection.rollback()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A unit of work: committed when the block ends, rolled back when it raises."""
        with self._writing, self.engine.connect() as connection:
            connection = connection.execution_options(tidewatch_write=True, tidewatch_session=self.session)
            with connection.begin():
                yield connection

    @property
    def dialect(self) -> str:
        """The database's kind, and for SQLite its version."""
        name = self.engine.dialect.name
        return f"{name} {sqlite3.sqlite_version}" if name == "sqlite" else name

    @property
    def address(self) -> str:
        """Where it is, without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    @property
    def is_file(self) -> bool:
        """Whether it is a file of the workspace, and no server that looks after itself."""
        return self.engine.dialect.name == "sqlite"

    def is_sound(self) -> bool:
        """Whether SQLite finds its file undamaged; another database looks after itself."""
        if not self.is_file:
            return True
        try:
            with self.read() as connection:
                return list(connection.exec_driver_sql("PRAGMA quick_check").scalars()) == ["ok"]
        except DatabaseError:  # so damaged that it cannot even be looked through
            return False

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own BEGIN comes too late for a write lock; we say BEGIN ourselves.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("tidewatch_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
