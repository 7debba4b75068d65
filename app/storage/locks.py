"""Who is in: locks between programs that fall with the process that holds them, on every system, by SQLite's own."""

import sqlite3
from pathlib import Path
from types import TracebackType

from app.storage.database import BUSY_SECONDS


class Busy(Exception):
    """Somebody else holds the lock."""


class Lock:
    """A lock on a file of its own: shared by many, or held by one alone.

    Taken when made, given back by `release` or at the end of a `with` block. Raises Busy after `patience` seconds.
    """

    def __init__(self, file: Path, *, alone: bool = False, patience: float = BUSY_SECONDS) -> None:
        # Held by a transaction that never writes; whichever thread made it, another may give it back.
        self._connection = sqlite3.connect(file, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            self._connection.execute("BEGIN EXCLUSIVE" if alone else "BEGIN")
            self._connection.execute("PRAGMA schema_version").fetchone()  # BEGIN alone takes no shared lock
        except sqlite3.OperationalError as error:
            self._connection.close()
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            raise Busy from None

    def release(self) -> None:
        """Give it back; doing it again changes nothing."""
        self._connection.close()

    def __enter__(self) -> "Lock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
