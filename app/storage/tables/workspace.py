"""What belongs to the workspace as a whole: its facts, the bank's settings and the audit trail."""

from sqlalchemy import Column, String, Table, Text

from app.storage.tables.common import METADATA, Instant, Key

fact = Table(
    "fact",
    METADATA,
    Column("name", String(64), primary_key=True),  # "sample" marks a workspace of invented data
    Column("value", Text, nullable=False),
)

setting = Table(
    "setting",
    METADATA,
    Column("key", String(64), primary_key=True),  # "reviews.owners": a key that app.settings declares
    Column("value", Text, nullable=False),  # JSON
)

audit = Table(
    "audit",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("who", String(128), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(256), nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("reason", Text),
    Column("program_version", String(32), nullable=False),
)
