"""Who works with the workspace, and who is acting now."""

from collections.abc import Callable
from datetime import datetime

from app.refusals import Misused, Refused
from app.storage import audit, persons, roles
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
            known, acting = persons.persons(connection), roles.acting(connection, self._user)
        return tuple(sorted({*known, acting}, key=lambda person: person.id))

    def acting(self) -> Person:
        """The person at work: whose account the program runs under."""
        with self._database.read() as connection:
            return roles.acting(connection, self._user)

    def may(self, action: str) -> bool:
        """Whether the acting person's role is enough for an action of the audit trail ("limits.set")."""
        return roles.may(self.acting().role, action)

    def least(self, action: str) -> Role:
        """The least role that an action needs."""
        return roles.least(action)

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
            roles.require(connection, self._user, "person.add")  # before it writes the acting person down
            acting = roles.acting(connection, self._user)
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
            before = persons.find(connection, account)
            if before is None:
                raise Refused("persons.unknown", person=account)
            # Recorded first: who gives the administration away is asked for the role as it still is.
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="person.role",
                subject=f"person {before.id}",
                before={"role": before.role.value},
                after={"role": role.value},
            )
            persons.change_role(connection, account, role)
        return Person(before.id, before.name, role, before.since)
