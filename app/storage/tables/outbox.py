"""The tables of the outbox: who is reached how, what waits to be sent, and every attempt."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from app.storage.tables.common import METADATA, Instant, Key

#: How a person is reached; the person is written down elsewhere, or is an account that nobody wrote down.
reader = Table(
    "reader",
    METADATA,
    Column("person_id", String(128), primary_key=True),
    Column("email", String(254), nullable=False),  # empty: no mail
    Column("language", String(8), nullable=False),
    Column("families", Text, nullable=False),  # JSON list of rule families; empty: all
    Column("least", String(16), nullable=False),  # the mildest severity that is told
    Column("resolved", Boolean, nullable=False),  # whether ends are told
    Column("quiet_start", String(5), nullable=False),  # "22:00"; empty: no quiet hours
    Column("quiet_end", String(5), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("critical_breaks", Boolean, nullable=False),  # whether critical alerts come in quiet hours too
)

#: One message to one reader on one channel. What it says never changes; how far it has come does.
outbox = Table(
    "outbox",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("key", String(64), nullable=False, unique=True),  # receivers recognise a second copy by it
    Column("channel", String(16), nullable=False),
    Column("recipient", String(254), nullable=False),  # a person's id, an address, or "webhook"
    Column("kind", String(16), nullable=False),
    Column("severity", String(16)),
    Column("notice_id", Key, ForeignKey("alert_notice.id")),
    Column("facts", Text, nullable=False),  # JSON
    Column("at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("held_until", Instant),  # claimed by a program that is sending it
    Column("failing_since", Instant),
    Column("fault", String(32), nullable=False),
    Column("detail", Text, nullable=False),
    Column("sent_at", Instant),
    Column("sent_in", String(64)),  # the key of the message it went out in: its own, or a digest's
    Index("ix_outbox_state", "state", "next_at"),
)

#: Append-only.
outbox_attempt = Table(
    "outbox_attempt",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("outbox_id", Key, ForeignKey("outbox.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("fault", String(32), nullable=False),
    Column("detail", Text, nullable=False),
    Column("who", String(128), nullable=False),  # a person, where it was done by hand
    Index("ix_outbox_attempt_outbox", "outbox_id", "id"),
)
