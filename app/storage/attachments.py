"""Attached files in the store: each content once, under its SHA-256, in the same unit of work as its row.

They lie in the database and not beside it, so that a backup holds them, a restore brings them back, and no unit of work
leaves one without the other.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.storage.tables.reviews import attachment, attachment_content


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that somebody attached to an item ("item L1-0001"), a country ("country TR") or a counterparty."""

    id: int
    subject: str
    name: str
    size: int
    sha256: str
    comment: str
    who: str
    at: datetime


class Altered(Exception):
    """A content is not the one that was attached, or gone (`missing`)."""

    def __init__(self, *, missing: bool) -> None:
        super().__init__(missing)
        self.missing = missing


def add(
    connection: Connection, subject: str, name: str, content: bytes, comment: str, who: str, at: datetime
) -> Attachment:
    """Keep a file; the same content is kept once, and one that somebody altered is mended by it."""
    digest = hashlib.sha256(content).hexdigest()
    if not _is_sound(connection, digest):
        connection.execute(attachment_content.delete().where(attachment_content.c.sha256 == digest))
        connection.execute(attachment_content.insert().values(sha256=digest, size=len(content), content=content))
    row = {"subject": subject, "name": name, "size": len(content), "sha256": digest, "comment": comment}
    done = connection.execute(attachment.insert().values(row | {"who": who, "at": at}))
    number: int = done.inserted_primary_key[0]  # type: ignore[index]
    return Attachment(number, subject, name, len(content), digest, comment, who, at)


def attachments(connection: Connection, subject: str | None = None) -> tuple[Attachment, ...]:
    """Every attached file, or those of one subject, oldest first; without their contents."""
    query = select(attachment).order_by(attachment.c.id)
    if subject is not None:
        query = query.where(attachment.c.subject == subject)
    return tuple(Attachment(**row._mapping) for row in connection.execute(query))


def content(connection: Connection, of: Attachment) -> bytes:
    """A file's bytes as they were attached; raises Altered."""
    query = select(attachment_content.c.content).where(attachment_content.c.sha256 == of.sha256)
    found: bytes | str | None = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise Altered(missing=True)
    # Past the program somebody may have put a text there.
    if isinstance(found, str) or hashlib.sha256(found).hexdigest() != of.sha256:
        raise Altered(missing=False)
    return found


def damaged(connection: Connection, several: Iterable[Attachment]) -> dict[int, str]:
    """What is not as it was attached, by number: "gone" or "altered"."""
    faults = {}
    for one in several:
        try:
            content(connection, one)
        except Altered as error:
            faults[one.id] = "gone" if error.missing else "altered"
    return faults


def _is_sound(connection: Connection, digest: str) -> bool:
    query = select(attachment_content.c.content).where(attachment_content.c.sha256 == digest)
    found: bytes | str | None = connection.execute(query).scalar_one_or_none()
    return isinstance(found, bytes) and hashlib.sha256(found).hexdigest() == digest
