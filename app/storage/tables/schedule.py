"""The run ledger, and the programs that keep the schedule of a workspace."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.storage.tables.common import METADATA, Instant, Key

#: One row for each time that a program kept watch here; its last sign of life tells how long nobody did.
schedule_watch = Table(
    "schedule_watch",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("host", String(255), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("began", Instant, nullable=False),
    Column("last_seen", Instant, nullable=False),
    Column("ended", Instant),  # none where the program crashed or still runs
)

#: A period of a job, once.
schedule_run = Table(
    "schedule_run",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("job", String(32), nullable=False),
    Column("period", String(64), nullable=False),
    Column("due", Instant, nullable=False),
    Column("as_of", Instant),
    Column("status", String(16), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("began", Instant, nullable=False),
    Column("started", Instant, nullable=False),
    Column("finished", Instant),
    Column("holder", Key, ForeignKey("schedule_watch.id"), nullable=False),
    Column("held_until", Instant, nullable=False),
    Column("cause", String(16)),
    Column("outcome", String(64)),
    Column("values", Text, nullable=False),  # JSON
    Column("settled_by", Key, ForeignKey("schedule_run.id")),
    UniqueConstraint("job", "period"),
    Index("ix_schedule_run_due", "due"),
)
