"""The tables of the series: observations as they became known, what was fetched, and each series' accepted unit."""

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from app.storage.tables.common import METADATA, Instant, Key

fetch = Table(
    "fetch",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("source_id", String(32), nullable=False),
    Column("resource", String(255), nullable=False),  # a series id, a package, or a file's name
    Column("at", Instant, nullable=False),
    Column("outcome", String(16), nullable=False),  # stored, unchanged, refused or failed
    Column("code", String(64)),
    Column("message", Text),
    Column("added", Integer, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Index("ix_fetch_source_resource", "source_id", "resource"),
)

#: Append-only: a revision is a new row with a later known_from.
observation = Table(
    "observation",
    METADATA,
    Column("series_id", String(32), primary_key=True),
    Column("date", Date, primary_key=True),
    Column("source_id", String(32), primary_key=True),
    Column("known_from", Instant, primary_key=True),
    Column("value", Float(53), nullable=False),
    Column("basis", String(16), nullable=False),
    Column("fetch_id", Key, ForeignKey("fetch.id")),
)

#: The unit of what is stored, where it is no longer the catalogue's.
series_unit = Table(
    "series_unit",
    METADATA,
    Column("series_id", String(32), primary_key=True),
    Column("unit", String(32), nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", String(128), nullable=False),
)
