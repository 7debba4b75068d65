"""Workspaces as older versions of the program left them."""

import sqlite3
from pathlib import Path

from alembic import command

from app.storage import schema
from app.storage.database import Database


def write_older(root: Path, version: str, rows: int = 1) -> None:
    """A workspace with the tables of that version and some rows in its audit trail."""
    root.mkdir()
    file = root / "tidewatch.sqlite"
    database = Database(f"sqlite:///{file}")
    config = schema.configuration()
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    database.close()
    plain = sqlite3.connect(file)
    insert = "INSERT INTO audit (at, who, action, subject, program_version) VALUES (?, ?, ?, ?, ?)"
    row = ("2026-05-01 00:00:00.000000", "Chen Li", "series.accept_unit", "WALCL", "0.1.0")
    plain.executemany(insert, [row] * rows)
    plain.commit()
    plain.close()
