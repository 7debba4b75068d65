"""Emptying the outbox: at least once, each reader for himself, what failed later again, what piled up as one digest."""

import logging
import random
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from alerts.notices import Silence
from app.events import Events, NoticesChanged
from app.notifications.delivery import Letter, Undelivered, Way, wait
from app.services import letters
from app.services.posting import settings_of
from app.storage import answers, outbox
from app.storage.database import Database
from app.storage.outbox import Attempt, Channel, Content, Message, Reader, State

if TYPE_CHECKING:
    from app.scheduler import Scheduler

log = logging.getLogger(__name__)

#: What waits in quiet hours, and goes out as one digest where it piled up.
_PILING = frozenset({Content.ALERT, Content.SILENCE, Content.UNANSWERED})
#: So long a message belongs to the program that sends it; after that its program has died.
LEASE = timedelta(minutes=10)
#: The bank's channels as they are set up at an instant; one that is off is not in it.
Ways = Callable[[Mapping[str, Any], datetime], Mapping[Channel, Way]]
#: The letter of a notice with its enclosure.
Enclosing = Callable[[Message], Letter]


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a message waits though nothing failed ("quiet", "silence", "off"), and until when."""

    why: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What one pass goes by, all of one moment."""

    now: datetime
    bank: Mapping[str, Any]
    readers: Mapping[str, Reader]
    silences: Sequence[Silence]
    ways: Mapping[Channel, Way]


def hold(
    message: Message, reader: Reader | None, silences: Iterable[Silence], open_: Iterable[Channel], now: datetime
) -> Hold | None:
    """What holds a message back at `now`: its channel, a silence, its reader's quiet hours; None where nothing does."""
    if message.channel not in open_:
        return Hold("off")
    if message.kind is Content.ALERT:
        facts = message.facts
        for silence in silences:
            if silence.runs(now) and silence.fits(facts["rule"], facts["family"], message.severity, facts["labels"]):
                return Hold("silence", silence.until)
    if message.kind in _PILING and reader is not None:
        quiet = reader.quiet_until(message.severity, now)
        if quiet is not None:
            return Hold("quiet", quiet)
    return None


