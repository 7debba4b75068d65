"""The tables of the templates of risk notices: every version in both languages, and what a second person said of it."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, String, Table, Text

from app.storage.tables.common import METADATA, Instant, Key

#: A version never changes. Both texts are empty where the shipped template is to count again.
notice_template = Table(
    "notice_template",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("name", String(32), nullable=False),
    Column("english", Text),
    Column("chinese", Text),
    Column("reason", Text, nullable=False),
    Column("maker", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_notice_template_name", "name", "id"),
    CheckConstraint("name IN ('institution', 'client')", name="name"),
    CheckConstraint("(english IS NULL) = (chinese IS NULL)", name="both_languages"),
)

notice_template_decision = Table(
    "notice_template_decision",
    METADATA,
    Column("template_id", Key, ForeignKey("notice_template.id"), primary_key=True, autoincrement=False),
    Column("approved", Boolean, nullable=False),
    Column("maker", String(128), nullable=False),  # both accounts in small letters
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    CheckConstraint("who <> maker", name="two_persons"),
)
