"""The Fed's holdings by security: each Wednesday as it was first published, and again where that was changed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection, func, insert, select

from app.liquidity.holdings import Holding, SecurityType
from app.series import releases
from app.storage.tables.market import soma_holding

_ROW = soma_holding.c
_CENTS = Decimal(100)
#: The holdings come out on the afternoon of the H.4.1, of the same Wednesday.
_RELEASE = "h41"


def store(connection: Connection, holdings: Sequence[Holding], at: datetime, fetch_id: int | None = None) -> int:
    """Keep the Wednesdays that are new or changed among the holdings; returns the rows added.

    An answer speaks of a whole Wednesday or of some kinds of securities of it; only those kinds are compared.
    """
    added = 0
    for as_of in sorted({one.as_of for one in holdings}):
        told = {one.cusip: one for one in holdings if one.as_of == as_of}
        kinds = {one.security_type for one in told.values()}
        kept = of(connection, as_of)
        if {one.cusip: one for one in kept if one.security_type in kinds} == told:
            continue
        last = _newest(connection, as_of)
        known_from = releases.known_from(_RELEASE, as_of, at)[0] if last is None else max(at, last)
        # What was told of other kinds stays part of that Wednesday.
        whole = [*told.values(), *(one for one in kept if one.security_type not in kinds)]
        connection.execute(insert(soma_holding), [_row(one, known_from, fetch_id) for one in whole])
        added += len(told)
    return added


def of(connection: Connection, as_of: date, known_by: datetime | None = None) -> tuple[Holding, ...]:
    """The holdings of a Wednesday as last published (or as known by an instant), by security number; often none."""
    known = select(func.max(_ROW.known_from)).where(_ROW.as_of == as_of)
    if known_by is not None:
        known = known.where(_ROW.known_from <= known_by)
    query = select(soma_holding).where(_ROW.as_of == as_of, _ROW.known_from == known.scalar_subquery())
    return tuple(
        Holding(
            row.as_of,
            row.cusip,
            SecurityType(row.security_type),
            row.maturity,
            Decimal(row.par) / _CENTS,
            Decimal(row.inflation_compensation) / _CENTS,
            None if row.coupon is None else Decimal(row.coupon),
        )
        for row in connection.execute(query.order_by(_ROW.cusip))
    )


def dates(connection: Connection, known_by: datetime | None = None) -> tuple[date, ...]:
    """The Wednesdays of which there are holdings (known by an instant), newest first."""
    query = select(_ROW.as_of).distinct().order_by(_ROW.as_of.desc())
    if known_by is not None:
        query = query.where(_ROW.known_from <= known_by)
    return tuple(connection.execute(query).scalars())


def known_from(connection: Connection, as_of: date) -> datetime | None:
    """Since when the holdings of a Wednesday are known as they are; None where there are none."""
    found: datetime | None = connection.execute(select(func.max(_ROW.known_from)).where(_ROW.as_of == as_of)).scalar()
    return found


def _newest(connection: Connection, as_of: date) -> datetime | None:
    """The instant after the last set of a Wednesday."""
    last = known_from(connection, as_of)
    return None if last is None else last + timedelta(microseconds=1)


def _row(one: Holding, known_from: datetime, fetch_id: int | None) -> dict[str, object]:
    return {
        "as_of": one.as_of,
        "known_from": known_from,
        "cusip": one.cusip,
        "security_type": one.security_type.value,
        "maturity": one.maturity,
        "par": int(one.par * _CENTS),
        "inflation_compensation": int(one.inflation_compensation * _CENTS),
        "coupon": None if one.coupon is None else format(one.coupon, "f"),
        "fetch_id": fetch_id,
    }
