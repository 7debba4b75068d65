"""Who works with the workspace, and who is acting now."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.refusals import Misused
from app.storage import audit, persons
from app.storage.database import Database
from app.storage.persons import Person, Role, person_id

_LONGEST_ID, _LONGEST_NAME = 128, 255


class Staffing:
    """Persons are written down under the account they work with.

    Until somebody is written down as administrator, whoever works here is one; after that, an account that nobody has
    written down is an officer's.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], user: str) -> None:
        self._database = database
        self._clock = clock
        self._user = user

    def persons(self) -> tuple[Person, ...]:
        """Everybody who is written down, and the acting person; by id."""
        with self._database.read() as connection:
            known = persons.persons(connection)
        return tuple(sorted({*known, self._acting(known)}, key=lambda person: person.id))

    def acting(self) -> Person:
        """The person at work: whose account the program runs under."""
        with self._database.read() as connection:
            return self._acting(persons.persons(connection))

    def add(self, account: str, name: str, role: Role) -> Person:
        """Write somebody down; the acting person too, if nobody has yet.

        Misused "persons.bad_id", "persons.bad_name"; Refused "persons.known".
        """
        id, name = person_id(account), name.strip()
        if not id or len(id) > _LONGEST_ID or not id.isprintable():
            raise Misused("persons.bad_id", most=_LONGEST_ID)
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            raise Misused("persons.bad_name", most=_LONGEST_NAME)
        now = self._clock()
        added = Person(id, name, role, now)
        with self._database.write() as connection:
            acting = self._acting(persons.persons(connection))
            for one in (added,) if acting.since is not None or acting.id == id else (acting, added):
                persons.add(connection, one, now)
                audit.record(
                    connection,
                    at=now,
                    who=self._user,
                    action="person.add",
                    subject=f"person {one.id}",
                    after={"name": one.name, "role": one.role.value},
                )
        return added

    def change_role(self, account: str, role: Role) -> Person:
        """Give somebody who is written down another role; Refused "persons.unknown", "persons.last_administrator"."""
        now = self._clock()
        with self._database.write() as connection:
            before = persons.change_role(connection, account, role)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="person.role",
                subject=f"person {before.id}",
                before={"role": before.role.value},
                after={"role": role.value},
            )
        return Person(before.id, before.name, role, before.since)

    def _acting(self, known: Sequence[Person]) -> Person:
        id = person_id(self._user)
        administered = any(person.role is Role.ADMINISTRATOR for person in known)
        unknown = Person(id, self._user, Role.OFFICER if administered else Role.ADMINISTRATOR)
        return next((person for person in known if person.id == id), unknown)
