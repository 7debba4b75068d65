"""What a workspace holds, counted."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, inspect, select

from app.storage.tables import METADATA


def missing_tables(connection: Connection) -> frozenset[str]:
    """Tables that this program knows and the database lacks."""
    return frozenset(METADATA.tables) - frozenset(inspect(connection).get_table_names())


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows of every table that is there, in an order in which no table precedes one it refers to."""
    missing = missing_tables(connection)
    return {
        table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in METADATA.sorted_tables
        if table.name not in missing
    }


def rows(connection: Connection, name: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The columns of a table and its rows by its key, as Python values."""
    table = METADATA.tables[name]
    found = connection.execute(select(table).order_by(*table.primary_key.columns))
    return [column.name for column in table.columns], (tuple(row) for row in found)
