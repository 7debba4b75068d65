"""Saved scenarios of the run-off simulator."""

from sqlalchemy import Boolean, Column, Index, String, Table, Text

from app.storage.tables.common import METADATA, Instant, Key

#: Append-only: the newest row of a name counts, and a row that is `removed` takes the name away.
runoff_scenario = Table(
    "runoff_scenario",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("name", String(128), nullable=False),
    Column("text", Text, nullable=False),  # the scenario as TOML
    Column("removed", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", String(128), nullable=False),
    Index("ix_runoff_scenario_name", "name", "id"),
)
