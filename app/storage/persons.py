"""The persons of a workspace, and the one rule that every second-person step asks here: never the same person."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection, select

from app.refusals import Refused
from app.storage.tables.persons import person


class Role(Enum):
    """What a person may do; each may do what the ones before may."""

    VIEWER = "viewer"
    OFFICER = "officer"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here; `id` is the account's name in small letters."""

    id: str
    name: str
    role: Role
    since: datetime | None = None  # none for an account that nobody has written down yet
    left: datetime | None = None  # works here no longer: may look, and is told nothing


def person_id(account: str) -> str:
    """An account's name as it is compared: "Li " and "li" are one person."""
    return account.strip().casefold()


def persons(connection: Connection) -> tuple[Person, ...]:
    """Everybody who is written down, by id."""
    rows = connection.execute(select(person).order_by(person.c.id))
    return tuple(Person(row.id, row.name, Role(row.role), row.since, row.left_at) for row in rows)


def present(connection: Connection) -> tuple[Person, ...]:
    """Everybody who is written down and has not left, by id."""
    return tuple(one for one in persons(connection) if one.left is None)


def find(connection: Connection, account: str) -> Person | None:
    """Who has this account; None where nobody wrote it down."""
    row = connection.execute(select(person).where(person.c.id == person_id(account))).one_or_none()
    return None if row is None else Person(row.id, row.name, Role(row.role), row.since, row.left_at)


def add(connection: Connection, new: Person, since: datetime) -> None:
    """Write somebody down; Refused "persons.known" where the id is taken."""
    if find(connection, new.id) is not None:
        raise Refused("persons.known", person=new.id)
    row = {"id": person_id(new.id), "name": new.name, "role": new.role.value, "since": since}
    connection.execute(person.insert().values(row))


def change_role(connection: Connection, account: str, role: Role) -> Person:
    """Give somebody another role and return who it was before.

    Refused "persons.unknown", and "persons.last_administrator" where nobody would be left to administer.
    """
    before = find(connection, account)
    if before is None:
        raise Refused("persons.unknown", person=account)
    if role is not Role.ADMINISTRATOR:
        _refuse_last_administrator(connection, before)
    connection.execute(person.update().where(person.c.id == before.id).values(role=role.value))
    return before


def set_left(connection: Connection, account: str, left: datetime | None) -> Person:
    """Somebody works here no longer (None: works here again); who it was before.

    Refused "persons.unknown", "persons.last_administrator".
    """
    before = find(connection, account)
    if before is None:
        raise Refused("persons.unknown", person=account)
    if left is not None:
        _refuse_last_administrator(connection, before)
    connection.execute(person.update().where(person.c.id == before.id).values(left_at=left))
    return before


def _refuse_last_administrator(connection: Connection, leaving: Person) -> None:
    others = [one for one in present(connection) if one.role is Role.ADMINISTRATOR and one.id != leaving.id]
    if leaving.role is Role.ADMINISTRATOR and not others:
        raise Refused("persons.last_administrator", person=leaving.name)


def refuse_same_person(connection: Connection, maker: str, checker: str) -> None:
    """Every step that needs a second person asks this in its own unit of work.

    Refused "persons.same_person" where both are one (however the account is written), and "persons.nobody" where one
    of them is not named.
    """
    first, second = person_id(maker), person_id(checker)
    if not first or not second:
        raise Refused("persons.nobody")
    if first == second:
        known = find(connection, second)
        raise Refused("persons.same_person", person=second if known is None else known.name)
