"""A copy of the workspace's database, consistent while others read and write, and what such a copy holds."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from app.storage import audit_chain, contents, facts, schema
from app.storage.audit_chain import Head
from app.storage.database import Database


class Damaged(Exception):
    """The file is no database, or parts of it cannot be read."""


@dataclass(frozen=True)
class Held:
    """What a copy holds: the version of its tables, whether it is a sample, its rows by table, and where its audit
    trail ends (None: its tables know no chain).
    """

    schema: str
    sample: bool
    rows: dict[str, int]
    audit: Head | None


def copy(database: Database, file: Path) -> None:
    """Write one state of the database into a new file, as SQLite's online backup does; raises Damaged."""
    try:
        with database.engine.connect() as connection:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            target = sqlite3.connect(file)
            try:
                source.backup(target)  # all pages at once: one read transaction, so one state
                target.execute("PRAGMA journal_mode=DELETE")  # the copy is one file, without a log beside it
            finally:
                target.close()
    except (sqlite3.DatabaseError, DatabaseError) as error:
        raise Damaged(str(error)) from error


def held(file: Path) -> Held:
    """What a copy holds, every page of it looked at; raises Damaged."""
    try:
        with _reading(file) as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() != "ok":
                raise Damaged("integrity_check")
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise Damaged("foreign_key_check")
            version = schema.version_in(connection)
            if version is None:
                raise Damaged("no version")
            chained = "audit_head" not in contents.missing_tables(connection)
            head = audit_chain.head(connection) if chained else None
            return Held(version, facts.is_sample(connection), contents.row_counts(connection), head)
    except DatabaseError as error:
        raise Damaged(str(error)) from error


@contextmanager
def _reading(file: Path) -> Iterator[Connection]:
    """Not through Database, which would turn the copy's log on."""
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
