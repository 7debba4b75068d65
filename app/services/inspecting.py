"""Looking at the installation and the workspace: versions, places, the database's state, each source's last success."""

import platform
import sys
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app import i18n
from app.paths import Workspace
from app.sources import SOURCES
from app.storage import contents, facts, observations, schema
from app.storage.database import Database

#: The packages whose versions matter when something goes wrong.
PACKAGES = (
    "tidewatch",
    "PySide6-Essentials",
    "pyqtgraph",
    "pandas",
    "numpy",
    "openpyxl",
    "python-calamine",
    "SQLAlchemy",
    "alembic",
    "httpx",
)


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """What the database says of itself; `problems` are codes, empty when all is well."""

    dialect: str
    url: str
    schema_version: str | None
    size: int | None  # bytes, None where it is no file of ours
    rows: dict[str, int]  # by table
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """All that a person who helps would ask first."""

    versions: dict[str, str | None]
    python: str
    system: str
    folders: dict[str, Path]
    sample: bool
    database: DatabaseState
    last_success: dict[str, datetime | None]
    translated: bool


class Inspecting:
    """Reads only."""

    def __init__(self, workspace: Workspace, database: Database) -> None:
        self._workspace = workspace
        self._database = database

    def inspect(self) -> Condition:
        """The condition of this installation and workspace; of a damaged database nothing is counted or told."""
        sound = self._database.is_sound()
        with self._database.read() as connection:
            successes = observations.last_successes(connection) if sound else {}
            sample = facts.is_sample(connection)
        names = [source.id for source in SOURCES] + (["sample"] if sample else [])
        workspace = self._workspace
        return Condition(
            versions={name: _version(name) for name in PACKAGES},
            python=f"{platform.python_version()} ({sys.executable})",
            system=platform.platform(),
            folders={
                "workspace": workspace.root,
                "mappings": workspace.mappings,
                "logs": workspace.logs,
                "source_settings": workspace.sources,
            },
            sample=sample,
            database=self._database_state(sound=sound),
            last_success={name: successes.get(name) for name in names},
            translated=i18n.is_translated("zh_CN"),
        )

    def _database_state(self, *, sound: bool) -> DatabaseState:
        file = self._workspace.database
        problems = []
        with self._database.read() as connection:
            rows = contents.row_counts(connection) if sound else {}
            if contents.missing_tables(connection):
                problems.append("tables_missing")
        if not sound:
            problems.append("damaged")
        return DatabaseState(
            dialect=self._database.dialect,
            url=self._database.address,
            schema_version=schema.version_of(self._database),
            size=file.stat().st_size if file.exists() else None,
            rows=rows,
            problems=tuple(problems),
        )


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
