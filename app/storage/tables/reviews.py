"""The tables of the reviews. Rows of versions, steps and decisions are only ever added; the last one is the state."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

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
    Column("asked", String(16)),  # what the checker is to confirm, or confirmed last
    Column("maker", String(128)),  # the account that asked for it, in small letters
    Column("checker", String(128)),  # the account that confirmed it
    Column("closing", Text),  # what the owner says was achieved, and by which book
    Column("undoes", Key),  # the step that this one takes back
    Index("ix_review_step_item", "item_id", "id"),
    # The maker cannot check; nothing is in work or settled that no second person confirmed.
    CheckConstraint("checker IS NULL OR (maker IS NOT NULL AND checker <> maker)", name="two_persons"),
    CheckConstraint("status NOT IN ('in_work', 'closed', 'rejected') OR checker IS NOT NULL", name="confirmed"),
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

#: Something flagged or listed by hand: a country, a counterparty, or an item of a list, until a day.
hand_entry = Table(
    "hand_entry",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("list_id", String(8)),  # of an item
    Column("subject", String(256), nullable=False),
    Column("country", String(8), nullable=False),
    Column("tier", String(1)),  # of a country
    Column("reason", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("until", Date, nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("kind IN ('country', 'counterparty', 'item')", name="kind"),
)

hand_decision = Table(
    "hand_decision",
    METADATA,
    Column("entry_id", Key, ForeignKey("hand_entry.id"), primary_key=True, autoincrement=False),
    Column("approved", Boolean, nullable=False),
    Column("maker", String(128), nullable=False),  # both accounts in small letters
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text),
    CheckConstraint("who <> maker", name="two_persons"),
)

#: A remark about a country or a counterparty on a day; it is a mark on its charts.
dated_note = Table(
    "dated_note",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(256), nullable=False),
    Column("day", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("kind IN ('country', 'counterparty')", name="kind"),
    Index("ix_dated_note_subject", "kind", "subject"),
)

#: A note that somebody took back: it is no mark any more, and stays on record.
note_withdrawal = Table(
    "note_withdrawal",
    METADATA,
    Column("note_id", Key, ForeignKey("dated_note.id"), primary_key=True, autoincrement=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
)

#: A file's bytes, once for each content; they are only ever written out where somebody says so.
attachment_content = Table(
    "attachment_content",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

attachment = Table(
    "attachment",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("subject", String(256), nullable=False),  # "item L1-0001", "country TR", "counterparty C-77"
    Column("name", String(255), nullable=False),
    Column("size", Integer, nullable=False),
    # No foreign key: a content that somebody took away is found and named, and what it was stays known.
    Column("sha256", String(64), nullable=False),
    Column("comment", Text, nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_attachment_subject", "subject"),
)
