"""Daily checks in the store: the evidence as it was seen, decisions, signatures, late evidence; only added to."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from app.refusals import Refused
from app.storage import persons
from app.storage.encoding import decode, encode
from app.storage.tables.checks import check_addendum, check_decision, check_signature, daily_check
from exposures.check import PAGE, Addendum, Check, Role, Signature, Snapshot, Status
from exposures.checking import Decided, StepEvidence, Verdict


def add(
    connection: Connection,
    *,
    business_date: date,
    cut_off: datetime,
    run_at: datetime,
    late: bool,
    who: str,
    snapshot: Snapshot,
) -> int:
    """Store a day's check; the day has none yet, or the database refuses."""
    row = daily_check.insert().values(
        business_date=business_date, cut_off=cut_off, run_at=run_at, late=late, who=who, snapshot=encode(snapshot)
    )
    key: int = connection.execute(row).inserted_primary_key[0]  # type: ignore[index]
    return key


def find(connection: Connection, business_date: date) -> Check | None:
    """The check of a day."""
    row = connection.execute(select(daily_check).where(daily_check.c.business_date == business_date)).one_or_none()
    return None if row is None else _check(connection, row)


def checks(connection: Connection, since: date | None = None) -> list[Check]:
    """Every check, newest day first; `since` leaves out earlier days."""
    query = select(daily_check).order_by(daily_check.c.business_date.desc())
    if since is not None:
        query = query.where(daily_check.c.business_date >= since)
    return [_check(connection, row) for row in connection.execute(query).all()]


def last_signed(connection: Connection, before: date) -> Check | None:
    """The newest signed check of a day before `before`."""
    query = select(daily_check).where(daily_check.c.business_date < before)
    for row in connection.execute(query.order_by(daily_check.c.business_date.desc())).all():
        found = _check(connection, row)
        if found.status is Status.SIGNED:
            return found
    return None


def add_addendum(connection: Connection, check: Check, step: StepEvidence, at: datetime) -> int:
    """Store late evidence about a step; it belongs to the page as long as that is not signed."""
    row = check_addendum.insert().values(
        check_id=check.id, step=step.step, at=at, on_page=check.maker is None, evidence=encode(step)
    )
    key: int = connection.execute(row).inserted_primary_key[0]  # type: ignore[index]
    return key


def decide(connection: Connection, check: Check, decided: Decided) -> None:
    """Store a decision; Refused "check.signed" where its part was signed."""
    later = {one.id for one in check.addenda if not one.on_page}
    part = decided.addendum if decided.addendum in later else PAGE
    if _signature(connection, check.id, part, Role.MAKER) is not None:
        raise Refused("check.signed", date=check.business_date)
    connection.execute(
        check_decision.insert().values(
            check_id=check.id,
            addendum_id=decided.addendum,
            step=decided.step,
            verdict=decided.verdict.value,
            decision=decided.decision.value,
            comment=decided.comment,
            lists=json.dumps(decided.lists),
            owner=decided.owner,
            who=decided.who,
            at=decided.at,
        )
    )


def sign(connection: Connection, check: Check, part: int, role: Role, who: str, at: datetime) -> None:
    """Store a signature, once for a part and role.

    Refused "check.signed" (twice), "check.not_signed" (a checker before the maker), "persons.same_person" (a checker
    who signed as its maker, or who decided any step of that part).
    """
    if _signature(connection, check.id, part, role) is not None:
        raise Refused("check.signed", date=check.business_date)
    if role is Role.CHECKER:
        maker = _signature(connection, check.id, part, Role.MAKER)
        if maker is None:
            raise Refused("check.not_signed", date=check.business_date)
        for other in {maker.who, *_deciders(connection, check, part)}:
            persons.refuse_same_person(connection, other, who)
    row = check_signature.insert().values(check_id=check.id, part=part, role=role.value, who=who, at=at)
    connection.execute(row)


def _deciders(connection: Connection, check: Check, part: int) -> set[str]:
    query = select(check_decision.c.who, check_decision.c.addendum_id).where(check_decision.c.check_id == check.id)
    later = {one.id for one in check.addenda if not one.on_page}
    rows = connection.execute(query)
    return {row.who for row in rows if (row.addendum_id if row.addendum_id in later else PAGE) == part}


def _signature(connection: Connection, check_id: int, part: int, role: Role) -> Signature | None:
    return next((one for one in _signatures(connection, check_id) if one.part == part and one.role is role), None)


def _signatures(connection: Connection, check_id: int) -> list[Signature]:
    rows = connection.execute(select(check_signature).where(check_signature.c.check_id == check_id))
    return [Signature(row.part, Role(row.role), row.who, row.at) for row in rows]


def _check(connection: Connection, row: Row[Any]) -> Check:
    decided: dict[tuple[int | None, str], Decided] = {}
    query = select(check_decision).where(check_decision.c.check_id == row.id).order_by(check_decision.c.id)
    for one in connection.execute(query):
        decided[one.addendum_id, one.step] = Decided(
            one.step,
            Verdict(one.verdict),
            Verdict(one.decision),
            one.comment,
            one.who,
            one.at,
            tuple(json.loads(one.lists)),
            one.owner,
            one.addendum_id,
        )
    signed = {(one.part, one.role): one for one in _signatures(connection, row.id)}
    query = select(check_addendum).where(check_addendum.c.check_id == row.id).order_by(check_addendum.c.id)
    addenda = tuple(
        Addendum(
            one.id,
            decode(StepEvidence, one.evidence),
            one.at,
            one.on_page,
            decided.get((one.id, one.step)),
            signed.get((one.id, Role.MAKER)),
            signed.get((one.id, Role.CHECKER)),
        )
        for one in connection.execute(query)
    )
    snapshot = decode(Snapshot, row.snapshot)
    newest = {one.step.step: one.id for one in addenda if one.on_page}
    answered = [(newest.get(step.step), step.step) for step in snapshot.steps]
    on_page = [decided[one] for one in answered if one in decided]
    return Check(
        row.id,
        row.business_date,
        row.cut_off,
        row.run_at,
        row.late,
        row.who,
        snapshot,
        tuple(on_page),
        signed.get((PAGE, Role.MAKER)),
        signed.get((PAGE, Role.CHECKER)),
        addenda,
    )
