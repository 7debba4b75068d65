"""The tables of the reviews. Rows of versions, steps and decisions are only ever added; the last one is the state."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.storage.tables.common import METADATA, Instant, Key

review_run = Table(
    "review_run",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("who", String(128), nullable=False),
    Column("book_version", String(64), nullable=False),
    Column("book_source", Text, nullable=False),
    Column("reporting_date", Date, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("flags", Text, nullable=False),  # the flagged countries as they were
    Column("tide", Text, nullable=False),
    Column("results", Text, nullable=False),  # per list: what was left out, control total, criteria
)

review_item = Table(
    "review_item",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("list_id", String(8), nullable=False),
    Column("number", Integer, nullable=False),
    Column("subject", String(256), nullable=False),
    Column("country", String(8), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("listed_at", Instant, nullable=False),
    UniqueConstraint("list_id", "subject", "country", "episode", name="uq_review_item_key"),
    UniqueConstraint("list_id", "number", name="uq_review_item_number"),
)

review_version = Table(
    "review_version",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("item_id", Key, ForeignKey("review_item.id"), nullable=False),
    Column("run_id", Key, ForeignKey("review_run.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("proposal", Text, nullable=False),  # reasons, exposure, points, action, lines
    Index("ix_review_version_item", "item_id", "id"),
)

review_step = Table(
    "review_step",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("item_id", Key, ForeignKey("review_item.id"), nullable=False),
    Column("run_id", Key, ForeignKey("review_run.id")),
    Column("at", Instant, nullable=False),
    Column("who", String(128), nullable=False),
    Column("event", String(32), nullable=False),
    Column("changed", Text, nullable=False),  # what this step changed
    Column("status", String(24), nullable=False),
    Column("owner", String(128)),
    Column("due", Date),
    Column("decision", Text),
    Index("ix_review_step_item", "item_id", "id"),
)

review_line_decision = Table(
    "review_line_decision",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("item_id", Key, ForeignKey("review_item.id"), nullable=False),
    Column("line_id", String(256), nullable=False),
    Column("decision", Text, nullable=False),
    Index("ix_review_line_decision_item", "item_id", "id"),
)
