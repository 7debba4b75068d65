"""The tables of the alerts: rules by version, each alert's state, what happened to it, and who took note."""

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.storage.tables.common import METADATA, Instant, Key

#: Append-only: an edit is a new version, kept whole in its text form.
rule_version = Table(
    "rule_version",
    METADATA,
    Column("rule_id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", String(128), nullable=False),
    Column("reason", Text, nullable=False),
)

#: Where each rule and its labels stand; made anew from the readings at any time.
alert_state = Table(
    "alert_state",
    METADATA,
    Column("rule_id", String(64), primary_key=True),
    Column("scope", String(255), primary_key=True),  # the labels as one text
    Column("labels", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("evaluated", Integer, nullable=False),  # readings taken so far
    Column("digest", String(64), nullable=False),  # of those readings: another one means that the past was revised
    Column("steps", Integer, nullable=False),  # transitions on the timeline that stands
    Column("as_of", Instant, nullable=False),  # what was known then
)

#: Append-only. `step` is the place on the alert's timeline: a row "revised" or "rule_changed" says that the rows before
#: it from its step on no longer stand.
alert_event = Table(
    "alert_event",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("rule_id", String(64), nullable=False),
    Column("scope", String(255), nullable=False),
    Column("step", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("episode", Date),
    Column("observed", Date),
    Column("value", Float(53)),
    Column("threshold", Float(53)),
    Column("severity", String(16)),
    Column("phase", String(16)),
    Column("known_from", Instant),
    Column("assumed", Boolean),
    Column("version", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_alert_event_rule_scope", "rule_id", "scope"),
)

#: Episodes that fired or are open, numbered once.
alert = Table(
    "alert",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("rule_id", String(64), nullable=False),
    Column("scope", String(255), nullable=False),
    Column("episode", Date, nullable=False),
    UniqueConstraint("rule_id", "scope", "episode"),
)

#: Append-only.
acknowledgement = Table(
    "acknowledgement",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("alert_id", Key, ForeignKey("alert.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Instant),
    Column("observed", Date, nullable=False),  # the last observation that was seen
)
