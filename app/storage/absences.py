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

    Refused "persons.unknown" (either of them), "persons.own_deputy", "persons.absence_overlaps".
    """
    ids = person_id(person), person_id(deputy)
    for account in ids:
        if persons.find(connection, account) is None:
            raise Refused("persons.unknown", person=account)
    if ids[0] == ids[1]:
        raise Refused("persons.own_deputy", person=ids[0])
    for one in absences(connection):
        if one.person == ids[0] and one.ended_at is None and one.first <= last and first <= one.last:
            raise Refused("persons.absence_overlaps", person=ids[0], first=one.first, last=one.last)
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
