"""Facts about the workspace as a whole: that its data are a sample, and what day it is there."""

import secrets
from datetime import datetime

from sqlalchemy import Connection, select

from app.storage.tables.workspace import fact

SAMPLE = "sample"
#: The workspace's own name, and the key that seals what leaves it to come back.
_ID, _SEALING = "workspace_id", "sealing_key"


def sample_now(connection: Connection) -> datetime | None:
    """The instant at which a sample workspace's clock stands; None in a workspace of real data."""
    value = connection.execute(select(fact.c.value).where(fact.c.name == SAMPLE)).scalar_one_or_none()
    return None if value is None else datetime.fromisoformat(value)


def is_sample(connection: Connection) -> bool:
    """Whether everything here is invented and must say so wherever it shows."""
    return sample_now(connection) is not None


def identity(connection: Connection) -> tuple[str, str] | None:
    """The workspace's id and its sealing key; None until something was sealed."""
    found = {row.name: row.value for row in connection.execute(select(fact).where(fact.c.name.in_((_ID, _SEALING))))}
    return (found[_ID], found[_SEALING]) if len(found) == 2 else None


def identify(connection: Connection) -> tuple[str, str]:
    """As `identity`; made by chance where there is none yet."""
    known = identity(connection)
    if known is None:
        known = (secrets.token_hex(8), secrets.token_hex(32))
        connection.execute(
            fact.insert(), [{"name": name, "value": value} for name, value in zip((_ID, _SEALING), known, strict=True)]
        )
    return known


def mark_sample(connection: Connection, now: datetime) -> None:
    """Make this a sample workspace whose clock stands at `now` (with its zone); doing it again changes nothing."""
    if not is_sample(connection):
        connection.execute(fact.insert().values(name=SAMPLE, value=now.isoformat()))
