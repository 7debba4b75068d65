"""Limits in the store: setting one adds a row, the newest of a subject counts; temporary excesses beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from app.refusals import Refused
from app.storage import persons
from app.storage.tables.book import batch_status
from app.storage.tables.limits import limit_excess, limit_excess_decision, limit_version
from exposures.book import Basis, Measure
from exposures.currencies import from_minor, minor_units
from exposures.limits import Excess, Limit, Scope

Subject = tuple[Scope, str, str]
#: A limit of an import counts in these states of its batch: a superseded book's limits stay, a withdrawn one's do not.
_COUNTS = ("committed", "superseded")


@dataclass(frozen=True, slots=True)
class StoredLimit:
    """A limit with who set it and when; `batch` is the import it came with."""

    limit: Limit
    user: str
    at: datetime
    batch: int | None = None


@dataclass(frozen=True, slots=True)
class StoredExcess:
    """A temporary excess as asked for, and what the second person said; `approved` None: not yet decided."""

    id: int
    subject: Subject
    amount: Decimal
    currency: str
    until: date
    reason: str
    user: str
    at: datetime
    approved: bool | None = None
    approver: str | None = None
    decided_at: datetime | None = None
    comment: str = ""


def add(
    connection: Connection,
    limit: Limit,
    user: str,
    at: datetime,
    *,
    batch: int | None = None,
    withdrawn: bool = False,
) -> None:
    """Set a limit from now on, or say that there is none any more."""
    minor = int(limit.amount.scaleb(minor_units(limit.currency)))
    connection.execute(
        insert(limit_version).values(
            scope=limit.scope.value,
            key=limit.key,
            within=limit.within,
            amount=minor,
            currency=limit.currency,
            basis=limit.basis.value,
            measure=limit.measure.value,
            valid_from=limit.valid_from,
            valid_to=limit.valid_to,
            owner=limit.owner,
            source=limit.source,
            batch=batch,
            withdrawn=withdrawn,
            user=user,
            at=at,
        )
    )


def in_force(connection: Connection, as_of: datetime | None = None) -> tuple[StoredLimit, ...]:
    """Every limit that may count, by scope and key; with `as_of` those set until then, with the excesses of then.

    Of a subject the newest, and before it those that it only replaces from a later day on, in the order in which they
    were set: `exposures.limits.effective` chooses for a book's date.
    """
    query = select(limit_version).order_by(limit_version.c.id)
    if as_of is not None:
        query = query.where(limit_version.c.at <= as_of)
    gone = _withdrawn_batches(connection, as_of)
    found: dict[Subject, list[StoredLimit]] = {}
    for row in connection.execute(query):
        if row.batch in gone:
            continue
        stored = _stored(row)
        held = found.setdefault(stored.limit.subject, [])
        if row.withdrawn:
            held.clear()
            continue
        if stored.limit.valid_from is None:
            held.clear()
        held.append(stored)
    granted = _granted(connection, as_of)
    ordered = sorted(found, key=lambda subject: (list(Scope).index(subject[0]), *subject[1:]))
    return tuple(
        replace(stored, limit=replace(stored.limit, excesses=granted.get((*subject, stored.limit.currency), ())))
        for subject in ordered
        for stored in found[subject]
    )


def ask_excess(
    connection: Connection, subject: Subject, amount: Decimal, currency: str, until: date, reason: str, user: str,
    at: datetime,
) -> StoredExcess:  # fmt: skip
    """Ask for a temporary excess; it adds nothing until somebody else approves it."""
    row = {
        "scope": subject[0].value,
        "key": subject[1],
        "within": subject[2],
        "amount": int(amount.scaleb(minor_units(currency))),
        "currency": currency,
        "until": until,
        "reason": reason,
        "user": user,
        "at": at,
    }
    number: int = connection.execute(insert(limit_excess).values(row)).inserted_primary_key[0]  # type: ignore[index]
    return StoredExcess(number, subject, amount, currency, until, reason, user, at)


def decide_excess(
    connection: Connection, number: int, approved: bool, who: str, at: datetime, comment: str
) -> StoredExcess:
    """Approve or decline; Refused "limits.excess_unknown", "limits.excess_decided", "persons.same_person"."""
    known = next((one for one in excesses(connection) if one.id == number), None)
    if known is None:
        raise Refused("limits.excess_unknown", excess=number)
    if known.approved is not None:
        raise Refused("limits.excess_decided", excess=number, who=known.approver)
    persons.refuse_same_person(connection, known.user, who)
    values = {"excess_id": number, "approved": approved, "maker": known.user, "who": who, "at": at, "reason": comment}
    connection.execute(insert(limit_excess_decision).values(values))
    return replace(known, approved=approved, approver=who, decided_at=at, comment=comment)


def excesses(connection: Connection, as_of: datetime | None = None) -> tuple[StoredExcess, ...]:
    """Every temporary excess with its decision, newest first; with `as_of` as things stood then."""
    decided = limit_excess_decision.c
    query = select(
        limit_excess,
        decided.approved,
        decided.who.label("approver"),
        decided.at.label("decided_at"),
        decided.reason.label("comment"),
    ).outerjoin(limit_excess_decision, decided.excess_id == limit_excess.c.id)
    if as_of is not None:
        query = query.where(limit_excess.c.at <= as_of)
    return tuple(_excess(row, as_of) for row in connection.execute(query.order_by(limit_excess.c.id.desc())))


def _granted(
    connection: Connection, as_of: datetime | None
) -> Mapping[tuple[Scope, str, str, str], tuple[Excess, ...]]:
    found: dict[tuple[Scope, str, str, str], tuple[Excess, ...]] = {}
    for one in excesses(connection, as_of):
        if one.approved:
            key = (*one.subject, one.currency)
            made = Excess(one.amount, one.until, one.reason, one.user, one.approver or "", one.id)
            found[key] = (*found.get(key, ()), made)
    return found


def _withdrawn_batches(connection: Connection, as_of: datetime | None) -> frozenset[int]:
    """The batches whose limits do not count: undone, or waiting for a second person."""
    named = select(limit_version.c.batch).where(limit_version.c.batch.is_not(None)).distinct()
    newest = select(func.max(batch_status.c.id)).where(batch_status.c.batch.in_(named)).group_by(batch_status.c.batch)
    if as_of is not None:
        newest = newest.where(batch_status.c.at <= as_of)
    query = select(batch_status.c.batch, batch_status.c.status).where(batch_status.c.id.in_(newest))
    return frozenset(row.batch for row in connection.execute(query) if row.status not in _COUNTS)


def _stored(row: Row[Any]) -> StoredLimit:
    limit = Limit(
        row.key,
        from_minor(row.amount, row.currency),
        row.currency,
        Basis(row.basis),
        Measure(row.measure),
        Scope(row.scope),
        row.within,
        row.valid_from,
        row.valid_to,
        row.owner,
        row.source,
    )
    return StoredLimit(limit, row.user, row.at, row.batch)


def _excess(row: Row[Any], as_of: datetime | None) -> StoredExcess:
    decided = row.approved is not None and (as_of is None or row.decided_at <= as_of)
    return StoredExcess(
        row.id,
        (Scope(row.scope), row.key, row.within),
        from_minor(row.amount, row.currency),
        row.currency,
        row.until,
        row.reason,
        row.user,
        row.at,
        row.approved if decided else None,
        row.approver if decided else None,
        row.decided_at if decided else None,
        (row.comment or "") if decided else "",
    )
