"""Bringing a workspace's database to the tables that this program knows."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select

from app.refusals import Refused
from app.storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

#: The newest version in `app/storage/migrations/versions`.
VERSION = "0004"

# Alembic's own table; read here directly, because loading Alembic costs every command half a second.
_stamp = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def prepare(database: Database) -> None:
    """Upgrade a new or older workspace in one unit of work; one that is up to date is only looked at.

    Two processes that open a new workspace at once are safe: the second waits and finds it done.
    Refused "workspace.newer" where a newer program has written it.
    """
    with database.read() as connection:
        if _version(connection) == VERSION:
            return
    with database.write() as connection:
        found = _version(connection)
        if found == VERSION:
            return
        _upgrade(connection, found)


def version_of(database: Database) -> str | None:
    """The version of the workspace's tables; None where it has none."""
    with database.read() as connection:
        return _version(connection)


def configuration() -> "Config":
    """What Alembic needs to know; there is no alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "app.storage:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_stamp.name):
        return None
    return connection.execute(select(_stamp.c.version_num)).scalar_one_or_none()


def _upgrade(connection: Connection, found: str | None) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = configuration()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise Refused("workspace.newer", version=found, known=VERSION)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
