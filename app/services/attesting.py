"""What the audit trail says, and whether it still stands as it was written.

Evidence against colleagues, not against the machine's administrator (docs/decisions/0072-audit-chain.md).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from alerts.finding import Finding
from app import credentials
from app.paths import Workspace
from app.refusals import Misused, Refused
from app.services.bank_days import BankDays
from app.storage import archive, audit, audit_chain, audit_proof, facts, second_steps, trail_holds
from app.storage.archive import Manifest
from app.storage.audit_chain import Anchor, Head
from app.storage.audit_proof import Fault, Held, Kept
from app.storage.database import Database
from app.storage.persons import person_id


@dataclass(frozen=True, slots=True)
class Attested:
    """The answer in one sentence, every sign of tampering, and what limits the answer."""

    finding: Finding
    faults: tuple[Fault, ...]
    notes: tuple[Finding, ...]
    rows: int
    anchored: int | None  # the last row that a signature vouches for which this keyring's key can check
    anchored_unsigned: int | None  # the last row that an unsigned anchor vouches for

    @property
    def is_whole(self) -> bool:
        """Nothing speaks of tampering."""
        return not self.faults


class Attesting:
    """Reads only."""

    def __init__(self, database: Database, workspace: Workspace, key: Callable[[], bytes | None]) -> None:
        self._database, self._workspace, self._key = database, workspace, key

    def rows(self, about: str | None = None, since: date | None = None) -> list[Mapping[str, Any]]:
        """The trail, oldest first: with `about` in its subject, and from the bank's day `since` on."""
        start = None if since is None else BankDays(self._database).instant(since, time())
        with self._database.read() as connection:
            return audit.trail(connection, about=about, since=start)

    def verify(self, backups: tuple[Path, ...] = ()) -> Attested:
        """Hold every row, anchor and second person's step against each other; also the ends that backups say.

        The copies that the workspace keeps are always asked; `backups` are others. Misused backup.file_missing,
        Refused backup.unsound, backup.newer of those.
        """
        key = self._key()
        # Before the trail is read: a copy that is made meanwhile would count rows that were not read.
        copies = [*self._kept_copies(), *(anchor for file in backups for anchor in _named(file))]
        with self._database.read() as connection:
            kept = audit_proof.read(connection)
            inside = audit_chain.anchors(connection)
            chain = audit_proof.chain_faults(kept, audit_chain.head(connection))
            recorded = second_steps.recorded(connection)
            sample = facts.is_sample(connection)
            steps = list(second_steps.steps(connection))
            altered = dict.fromkeys((*second_steps.altered(connection), *trail_holds.altered(connection)))
        held = audit_proof.anchor_faults(kept, [*inside, *copies], key, chain)
        cut = {fault.row for fault in held.faults if fault.case == "truncated"}
        faults = [fault for fault in chain if not (fault.case == "truncated" and fault.row in cut)]
        faults += [*held.faults, *audit_proof.unanchored(kept, inside)]
        for step in steps:
            if step.is_own:
                faults.append(Fault("same_person", None, subject=step.subject, who=step.who))
            # A sample's invented officers entered their figures before there was a trail.
            elif not sample and not any((action, person_id(step.who), step.at) in recorded for action in step.actions):
                faults.append(Fault("unrecorded", None, subject=step.subject, who=step.who))
        faults += [Fault("altered", None, subject=subject, who=who) for subject, who in altered]
        notes = tuple(_notes(kept, held, has_key=key is not None))
        return Attested(
            _finding(kept, held, faults),
            tuple(faults),
            notes,
            len(kept.ids),
            held.signed or None,
            held.unsigned or None,
        )

    def _kept_copies(self) -> Iterator[Anchor]:
        for file in sorted(self._workspace.backups.glob("*.zip")):
            try:
                yield from _anchor(archive.manifest_of(file))
            except (archive.Unsound, archive.Newer, OSError):  # `backups` says so; it vouches for nothing
                continue


def _named(file: Path) -> list[Anchor]:
    if not file.is_file():
        raise Misused("backup.file_missing", file=str(file))
    try:
        return _anchor(archive.manifest_of(file))
    except (archive.Unsound, OSError) as error:
        raise Refused("backup.unsound", file=file.name) from error
    except archive.Newer as error:
        raise Refused("backup.newer", file=file.name, program=error.program) from error


def _anchor(manifest: Manifest) -> list[Anchor]:
    """Where the trail ended, as a backup says; nothing where its format is older. Raises Unsound."""
    said = manifest.audit
    if said is None:
        return []
    try:
        head = Head(int(said["rows"]), int(said["row"]), str(said["hash"]))
        return [Anchor(manifest.made_at, "backup", manifest.reason, head, said["key"], said["signature"])]
    except (KeyError, TypeError, ValueError) as error:
        raise archive.Unsound("audit") from error


def _finding(kept: Kept, held: Held, faults: list[Fault]) -> Finding:
    if faults:
        return Finding("audit.tampered", {"signs": len(faults), "rows": len(kept.ids)})
    if not kept.ids:
        return Finding("audit.empty")
    for case, row in (("audit.signed", held.signed), ("audit.unsigned", held.unsigned)):
        if row:
            return Finding(case, {"rows": len(kept.ids), "row": row, "after": kept.end - row})
    return Finding("audit.unanchored", {"rows": len(kept.ids)})


def _notes(kept: Kept, held: Held, *, has_key: bool) -> Iterator[Finding]:
    if kept.ids and not has_key:
        yield Finding("audit.no_key")
    if held.foreign:
        yield Finding("audit.foreign", {"anchors": held.foreign})
    if held.unsigned > held.signed > 0:
        yield Finding("audit.later_unsigned", {"row": held.unsigned, "signed": held.signed})
    if held.replaced:
        yield Finding("audit.replaced", {"anchors": held.replaced})
    if kept.later:
        yield Finding("audit.chained_later", {"rows": kept.later})
    yield Finding("audit.limits")


def keyring_key() -> bytes | None:
    """The key of this account's keyring; none is made to verify with."""
    return credentials.signing_key()