class Delivering:
    """One of these in each program; several on one workspace share the work, a message being sent is not taken twice.

    A program that dies between sending and writing it down leaves the message waiting: it goes out again, with the
    same key, by which its receiver recognises it.
    """

    def __init__(
        self,
        database: Database,
        events: Events,
        clock: Callable[[], datetime],
        ways: Ways,
        dice: random.Random,
        enclosing: Enclosing | None = None,
        *,
        sample: bool = False,
        every: float = 15.0,
    ) -> None:
        self._database, self._events, self._clock = database, events, clock
        self._ways, self._dice, self._enclosing = ways, dice, enclosing
        self._sample, self._every = sample, every
        self._scheduler: Scheduler | None = None
        self._ending = threading.Event()
        self._working = threading.Lock()

    def start(self) -> None:
        """Deliver from now on, in a thread of its own; a sample workspace tells nobody."""
        if self._sample or self._scheduler is not None:
            return
        from app.scheduler import Scheduler  # commands that deliver nothing do not load it

        self._ending.clear()
        self._scheduler = Scheduler(self.deliver, self._every)
        self._scheduler.start()

    def stop(self) -> None:
        """Deliver no longer; the letter that is under way is finished, and no thread is left."""
        self._ending.set()
        if self._scheduler is not None:
            self._scheduler.stop()
            self._scheduler = None

    def deliver(self) -> int:
        """Send what is due; how many messages arrived. A sample workspace tells nobody."""
        if self._sample or not self._working.acquire(blocking=False):
            return 0
        try:
            with self._database.read() as connection:
                waiting = outbox.messages(connection, (State.WAITING,))
                if not waiting:
                    return 0
                now, bank = self._clock(), settings_of(connection)
                readers, silences = outbox.readers(connection), answers.silences(connection)
            known = _Known(now, bank, readers, silences, self._ways(bank, now))
            return self._pass(waiting, known)
        finally:
            self._working.release()

    def _pass(self, waiting: Iterable[Message], known: _Known) -> int:
        groups: dict[tuple[Channel, str], list[Message]] = {}
        for one in reversed(tuple(waiting)):  # oldest first
            groups.setdefault((one.channel, one.recipient), []).append(one)
        broken: set[Channel] = set()
        sent = moved = 0
        for (channel, recipient), group in groups.items():
            if channel in broken or self._ending.is_set():
                continue
            due = self._due(group, known.readers.get(recipient), known)
            if not due:
                continue
            with self._database.write() as connection:
                mine = outbox.claim(connection, due, known.now, known.now + LEASE)
            done, everywhere = self._send(channel, mine, known)
            sent, moved = sent + done, moved + len(mine)
            if everywhere:
                broken.add(channel)
        if moved:
            self._events.publish(NoticesChanged())
        return sent

    def _due(self, group: Sequence[Message], reader: Reader | None, known: _Known) -> list[Message]:
        """The group's messages that nothing holds, once one is due and none of them still waits after a failure."""
        free = [one for one in group if hold(one, reader, known.silences, known.ways, known.now) is None]
        failing = [one.next_at for one in free if one.attempts]
        if failing and max(failing) > known.now:
            return []
        return free if any(one.next_at <= known.now for one in free) else []

    def _send(self, channel: Channel, mine: Sequence[Message], known: _Known) -> tuple[int, bool]:
        """Send what was claimed; how many messages arrived, and whether the whole channel is broken."""
        digest = [one for one in mine if one.kind in _PILING]
        batches: list[Sequence[Message]] = [[one] for one in mine]
        if len(digest) >= known.bank["digest_from"]:
            batches = [digest, *([one] for one in mine if one not in digest)]
        arrived, open_ = 0, list(batches)
        try:
            with known.ways[channel].open() as session:
                while open_:
                    batch = open_[0]
                    try:
                        session.send(self._letter(batch, known))
                    except Undelivered as error:
                        if error.everywhere or error.code in ("cut", "timeout"):
                            raise
                        self._failed(batch, error, known.bank)
                    else:
                        self._arrived(batch)
                        arrived += len(batch)
                    open_.pop(0)
        except Undelivered as error:
            for batch in open_:
                self._failed(batch, error, known.bank)
            return arrived, error.everywhere
        except Exception:  # a fault of ours must not leave the rest of the queue unsent
            log.exception("a letter could not be made or sent")
            for batch in open_:
                self._failed(batch, Undelivered("fault"), known.bank)
        return arrived, False

    def _letter(self, batch: Sequence[Message], known: _Known) -> Letter:
        first = batch[0]
        if first.kind is Content.NOTICE and self._enclosing is not None:
            return self._enclosing(first)
        reader = known.readers.get(first.recipient)
        if first.channel is Channel.MAIL and (reader is None or not reader.email):
            raise Undelivered("no_address", permanent=True)
        return letters.letter(batch, reader, reader.email if reader is not None else "")

    def _arrived(self, batch: Sequence[Message]) -> None:
        now, key = self._clock(), letters.key(batch)
        with self._database.write() as connection:
            for one in batch:
                after = replace(one, state=State.SENT, sent_at=now, sent_in=key, attempts=one.attempts + 1)
                after = replace(after, held_until=None, fault="", detail="")
                outbox.put(connection, after, Attempt(now, State.SENT.value))

    def _failed(self, batch: Sequence[Message], error: Undelivered, bank: Mapping[str, Any]) -> None:
        now = self._clock()
        with self._database.write() as connection:
            for one in batch:
                since = one.failing_since or now
                too_long = now - since >= timedelta(hours=bank["give_up_hours"])
                dead = error.permanent or too_long
                after = replace(
                    one,
                    state=State.DEAD if dead else State.WAITING,
                    attempts=one.attempts + 1,
                    next_at=now + wait(one.attempts + 1, self._dice, error.retry_after),
                    held_until=None,
                    failing_since=since,
                    fault=error.code,
                    detail=error.detail,
                )
                outbox.put(connection, after, Attempt(now, after.state.value, error.code, error.detail))
