"""Putting a backup in the place of a workspace: all of it or nothing, whenever the program is stopped.

The new files are gathered and tested in a folder inside the workspace. A plan written there last, and at once, says
that they count; from then on every start of the program moves what is still to be moved before it opens anything.
"""

import contextlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.jobs import Job
from app.paths import Workspace
from app.refusals import Misused, Refused
from app.services.backing_up import BackingUp, Reason, settings_files
from app.storage import archive, audit, backup, durable, schema
from app.storage.archive import Archive, Manifest
from app.storage.database import Database
from app.storage.locks import Busy, Lock

_STAGED, _ASIDE, _PLAN, _LOCK = ".restoring", ".replaced", "plan.json", ".open"
#: Beside SQLite's file, and worthless beside another one.
_LOGS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Restored:
    """What was restored, and where what it replaced is kept (None: there was nothing)."""

    manifest: Manifest
    replaced: Path | None


def enter(workspace: Workspace, patience: float = 30.0) -> Lock:
    """Open a workspace for use: a restore that was cut short is finished first, and none begins while we hold this.

    Refused backup.restoring where one is under way and does not end.
    """
    file = workspace.root / _LOCK
    try:
        while True:
            lock = Lock(file, patience=patience)
            if not _is_unsettled(workspace.root):
                return lock
            lock.release()
            with Lock(file, alone=True, patience=patience):
                settle(workspace)
    except Busy:
        raise Refused("backup.restoring") from None


def restore(
    workspace: Workspace, file: Path, *, at: datetime, who: str, replace: bool = False, job: Job | None = None
) -> Restored:
    """Make the workspace what it was when the backup was made; what stood there is kept among its backups.

    Nobody may have the workspace open. Misused backup.file_missing; Refused backup.workspace_open,
    backup.holds_data (unless `replace`), backup.unsound, backup.newer, backup.cannot_write.
    """
    job = job or Job()
    if not file.is_file():
        raise Misused("backup.file_missing", file=str(file))
    root = workspace.root
    try:
        root.mkdir(parents=True, exist_ok=True)
        with Lock(root / _LOCK, alone=True, patience=0.5):
            settle(workspace)
            if workspace.database.exists() and not replace:
                raise Refused("backup.holds_data", workspace=str(root))
            try:
                manifest = _stage(workspace, file, at, who, job)
                kept, name = _keep_replaced(workspace, at)
                job.check()
                _plan(workspace, manifest, name)
            finally:
                settle(workspace)  # moves everything once the plan is written, else takes away what was staged
            return Restored(manifest, kept)
    except Busy:
        raise Refused("backup.workspace_open", workspace=str(root)) from None
    except (archive.Unsound, backup.Damaged) as error:
        raise Refused("backup.unsound", file=file.name) from error
    except archive.Newer as error:
        raise Refused("backup.newer", file=file.name, program=error.program) from error
    except OSError as error:
        raise Refused("backup.cannot_write", file=str(root), why=os.strerror(error.errno or 0)) from error


def settle(workspace: Workspace) -> None:
    """Finish a restore whose plan is written, or forget one whose plan is not; the caller is alone in the workspace."""
    root = workspace.root
    staged, aside = root / _STAGED, root / _ASIDE
    plan = staged / _PLAN
    if plan.exists():
        said = json.loads(plan.read_text("utf-8"))
        _move(workspace, staged, aside, said["parts"])
        if said["keep_as"] and aside.exists():
            workspace.backups.mkdir(exist_ok=True)
            durable.replace(aside, workspace.backups / said["keep_as"])
        durable.sync(root)
        plan.unlink()
        durable.sync(staged)
    shutil.rmtree(staged, ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)


def _is_unsettled(root: Path) -> bool:
    return (root / _STAGED).exists() or (root / _ASIDE).exists()


def _stage(workspace: Workspace, file: Path, at: datetime, who: str, job: Job) -> Manifest:
    """Gather the parts, hold them against the manifest, and bring the tables up to this program's."""
    staged = workspace.root / _STAGED
    staged.mkdir()
    with archive.opened(file, job.check) as found:
        _extract(found, staged, file, job)
        manifest = found.manifest
    copy = staged / workspace.database.name
    held = backup.held(copy) if copy.exists() else None
    if held is None or (held.schema, dict(held.rows)) != (manifest.schema, dict(manifest.rows)):
        raise archive.Unsound(file.name)
    job.report("preparing", 1, 2)
    database = Database(f"sqlite:///{copy}")
    try:
        schema.prepare(database)
        with database.write() as connection:
            audit.record(
                connection,
                at=at,
                who=who,
                action="workspace.restore",
                subject="workspace",
                after={"file": file.name, "made_at": manifest.made_at.isoformat(), "schema": manifest.schema},
            )
    finally:
        database.close()
    durable.sync(copy)
    return manifest


def _extract(found: Archive, staged: Path, file: Path, job: Job) -> None:
    if found.manifest.schema not in schema.known_versions():
        raise Refused("backup.newer", file=file.name, program=found.manifest.program)
    job.report("unpacking", 0, 2)
    found.extract(staged, job.check)


def _keep_replaced(workspace: Workspace, at: datetime) -> tuple[Path | None, str | None]:
    """Back up what is about to be replaced; what cannot be read is to be kept as it is, under the second's name."""
    if not workspace.database.exists():
        return None, None
    database = Database(f"sqlite:///{workspace.database}")
    try:
        made = BackingUp(database, workspace, lambda: at).keep(Reason.RESTORE)
        return (made.file if made else None), None
    except Refused as error:
        if error.code != "backup.damaged_workspace":
            raise
        name = f"replaced-{at.astimezone(UTC).strftime('%Y%m%dT%H%M%S')}"
        return workspace.backups / name, name
    finally:
        database.close()


def _plan(workspace: Workspace, manifest: Manifest, keep_as: str | None) -> None:
    staged = workspace.root / _STAGED
    draft = staged / f"{_PLAN}.part"
    draft.write_text(json.dumps({"parts": [part.name for part in manifest.parts], "keep_as": keep_as}), "utf-8")
    for folder in {path.parent for path in staged.rglob("*")}:
        durable.sync(folder)
    durable.sync(draft)
    durable.replace(draft, staged / _PLAN)


def _move(workspace: Workspace, staged: Path, aside: Path, parts: list[str]) -> None:
    """What was there goes aside, what is staged takes its place; doing it again goes on where it stopped."""
    root = workspace.root
    base = workspace.database
    if (staged / base.name).exists():  # the logs go first: they must never stand beside the new file
        for log in _LOGS:
            _put_aside(root, aside, f"{base.name}{log}")
    for path in settings_files(root):
        if (name := path.relative_to(root).as_posix()) not in parts:
            _put_aside(root, aside, name)
    for name in parts:
        if (staged / name).exists():
            _put_aside(root, aside, name)
            (root / name).parent.mkdir(exist_ok=True)
            durable.replace(staged / name, root / name)
    shutil.rmtree(workspace.snapshots, ignore_errors=True)  # of the database that was there


def _put_aside(root: Path, aside: Path, name: str) -> None:
    target = aside / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        durable.replace(root / name, target)
