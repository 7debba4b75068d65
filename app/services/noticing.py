"""Risk notices: drafted from an item of L6 or L7, approved by a second person, sent, and followed to the reply."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from alerts.finding import Finding
from app.events import Events, NoticesChanged
from app.notifications import rendering
from app.notifications.delivery import Attachment, Letter, Undelivered
from app.notifications.templating import Text
from app.refusals import Misused, Refused
from app.services import review_inputs
from app.services.composing import TEMPLATES, Composing
from app.services.posting import settings_of
from app.services.reviewing import Reviewing
from app.settings import NOTICE_SETTINGS, REVIEW_SETTINGS
from app.storage import audit, notices, outbox, settings
from app.storage.database import Database
from app.storage.notices import Notice, Step, Taken
from app.storage.outbox import Channel, Content, Message, State
from app.storage.trail_holds import text_digest
from exposures.calendar import BankCalendar
from exposures.reviews.item import Action, ReviewItem, Status


class Stage(StrEnum):
    """How far a notice has come."""

    DRAFTED = "drafted"  # waits for a second person
    RETURNED = "returned"
    APPROVED = "approved"  # by mail: waits in the outbox; on paper: to be handed over
    UNDELIVERED = "undelivered"  # a dead letter of the outbox
    OUT = "out"
    OVERDUE = "overdue"  # not acknowledged, or not answered, in time
    ACKNOWLEDGED = "acknowledged"
    REPLIED = "replied"


@dataclass(frozen=True, slots=True)
class Standing:
    """A notice as it stands on the bank's day; `due` is when the next answer is."""

    notice: Notice
    stage: Stage
    due: date | None


