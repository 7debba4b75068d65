"""Parts of a daily check's steps that need no service: finding, what is left to sign, signing, days without a check."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from app import credentials
from app.refusals import Misused, Refused
from app.storage import audit, audit_chain, checks, facts
from app.storage.database import Database
from exposures.check import PAGE, Addendum, Check, Role, Snapshot, Status
from exposures.checking import Decided, Verdict


@dataclass(frozen=True, slots=True)
class Look:
    """The evidence of a day as known at its cut-off, or now where that is earlier; nothing was stored."""

    business_date: date
    as_of: datetime
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Missed:
    """A bank business day without a signed check; `check` is None where it was never run."""

    business_date: date
    check: Check | None


def unsigned(there: Mapping[date, Check], days: Iterable[date]) -> tuple[Missed, ...]:
    """Of these days the ones without a signed check."""
    found = (Missed(day, there.get(day)) for day in days)
    return tuple(one for one in found if one.check is None or one.check.status is not Status.SIGNED)


def for_maker(check: Check) -> list[int]:
    """What is left for the maker to sign: the page, or the addenda that are decided; Refused "check.undecided"."""
    if check.maker is None:
        if check.undecided:
            raise Refused("check.undecided", date=check.business_date, steps=check.undecided)
        return [PAGE]
    open_ones = [one for one in check.open_addenda if one.maker is None]
    parts = [one.id for one in open_ones if one.decision is not None]
    waiting = tuple(one.step.step for one in open_ones if one.decision is None)
    if not parts and waiting:
        raise Refused("check.undecided", date=check.business_date, steps=waiting)
    return parts


def for_checker(check: Check) -> list[int]:
    """What is left for the second person to sign."""
    parts = [PAGE] if check.checker is None and (check.needs_checker or check.maker is None) else []
    parts += [one.id for one in check.open_addenda if one.status is Status.WITH_CHECKER]
    if not parts and check.checker is None:
        parts = [PAGE]  # nobody has to, and somebody may
    return parts


def signing_key(database: Database) -> bytes | None:
    """What signs where the audit trail ends; asked for before the store is locked. A sample signs nothing."""
    with database.read() as connection:
        sample = facts.is_sample(connection)
    return None if sample else credentials.signing_key(make=True)


def sign(
    connection: Connection, check: Check, parts: Sequence[int], role: Role, user: str, now: datetime, key: bytes | None
) -> None:
    """Sign these parts and anchor the audit trail; Refused "check.signed" where nothing is left."""
    if not parts:
        raise Refused("check.signed", date=check.business_date)
    for part in parts:
        checks.sign(connection, check, part, role, user, now)
    audit.record(
        connection,
        at=now,
        who=user,
        action="check.sign" if role is Role.MAKER else "check.countersign",
        subject=f"check {check.business_date}",
        after={"parts": list(parts), "for": check.business_date},
        data=data_of(check.cut_off, check.snapshot.book) | audit_chain.signed_by(key),
    )
    audit_chain.keep(connection, now, "check", f"check {check.business_date}", key)


def find(connection: Connection, business_date: date) -> Check:
    """The check of a day; Misused "check.unknown"."""
    found = checks.find(connection, business_date)
    if found is None:
        raise Misused("check.unknown", date=business_date)
    return found


def verdict_of(check: Check, step: str, addendum: Addendum | None) -> Verdict:
    """The program's verdict on a step as it is shown now."""
    if addendum is not None:
        return addendum.step.verdict
    found = next((one for one in check.steps if one.step == step), None)
    if found is None:
        raise Misused("check.unknown_step", step=step, known=tuple(one.step for one in check.steps))
    return found.verdict


def data_of(as_of: datetime, book: int | None) -> dict[str, object]:
    """Which data a step was taken on, for the audit trail."""
    return {"as_of": as_of, "batch": book}


def plain(decided: Decided) -> dict[str, object]:
    """A decision for the audit trail."""
    return {
        "step": decided.step,
        "verdict": decided.verdict.value,
        "decision": decided.decision.value,
        "lists": list(decided.lists),
        "owner": decided.owner,
        "addendum": decided.addendum,
    }
