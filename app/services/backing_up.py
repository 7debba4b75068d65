"""Copies of the whole workspace: when somebody asks, every day, and before anything that could lose something."""

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from app import credentials
from app.jobs import Job
from app.paths import Workspace
from app.refusals import Refused
from app.storage import archive, audit_chain, backup
from app.storage.archive import Manifest
from app.storage.audit_chain import Anchor
from app.storage.database import Database
from app.storage.locks import Busy, Lock

#: Daily copies that are kept: those of the newest days, and the newest of each of the last weeks and months [choice].
DAYS, WEEKS, MONTHS = 7, 5, 12
#: Copies made before a migration, an undo or a restore: the newest of each.
OTHERS = 5
_STAMP = "%Y%m%dT%H%M%S%fZ"


class Reason(StrEnum):
    """Why a copy was made."""

    ASKED = "asked"
    DAILY = "daily"
    MIGRATION = "migration"
    UNDO = "undo"
    RESTORE = "restore"


@dataclass(frozen=True)
class Backup:
    """A backup that is there: its file, its size in bytes and what it says of itself."""

    file: Path
    size: int
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy that the program made by itself and keeps in the workspace."""

    file: Path
    reason: Reason
    made_at: datetime
    size: int


class BackingUp:
    """Makes and keeps backups; other programs may read and write the workspace meanwhile."""

    def __init__(self, database: Database, workspace: Workspace, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._workspace = workspace
        self._clock = clock

    def back_up(self, file: Path, job: Job | None = None) -> Backup:
        """Copy the workspace into one file, whole or not at all; an older backup of that name is replaced.

        Refused backup.other_database, backup.file_taken, backup.damaged_workspace, backup.busy, backup.cannot_write.
        """
        if file.exists() and not _is_backup(file):
            raise Refused("backup.file_taken", file=str(file))
        return self._make(file, Reason.ASKED, self._clock(), job or Job())

    def keep(self, reason: Reason, job: Job | None = None) -> Backup | None:
        """Copy the workspace into its own folder of backups; None where its database looks after itself.

        Refused as `back_up`.
        """
        return self._keep(reason, self._clock(), job or Job())

    def keep_daily(self, now: datetime, job: Job | None = None) -> Backup | None:
        """The day's copy; copies that are older than they need be go. Who calls says when a day needs one."""
        return self._keep(Reason.DAILY, now, job or Job())

    def kept(self) -> list[Kept]:
        """The copies in the workspace's own folder, newest first."""
        return sorted(_kept(self._workspace.backups), key=lambda item: item.made_at, reverse=True)

    def _keep(self, reason: Reason, now: datetime, job: Job) -> Backup | None:
        if not self._database.is_file:
            return None
        name = f"{reason.value}-{now.astimezone(UTC).strftime(_STAMP)}.zip"
        made = self._make(self._workspace.backups / name, reason, now, job)
        for item in spare(_kept(self._workspace.backups)):
            item.file.unlink(missing_ok=True)
        return made

    def _make(self, file: Path, reason: Reason, now: datetime, job: Job) -> Backup:
        if not self._database.is_file:
            raise Refused("backup.other_database")
        folder = self._workspace.backups
        making = folder / ".making"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with Lock(folder / ".lock", alone=True):
                shutil.rmtree(making, ignore_errors=True)  # of a program that was killed
                making.mkdir()
                try:
                    return self._write(file, making / self._workspace.database.name, reason, now, job)
                finally:
                    shutil.rmtree(making, ignore_errors=True)
        except Busy:
            raise Refused("backup.busy") from None
        except backup.Damaged as error:
            raise Refused("backup.damaged_workspace") from error
        except OSError as error:
            raise Refused("backup.cannot_write", file=str(file), why=os.strerror(error.errno or 0)) from error

    def _write(self, file: Path, copy: Path, reason: Reason, now: datetime, job: Job) -> Backup:
        job.report("copying", 0, 2)
        backup.copy(self._database, copy)
        held = backup.held(copy)
        job.report("packing", 1, 2)
        root = self._workspace.root
        parts = [(copy.name, copy), *((path.relative_to(root).as_posix(), path) for path in settings_files(root))]
        manifest = Manifest(version("tidewatch"), held.schema, now, reason.value, held.sample, held.rows)
        if held.audit is not None:
            anchor = Anchor(now, "backup", reason.value, held.audit)
            key = None if held.sample else credentials.signing_key(make=True)
            manifest = replace(manifest, audit=audit_chain.sign(anchor, key).plain())
        manifest = archive.write(file, manifest, parts, job.check)
        return Backup(file, file.stat().st_size, manifest)


def settings_files(root: Path) -> list[Path]:
    """What a workspace holds beside its database: every TOML file in it and one folder below."""
    found = (*root.glob("*.toml"), *root.glob("*/*.toml"))
    return sorted(path for path in found if path.is_file() and archive.is_part(path.relative_to(root).as_posix()))


def spare(kept: Iterable[Kept]) -> list[Kept]:
    """Of the copies those that need no longer be kept."""
    newest_first = sorted(kept, key=lambda item: item.made_at, reverse=True)
    needed: set[Path] = set()
    daily = [item for item in newest_first if item.reason is Reason.DAILY]
    for period, count in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        newest: dict[str, Kept] = {}
        for item in daily:
            newest.setdefault(item.made_at.strftime(period), item)
        needed |= {item.file for item in list(newest.values())[:count]}
    for reason in set(Reason) - {Reason.DAILY}:
        needed |= {item.file for item in [item for item in newest_first if item.reason is reason][:OTHERS]}
    return [item for item in newest_first if item.file not in needed]


def _kept(folder: Path) -> list[Kept]:
    found = []
    for file in folder.glob("*.zip"):
        reason, _dash, stamp = file.stem.partition("-")
        try:
            made_at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
            found.append(Kept(file, Reason(reason), made_at, file.stat().st_size))
        except (ValueError, OSError):  # somebody else's, or gone meanwhile
            continue
    return found


def _is_backup(file: Path) -> bool:
    """Whether it says that it is one; if it can still be read does not matter."""
    return file.is_file() and archive.is_sealed(file)