class Noticing:
    """No notice leaves without a second person, and none with anything confidential in it, whatever its template."""

    def __init__(
        self,
        database: Database,
        reviewing: Reviewing,
        composing: Composing,
        events: Events,
        clock: Callable[[], datetime],
        user: str,
    ) -> None:
        self._database, self._reviewing, self._composing = database, reviewing, composing
        self._events, self._clock, self._user = events, clock, user

    def notices(self) -> tuple[Standing, ...]:
        """Every notice as it stands, newest first."""
        today = self._reviewing.today()
        with self._database.read() as connection:
            found = notices.notices(connection)
            sent = {one.facts["notice"]: one.state for one in outbox.messages(connection) if one.kind is Content.NOTICE}
        return tuple(_standing(one, sent.get(one.id), today) for one in found)

    def waiting(self) -> tuple[ReviewItem, ...]:
        """Items of L6 and L7 of which nobody drafted a notice yet, or only one that no longer holds."""
        with self._database.read() as connection:
            found = notices.notices(connection)
            values = settings.read(connection, "reviews", REVIEW_SETTINGS)
        moved = review_inputs.mark(values, "l6.moved")
        return tuple(
            item
            for made in self._reviewing.lists()
            if made.id in TEMPLATES
            for item in made.open_items
            if item.status is not Status.RELEASE_PROPOSED and not _holds(item, found, moved)
            if item.proposal.action is not Action.CALL_REPORT  # listed by hand, and gets no letter
        )

    def draft(self, item_id: str, language: str | None = None) -> Notice:
        """Draft the notice of an item, in its addressee's language or another one.

        Refused "notices.wrong_list", "notices.by_call" (listed by hand, and L7 writes no letter there),
        "notices.unchanged" (one of this episode holds: neither tier nor amount moved), "notices.bad_template",
        "notices.confidential" (the text says what its reader must not know).
        """
        item = self._reviewing.item(item_id)
        list_id = item.proposal.key.list_id
        if list_id not in TEMPLATES:
            raise Refused("notices.wrong_list", item=item.id)
        if item.proposal.action is Action.CALL_REPORT:
            raise Refused("notices.by_call", item=item.id)
        making = next(made.making for made in self._reviewing.lists() if made.id == list_id)
        assert making is not None  # an item was made by something
        now = self._clock()
        with self._database.read() as connection:
            values = settings.read(connection, "reviews", REVIEW_SETTINGS)
            if _holds(item, notices.notices(connection), moved := review_inputs.mark(values, "l6.moved")):
                raise Refused("notices.unchanged", item=item.id, moved=moved)
            addressee = _addressees(connection).get(item.proposal.key.subject, {})
            _calendar, today = self._calendar(connection, now)
        spoken = language or addressee.get("language") or ("zh_CN" if list_id == "L6" else "en")
        acknowledge, reply = review_inputs.answer_days(values, list_id, today)
        name = addressee.get("name") or item.proposal.name
        text = self._composing.text(item, making, spoken, acknowledge, reply, name)
        self._composing.refuse_leaks(item, text)
        key, proposal = item.proposal.key, item.proposal
        made = Notice(
            item.id, list_id, key.subject, key.country, key.episode, proposal.tier, proposal.amounts.immediate,
            making.currency, name, addressee.get("email", ""), spoken, text.subject,
            text.body, self._user, now, acknowledge, reply,
        )  # fmt: skip
        with self._database.write() as connection:
            stored = notices.add(connection, made)
            after = {"item": item.id, "addressee": made.addressee, "language": spoken, "heading": made.heading}
            after["digest"] = text_digest(made.heading, made.body)
            self._record(connection, now, "notice.draft", stored, after)
        self._events.publish(NoticesChanged())
        return stored

    def approve(self, number: int, comment: str = "") -> Notice:
        """Let a notice go: by mail through the outbox where its addressee has an address, else to be handed over.

        Refused "persons.same_person" for whoever drafted it, "notices.decided".
        """
        now = self._clock()
        with self._database.write() as connection:
            found = self._waiting_for_checker(connection, number)
            notices.take_step(connection, found, Taken(Step.APPROVED, self._user, now, comment.strip()))
            self._record(connection, now, "notice.approved", found, {"email": found.email}, comment)
            bank = settings_of(connection)
            if found.email and bank["mail_server"] and bank["mail_sender"]:
                key = outbox.key_of("notice", str(found.id))
                told = {"notice": found.id, "subject": found.heading}
                outbox.add(connection, [Message(key, Channel.MAIL, found.email, Content.NOTICE, None, told, now, now)])
        self._events.publish(NoticesChanged())
        return self._find(number)

    def give_back(self, number: int, reason: str) -> Notice:
        """Return a draft; Refused "notices.reason_missing", "persons.same_person", "notices.decided"."""
        if not reason.strip():
            raise Refused("notices.reason_missing")
        now = self._clock()
        with self._database.write() as connection:
            found = self._waiting_for_checker(connection, number)
            notices.take_step(connection, found, Taken(Step.RETURNED, self._user, now, reason.strip()))
            self._record(connection, now, "notice.returned", found, {}, reason)
        self._events.publish(NoticesChanged())
        return self._find(number)

    def note(self, number: int, step: Step, comment: str) -> Notice:
        """What became of a notice that is out: handed over, acknowledged, replied (with what was said).

        Refused "notices.not_out", "notices.noted", "notices.reason_missing".
        """
        if step in (Step.APPROVED, Step.RETURNED):
            raise Misused("notices.wrong_step", step=step.value)
        if not comment.strip():
            raise Refused("notices.reason_missing")
        now = self._clock()
        with self._database.write() as connection:
            found = notices.find(connection, number)
            if not found.is_out:
                raise Refused("notices.not_out", notice=found.number)
            if step in found.steps:
                raise Refused("notices.noted", notice=found.number)
            notices.take_step(connection, found, Taken(step, self._user, now, comment.strip()))
            self._record(connection, now, f"notice.{step.value}", found, {}, comment)
        self._events.publish(NoticesChanged())
        return self._find(number)

    def pdf(self, number: int) -> bytes:
        """The notice on paper; until it is approved it says that it is a draft."""
        return self._composing.paper(self._find(number))

    def letter(self, message: Message) -> Letter:
        """What the outbox sends: the approved text, as HTML too, and enclosed as PDF; the same at every attempt."""
        found = self._find(int(message.facts["notice"]))
        if not found.is_out:
            raise Undelivered("content_refused", permanent=True)
        text = Text(found.heading, found.body)
        file = Attachment(f"{found.number}.pdf", "application/pdf", self._composing.paper(found))
        html = rendering.letter_html(text.paragraphs, found.language)
        return Letter(message.key, (message.key,), found.email, found.heading, found.body + "\n", html, b"", (file,))

    def _find(self, number: int) -> Notice:
        with self._database.read() as connection:
            return notices.find(connection, number)

    def _waiting_for_checker(self, connection: Connection, number: int) -> Notice:
        found = notices.find(connection, number)
        if not found.waits_for_checker:
            raise Refused("notices.decided", notice=found.number)
        return found

    def _calendar(self, connection: Connection, now: datetime) -> tuple[BankCalendar, date]:
        values = settings.read(connection, "reviews", REVIEW_SETTINGS)
        today = now.astimezone(ZoneInfo(values["time_zone"])).date()
        return review_inputs.calendar(values, today), today

    def _record(
        self, connection: Connection, now: datetime, action: str, of: Notice, after: object, reason: str = ""
    ) -> None:
        audit.record(
            connection, at=now, who=self._user, action=action, subject=f"notice {of.id}", after=after,
            reason=reason.strip() or None,
        )  # fmt: skip


