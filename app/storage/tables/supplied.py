"""What the bank supplies beside its book. Rows are only ever added; the newest of a kind, or of a borrower, counts."""

from sqlalchemy import Column, Index, String, Table, Text

from app.storage.tables.common import METADATA, Instant, Key

supplied_table = Table(
    "supplied_table",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),  # links, capital, banks, systems
    Column("rows", Text, nullable=False),
    Column("file", String(255), nullable=False),  # the file it came from
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_supplied_table_kind", "kind", "id"),
)

sector_review = Table(
    "sector_review",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("subject", String(256), nullable=False),  # who owes, as the book keys it
    Column("sector", String(16)),  # None: the review was withdrawn
    Column("origin", Text, nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_sector_review_subject", "subject", "id"),
)
