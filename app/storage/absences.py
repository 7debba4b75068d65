"""Who stands in for whom, and when."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from app.refusals import Refused
from app.storage import persons
from app.storage.persons import person_id
from app.storage.tables.persons import absence


@dataclass(frozen=True, slots=True)
class Absence:
    """A person is away from `first` to `last`, both counted, and `deputy` stands in."""

    id: int
    person: str
    deputy: str
    first: date
    last: date
    who: str
    at: datetime
    ended_at: datetime | None = None

    def holds(self, day: date) -> bool:
        """Whether the deputy stands in on that day."""
        return self.ended_at is None and self.first <= day <= self.last


def add(connection: Connection, person: str, deputy: str, first: date, last: date, who: str, at: datetime) -> Absence:
    """Keep an absence.

    Refused "persons.unknown" (either of them), "persons.has_left", "persons.own_deputy", "persons.absence_overlaps",
    "persons.deputy_away" (the deputy is away on one of those days), "persons.stands_in" (the person is somebody's
    deputy on one of those days).
    """
    ids = person_id(person), person_id(deputy)
    for account in ids:
        known = persons.find(connection, account)
        if known is None:
            raise Refused("persons.unknown", person=account)
        if known.left is not None:
            raise Refused("persons.has_left", person=known.name)
    names = {one.id: one.name for one in persons.persons(connection)}
    if ids[0] == ids[1]:
        raise Refused("persons.own_deputy", person=names[ids[0]])
    for one in absences(connection):
        if one.ended_at is not None or last < one.first or one.last < first:
            continue
        if one.person == ids[0]:
            raise Refused("persons.absence_overlaps", person=names[ids[0]], first=one.first, last=one.last)
        if one.person == ids[1]:
            raise Refused("persons.deputy_away", person=names[ids[1]], first=one.first, last=one.last)
        if one.deputy == ids[0]:
            other = names[one.person]
            raise Refused("persons.stands_in", person=names[ids[0]], other=other, first=one.first, last=one.last)
    row = {"person": ids[0], "deputy": ids[1], "first": first, "last": last, "who": who, "at": at}
    number: int = connection.execute(absence.insert().values(row)).inserted_primary_key[0]  # type: ignore[index]
    return Absence(number, *ids, first, last, who, at)


def end(connection: Connection, number: int, at: datetime) -> Absence:
    """Take an absence back before its last day; Refused "persons.no_absence"."""
    found = next((one for one in absences(connection) if one.id == number and one.ended_at is None), None)
    if found is None:
        raise Refused("persons.no_absence", number=number)
    connection.execute(absence.update().where(absence.c.id == number).values(ended_at=at))
    return found


def absences(connection: Connection) -> tuple[Absence, ...]:
    """Every absence, the newest first."""
    rows = connection.execute(select(absence).order_by(absence.c.id.desc()))
    return tuple(
        Absence(row.id, row.person, row.deputy, row.first, row.last, row.who, row.at, row.ended_at) for row in rows
    )


def stood_in_for(connection: Connection, account: str, day: date) -> frozenset[str]:
    """The accounts for which somebody stands in on a day."""
    return frozenset(one.person for one in absences(connection) if one.deputy == person_id(account) and one.holds(day))


def deputies(connection: Connection, day: date) -> dict[str, str]:
    """Who stands in on a day: the deputy's account by the absent person's."""
    return {one.person: one.deputy for one in absences(connection) if one.holds(day)}