def _addressees(connection: Connection) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = settings.read(connection, "notices", NOTICE_SETTINGS)["addressees"]
    return found


def finding(found: Sequence[Standing]) -> Finding:
    """What the notices ask for: none yet, so many overdue or for a checker, or nothing."""
    checker = sum(one.stage is Stage.DRAFTED for one in found)
    overdue = sum(one.stage in (Stage.OVERDUE, Stage.UNDELIVERED) for one in found)
    if not found:
        return Finding("notices.none")
    if overdue:
        return Finding("notices.overdue", {"overdue": overdue})
    if checker:
        return Finding("notices.waiting", {"checker": checker})
    return Finding("notices.nothing_to_do", {"all": len(found)})


def _holds(item: ReviewItem, found: tuple[Notice, ...], percent: Decimal) -> bool:
    """Whether the newest notice about the item's episode still says it: the tier did not rise, X moved little."""
    key = item.proposal.key
    mine = [
        one
        for one in found
        if (one.list_id, one.subject, one.country, one.episode) == (key.list_id, key.subject, key.country, key.episode)
        and Step.RETURNED not in one.steps
    ]
    if not mine:
        return False
    last = mine[0]
    rose = item.proposal.tier < last.tier  # A is above B
    moved = abs(item.proposal.amounts.immediate - last.amount) * 100 >= last.amount * percent
    return not rose and not moved


def _standing(one: Notice, sent: State | None, today: date) -> Standing:
    if Step.RETURNED in one.steps:
        return Standing(one, Stage.RETURNED, None)
    if not one.is_out:
        return Standing(one, Stage.DRAFTED, None)
    if Step.REPLIED in one.steps:
        return Standing(one, Stage.REPLIED, None)
    acknowledged = Step.ACKNOWLEDGED in one.steps or one.acknowledge_by is None
    due = one.reply_by if acknowledged else one.acknowledge_by
    if sent is State.DEAD and Step.HANDED not in one.steps and Step.ACKNOWLEDGED not in one.steps:
        return Standing(one, Stage.UNDELIVERED, due)
    if due is not None and due < today:
        return Standing(one, Stage.OVERDUE, due)
    if Step.ACKNOWLEDGED in one.steps:
        return Standing(one, Stage.ACKNOWLEDGED, due)
    gone = sent is State.SENT or Step.HANDED in one.steps
    return Standing(one, Stage.OUT if gone else Stage.APPROVED, due)
