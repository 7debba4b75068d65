"""What people add by hand: countries and counterparties they flag, items they list, and dated notes."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from app.events import Events, ReviewsChanged
from app.refusals import Misused, Refused
from app.services import review_inputs
from app.services.bank_days import BankDays
from app.services.surveying import Surveying
from app.settings import REVIEW_SETTINGS
from app.storage import audit, hand, supplied
from app.storage import settings as stored_settings
from app.storage.database import Database
from app.storage.hand import Note
from exposures import countries
from exposures.lines import counterparty_keys
from exposures.reviews.by_hand import LISTS, HandEntry
from exposures.reviews.hand_subjects import KINDS as KINDS_OF
from exposures.reviews.hand_subjects import Subject, find, subjects
from exposures.reviews.measuring import measure
from exposures.reviews.review_list import ReviewBook

KINDS = ("country", "counterparty")


class Noting:
    """An entry counts from the next making on, once a second person confirmed it; a note counts at once."""

    def __init__(
        self, database: Database, surveying: Surveying, events: Events, clock: Callable[[], datetime], user: str
    ) -> None:
        self._database, self._surveying, self._days = database, surveying, BankDays(database)
        self._events, self._clock, self._user = events, clock, user

    def flag_country(self, country: str, tier: str, reason: str, source: str, until: date) -> HandEntry:
        """Propose to flag a country; Misused "hand.unknown_country", "hand.bad_tier"; Refused as `_propose`."""
        if tier not in ("A", "B"):
            raise Misused("hand.bad_tier", tier=tier)
        return self._propose("country", None, "", self._country(country), tier, reason, source, until)

    def flag_counterparty(self, subject: str, reason: str, source: str, until: date) -> HandEntry:
        """Propose to put a counterparty of the newest book on L1; Refused "hand.unknown_subject" and as `_propose`."""
        return self._propose("counterparty", None, *self._subject(subject), None, reason, source, until)

    def add_item(
        self, list_id: str, subject: str, reason: str, source: str, until: date, country: str | None = None
    ) -> HandEntry:
        """Propose to put a subject of the newest book on a list; `country` where the subject stands in several.

        Misused "hand.bad_list", "hand.unknown_country"; Refused "hand.not_of_list", "hand.country_needed" and as
        `_propose`.
        """
        place = None if country is None else self._country(country)
        every = self.subjects(list_id)
        found = find(subject, place, every)
        if not found:
            raise Refused("hand.not_of_list", subject=subject, list=list_id, country=place, kinds=KINDS_OF[list_id])
        if len(found) > 1:
            choices = tuple((one.key, one.country) for one in found)
            raise Refused("hand.country_needed", subject=subject, list=list_id, choices=choices)
        (one,) = found
        return self._propose("item", list_id, one.key, one.country, None, reason, source, until)

    def subjects(self, list_id: str) -> tuple[Subject, ...]:
        """What of the newest book can be put on a list; Misused "hand.bad_list"."""
        if list_id not in LISTS:
            raise Misused("hand.bad_list", list=list_id, known=LISTS)
        batch = self._surveying.batches()[-1:]
        if not batch:
            raise Refused("reviews.no_book")
        claims = measure(ReviewBook(self._surveying.book(batch[0].id), f"v{batch[0].id}", batch[0].file_name))
        with self._database.read() as connection:
            given = supplied.in_force(connection)
        return subjects(list_id, claims, given, review_inputs.local_currencies())

    def decide(self, number: int, approve: bool, reason: str = "") -> HandEntry:
        """Confirm or return an entry as the second person.

        Refused "hand.unknown", "hand.decided", "hand.reason_missing" (to return one), "persons.same_person".
        """
        if not approve and not reason.strip():
            raise Refused("hand.reason_missing")
        now = self._clock()
        with self._database.write() as connection:
            made = hand.decide_entry(connection, number, approve, self._user, now, reason.strip())
            self._record(connection, now, "hand.approve" if approve else "hand.return", made, reason.strip())
        self._events.publish(ReviewsChanged())
        return made

    def entries(self, *, holding: bool = False) -> tuple[HandEntry, ...]:
        """Every entry, the newest first; `holding`: those that count today."""
        today = self._days.of(self._clock())
        with self._database.read() as connection:
            return tuple(one for one in hand.entries(connection) if not holding or one.holds(today))

    def note(self, kind: str, subject: str, day: date, text: str) -> Note:
        """Write a note on a country or a counterparty.

        Misused "note.bad_kind", "hand.unknown_country"; Refused "note.empty", "note.in_future",
        "hand.unknown_subject".
        """
        if kind not in KINDS:
            raise Misused("note.bad_kind", kind=kind, known=KINDS)
        if not text.strip():
            raise Refused("note.empty")
        now = self._clock()
        today = self._days.of(now)
        if day > today:
            raise Refused("note.in_future", day=day, today=today)
        key = self._country(subject) if kind == "country" else self._subject(subject)[0]
        with self._database.write() as connection:
            made = hand.add_note(connection, Note(0, kind, key, day, text.strip(), self._user, now))
            after = {"day": day, "text": made.text, "number": made.id}
            audit.record(connection, at=now, who=self._user, action="note.add", subject=f"{kind} {key}", after=after)
        self._events.publish(ReviewsChanged())
        return made

    def withdraw(self, number: int, reason: str) -> Note:
        """Take a note back: it is no mark any more, and stays on record.

        Refused "note.no_reason", "note.unknown", "note.withdrawn".
        """
        if not reason.strip():
            raise Refused("note.no_reason")
        now = self._clock()
        with self._database.write() as connection:
            made = hand.withdraw_note(connection, number, self._user, now, reason.strip())
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="note.withdraw",
                subject=f"{made.kind} {made.subject}",
                before={"day": made.day, "text": made.text, "number": made.id},
                reason=reason.strip(),
            )
        self._events.publish(ReviewsChanged())
        return made

    def notes(self, kind: str, subject: str, as_of: datetime | None = None) -> tuple[Note, ...]:
        """The notes on a country (its code) or a counterparty (the book's key), by day: marks for its charts."""
        with self._database.read() as connection:
            return hand.notes(connection, kind, subject, as_of)

    def notes_on(self, kind: str, subject: str) -> tuple[Note, ...]:
        """The notes on a country or a counterparty as a person writes it; errors as `note`."""
        key = self._country(subject) if kind == "country" else self._subject(subject)[0]
        return self.notes(kind, key)

    def _propose(
        self,
        kind: str,
        list_id: str | None,
        subject: str,
        country: str,
        tier: str | None,
        reason: str,
        source: str,
        until: date,
    ) -> HandEntry:
        """Refused "hand.reason_missing", "hand.source_missing", "hand.until_past"."""
        now = self._clock()
        if not reason.strip():
            raise Refused("hand.reason_missing")
        if not source.strip():
            raise Refused("hand.source_missing")
        if until < (today := self._days.of(now)):
            raise Refused("hand.until_past", until=until, today=today)
        wanted = HandEntry(
            0, kind, list_id, subject, country, tier, reason.strip(), source.strip(), until, self._user, now
        )
        with self._database.write() as connection:
            made = hand.propose(connection, wanted)
            self._record(connection, now, "hand.propose", made, made.reason)
        self._events.publish(ReviewsChanged())
        return made

    def _country(self, text: str) -> str:
        code = countries.resolve(text)
        if code is None:
            raise Misused("hand.unknown_country", country=text, suggestion=countries.suggest(text))
        with self._database.read() as connection:
            home = stored_settings.read(connection, "reviews", REVIEW_SETTINGS)["home"]
        if code == home:
            raise Misused("hand.home", country=code)
        return code

    def _subject(self, text: str) -> tuple[str, str]:
        """A counterparty of the newest book by its key or its name, and its country."""
        claims = self._surveying.book().claims
        keys = counterparty_keys(claims).fillna("")
        wanted = text.strip().casefold()
        same = (keys.str.casefold() == wanted) | (claims["counterparty_name"].fillna("").str.casefold() == wanted)
        found = claims[same & claims["country"].notna()]
        if not wanted or found.empty:
            raise Refused("hand.unknown_subject", subject=text)
        return str(keys[found.index[0]]), str(found.iloc[0]["country"])

    def _record(self, connection: Connection, now: datetime, action: str, made: HandEntry, reason: str) -> None:
        after: dict[str, Any] = {"kind": made.kind, "list": made.list_id, "subject": made.subject, "tier": made.tier}
        after |= {"country": made.country, "until": made.until, "source": made.source, "approved": made.approved}
        audit.record(
            connection,
            at=now,
            who=self._user,
            action=action,
            subject=f"hand {made.id}",
            after=after,
            reason=reason or None,
        )
