"""The Treasury's cash by category: each day as it was first published, and again where that was changed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from app.liquidity.treasury_flows import Direction, TreasuryFlow
from app.series import releases
from app.storage.tables.market import treasury_flow

_ROW = treasury_flow.c
_RELEASE = "dts"
_Told = dict[tuple[str, str], int]


def store(connection: Connection, flows: Sequence[TreasuryFlow], at: datetime, fetch_id: int | None = None) -> int:
    """Keep the days that are new or changed; returns the rows added."""
    told: dict[date, _Told] = defaultdict(dict)
    for flow in flows:
        told[flow.date][flow.direction.value, flow.category] = flow.amount
    if not told:
        return 0
    kept, instants = _kept(connection, min(told), max(told))
    rows = []
    for day, amounts in sorted(told.items()):
        if kept.get(day) == amounts:
            continue
        before = instants.get(day)
        first = releases.known_from(_RELEASE, day, at)[0]
        known_from = first if before is None else max(at, before + timedelta(microseconds=1))
        rows += [
            {
                "date": day,
                "known_from": known_from,
                "direction": direction,
                "category": category,
                "amount": amount,
                "fetch_id": fetch_id,
            }
            for (direction, category), amount in amounts.items()
        ]
    if rows:
        connection.execute(insert(treasury_flow), rows)
    return len(rows)


def between(
    connection: Connection, start: date, end: date, known_by: datetime | None = None
) -> tuple[TreasuryFlow, ...]:
    """The flows of the days from `start` to `end`, both included, as last published (or as known by an instant)."""
    kept, _instants = _kept(connection, start, end, known_by)
    return tuple(
        TreasuryFlow(day, Direction(direction), category, amount)
        for day, amounts in sorted(kept.items())
        for (direction, category), amount in sorted(amounts.items())
    )


def known_from(connection: Connection, start: date, end: date, known_by: datetime | None = None) -> datetime | None:
    """Since when the last of these days was known as it is; None without any."""
    return max(_kept(connection, start, end, known_by)[1].values(), default=None)


def last_day(connection: Connection, known_by: datetime | None = None) -> date | None:
    """The newest day of which there are flows (or were, as known by an instant)."""
    query = select(func.max(_ROW.date))
    if known_by is not None:
        query = query.where(_ROW.known_from <= known_by)
    found: date | None = connection.execute(query).scalar()
    return found


def _kept(
    connection: Connection, start: date, end: date, known_by: datetime | None = None
) -> tuple[dict[date, _Told], dict[date, datetime]]:
    query = select(treasury_flow).where(_ROW.date >= start, _ROW.date <= end)
    if known_by is not None:
        query = query.where(_ROW.known_from <= known_by)
    kept: dict[date, _Told] = {}
    instants: dict[date, datetime] = {}
    for row in connection.execute(query.order_by(_ROW.date, _ROW.known_from)):
        if instants.get(row.date) != row.known_from:  # a later set replaces the one before it
            kept[row.date], instants[row.date] = {}, row.known_from
        kept[row.date][row.direction, row.category] = row.amount
    return kept, instants
