"""Entries by hand in the store, and dated notes: proposed by one person, confirmed by another; notes by anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.refusals import Refused
from app.storage import persons
from app.storage.persons import person_id
from app.storage.tables.reviews import (
    dated_note,
    hand_decision,
    hand_entry,
    note_withdrawal,
    review_item,
    review_step,
    review_version,
)
from exposures.reviews.by_hand import HandEntry, Listed
from exposures.reviews.item import SETTLED, ItemKey, Status


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a country ("country") or a counterparty on a day; a mark on its charts."""

    id: int
    kind: str
    subject: str
    day: date
    text: str
    who: str
    at: datetime


def propose(connection: Connection, entry: HandEntry) -> HandEntry:
    """Keep an entry (its id is given by the store); it does not count yet."""
    names = ("kind", "list_id", "subject", "country", "tier", "reason", "source", "until", "who", "at")
    row = {name: getattr(entry, name) for name in names}
    number: int = connection.execute(hand_entry.insert().values(row)).inserted_primary_key[0]  # type: ignore[index]
    return next(one for one in entries(connection) if one.id == number)


def decide_entry(connection: Connection, number: int, approved: bool, who: str, at: datetime, reason: str) -> HandEntry:
    """A second person confirms or returns an entry; Refused "hand.unknown", "hand.decided", "persons.same_person"."""
    known = next((one for one in entries(connection) if one.id == number), None)
    if known is None:
        raise Refused("hand.unknown", number=number)
    if known.approved is not None:
        raise Refused("hand.decided", number=number, who=known.approver)
    persons.refuse_same_person(connection, known.who, who)
    row = {"entry_id": number, "approved": approved, "maker": person_id(known.who), "who": person_id(who), "at": at}
    connection.execute(hand_decision.insert().values(row | {"reason": reason}))
    return next(one for one in entries(connection) if one.id == number)


def entries(connection: Connection, as_of: datetime | None = None) -> tuple[HandEntry, ...]:
    """Every entry with its decision, the newest first; with `as_of` as things stood then."""
    decided = hand_decision.c
    query = select(hand_entry, decided.approved, decided.who.label("approver"), decided.at.label("decided_at"))
    query = query.outerjoin(hand_decision, decided.entry_id == hand_entry.c.id).order_by(hand_entry.c.id.desc())
    found = []
    for row in connection.execute(query):
        if as_of is not None and row.at > as_of:
            continue
        known = row.decided_at is not None and (as_of is None or row.decided_at <= as_of)
        found.append(
            HandEntry(
                row.id, row.kind, row.list_id, row.subject, row.country, row.tier, row.reason, row.source, row.until,
                row.who, row.at, bool(row.approved) if known else None, row.approver if known else None,
                row.decided_at if known else None,
            )
        )  # fmt: skip
    return tuple(found)


def listed(connection: Connection) -> Mapping[str, tuple[Listed, ...]]:
    """By list, its items as far as an entry by hand has to know them, in the order in which they were listed."""
    item, version, step = review_item.c, review_version.c, review_step.c
    versions: dict[int, list[datetime]] = {}
    for made in connection.execute(select(version.item_id, version.at).order_by(version.id)):
        versions.setdefault(made.item_id, []).append(made.at)
    # A comment on what is settled settles it no later.
    last = select(func.max(step.id)).where(step.event != "commented").group_by(step.item_id)
    query = select(item.id, item.list_id, item.subject, item.country, item.episode, step.status, step.at)
    query = query.join(review_step, step.item_id == item.id).where(step.id.in_(last)).order_by(item.id)
    found: dict[str, list[Listed]] = {}
    for row in connection.execute(query):
        key = ItemKey(row.list_id, row.subject, row.country, row.episode)
        settled = row.at if Status(row.status) in SETTLED else None
        found.setdefault(row.list_id, []).append(Listed(key, settled, tuple(versions.get(row.id, ()))))
    return {list_id: tuple(items) for list_id, items in found.items()}


def add_note(connection: Connection, note: Note) -> Note:
    """Keep a note (its id is given by the store)."""
    names = ("kind", "subject", "day", "text", "who", "at")
    row = {name: getattr(note, name) for name in names}
    number: int = connection.execute(dated_note.insert().values(row)).inserted_primary_key[0]  # type: ignore[index]
    return Note(number, *(row[name] for name in names))


def notes(connection: Connection, kind: str, subject: str, as_of: datetime | None = None) -> tuple[Note, ...]:
    """The notes on a country or a counterparty that nobody withdrew, by day; with `as_of` as things stood then."""
    gone = note_withdrawal.c
    query = select(dated_note).where(dated_note.c.kind == kind, dated_note.c.subject == subject)
    taken_back = gone.note_id == dated_note.c.id
    if as_of is not None:
        query = query.where(dated_note.c.at <= as_of)
        taken_back &= gone.at <= as_of
    query = query.outerjoin(note_withdrawal, taken_back).where(gone.note_id.is_(None))
    return tuple(map(_note, connection.execute(query.order_by(dated_note.c.day, dated_note.c.id))))


def withdraw_note(connection: Connection, number: int, who: str, at: datetime, reason: str) -> Note:
    """Take a note back; Refused "note.unknown", "note.withdrawn"."""
    row = connection.execute(select(dated_note).where(dated_note.c.id == number)).one_or_none()
    if row is None:
        raise Refused("note.unknown", number=number)
    gone = note_withdrawal.c
    before = connection.execute(select(gone.who).where(gone.note_id == number)).scalar_one_or_none()
    if before is not None:
        raise Refused("note.withdrawn", number=number, who=before)
    connection.execute(note_withdrawal.insert().values(note_id=number, who=who, at=at, reason=reason))
    return _note(row)


def _note(row: Row[Any]) -> Note:
    return Note(row.id, row.kind, row.subject, row.day, row.text, row.who, row.at)
