"""Where things lie: a workspace is a folder, and everything of it is inside."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

#: The folder beside a database's file that holds its snapshots.
SNAPSHOTS = "snapshots"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder that holds one bank's data; parts are made when they are first needed."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "tidewatch.sqlite"

    @property
    def snapshots(self) -> Path:
        """What the books' batches brought, in columns; made again from the database where it is missing."""
        return self.root / SNAPSHOTS

    @property
    def mappings(self) -> Path:
        """The saved workbook layouts, one TOML file each."""
        return self.root / "mappings"

    @property
    def backups(self) -> Path:
        """Copies of the workspace that the program makes by itself."""
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        """Rotating logs without client names."""
        return self.root / "logs"

    @property
    def sources(self) -> Path:
        """The bank's settings for the public sources (mirror, proxy, CA bundle)."""
        return self.root / "sources.toml"

    @property
    def em_set(self) -> Path:
        """The bank's own list of emerging markets and its policy list; the shipped one where there is none."""
        return self.root / "em_set.toml"

    @property
    def score_formula(self) -> Path:
        """The bank's own formula of the vulnerability score; the shipped one where there is none."""
        return self.root / "score.toml"

    @property
    def scenarios(self) -> Path:
        """The bank's own stress scenarios, one TOML file each."""
        return self.root / "scenarios"

    @property
    def events(self) -> Path:
        """The bank's own list of days that charts mark, in the place of the shipped one."""
        return self.root / "events.toml"

    @property
    def calendar(self) -> Path:
        """The bank's corrections to the release calendars."""
        return self.root / "calendar.toml"


def default_workspace() -> Path:
    """The folder that is used when none is named."""
    return Path(platformdirs.user_data_dir("Tidewatch", appauthor=False)) / "workspace"


def personal_settings() -> Path:
    """The folder of what a person's own window remembers, whichever workspace it opens."""
    return Path(platformdirs.user_config_dir("Tidewatch", appauthor=False))
