"""Facts about the workspace as a whole: that its data are a sample, and what day it is there."""

from datetime import datetime

from sqlalchemy import Connection, select

from app.storage.tables.workspace import fact

SAMPLE = "sample"


def sample_now(connection: Connection) -> datetime | None:
    """The instant at which a sample workspace's clock stands; None in a workspace of real data."""
    value = connection.execute(select(fact.c.value).where(fact.c.name == SAMPLE)).scalar_one_or_none()
    return None if value is None else datetime.fromisoformat(value)


def is_sample(connection: Connection) -> bool:
    """Whether everything here is invented and must say so wherever it shows."""
    return sample_now(connection) is not None


def mark_sample(connection: Connection, now: datetime) -> None:
    """Make this a sample workspace whose clock stands at `now` (with its zone); doing it again changes nothing."""
    if not is_sample(connection):
        connection.execute(fact.insert().values(name=SAMPLE, value=now.isoformat()))
