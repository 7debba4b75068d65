"""A second person's look at a book before it counts: a setting, off as shipped."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from app.events import BookChanged, Events
from app.refusals import Misused, Refused
from app.settings import Setting
from app.storage import audit, books, persons, settings
from app.storage.books import Batch, Status
from app.storage.database import Database

ROOM = "books"
#: Off as shipped: one user alone could never bring a book in.
APPROVAL = Setting("approval", bool, False, "Whether a second person approves every book before it counts.")


class Approving:
    """Books that wait are stored and visible to nobody but who decides; approving adds one status row."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime], user: str) -> None:
        self._database = database
        self._events = events
        self._clock = clock
        self._user = user

    def is_on(self) -> bool:
        """Whether books wait for a second person."""
        with self._database.read() as connection:
            return bool(settings.read(connection, ROOM, (APPROVAL,))[APPROVAL.key])

    def switch(self, on: bool) -> None:
        """Ask for a second person from now on, or no more; Refused book.one_person where there is nobody else."""
        with self._database.write() as connection:
            others = [one for one in persons.present(connection) if one.id != persons.person_id(self._user)]
            if on and not others:
                raise Refused("book.one_person")
            settings.put(connection, ROOM, APPROVAL, on, at=self._clock(), who=self._user)

    def waiting(self) -> list[Batch]:
        """The books that wait, newest first."""
        with self._database.read() as connection:
            return books.waiting(connection)

    def decide(self, number: int, approve: bool, reason: str | None = None) -> Batch:
        """Let a waiting book count, or return it; whose place it takes is superseded.

        Misused book.unknown_batch; Refused book.not_waiting, book.reason_missing (to return one), persons.same_person.
        """
        now = self._clock()
        with self._database.write() as connection:
            batch = next((item for item in books.batches(connection) if item.id == number), None)
            if batch is None:
                raise Misused("book.unknown_batch", batch=number)
            if batch.status is not Status.WAITING:
                raise Refused("book.not_waiting", batch=number)
            persons.refuse_same_person(connection, batch.user, self._user)
            if not approve and not (reason or "").strip():
                raise Refused("book.reason_missing", batch=number)
            standing = [item for item in books.visible(connection) if item.reporting_date == batch.reporting_date]
            if approve:
                for item in standing:
                    books.set_status(connection, item.id, Status.SUPERSEDED, now, self._user, batch.reason)
                books.set_status(connection, number, Status.COMMITTED, now, self._user, reason)
            else:
                books.set_status(connection, number, Status.WITHDRAWN, now, self._user, reason)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="book.approve" if approve else "book.return",
                subject=f"book {batch.reporting_date.isoformat()}",
                before={"batch": number, "status": Status.WAITING.value},
                after={"batch": number, "superseded": [item.id for item in standing] if approve else []},
                reason=reason,
                data={"batch": number},
            )
        self._events.publish(BookChanged())
        return batch


def asked_for(connection: Connection) -> bool:
    """Whether books wait, as the unit of work that stores one sees it."""
    return bool(settings.read(connection, ROOM, (APPROVAL,))[APPROVAL.key])
