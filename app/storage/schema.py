"""Bringing a workspace's database to the tables that this program knows."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select

from app.refusals import Refused
from app.storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

#: The newest version in `app/storage/migrations/versions`.
VERSION = "0020"

# Alembic's own table; read here directly, because loading Alembic costs every command half a second.
_stamp = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def prepare(database: Database) -> None:
    """Upgrade a new or older workspace in one unit of work; one that is up to date is only looked at.

    Two processes that open a new workspace at once are safe: the second waits and finds it done.
    Refused "workspace.newer" where a newer program has written it.
    """
    with database.read() as connection:
        if version_in(connection) == VERSION:
            return
    with database.write() as connection:
        found = version_in(connection)
        if found == VERSION:
            return
        _upgrade(connection, found)


def is_behind(database: Database) -> bool:
    """Whether `prepare` would change tables that are already there and known."""
    found = version_of(database)
    return found not in (None, VERSION) and found in known_versions()


def known_versions() -> frozenset[str]:
    """Every version that this program can read, or bring up to its own."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions())


def version_in(connection: Connection) -> str | None:
    """The version of the tables that a connection leads to; None where it has none."""
    if not inspect(connection).has_table(_stamp.name):
        return None
    return connection.execute(select(_stamp.c.version_num)).scalar_one_or_none()


def version_of(database: Database) -> str | None:
    """The version of the workspace's tables; None where it has none."""
    with database.read() as connection:
        return version_in(connection)


def configuration() -> "Config":
    """What Alembic needs to know; there is no alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "app.storage:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(connection: Connection, found: str | None) -> None:
    from alembic import command

    config = configuration()
    if found is not None and found not in known_versions():
        raise Refused("workspace.newer", version=found, known=VERSION)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
