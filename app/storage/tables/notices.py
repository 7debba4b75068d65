"""The tables of the risk notices: what was drafted, and every step until the reply. Rows are only ever added."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.storage.tables.common import METADATA, Instant, Key

#: The text never changes: another text is another notice.
notice = Table(
    "notice",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("item", String(16), nullable=False),  # "L7-0012"
    Column("list_id", String(8), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("country", String(2), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("tier", String(1), nullable=False),
    Column("amount", String(40), nullable=False),  # X when it was drafted, in the reporting currency
    Column("currency", String(3), nullable=False),
    Column("addressee", String(255), nullable=False),
    Column("email", String(254), nullable=False),  # empty: handed over on paper
    Column("language", String(8), nullable=False),
    Column("heading", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("maker", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Column("acknowledge_by", Date),
    Column("reply_by", Date, nullable=False),
    Index("ix_notice_item", "item"),
)

notice_step = Table(
    "notice_step",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("notice_id", Key, ForeignKey("notice.id"), nullable=False),
    Column("step", String(16), nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Column("comment", Text, nullable=False),
    CheckConstraint("step IN ('approved', 'returned', 'handed', 'acknowledged', 'replied')", name="step"),
    UniqueConstraint("notice_id", "step"),
)
