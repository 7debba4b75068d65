"""What officers say of countries and series: entered figures, risk levels, releases. Rows are only ever added."""

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.storage.tables.common import METADATA, Instant, Key

#: A figure that an officer entered or imported; it counts once a second person accepted it.
series_entry = Table(
    "series_entry",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("series_id", String(32), nullable=False),
    Column("date", Date, nullable=False),
    Column("value", Float(53), nullable=False),  # in the series' unit
    Column("source", Text, nullable=False),  # where the officer has it from
    Column("note", Text, nullable=False),
    Column("file", String(255)),  # the file it was imported from, and the cell
    Column("cell", String(64)),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_series_entry_series", "series_id", "date"),
)

series_entry_decision = Table(
    "series_entry_decision",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("entry_id", Key, ForeignKey("series_entry.id"), nullable=False, unique=True),
    Column("accepted", Boolean, nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
)

#: A country-risk level as a person proposed it; the newest that was approved is in force.
country_level = Table(
    "country_level",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("country", String(8), nullable=False, index=True),
    Column("level", String(16), nullable=False),
    Column("rationale", Text, nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
)

country_level_decision = Table(
    "country_level_decision",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("level_id", Key, ForeignKey("country_level.id"), nullable=False, unique=True),
    Column("approved", Boolean, nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
)

#: A stay on the flagged list that a person ended after it was proposed for release.
flag_release = Table(
    "flag_release",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("country", String(8), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("country", "episode", name="uq_flag_release_stay"),
)
