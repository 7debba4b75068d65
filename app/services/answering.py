"""What people and time answer to alerts: silences, outcomes, reminders, escalation, and the inbox of notices."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from alerts.alert import Alert
from alerts.inhibition import Firing
from alerts.notices import Silence, Told
from app.events import AlertsChanged, Event, Events, NoticesChanged
from app.refusals import Misused, Refused
from app.services.monitoring import Monitoring, number_of
from app.services.posting import Telling, hidden_by, inhibitions, post, settings_of
from app.storage import answers, audit
from app.storage.answers import Acted, Action, Outcome, StoredNotice
from app.storage.database import Database

#: Before a silence ends its author is reminded: a day before, of a short one a tenth of its length before [choice].
_REMINDER = timedelta(days=1)
#: Nobody silences for longer at once [choice].
LONGEST = timedelta(days=90)


class Answering:
    """A silence hides what is told and changes no state; an outcome is said once an alert has ended."""

    def __init__(
        self,
        database: Database,
        events: Events,
        clock: Callable[[], datetime],
        user: str,
        monitoring: Monitoring,
    ) -> None:
        self._database, self._events, self._clock, self._user = database, events, clock, user
        self._monitoring = monitoring

    def follow(self, event: Event) -> None:
        """What moved may have to be told to somebody else; subscribed where the program is built."""
        if isinstance(event, AlertsChanged):
            self.attend()

    def silence(
        self, matchers: Mapping[str, str], end: datetime, comment: str, start: datetime | None = None
    ) -> Silence:
        """Tell nobody of alerts that fit all `matchers` until `end`.

        Refused "silences.no_matcher", "silences.comment_missing", "silences.end_past", "silences.too_long".
        """
        now = self._clock()
        begins = start or now
        wanted = {name.strip(): text.strip() for name, text in matchers.items() if name.strip() and text.strip()}
        if not wanted:
            raise Refused("silences.no_matcher")
        if not comment.strip():
            raise Refused("silences.comment_missing")
        if end <= max(now, begins):
            raise Refused("silences.end_past", end=end)
        if end - begins > LONGEST:
            raise Refused("silences.too_long", days=LONGEST.days)
        made = Silence(0, wanted, begins, end, self._user, comment.strip())
        with self._database.write() as connection:
            number = answers.add_silence(connection, made, now)
            after = {"matchers": wanted, "start": begins, "end": end}
            self._record(connection, now, "silence.start", f"S-{number}", after, made.comment)
        self._events.publish(AlertsChanged())
        return self.silences()[0]

    def end_silence(self, number: int, reason: str) -> Silence:
        """End one before its time; Misused "silences.unknown", Refused "silences.over"."""
        now = self._clock()
        with self._database.write() as connection:
            found = next((one for one in answers.silences(connection) if one.id == number), None)
            if found is None:
                raise Misused("silences.unknown", id=number)
            if found.until <= now:
                raise Refused("silences.over", id=number)
            answers.end_silence(connection, number, now, self._user)
            before = {"start": found.start, "end": found.end}
            self._record(connection, now, "silence.end", f"S-{number}", {"ended": now}, reason.strip(), before)
        self._events.publish(AlertsChanged())
        return next(one for one in self.silences() if one.id == number)

    def silences(self, *, running: bool = False) -> tuple[Silence, ...]:
        """Every silence, newest first; `running`: those that hold or will."""
        now = self._clock()
        with self._database.read() as connection:
            every = answers.silences(connection)
        return tuple(one for one in every if not running or one.until > now)

    def silenced(self, alerts: Iterable[Alert]) -> dict[str, Silence]:
        """The silence that holds for each alert of which nobody is told now, by its id."""
        now, found = self._clock(), {}
        running = self.silences(running=True)
        for alert in alerts:
            for silence in running:
                if silence.runs(now) and silence.fits(alert.rule.id, alert.rule.family, alert.severity, alert.labels):
                    found[alert.id] = silence
        return found

    def close(self, alert_id: str, outcome: Outcome, comment: str = "") -> Action:
        """Say how an ended alert turned out, once or again; Refused "alerts.still_open", Misused "alerts.unknown"."""
        now, alert = self._clock(), self._monitoring.alert(alert_id)
        if alert.open:
            raise Refused("alerts.still_open", id=alert.id)
        action = Action(number_of(alert.id), Acted.OUTCOME, now, self._user, outcome.value, comment.strip())
        with self._database.write() as connection:
            said = [one for one in answers.actions(connection).get(action.alert, ()) if one.kind is Acted.OUTCOME]
            answers.add_action(connection, action)
            after = {"outcome": outcome.value, "rule": alert.rule.id, "labels": dict(alert.labels)}
            before = {"outcome": said[-1].value} if said else None
            self._record(connection, now, "alert.outcome", alert.id, after, action.comment, before)
        self._events.publish(AlertsChanged())
        return action

    def actions(self, alert_id: str) -> tuple[Action, ...]:
        """What was done about an alert besides acknowledging it, oldest first."""
        with self._database.read() as connection:
            return tuple(answers.actions(connection).get(number_of(alert_id), ()))

    def outcomes(self, rule_id: str) -> dict[Outcome, int]:
        """How a rule's alerts turned out, the last word on each counted."""
        with self._database.read() as connection:
            done = answers.actions(connection)
        found = dict.fromkeys(Outcome, 0)
        for alert in self._monitoring.alerts(None):
            said = [one for one in done.get(number_of(alert.id), ()) if one.kind is Acted.OUTCOME]
            if said and alert.rule.id == rule_id:
                found[Outcome(said[-1].value)] += 1
        return found

    def inbox(self, limit: int = 200) -> tuple[StoredNotice, ...]:
        """What was told, newest first; the record of notices, whatever else carries them."""
        with self._database.read() as connection:
            return answers.notices(connection, limit)

    def attend(self) -> int:
        """What time alone gives to tell; how many notices that were. Idempotent: each thing is told once."""
        now = self._clock()
        with self._database.read() as connection:
            silences, told = answers.silences(connection), answers.notices(connection)
            bank = settings_of(connection)
        firing = [alert for alert in self._monitoring.alerts() if alert.fires and alert.id]
        fires = tuple(Firing(alert.rule.id, alert.labels) for alert in firing)
        muting = inhibitions(bank)
        newest = {}
        for notice in reversed(told):
            newest[notice.alert] = notice
        found: list[Telling] = []
        for alert in firing:
            hidden = hidden_by(silences, muting, fires, (alert.rule, alert.severity, alert.labels), now)
            mine = [*_expired(alert, now), *_escalated(alert, now), *_again(alert, bank["repeat_hours"], now)]
            last = newest.get(number_of(alert.id))
            if last is not None and last.hidden and not hidden:
                key = f"{alert.id}/remains/{last.hidden}/{last.id}"
                mine.append(_of(alert, key, Told.REMAINS, now, alert.rule.owner))
            found += (
                Telling(replace(one, hidden=hidden), alert.rule, alert.labels, alert.value, alert.unit) for one in mine
            )
        found += _reminders(silences, now)
        if not found:
            return 0
        with self._database.write() as connection:
            new = post(connection, found, now)
        if new:
            self._events.publish(NoticesChanged())
        return new

    def _record(
        self,
        connection: Connection,
        now: datetime,
        action: str,
        subject: str,
        after: Mapping[str, object],
        reason: str,
        before: Mapping[str, object] | None = None,
    ) -> None:
        audit.record(
            connection,
            at=now,
            who=self._user,
            action=action,
            subject=subject,
            before=None if before is None else dict(before),
            after=dict(after),
            reason=reason,
            data={"as_of": now},
        )


