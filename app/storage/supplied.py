"""What the bank supplied beside its book, in the store: every version stays, the newest counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from app.storage.encoding import decode, encode
from app.storage.tables.supplied import sector_review, supplied_table
from exposures.supplied import Capital, Link, SectorReview, Soundness, Supplied

_KINDS: dict[str, Any] = {
    "links": tuple[Link, ...],
    "capital": tuple[Capital, ...],
    "banks": tuple[Soundness, ...],
    "systems": tuple[Soundness, ...],
}


@dataclass(frozen=True, slots=True)
class SuppliedVersion:
    """One version of one kind of table: its rows, the file they came from, who brought it and when."""

    id: int
    kind: str
    rows: tuple[Any, ...]
    file: str
    who: str
    at: datetime


def add(connection: Connection, kind: str, rows: Sequence[Any], file: str, who: str, at: datetime) -> None:
    """Keep another version of a kind of table; it counts from now on."""
    values = {"kind": kind, "rows": encode(tuple(rows)), "file": file, "who": who, "at": at}
    connection.execute(supplied_table.insert().values(values))


def versions(connection: Connection, kind: str) -> tuple[SuppliedVersion, ...]:
    """Every version of a kind, newest first."""
    query = select(supplied_table).where(supplied_table.c.kind == kind).order_by(supplied_table.c.id.desc())
    return tuple(
        SuppliedVersion(row.id, row.kind, decode(_KINDS[kind], row.rows), row.file, row.who, row.at)
        for row in connection.execute(query)
    )


def review(connection: Connection, subject: str, sector: str | None, origin: str, who: str, at: datetime) -> None:
    """Keep what somebody says of a borrower's sector; None withdraws it."""
    values = {"subject": subject, "sector": sector, "origin": origin, "who": who, "at": at}
    connection.execute(sector_review.insert().values(values))


def sectors(connection: Connection) -> dict[str, SectorReview]:
    """The reviewed sectors in force, by borrower."""
    newest = select(func.max(sector_review.c.id)).group_by(sector_review.c.subject)
    query = select(sector_review).where(sector_review.c.id.in_(newest), sector_review.c.sector.is_not(None))
    return {
        row.subject: SectorReview(row.subject, row.sector, row.origin, row.who, row.at)
        for row in connection.execute(query.order_by(sector_review.c.subject))
    }


def in_force(connection: Connection) -> Supplied:
    """Everything that counts now."""

    def rows(kind: str) -> tuple[Any, ...]:
        found = versions(connection, kind)
        return found[0].rows if found else ()

    return Supplied(rows("links"), rows("capital"), rows("banks"), rows("systems"), sectors(connection))
