"""Country limits in the store: setting one adds a row, and the newest row of a country counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from app.storage.tables.book import country_limit
from exposures.book import Basis, Measure
from exposures.currencies import from_minor, minor_units
from exposures.limits import CountryLimit


@dataclass(frozen=True, slots=True)
class StoredLimit:
    """A limit with who set it and when."""

    limit: CountryLimit
    user: str
    at: datetime


def add(connection: Connection, limit: CountryLimit, user: str, at: datetime) -> None:
    """Set a country's limit from now on."""
    minor = int(limit.amount.scaleb(minor_units(limit.currency)))
    connection.execute(
        insert(country_limit).values(
            country=limit.country,
            amount=minor,
            currency=limit.currency,
            basis=limit.basis.value,
            measure=limit.measure.value,
            user=user,
            at=at,
        )
    )


def in_force(connection: Connection, as_of: datetime | None = None) -> tuple[StoredLimit, ...]:
    """The newest limit of every country that has one, by country; with `as_of` those set until then."""
    newest = select(func.max(country_limit.c.id)).group_by(country_limit.c.country)
    if as_of is not None:
        newest = newest.where(country_limit.c.at <= as_of)
    query = select(country_limit).where(country_limit.c.id.in_(newest)).order_by(country_limit.c.country)
    return tuple(_stored(dict(row._mapping)) for row in connection.execute(query))


def _stored(row: Mapping[str, Any]) -> StoredLimit:
    limit = CountryLimit(
        row["country"],
        from_minor(row["amount"], row["currency"]),
        row["currency"],
        Basis(row["basis"]),
        Measure(row["measure"]),
    )
    return StoredLimit(limit, row["user"], row["at"])
