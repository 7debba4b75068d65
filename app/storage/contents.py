"""What a workspace holds, counted."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, inspect, select

from app.storage import snapshots
from app.storage.tables import METADATA
from app.storage.tables.book import batch, line_version

#: Lines that become rows at one time.
_AT_ONCE = 10_000


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
    names = [column.name for column in table.columns]
    if name == line_version.name:
        return names, _versions(connection, names)
    found = connection.execute(select(table).order_by(*table.primary_key.columns))
    return names, (tuple(row) for row in found)


def _versions(connection: Connection, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Every version of a line with what it says, which stands in the row of its batch."""
    own = line_version.c.id, line_version.c.first_batch, line_version.c.content
    for number in connection.scalars(select(batch.c.id).order_by(batch.c.id)).all():
        query = select(*own).where(line_version.c.first_batch == number).order_by(line_version.c.id)
        told = {row.id: row._asdict() for row in connection.execute(query)}
        versions, lines = snapshots.brought(connection, number)
        for begin in range(0, len(lines), _AT_ONCE):
            some = lines.iloc[begin : begin + _AT_ONCE]
            columns = some.astype(object).where(some.notna(), None)
            for version, said in zip(versions[begin:].tolist(), columns.to_dict("records"), strict=False):
                row = {**said, **told[version]}
                yield tuple(row[name] for name in names)
