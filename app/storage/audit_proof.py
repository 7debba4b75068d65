"""What the audit trail shows of itself: rows that do not follow, anchors that do not hold, steps nobody recorded."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.storage import audit_chain
from app.storage.audit_chain import GENESIS, Anchor, Head

#: What is recorded together with an anchor, in one unit of work.
_ANCHORED = ("check.sign", "check.countersign")
_RESTORED = "workspace.restore"


@dataclass(frozen=True, slots=True)
class Fault:
    """A sign of tampering: a code, the rows from `row` to `last` it stands at (None: none), and what else says where.

    Codes: edited, rewritten, deleted, reordered, added, truncated, recomputed, forged, unanchored, unsigned, headless;
    and
    same_person, unrecorded of a second person's step; altered of a review item's step.
    """

    case: str
    row: int | None
    last: int | None = None
    occasion: str = ""
    subject: str = ""
    who: str = ""
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """What a trail holds, read once by id."""

    ids: Sequence[int]
    previous: Sequence[str]
    hashes: Sequence[str]
    edited: Sequence[int]  # rows whose content is not what their hash covers
    signed: dict[int, str]  # rows that are recorded together with an anchor, and their subjects
    keys: dict[int, str]  # rows that say which key signed the anchor beside them
    restored: Sequence[datetime]
    later: int  # rows that were chained by a migration

    @property
    def end(self) -> int:
        """The last row's id; 0 where there is none."""
        return self.ids[-1] if self.ids else 0


@dataclass(frozen=True, slots=True)
class Held:
    """What anchors show: their faults, and the last row that a signature or an unsigned anchor vouches for.

    `signed` and `unsigned` are rows (0: none); `foreign` counts anchors whose signature is of a key that is not here;
    `replaced` those of a trail that a restored backup has replaced.
    """

    faults: tuple[Fault, ...]
    signed: int
    unsigned: int
    foreign: int
    replaced: int


def read(connection: Connection) -> Kept:
    """Read a whole trail and hash every row of it."""
    ids: list[int] = []
    previous: list[str] = []
    hashes: list[str] = []
    edited: list[int] = []
    signed: dict[int, str] = {}
    keys: dict[int, str] = {}
    restored: list[datetime] = []
    later = 0
    for row, content in audit_chain.links(connection):
        ids.append(row["id"])
        previous.append(row["previous"])
        hashes.append(row["hash"])
        if content != row["hash"]:
            edited.append(row["id"])
        if row["chained_later"]:
            later += 1
        elif row["action"] in _ANCHORED:
            signed[row["id"]] = row["subject"]
        if row["data"] and (key := _key_in(row["data"])) is not None:
            keys[row["id"]] = key
        if row["action"] == _RESTORED:
            restored.append(row["at"])
    return Kept(ids, previous, hashes, edited, signed, keys, restored, later)


def chain_faults(kept: Kept, head: Head) -> list[Fault]:
    """Where a row's content, its place or the trail's end is not as the program left it, by row."""
    found = [Fault("edited", row) for row in kept.edited]
    moved = _moved(kept)
    found += [Fault("reordered", row) for row in moved]
    before, last = GENESIS, 0
    for row, previous, content in zip(kept.ids, kept.previous, kept.hashes, strict=True):
        if previous != before and not moved:
            # Ids follow without a gap: where one is missing its row was taken out, else the row before was rewritten.
            gap = row - last - 1
            found.append(Fault("deleted", last + 1, row - 1, missing=gap) if gap else Fault("rewritten", last or row))
        before, last = content, row
    return sorted([*found, *_end_faults(kept, head, before)], key=lambda fault: fault.row or 0)


def _moved(kept: Kept) -> list[int]:
    """The rows that stand elsewhere than the chain says; nothing where the chain does not lead through all rows."""
    follower = dict(zip(kept.previous, range(len(kept.ids)), strict=True))
    order: list[int] = []
    place = follower.get(GENESIS)
    while place is not None and len(order) < len(kept.ids):
        order.append(place)
        place = follower.get(kept.hashes[place])
    if len(order) < len(kept.ids):
        return []
    return [row for row, where, linked in zip(kept.ids, range(len(order)), order, strict=True) if where != linked]


def _end_faults(kept: Kept, head: Head, last: str) -> Iterator[Fault]:
    """The end of the trail against what the last writer said it is."""
    if not kept.ids and not head.rows:
        return
    if not head.rows:
        yield Fault("headless", kept.end)
    elif head.row > kept.end:
        yield Fault("truncated", kept.end + 1, head.row, missing=head.row - kept.end)
    elif head.row < kept.end:
        yield Fault("added", head.row + 1, kept.end)
    elif head.hash != last and not _moved(kept):
        yield Fault("rewritten", kept.end)


def anchor_faults(kept: Kept, anchors: Iterable[Anchor], key: bytes | None, chain: Sequence[Fault] = ()) -> Held:
    """Hold the anchors against the trail, and their signatures against the key of this account's keyring.

    `chain` is what `chain_faults` found: it is not found again.
    """
    named = {fault.row for fault in chain}
    shifted = min((fault.row or 0 for fault in chain if fault.case == "deleted"), default=kept.end + 1)
    place = {row: number for number, row in enumerate(kept.ids)}
    found: list[Fault] = []
    signed = unsigned = foreign = replaced = good = 0
    recomputed = False
    for anchor in sorted(anchors, key=lambda one: one.head.rows):
        end = anchor.head
        ours = key is not None and anchor.is_signed_with(key)
        if ours and key is not None and not anchor.holds(key):
            found.append(Fault("forged", good + 1, end.row, anchor.occasion, anchor.subject))
            continue
        where = place.get(end.row)
        counted = where is not None and (where + 1 == end.rows or shifted <= end.row)
        if end.rows == 0 or (counted and where is not None and kept.hashes[where] == end.hash):
            good = max(good, end.row)
            if ours:
                signed = max(signed, end.row)
            elif anchor.key is None:
                unsigned = max(unsigned, end.row)
            else:
                foreign += 1
        elif anchor.occasion == "backup" and any(anchor.at <= at for at in kept.restored):
            replaced += 1
        elif end.row > kept.end:
            gone = end.row - kept.end
            found.append(Fault("truncated", kept.end + 1, end.row, anchor.occasion, anchor.subject, missing=gone))
        elif not recomputed and where is not None and end.row not in named:
            recomputed = True  # every later anchor fails with it
            found.append(Fault("recomputed", good + 1, end.row, anchor.occasion, anchor.subject))
    return Held(tuple(found), signed, unsigned, foreign, replaced)


def unanchored(kept: Kept, anchors: Iterable[Anchor]) -> list[Fault]:
    """Signatures on a check whose anchor was taken away, and anchors without the signature that their row tells of."""
    there = {(one.head.row, one.subject): one.key for one in anchors}
    by_row = {row: key for (row, _subject), key in there.items()}
    missing = ((row, subject) for row, subject in kept.signed.items() if (row, subject) not in there)
    found = [Fault("unanchored", row, subject=subject) for row, subject in missing]
    return found + [
        Fault("unsigned", row, subject=kept.signed.get(row, ""))
        for row, key in kept.keys.items()
        if row in by_row and by_row[row] != key
    ]


def _key_in(data: str) -> str | None:
    try:
        said = json.loads(data)
    except ValueError:  # somebody wrote it past the program; the chain names the row
        return None
    return said.get("anchor_key") if isinstance(said, dict) else None


def plain(fault: Fault) -> dict[str, Any]:
    """A fault for other programs."""
    return {name: getattr(fault, name) for name in Fault.__slots__}
