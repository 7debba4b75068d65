"""Which copies of the workspace are kept, whether each of them is still whole, and what that means today."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from alerts.finding import Finding
from app.jobs import Job
from app.refusals import Misused, Refused
from app.services.backing_up import BackingUp, Kept
from app.storage import archive, schema
from app.storage.archive import Manifest

#: A copy is made every bank working day; longer than a weekend with a holiday at each end without one is told [choice].
OLD = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Copy:
    """A kept copy after every byte of it was held against its seal; `fault` says why it is of no use (None: whole)."""

    kept: Kept
    manifest: Manifest | None
    fault: Refused | None


@dataclass(frozen=True, slots=True)
class Copies:
    """The page's sentence, and the copies, newest first."""

    finding: Finding
    copies: tuple[Copy, ...]


class Keeping:
    """Reads only. A copy that was looked at is not read again while its file stays as it is."""

    def __init__(self, backing_up: BackingUp, clock: Callable[[], datetime]) -> None:
        self._backing_up, self._clock = backing_up, clock
        self._read: dict[tuple[Path, int, int], Copy] = {}

    def copies(self, job: Job | None = None) -> Copies:
        """Every kept copy, each read whole; `job` counts them and may stop between two pieces of one."""
        job = job or Job()
        found, known = [], {}
        kept = self._backing_up.kept()
        for place, one in enumerate(kept):
            job.report("reading", place, len(kept))
            try:
                key = (one.file, one.size, one.file.stat().st_mtime_ns)
            except FileNotFoundError:  # it went with the rotation meanwhile
                continue
            known[key] = self._read.get(key) or _look_at(one, job)
            found.append(known[key])
        self._read = known
        return Copies(finding(found, self._clock()), tuple(found))


def look_into(file: Path, job: Job | None = None) -> Manifest:
    """What any backup says of itself, after every byte of it was held against its seal.

    Misused "backup.file_missing"; Refused "backup.unsound", "backup.newer", "backup.cannot_read".
    """
    if not file.is_file():
        raise Misused("backup.file_missing", file=str(file))
    try:
        with archive.opened(file, (job or Job()).check) as found:
            if found.manifest.schema not in schema.known_versions():
                raise Refused("backup.newer", file=file.name, program=found.manifest.program)
            return found.manifest
    except archive.Unsound as error:
        raise Refused("backup.unsound", file=file.name) from error
    except archive.Newer as error:
        raise Refused("backup.newer", file=file.name, program=error.program) from error
    except OSError as error:
        raise Refused("backup.cannot_read", file=file.name, why=os.strerror(error.errno or 0)) from error


def finding(copies: Sequence[Copy], now: datetime) -> Finding:
    """The page's sentence: no copy, none that is whole, one that is not, the newest is old, or all is well."""
    whole = [copy.kept.made_at for copy in copies if copy.fault is None]
    values = {
        "copies": len(copies),
        "useless": len(copies) - len(whole),
        "newest": max(whole, default=None),
        "oldest": min(whole, default=None),
    }
    if not copies:
        return Finding("copies.none", values)
    if not whole:
        return Finding("copies.all_useless", values)
    if len(whole) < len(copies):
        return Finding("copies.some_useless", values)
    if now - max(whole) > OLD:
        return Finding("copies.old", values | {"days": (now - max(whole)).days})
    return Finding("copies.whole", values)


def _look_at(kept: Kept, job: Job) -> Copy:
    try:
        return Copy(kept, look_into(kept.file, job), None)
    except Refused as error:
        return Copy(kept, None, error)
