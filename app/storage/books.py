"""Books in the store: batches made visible by one status row and never changed afterwards, their lines and rates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, Table, func, insert, select

from app.storage import persons, snapshots
from app.storage.snapshots import Made
from app.storage.tables.book import batch, batch_status, line_end, line_version, rate
from exposures.held import Held
from exposures.rates import Rate

#: Values in one statement; every SQLite takes 999.
_MOST_BOUND = 900


class Status(StrEnum):
    """What became of a batch."""

    COMMITTED = "committed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"  # for a second person


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What was brought in: the file, how it was read, by whom and when."""

    reporting_date: date
    file_name: str
    sha256: str
    rates_sha256: str
    mapping_name: str
    mapping_text: str
    fingerprint: str
    sheet: str
    tolerance: Decimal
    user: str
    at: datetime
    rows_read: int


@dataclass(frozen=True, kw_only=True)
class Batch(Brought):
    """One stored import."""

    id: int
    imported: int
    quarantined: int
    not_counted: int
    new_versions: int
    ended_versions: int
    base_batch: int | None
    supersedes: int | None
    reason: str | None
    status: Status

    @property
    def visible(self) -> bool:
        """Whether it is the book of its date."""
        return self.status is Status.COMMITTED


def batches(connection: Connection, as_of: datetime | None = None) -> list[Batch]:
    """Every batch ever stored with what became of it, newest first; with `as_of` as things stood then."""
    newest = select(func.max(batch_status.c.id)).group_by(batch_status.c.batch)
    if as_of is not None:
        newest = newest.where(batch_status.c.at <= as_of)
    query = (
        select(batch, batch_status.c.status)
        .join(batch_status, batch_status.c.batch == batch.c.id)
        .where(batch_status.c.id.in_(newest))
        .order_by(batch.c.id.desc())
    )
    return [_batch(dict(row._mapping)) for row in connection.execute(query)]


def visible(connection: Connection, as_of: datetime | None = None) -> list[Batch]:
    """The batch of every reporting date that has one, oldest date first; with `as_of` as things stood then."""
    known = (item for item in batches(connection, as_of) if item.visible)
    return sorted(known, key=lambda item: item.reporting_date)


def waiting(connection: Connection) -> list[Batch]:
    """The batches that wait for a second person, newest first."""
    return [item for item in batches(connection) if item.status is Status.WAITING]


def set_status(
    connection: Connection, number: int, status: Status, at: datetime, user: str, reason: str | None
) -> None:
    """Say what became of a batch; the row is added, no earlier one changes.

    A batch that waits for a second person is let in by somebody else than who brought it: Refused
    "persons.same_person".
    """
    if status is Status.COMMITTED:
        before = select(batch_status.c.status).where(batch_status.c.batch == number)
        if connection.scalars(before.order_by(batch_status.c.id.desc()).limit(1)).one_or_none() == Status.WAITING.value:
            maker = connection.scalars(select(batch.c.user).where(batch.c.id == number)).one()
            persons.refuse_same_person(connection, maker, user)
    connection.execute(insert(batch_status).values(batch=number, status=status.value, at=at, user=user, reason=reason))


def lines(connection: Connection, number: int) -> pd.DataFrame:
    """The lines of a book in the types of `exposures.book.DTYPES`; the index counts from 0."""
    return held(connection, number).frame


def held(connection: Connection, number: int, known: Made | None = None) -> Held:
    """The lines of a book by columns, from its snapshots; a frame of them is made where somebody asks for one.

    `known` is a batch that was just read back.
    """
    return snapshots.book(connection, path(connection, number), known)


def rates(connection: Connection, number: int) -> tuple[Rate, ...]:
    """The rates that came with a batch, by currency and date."""
    query = select(rate).where(rate.c.batch == number).order_by(rate.c.currency, rate.c.on)
    return tuple(Rate(row.currency, Decimal(row.per_usd), row.on) for row in connection.execute(query))


def path(connection: Connection, number: int) -> tuple[int, ...]:
    """The batch, its base, and so on back to the first."""
    query = select(batch.c.id, batch.c.base_batch)
    bases: dict[int, int | None] = {row.id: row.base_batch for row in connection.execute(query)}
    found = [number]
    while (base := bases[found[-1]]) is not None:
        found.append(base)
    return tuple(found)


def store_rows(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows, where there are any."""
    if rows:
        connection.execute(insert(table), rows)


def store_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert many rows given by columns, six times as fast as `store_rows`: compiled once, many rows a statement."""
    names = list(columns)
    if not names or not len(columns[names[0]]):
        return
    dialect = connection.dialect
    statement = insert(table).compile(dialect=dialect, column_keys=names)
    bound = []
    for name in names:
        process = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        values = columns[name]
        if process is None or all(value is None for value in values):
            bound.append(values)
        else:
            known: dict[Any, Any] = {value: process(value) for value in set(values)}
            bound.append([known[value] for value in values])
    if not statement.positional:
        named = [dict(zip(names, row, strict=True)) for row in zip(*bound, strict=True)]
        connection.exec_driver_sql(str(statement), named)
        return
    order = dict(zip(names, bound, strict=True))
    rows = list(zip(*(order[name] for name in statement.positiontup or names), strict=True))
    together = _MOST_BOUND // len(names)
    whole = len(rows) - len(rows) % together
    if whole:
        # The same order of columns in each row, as in the statement for one.
        many = str(insert(table).values([dict.fromkeys(names)] * together).compile(dialect=dialect))
        for begin in range(0, whole, together):
            connection.exec_driver_sql(many, tuple(chain.from_iterable(rows[begin : begin + together])))
    if rows[whole:]:
        connection.exec_driver_sql(str(statement), rows[whole:])


def in_book(query: Select[Any], batches_of_path: tuple[int, ...]) -> Select[Any]:
    """The query over versions of lines, of those only that belong to the book at the end of that path."""
    ended = select(line_end.c.version).where(
        line_end.c.version == line_version.c.id, line_end.c.batch.in_(batches_of_path)
    )
    return query.where(line_version.c.first_batch.in_(batches_of_path), ~ended.exists())


def _batch(row: dict[str, Any]) -> Batch:
    status, tolerance = row.pop("status"), row.pop("tolerance")
    return Batch(**row, status=Status(status), tolerance=Decimal(tolerance))
