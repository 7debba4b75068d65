"""The audit trail as a chain: each row's hash covers its content and the hash of the row before.

Whoever can write to the database can also recompute every hash; what they cannot do without the key is sign where the
chain ended at a check or a backup (an anchor). See docs/decisions/0072-audit-chain.md.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from app.storage.tables.workspace import audit, audit_anchor, audit_head

#: What the first row is chained to.
GENESIS = "0" * 64
#: Raise them when the text under the hash or the signature changes; the migration of that version chains anew.
_ROW_FORM, _ANCHOR_FORM = "tidewatch-audit-1", "tidewatch-anchor-1"
_CONTENT = (
    *("at", "who", "action", "subject", "before", "after", "reason", "program_version", "data", "chained_later"),
)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a trail ends: how many rows it holds, the last one's id and hash."""

    rows: int
    row: int
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the trail ended on an occasion ("check", "backup"); `key` and `signature` are None where there was no key.

    `subject` says which: the audit trail's subject of the check, a backup's reason.
    """

    at: datetime
    occasion: str
    subject: str
    head: Head
    key: str | None = None
    signature: str | None = None

    def is_signed_with(self, key: bytes) -> bool:
        """Whether it says that this key signed it; if the signature holds is another question."""
        return self.key == key_id(key)

    def holds(self, key: bytes) -> bool:
        """Whether the signature is this key's over what the anchor says."""
        return hmac.compare_digest(self.signature or "", _signature(self, key))

    def plain(self) -> dict[str, Any]:
        """What a backup's manifest says."""
        return {**asdict(self.head), "key": self.key, "signature": self.signature}


def append(connection: Connection, row: Mapping[str, Any]) -> int:
    """Store a row at the chain's end, in the caller's unit of work, and return its id.

    Nobody comes between: SQLite's write lock is held already, another database locks the row of the head.
    """
    last = connection.execute(select(audit_head).with_for_update()).one_or_none()
    end = Head(last.rows, last.row, last.hash) if last is not None else _end(connection)
    content = digest(row, end.hash)
    new = {"rows": end.rows + 1, "row": end.row + 1, "hash": content}
    connection.execute(audit.insert(), {**row, "id": new["row"], "previous": end.hash, "hash": content})
    connection.execute(audit_head.insert().values(id=1, **new) if last is None else audit_head.update().values(new))
    return end.row + 1


def head(connection: Connection) -> Head:
    """Where the trail ends, as the last writer said."""
    last = connection.execute(select(audit_head)).one_or_none()
    return Head(last.rows, last.row, last.hash) if last is not None else Head(0, 0, GENESIS)


def digest(row: Mapping[str, Any], previous: str) -> str:
    """The hash of a row that follows the one whose hash is `previous`, as 64 hexadecimal digits."""
    content = {name: row[name] for name in _CONTENT} | {"at": _instant(row["at"])}
    return hashlib.sha256(_canonical([_ROW_FORM, previous, content])).hexdigest()


def links(connection: Connection) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Every row by its id, with the hash that its content should have."""
    for row in connection.execute(select(audit).order_by(audit.c.id).execution_options(yield_per=1000)):
        values = row._asdict()
        yield values, digest(values, values["previous"])


def sign(anchor: Anchor, key: bytes | None) -> Anchor:
    """The anchor with its signature; without a key it stays unsigned."""
    if key is None:
        return anchor
    return Anchor(anchor.at, anchor.occasion, anchor.subject, anchor.head, key_id(key), _signature(anchor, key))


def keep(connection: Connection, at: datetime, occasion: str, subject: str, key: bytes | None) -> None:
    """Anchor the trail as it ends now, in the caller's unit of work."""
    made = sign(Anchor(at, occasion, subject, head(connection)), key)
    connection.execute(
        audit_anchor.insert().values(at=at, occasion=occasion, subject=subject, **made.plain()),
    )


def signed_by(key: bytes | None) -> dict[str, str]:
    """What the row beside an anchor says in its data: which key signs it. Rewritten as unsigned it then shows."""
    return {} if key is None else {"anchor_key": key_id(key)}


def anchors(connection: Connection) -> list[Anchor]:
    """Every anchor that is kept beside the trail, by the rows it counted."""
    rows = connection.execute(select(audit_anchor).order_by(audit_anchor.c.rows, audit_anchor.c.id))
    return [
        Anchor(row.at, row.occasion, row.subject, Head(row.rows, row.row, row.hash), row.key, row.signature)
        for row in rows
    ]


def key_id(key: bytes) -> str:
    """A name for a key that tells nothing of it."""
    return hmac.new(key, b"tidewatch-audit-key", hashlib.sha256).hexdigest()[:16]


def _end(connection: Connection) -> Head:
    """The end of a trail whose head is not there: the first row ever, or somebody took it away."""
    last = connection.execute(select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)).one_or_none()
    count = connection.execute(select(func.count()).select_from(audit)).scalar_one()
    return Head(0, 0, GENESIS) if last is None else Head(count, last.id, last.hash)


def _signature(anchor: Anchor, key: bytes) -> str:
    end = anchor.head
    said = [_ANCHOR_FORM, anchor.occasion, anchor.subject, _instant(anchor.at), end.rows, end.row, end.hash]
    return hmac.new(key, _canonical(said), hashlib.sha256).hexdigest()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _canonical(said: Any) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")
