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

#: Append-only: who deals with an acknowledged alert, and beyond which value the acknowledgement no longer stands.
acknowledgement_terms = Table(
    "acknowledgement_terms",
    METADATA,
    Column("acknowledgement_id", Key, ForeignKey("acknowledgement.id"), primary_key=True),
    Column("owner", String(128), nullable=False),
    Column("beyond", Float(53)),
)

#: Append-only. What came of an acknowledgement, who else was told, how an alert turned out.
alert_action = Table(
    "alert_action",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("alert_id", Key, ForeignKey("alert.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", String(128), nullable=False),
    Column("value", String(64), nullable=False),
    Column("comment", Text, nullable=False),
    Index("ix_alert_action_alert", "alert_id", "id"),
)

#: Append-only: who was to be told what; the window's inbox, and what a notifier sends. `hidden`: why nobody was told.
alert_notice = Table(
    "alert_notice",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("key", String(255), nullable=False, unique=True),  # the same thing is told once
    Column("alert_id", Key, ForeignKey("alert.id")),
    Column("silence_id", Key),
    Column("kind", String(16), nullable=False),
    Column("severity", String(16)),
    Column("observed", Date),
    Column("at", Instant, nullable=False),
    Column("recipient", String(128), nullable=False),
    Column("hidden", String(64), nullable=False),
)

#: Append-only; an early end is a row of its own.
alert_silence = Table(
    "alert_silence",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("matchers", Text, nullable=False),
    Column("start", Instant, nullable=False),
    Column("end", Instant, nullable=False),
    Column("author", String(128), nullable=False),
    Column("comment", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

alert_silence_end = Table(
    "alert_silence_end",
    METADATA,
    Column("silence_id", Key, ForeignKey("alert_silence.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", String(128), nullable=False),
)
