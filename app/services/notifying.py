"""How people and programs are told: the channels, the readers, the queue and its dead letters, a test, the tray."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from alerts.finding import Finding
from app.credentials import Kept, Keys
from app.events import Events, NoticesChanged
from app.notifications.delivery import Undelivered
from app.refusals import Misused, Refused
from app.services import letters
from app.services.bank_days import BankDays
from app.services.delivering import Delivering, Hold, Ways, hold
from app.services.posting import is_named, settings_of
from app.services.reaching import SECRETS, open_channels
from app.services.subscribing import Subscribing
from app.storage import absences, answers, audit, outbox, persons
from app.storage.answers import StoredNotice
from app.storage.database import Database
from app.storage.outbox import WEBHOOK, Attempt, Channel, Content, Message, Reader, State
from app.storage.persons import person_id

#: A tray tells of so much at most; the inbox has it all.
_BUBBLE = 50


@dataclass(frozen=True, slots=True)
class ChannelStanding:
    """A channel: whether it is set up, where it leads, its secret, and what became of what it was given.

    `state` is "off", "ok", "waiting" or "failing"; `fault` and `detail` are those of the newest failure.
    """

    channel: Channel
    state: str
    where: str
    secret: Kept | None
    waiting: int
    dead: int
    last: datetime | None
    fault: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """A message as it stands now: who it is for, and what holds it back though nothing failed."""

    message: Message
    to: str
    hold: Hold | None


@dataclass(frozen=True, slots=True)
class Untold:
    """A notice for the tray; `deputy_of` are the names of those who are away and named on it."""

    notice: StoredNotice
    deputy_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """The page's answer: can people be reached, and what is in the way."""

    finding: Finding
    channels: tuple[ChannelStanding, ...]
    readers: tuple[tuple[Reader, str], ...]  # with the person's name