def _expired(alert: Alert, now: datetime) -> list[StoredNotice]:
    note = alert.acknowledgement
    if note is None or note.dropped not in ("expired", "beyond"):
        return []
    key = f"{alert.id}/{note.dropped}/{note.at.isoformat()}"
    return [_of(alert, key, Told.EXPIRED, now, note.owner)]


def _escalated(alert: Alert, now: datetime) -> list[StoredNotice]:
    """Once for each severity: so long after the alert fired or rose, or its acknowledgement ended, nobody took note."""
    rule, note = alert.rule, alert.acknowledgement
    if not rule.escalate_hours or alert.acknowledged:
        return []
    since = max((told.at for told in alert.history if told.kind.value in ("fired", "raised")), default=None)
    if since is None:
        return []
    if note is not None and note.dropped == "expired" and note.until is not None:
        since = max(since, note.until)
    if since + timedelta(hours=rule.escalate_hours) > now:
        return []
    key = f"{alert.id}/escalated/{alert.severity}/{since.isoformat()}"
    return [_of(alert, key, Told.ESCALATED, now, rule.escalate_to)]


def _of(alert: Alert, key: str, told: Told, now: datetime, recipient: str) -> StoredNotice:
    return StoredNotice(key, number_of(alert.id), told, alert.severity, alert.observed, now, recipient)


def _again(alert: Alert, hours: int, now: datetime) -> list[StoredNotice]:
    """Every so many hours for as long as nobody takes note (Alertmanager's repeat_interval); 0: never."""
    since = max((told.at for told in alert.history if told.kind.value in ("fired", "raised")), default=None)
    times = 0 if not hours or since is None else int((now - since) / timedelta(hours=hours))
    if not times or since is None or alert.acknowledged:
        return []
    key = f"{alert.id}/again/{alert.severity}/{since.isoformat()}/{times}"
    return [_of(alert, key, Told.REMAINS, now, alert.rule.owner)]


def _reminders(silences: Iterable[Silence], now: datetime) -> Iterable[Telling]:
    for silence in silences:
        before = min(_REMINDER, (silence.end - silence.start) / 10)
        if silence.ended is None and silence.runs(now) and silence.end - before <= now:
            key = f"silence/{silence.id}/ends"
            notice = StoredNotice(key, 0, Told.SILENCE_ENDS, None, None, now, silence.author, silence=silence.id)
            yield Telling(notice, silence=silence)
