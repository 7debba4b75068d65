"""The totals of books in the store: written with their batch, and like it never changed."""

import json
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select

from app.storage.books import Batch
from app.storage.tables.book import book_totals
from exposures.allocation import COMPONENTS
from exposures.book import Basis, Position
from exposures.totals import ARITHMETIC, Totals


def keep(connection: Connection, number: int, found: Totals, haircut: Decimal | None = None) -> None:
    """Store the totals of a batch that this unit of work has just added; `haircut` is what securities were cut by."""
    text = json.dumps(
        {
            "currency": found.currency,
            "rates": {code: format(rate, "f") for code, rate in found.rates.items()},
            "countries": {basis.value: list(map(_row, rows)) for basis, rows in found.countries.items()},
            "total": str(found.total),
            "top_share": None if found.top_share is None else str(found.top_share),
            "not_converted": found.not_converted,
            "securities_haircut": None if haircut is None else str(haircut),
        }
    )
    connection.execute(insert(book_totals).values(batch=number, arithmetic=ARITHMETIC, totals=text))


def of(connection: Connection, batch: Batch, haircut: Decimal | None = None) -> Totals | None:
    """The totals of a batch; None where they were never kept, or other rules or another haircut have made them."""
    query = select(book_totals.c.totals).where(book_totals.c.batch == batch.id, book_totals.c.arithmetic == ARITHMETIC)
    text = connection.execute(query).scalar_one_or_none()
    if text is None:
        return None
    kept = json.loads(text)
    made = kept.get("securities_haircut")
    if (None if made is None else Decimal(made)) != haircut:
        return None
    return Totals(
        batch.reporting_date,
        kept["currency"],
        {code: Decimal(rate) for code, rate in kept["rates"].items()},
        {Basis(basis): tuple(map(_position, rows)) for basis, rows in kept["countries"].items()},
        Decimal(kept["total"]),
        None if kept["top_share"] is None else Decimal(kept["top_share"]),
        kept["not_converted"],
    )


def _row(row: Position) -> list[Any]:
    return [row.key, row.lines, row.not_converted, *(str(row.amounts[part]) for part in COMPONENTS)]


def _position(row: list[Any]) -> Position:
    key, lines, not_converted, *amounts = row
    return Position(key, key, lines, dict(zip(COMPONENTS, map(Decimal, amounts), strict=True)), not_converted)
