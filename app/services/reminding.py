"""Telling once that a risk notice which is out has no answer: on the first business day after it was due."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from alerts.notices import Told
from alerts.rule import Severity
from app.events import Events, NoticesChanged
from app.services.bank_days import BankDays
from app.services.posting import Telling, Unanswered, post
from app.storage import answers, notices
from app.storage.answers import StoredNotice
from app.storage.database import Database
from app.storage.notices import Notice, Step
from app.storage.persons import person_id
from exposures.calendar import BankCalendar


class Reminding:
    """An institution acknowledges within two bank business days (CALCULATIONS 12, L6), so that the third tells of it;
    the reply is a second date, and the only one of a client.
    """

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime]) -> None:
        self._database, self._events, self._clock = database, events, clock
        self._days = BankDays(database)

    def attend(self) -> int:
        """Tell who drafted a notice and who approved it that nobody answered, in the inbox and by mail.

        How many notices that was. Idempotent: each date that passes is told once to each of the two.
        """
        now = self._clock()
        with self._database.read() as connection:
            found = [one for one in notices.notices(connection) if one.is_out and Step.REPLIED not in one.steps]
            there = {one.key for one in answers.notices(connection)} if found else set()
        if not found:
            return 0
        today = self._days.of(now)
        calendar = self._days.calendar(today)
        late = [one for each in found for one in _late(each, calendar, today, now) if one.notice.key not in there]
        if not late:
            return 0
        with self._database.write() as connection:
            new = post(connection, late, now)
        if new:
            self._events.publish(NoticesChanged())
        return new


def _late(one: Notice, calendar: BankCalendar, today: date, now: datetime) -> Iterator[Telling]:
    acknowledged = Step.ACKNOWLEDGED in one.steps or one.acknowledge_by is None
    due = one.reply_by if acknowledged or one.acknowledge_by is None else one.acknowledge_by
    if today < calendar.add(due, 1):
        return
    about = Unanswered(one.number, one.list_id, due, acknowledged)
    for who in sorted({person_id(one.maker), person_id(one.steps[Step.APPROVED].who)}):
        key = f"letter/{one.number}/{'reply' if acknowledged else 'acknowledge'}/{who}"
        yield Telling(StoredNotice(key, 0, Told.UNANSWERED, Severity.WARNING, due, now, who), letter=about)
