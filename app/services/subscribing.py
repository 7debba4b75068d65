"""How each person is reached: address, language, what they want to be told, and their quiet hours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from alerts.quiet_hours import QuietHours
from alerts.rule import FAMILIES
from app import i18n
from app.events import Events, NoticesChanged
from app.refusals import Misused
from app.services.configuring import is_address
from app.storage import audit, outbox
from app.storage.database import Database
from app.storage.outbox import Reader
from app.storage.persons import person_id


class Subscribing:
    """One row a person, under the account they work with; every change stands in the audit trail."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime], user: str) -> None:
        self._database, self._events, self._clock, self._user = database, events, clock, user

    def reader(self, person: str | None = None) -> Reader:
        """How a person (None: whoever is acting) is reached; as new where nobody has said so yet."""
        id = person_id(person or self._user)
        with self._database.read() as connection:
            return outbox.readers(connection).get(id, Reader(id))

    def set_reader(self, wanted: Reader) -> Reader:
        """Store how a person is reached, from now on.

        Misused "notifications.bad_address", "notifications.bad_language", "notifications.bad_zone",
        "notifications.bad_hours", "notifications.bad_family".
        """
        reader = replace(wanted, person=person_id(wanted.person), email=wanted.email.strip())
        _check(reader)
        now = self._clock()
        with self._database.write() as connection:
            before = outbox.put_reader(connection, reader)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="reader.set",
                subject=f"person {reader.person}",
                before=None if before is None else _plain(before),
                after=_plain(reader),
            )
        self._events.publish(NoticesChanged())
        return reader


def _check(reader: Reader) -> None:
    if reader.email and not is_address(reader.email):
        raise Misused("notifications.bad_address", text=reader.email)
    if reader.language not in i18n.LANGUAGES:
        raise Misused("notifications.bad_language", text=reader.language)
    for family in reader.families:
        if family not in FAMILIES:
            raise Misused("notifications.bad_family", text=family, known=FAMILIES)


def quiet_hours(hours: str, zone: str) -> QuietHours | None:
    """Quiet hours from what a person wrote ("22:00-07:00"; empty: none).

    Misused "notifications.bad_hours", "notifications.bad_zone".
    """
    if not hours.strip():
        return None
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise Misused("notifications.bad_zone", text=zone) from None
    begins, _dash, ends = hours.replace("\u2013", "-").partition("-")
    try:
        start, end = (time.fromisoformat(part.strip().zfill(5)) for part in (begins, ends))
    except ValueError:
        raise Misused("notifications.bad_hours", text=hours) from None
    if start == end or start.tzinfo is not None or end.tzinfo is not None:
        raise Misused("notifications.bad_hours", text=hours)
    return QuietHours(start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0), zone)


def _plain(one: Reader) -> dict[str, object]:
    quiet = one.quiet
    return {
        "email": one.email,
        "language": one.language,
        "families": list(one.families),
        "least": one.least.value,
        "resolved": one.resolved,
        "quiet": None if quiet is None else f"{quiet.start:%H:%M}-{quiet.end:%H:%M} {quiet.zone}",
        "critical_breaks": one.critical_breaks,
    }