class Notifying:
    """What is told is decided where it happens (`posting`); here a person sees to it that it arrives."""

    def __init__(
        self,
        database: Database,
        events: Events,
        clock: Callable[[], datetime],
        user: str,
        keys: Keys,
        delivering: Delivering,
        ways: Ways,
        subscribing: Subscribing,
    ) -> None:
        self._database, self._events, self._clock, self._user = database, events, clock, user
        self._keys, self._delivering, self._ways = keys, delivering, ways
        self._subscribing, self._days = subscribing, BankDays(database)

    def standing(self) -> Standing:
        """Every channel and reader, and the sentence that answers whether people can be reached."""
        with self._database.read() as connection:
            bank = settings_of(connection)
            open_ = outbox.messages(connection, (State.WAITING, State.DEAD))
            last, people = outbox.last_sent(connection), outbox.readers(connection)
            names = {one.id: one.name for one in persons.persons(connection)}
        channels = tuple(self._channel(one, bank, open_, last.get(one)) for one in Channel)
        readers = tuple((one, names.get(id, id)) for id, one in people.items())
        return Standing(_finding(channels, readers, open_), channels, readers)

    def queue(self, states: tuple[State, ...] = (), limit: int | None = 200) -> tuple[Queued, ...]:
        """Messages in these states (none: all), newest first."""
        now = self._clock()
        with self._database.read() as connection:
            found = outbox.messages(connection, states, limit)
            people, silences = outbox.readers(connection), answers.silences(connection)
            names = {one.id: one.name for one in persons.persons(connection)}
            open_ = open_channels(settings_of(connection))
        return tuple(
            Queued(
                one,
                names.get(one.recipient, one.recipient),
                hold(one, people.get(one.recipient), silences, open_, now) if one.state is State.WAITING else None,
            )
            for one in found
        )

    def attempts(self, key: str) -> tuple[Attempt, ...]:
        """Every attempt of a message, oldest first; Misused "notifications.unknown"."""
        with self._database.read() as connection:
            message = outbox.find(connection, key)
            if message is None:
                raise Misused("notifications.unknown", key=key)
            return outbox.attempts(connection, message.id)

    def retry(self, key: str) -> Message:
        """Send a dead letter again, with its key; Misused "notifications.unknown", Refused "notifications.not_dead"."""
        return self._moved(key, State.WAITING, "")

    def drop(self, key: str, reason: str) -> Message:
        """A dead letter need not arrive any more; Refused "notifications.reason_missing", "notifications.not_dead"."""
        if not reason.strip():
            raise Refused("notifications.reason_missing")
        return self._moved(key, State.DROPPED, reason.strip())

    def deliver(self) -> int:
        """Send what is due now; how many messages arrived."""
        return self._delivering.deliver()

    def test(self, channel: Channel, person: str | None = None) -> Finding:
        """Send one message that says it is a test, now and not through the outbox.

        Refused "notifications.off", "notifications.no_address", "notifications.undelivered".
        """
        now, id = self._clock(), person_id(person or self._user)
        with self._database.read() as connection:
            way = self._ways(settings_of(connection), now).get(channel)
            reader = outbox.readers(connection).get(id)
        if way is None:
            raise Refused("notifications.off", channel=channel.value)
        if channel is Channel.MAIL and (reader is None or not reader.email):
            raise Refused("notifications.no_address", person=id)
        to = WEBHOOK if channel is Channel.WEBHOOK else id
        key = outbox.key_of("test", channel.value, to, now.isoformat())
        trial = Message(key, channel, to, Content.TEST, None, {"who": self._user}, now, now)
        try:
            with way.open() as session:
                session.send(letters.letter([trial], reader, reader.email if reader is not None else ""))
        except Undelivered as error:
            self._record(now, "notifications.test", channel.value, {"fault": error.code})
            raise Refused("notifications.undelivered", fault=error.code, detail=error.detail) from error
        self._record(now, "notifications.test", channel.value, {"to": to})
        return Finding("notifications.tested", {"channel": channel.value})

    def keep_secret(self, channel: Channel, secret: str) -> None:
        """Put a channel's password or secret into the system's safe; Refused "credentials.…"."""
        self._keys.keep_password(SECRETS[channel], secret)
        self._record(self._clock(), "secret.keep", SECRETS[channel], {})
        self._events.publish(NoticesChanged())

    def remove_secret(self, channel: Channel) -> None:
        """Take it out again; Refused "credentials.…"."""
        self._keys.forget(SECRETS[channel])
        self._record(self._clock(), "secret.remove", SECRETS[channel], {})
        self._events.publish(NoticesChanged())

    def untold(self, after: int) -> tuple[Untold, ...]:
        """What the tray has not told yet (numbers above `after`), newest first: nothing hidden, nothing in quiet hours.

        In quiet hours all of it waits, unless a critical alert may break them. Who stands in for somebody today is told
        on whose behalf.
        """
        now, me, today = self._clock(), self._subscribing.reader(), self._days.of(self._clock())
        with self._database.read() as connection:
            found = [one for one in answers.notices(connection, _BUBBLE) if one.id > after and not one.hidden]
            absent = absences.stood_in_for(connection, self._user, today)
            names = {one.id: one.name for one in persons.persons(connection)}
        if not any(me.quiet_until(one.severity, now) is None for one in found):
            return ()
        return tuple(
            Untold(one, tuple(names.get(id, id) for id in sorted(absent) if is_named(one.recipient, id, names)))
            for one in found
        )

    def newest(self) -> int:
        """The number of the newest notice; 0 where there is none."""
        with self._database.read() as connection:
            return next((one.id for one in answers.notices(connection, 1)), 0)

    def _moved(self, key: str, state: State, reason: str) -> Message:
        now = self._clock()
        with self._database.write() as connection:
            message = outbox.find(connection, key)
            if message is None:
                raise Misused("notifications.unknown", key=key)
            if message.state is not State.DEAD:
                raise Refused("notifications.not_dead", key=key)
            after = replace(message, state=state, next_at=now, failing_since=None, attempts=0, held_until=None)
            outbox.put(connection, after, Attempt(now, state.value, message.fault, reason, self._user))
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="outbox.retry" if state is State.WAITING else "outbox.drop",
                subject=key,
                before={"state": message.state.value, "fault": message.fault},
                after={"state": state.value},
                reason=reason or None,
            )
        self._events.publish(NoticesChanged())
        return after

    def _record(self, now: datetime, action: str, subject: str, after: Mapping[str, object]) -> None:
        with self._database.write() as connection:
            audit.record(connection, at=now, who=self._user, action=action, subject=subject, after=dict(after))

    def _channel(
        self, channel: Channel, bank: Mapping[str, Any], open_: tuple[Message, ...], last: datetime | None
    ) -> ChannelStanding:
        mine = [one for one in open_ if one.channel is channel]
        waiting = [one for one in mine if one.state is State.WAITING]
        failed = next((one for one in mine if one.fault), None)
        if channel not in open_channels(bank):
            state = "off"
        elif any(one.fault for one in waiting) or len(waiting) < len(mine):
            state = "failing"
        else:
            state = "waiting" if waiting else "ok"
        return ChannelStanding(
            channel,
            state,
            bank["mail_server"] if channel is Channel.MAIL else bank["webhook_url"],
            self._keys.kept(SECRETS[channel]),
            len(waiting),
            len(mine) - len(waiting),
            last,
            failed.fault if failed is not None else "",
            failed.detail if failed is not None else "",
        )


def _finding(
    channels: tuple[ChannelStanding, ...], readers: tuple[tuple[Reader, str], ...], open_: tuple[Message, ...]
) -> Finding:
    """What stands in the way, gravest first."""
    dead = sum(one.dead for one in channels)
    waiting = [one for one in open_ if one.state is State.WAITING]
    failing = [one for one in waiting if one.failing_since is not None]
    last = max((one.last for one in channels if one.last is not None), default=None)
    if dead:
        return Finding("notifications.dead", {"dead": dead})
    if all(one.state == "off" for one in channels):
        return Finding("notifications.off")
    if failing:
        oldest = min(failing, key=lambda one: one.failing_since or one.at)
        values = {"waiting": len(failing), "since": oldest.failing_since, "fault": oldest.fault}
        return Finding("notifications.failing", values)
    mail = next(one for one in channels if one.channel is Channel.MAIL)
    if mail.state != "off" and not any(one.email for one, _name in readers):
        return Finding("notifications.no_reader")
    if waiting:
        return Finding("notifications.waiting", {"waiting": len(waiting)})
    return Finding("notifications.nothing_yet") if last is None else Finding("notifications.fine", {"last": last})
