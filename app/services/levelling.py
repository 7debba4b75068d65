"""Setting country-risk levels: one person proposes with a rationale, another approves."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from app.events import BookChanged, Events
from app.refusals import Misused, Refused
from app.storage import audit, levels
from app.storage.database import Database
from app.storage.levels import Level
from exposures import countries
from exposures.country_risk import LEVELS


class Levelling:
    """Levels are added, never changed; the newest approved one of a country is in force."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime], user: str) -> None:
        self._database, self._events, self._clock, self._user = database, events, clock, user

    def propose(self, country: str, level: str, rationale: str) -> Level:
        """Propose a level; it is in force once another person approves it.

        Misused "level.unknown_country", "level.bad_level"; Refused "level.rationale_missing".
        """
        code = countries.resolve(country)
        if code is None:
            raise Misused("level.unknown_country", country=country, suggestion=countries.suggest(country))
        if level not in LEVELS:
            raise Misused("level.bad_level", level=level, known=LEVELS)
        if not rationale.strip():
            raise Refused("level.rationale_missing", country=code)
        now = self._clock()
        with self._database.write() as connection:
            made = levels.propose(connection, code, level, rationale.strip(), self._user, now)
            self._record(connection, "level.propose", made, now, rationale.strip())
        self._events.publish(BookChanged())
        return made

    def decide(self, number: int, approve: bool, reason: str = "") -> Level:
        """Approve or return a proposal; Refused "level.unknown", "level.decided", "level.reason_missing" (to return
        one), "persons.same_person".
        """
        now = self._clock()
        if not approve and not reason.strip():
            raise Refused("level.reason_missing")
        with self._database.write() as connection:
            made = levels.decide(connection, number, approve, self._user, now, reason.strip())
            self._record(connection, "level.approve" if approve else "level.return", made, now, reason.strip())
        self._events.publish(BookChanged())
        return made

    def in_force(self) -> Mapping[str, Level]:
        """The level in force of every country that has one."""
        with self._database.read() as connection:
            return levels.in_force(connection)

    def proposals(self, country: str | None = None) -> tuple[Level, ...]:
        """Every proposal with its decision, newest first."""
        with self._database.read() as connection:
            return levels.levels(connection, country)

    def _record(self, connection: Connection, action: str, made: Level, now: datetime, reason: str) -> None:
        audit.record(
            connection,
            at=now,
            who=self._user,
            action=action,
            subject=f"level {made.country}",
            after={"level": made.level, "number": made.id, "approved": made.approved},
            reason=reason or None,
        )
