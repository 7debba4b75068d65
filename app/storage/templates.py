"""The templates of risk notices in the store: versions in both languages, each released by a second person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from app.refusals import Misused, Refused
from app.storage import persons
from app.storage.persons import person_id
from app.storage.tables.templates import notice_template, notice_template_decision


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a template: its text by language (None: as shipped), who wrote it and who released it.

    `approved` is None while it waits for a second person, whose name is `approver`.
    """

    name: str
    texts: Mapping[str, str | None]
    reason: str
    maker: str
    at: datetime
    id: int = 0
    approved: bool | None = None
    approver: str | None = None
    decided: datetime | None = None
    said: str = ""

    @property
    def is_shipped(self) -> bool:
        """Whether it says that the shipped template counts again."""
        return all(text is None for text in self.texts.values())


def versions(connection: Connection, name: str | None = None) -> tuple[Version, ...]:
    """Every version of a template (or of all), newest first."""
    made, told = notice_template.c, notice_template_decision.c
    query = select(
        notice_template, told.approved, told.who.label("approver"), told.at.label("decided"), told.reason.label("said")
    ).outerjoin(notice_template_decision, told.template_id == made.id)
    if name is not None:
        query = query.where(made.name == name)
    return tuple(_version(row) for row in connection.execute(query.order_by(made.id.desc())))


def in_force(connection: Connection, name: str) -> Version | None:
    """The version that counts: the newest that was released; None: none ever was, or the shipped one counts again."""
    found = next((one for one in versions(connection, name) if one.approved), None)
    return None if found is None or found.is_shipped else found


def add(connection: Connection, draft: Version) -> Version:
    """Store a version that waits for a second person; Refused "templates.waits" while another one does."""
    for one in versions(connection, draft.name):
        if one.approved is None:
            raise Refused("templates.waits", number=one.id, who=one.maker)
    row = {name: getattr(draft, name) for name in ("name", "reason", "maker", "at")}
    row |= {"english": draft.texts["en"], "chinese": draft.texts["zh_CN"]}
    number: int = connection.execute(notice_template.insert().values(row)).inserted_primary_key[0]  # type: ignore[index]
    return find(connection, number)


def find(connection: Connection, number: int) -> Version:
    """One by its number; Misused "templates.unknown"."""
    for one in versions(connection):
        if one.id == number:
            return one
    raise Misused("templates.unknown", number=number)


def decide(connection: Connection, number: int, approved: bool, who: str, at: datetime, reason: str) -> Version:
    """Release or return a version; Refused "templates.decided", "persons.same_person" for whoever wrote it."""
    known = find(connection, number)
    if known.approved is not None:
        raise Refused("templates.decided", number=number, who=known.approver)
    persons.refuse_same_person(connection, known.maker, who)
    row = {"template_id": number, "approved": approved, "maker": person_id(known.maker), "who": person_id(who)}
    connection.execute(notice_template_decision.insert().values(row | {"at": at, "reason": reason}))
    return find(connection, number)


def _version(row: Row[Any]) -> Version:
    return Version(
        row.name,
        {"en": row.english, "zh_CN": row.chinese},
        row.reason,
        row.maker,
        row.at,
        row.id,
        None if row.approved is None else bool(row.approved),
        row.approver,
        row.decided,
        row.said or "",
    )
