"""My work: the items, alerts and approvals of the acting person, and of those for whom it stands in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from alerts.alert import Alert
from app.events import Events, PersonsChanged
from app.refusals import Misused
from app.services.bank_days import BankDays
from app.services.deciding import Deciding
from app.services.monitoring import Monitoring
from app.services.reviewing import Reviewing
from app.storage import absences, audit, books, entries, hand, levels, limits, notices, persons, roles, templates
from app.storage.absences import Absence
from app.storage.database import Database
from app.storage.persons import person_id
from exposures.reviews.item import SETTLED, ReviewItem, Status


@dataclass(frozen=True, slots=True)
class Approval:
    """An item that waits for a checker; `why` says why the acting person cannot be it ("own", "role"), "": it can."""

    item: ReviewItem
    why: str = ""


class Working:
    """An owner is written as an account or as a person's name; both are the same person."""

    def __init__(
        self,
        database: Database,
        reviewing: Reviewing,
        deciding: Deciding,
        monitoring: Monitoring,
        events: Events,
        clock: Callable[[], datetime],
        user: str,
    ) -> None:
        self._database, self._days = database, BankDays(database)
        self._reviewing, self._deciding, self._monitoring = reviewing, deciding, monitoring
        self._events, self._clock, self._user = events, clock, user

    def names(self) -> frozenset[str]:
        """Every way in which the acting person, and whom it stands in for, is written as an owner; in small letters."""
        today = self._days.of(self._clock())
        with self._database.read() as connection:
            ids = {person_id(self._user), *absences.stood_in_for(connection, self._user, today)}
            known = {person.id: person.name for person in persons.persons(connection)}
        return frozenset(ids | {person_id(known[id]) for id in ids if id in known})

    def is_mine(self, owner: str | None) -> bool:
        """Whether an owner's name means the acting person, or somebody it stands in for today."""
        return owner is not None and person_id(owner) in self.names()

    def mine(self) -> tuple[ReviewItem, ...]:
        """The open items that are the acting person's to do, the first due first."""
        names = self.names()
        found = [
            item
            for made in self._reviewing.lists()
            for item in made.items
            if item.status not in SETTLED
            and not item.waits_for_checker
            and item.owner is not None
            and person_id(item.owner) in names
        ]
        return tuple(sorted(found, key=_pressing))

    def alerts(self) -> tuple[Alert, ...]:
        """The open alerts of rules, or acknowledged, under one of one's names."""
        names = self.names()
        return tuple(
            alert
            for alert in self._monitoring.alerts()
            if person_id(alert.acknowledgement.owner if alert.acknowledgement else alert.rule.owner) in names
        )

    def approvals(self) -> tuple[Approval, ...]:
        """What waits for a checker, what the acting person can confirm first; one's own never can be."""
        with self._database.read() as connection:
            role = roles.acting(connection, self._user).role
        found = []
        for made in self._reviewing.lists():
            for item in made.items:
                if item.waits_for_checker:
                    own = self._deciding.own(item)
                    why = "own" if own else "" if roles.may(role, "reviews.approved") else "role"
                    found.append(Approval(item, why))
        return tuple(sorted(found, key=lambda one: (bool(one.why), _pressing(one.item))))

    def elsewhere(self) -> tuple[tuple[str, int], ...]:
        """What else waits for a second person, whom the acting one can be: kinds with how many, none that is empty."""
        with self._database.read() as connection:
            makers = {
                "notices": [one.maker for one in notices.notices(connection) if one.waits_for_checker],
                "texts": [one.maker for one in templates.versions(connection) if one.approved is None],
                "by_hand": [one.who for one in hand.entries(connection) if one.approved is None],
                "excesses": [one.user for one in limits.excesses(connection) if one.approved is None],
                "levels": [one.who for one in levels.levels(connection) if one.approved is None],
                "entries": [one.who for one in entries.entries(connection, waiting=True)],
                "books": [one.user for one in books.waiting(connection)],
            }
        me = person_id(self._user)
        found = {kind: sum(person_id(maker) != me for maker in made) for kind, made in makers.items()}
        return tuple((kind, count) for kind, count in found.items() if count)

    def set_absence(self, person: str, deputy: str, first: date, last: date) -> Absence:
        """Somebody stands in for a person; officers say so of themselves, administrators of everybody.

        Misused "persons.absence_days", "persons.absence_over"; Refused "persons.unknown", "persons.has_left",
        "persons.own_deputy", "persons.absence_overlaps", "persons.deputy_away", "persons.stands_in",
        "persons.role_needed".
        """
        now = self._clock()
        if last < first:
            raise Misused("persons.absence_days", first=first, last=last)
        if last < self._days.of(now):
            raise Misused("persons.absence_over", last=last)
        with self._database.write() as connection:
            self._may_speak_for(person, connection)
            made = absences.add(connection, person, deputy, first, last, self._user, now)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="absence.set",
                subject=f"person {made.person}",
                after={"deputy": made.deputy, "first": first, "last": last},
            )
        self._events.publish(PersonsChanged())
        return made

    def end_absence(self, number: int) -> Absence:
        """Take an absence back; Refused "persons.no_absence", "persons.role_needed"."""
        now = self._clock()
        with self._database.write() as connection:
            ended = absences.end(connection, number, now)
            self._may_speak_for(ended.person, connection)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="absence.end",
                subject=f"person {ended.person}",
                before={"deputy": ended.deputy, "first": ended.first, "last": ended.last},
            )
        self._events.publish(PersonsChanged())
        return ended

    def absences(self) -> tuple[Absence, ...]:
        """Every absence that holds or will, the newest first."""
        today = self._days.of(self._clock())
        with self._database.read() as connection:
            found = absences.absences(connection)
        return tuple(one for one in found if one.ended_at is None and one.last >= today)

    def _may_speak_for(self, person: str, connection: Connection) -> None:
        """Somebody else's absence is an administrator's to set."""
        if person_id(person) != person_id(self._user):
            roles.require(connection, self._user, "person.role")


def _pressing(item: ReviewItem) -> tuple[bool, date, str]:
    return item.status is Status.RELEASE_PROPOSED, item.due or date.max, item.id
