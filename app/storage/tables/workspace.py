"""What belongs to the workspace as a whole: its facts, the bank's settings and the audit trail."""

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

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
    Column("data", Text),  # JSON: the batch, or the instant as of which the data were seen
    Column("chained_later", Boolean, nullable=False),  # written before rows were chained, and chained by a migration
    Column("previous", String(64), nullable=False),  # the hash of the row before
    Column("hash", String(64), nullable=False),  # SHA-256 of the row's content and `previous`
)

#: The end of the chain, in one row: it serialises writers, and a trail that was cut off no longer fits it.
audit_head = Table(
    "audit_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rows", Integer, nullable=False),
    Column("row", Key, nullable=False),
    Column("hash", String(64), nullable=False),
)

#: The end of the chain as it was at a signed check. `key` names the key that signed it; None: there was no keyring.
audit_anchor = Table(
    "audit_anchor",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("occasion", String(16), nullable=False),
    Column("subject", String(256), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("row", Key, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("key", String(16)),
    Column("signature", String(64)),
)
