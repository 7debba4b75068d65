"""The tables of limits: every limit ever set, and temporary excesses with the second person's decision."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Date, ForeignKey, Index, String, Table, Text

from app.storage.tables.common import METADATA, Instant, Key

#: Append-only: of a subject the newest row that counts. One of a batch counts while its batch is not withdrawn.
limit_version = Table(
    "limit_version",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("scope", String(16), nullable=False),
    Column("key", Text, nullable=False),
    Column("within", String(8), nullable=False),  # a country, "" for the whole book
    Column("amount", BigInteger, nullable=False),  # minor units of the currency
    Column("currency", String(3), nullable=False),
    Column("basis", String(16), nullable=False),
    Column("measure", String(16), nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("owner", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("batch", ForeignKey("batch.id")),
    Column("withdrawn", Boolean, nullable=False),  # from here on there is no such limit
    Column("user", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("amount >= 0", name="not_negative"),
    Index("ix_limit_version_scope", "scope", "id"),
)

limit_excess = Table(
    "limit_excess",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("scope", String(16), nullable=False),
    Column("key", Text, nullable=False),
    Column("within", String(8), nullable=False),
    Column("amount", BigInteger, nullable=False),  # minor units of the currency, that of the limit
    Column("currency", String(3), nullable=False),
    Column("until", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("user", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("amount > 0", name="some"),
)

limit_excess_decision = Table(
    "limit_excess_decision",
    METADATA,
    Column("excess_id", ForeignKey("limit_excess.id"), primary_key=True, autoincrement=False),
    Column("approved", Boolean, nullable=False),
    Column("maker", String(128), nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    CheckConstraint("who <> maker", name="two_persons"),
)
