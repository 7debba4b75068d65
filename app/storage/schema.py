"""Bringing a workspace's database to the tables that this program knows."""

from sqlalchemy import inspect

from app.storage.database import Database
from app.storage.tables import METADATA


def prepare(database: Database) -> None:
    """Make every table that is missing; two processes that open a new workspace at once are safe."""
    with database.read() as connection:
        present = set(inspect(connection).get_table_names())
    if set(METADATA.tables) <= present:
        return
    with database.write() as connection:
        METADATA.create_all(connection)
