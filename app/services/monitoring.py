"""Evaluating the rules over what is known, and what a person sees and does about the alerts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from alerts import alert as list_of
from alerts import listing
from alerts.alert import Alert
from alerts.finding import Finding
from alerts.listing import Key, Timelines
from alerts.monitor import condition_values
from alerts.rule import Rule
from alerts.standing import Note, Standing, replay
from app.events import AlertsChanged, BookChanged, Event, Events, SeriesChanged
from app.refusals import Misused, Refused
from app.services.evaluating import Gathered, NotEvaluable, gather, ship, store
from app.services.first_prints import as_first_printed, published
from app.services.metering import Metered
from app.services.telling import is_beyond
from app.storage import alerts as stored
from app.storage import audit
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an alert's chart shows: the condition's values and the metric's own, on the same dates (datetime64[D])."""

    dates: NDArray[np.datetime64]
    values: NDArray[np.float64]  # of the condition, in `unit`; NaN before there is enough history
    unit: str
    observed: NDArray[np.float64]
    observed_unit: str
    known_from: NDArray[np.datetime64]  # since when each observation was known (UTC)
    first: NDArray[np.float64] | None = None  # the condition's values on the first prints, where any was revised
    observed_first: NDArray[np.float64] | None = None
    published: bool = False  # whether the metric is a published figure, which can have first prints


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation did: rules and series looked at, transitions stored, the alerts as of then, their finding.

    `stored` is false when `as_of` lies before what was evaluated already: a look back that leaves no trace.
    """

    as_of: datetime
    rules: int
    series: int
    transitions: int
    stored: bool
    alerts: tuple[Alert, ...]
    not_evaluable: tuple[NotEvaluable, ...]
    finding: Finding


class Monitoring:
    """Live use, catching up and looking back call the same pure function; everything that happened is kept."""

    def __init__(
        self,
        database: Database,
        events: Events,
        clock: Callable[[], datetime],
        user: str,
        sources: Sequence[Metered],
    ) -> None:
        self._database = database
        self._events = events
        self._clock = clock
        self._user = user
        self._sources = sources

    def follow(self, event: Event) -> None:
        """Evaluate when figures or the book changed; subscribed where the program is built."""
        if isinstance(event, SeriesChanged | BookChanged):
            self.evaluate()

    def evaluate(self, as_of: date | datetime | None = None) -> Evaluation:
        """Evaluate every rule over what is new, as known at `as_of` (a date: its end, UTC; None: now); idempotent."""
        now = self._clock()
        ship(self._database, now)
        with self._database.read() as connection:
            rules = stored.rules(connection)
            last = max((one.as_of for one in stored.standings(connection).values()), default=None)
        # A clock that was set back must not hide what was known before.
        instant = max(now, last or now) if as_of is None else _instant(as_of)
        gathered = gather(self._sources, rules.values(), instant)
        if last is not None and instant < last:
            return self._look_back(rules, gathered, instant)
        with self._database.write() as connection:
            before = stored.standings(connection)
            transitions, touched = store(connection, gathered, before, instant, now)
        if touched:
            self._events.publish(AlertsChanged())
        listed = self.alerts()
        return _evaluation(gathered, instant, transitions, True, listed, now)

    def alerts(self, recent_days: int | None = 30) -> tuple[Alert, ...]:
        """Open alerts, worst first, then those resolved within `recent_days` (None: all), newest first."""
        now = self._clock()
        with self._database.read() as connection:
            return listing.listed(_all(connection, now), now, recent_days)

    def alerts_at(self, as_of: datetime) -> tuple[Alert, ...]:
        """What the rules of then raise over what was known then, without what persons did; stores nothing."""
        with self._database.read() as connection:
            rules = stored.rules(connection, as_of)
        return self._look_back(rules, gather(self._sources, rules.values(), as_of), as_of).alerts

    def alert(self, alert_id: str) -> Alert:
        """One alert by its id; Misused "alerts.unknown"."""
        with self._database.read() as connection:
            return _find(connection, alert_id, self._clock())

    def finding(self) -> Finding:
        """The list's sentence: how many fire, how many are critical, the oldest without acknowledgement."""
        return list_of.finding(self.alerts(), self._clock())

    def evidence(self, alert_id: str) -> Evidence:
        """The series behind an alert, for its chart; Misused "alerts.unknown"."""
        alert = self.alert(alert_id)
        for rule, readings in gather(self._sources, [replace(alert.rule, enabled=True)], self._clock()).watched:
            if readings.metric.labels == alert.labels:
                values = condition_values(readings, rule)
                with self._database.read() as connection:
                    first = as_first_printed(connection, readings)
                return Evidence(
                    readings.dates,
                    values,
                    alert.unit,
                    readings.values,
                    readings.metric.unit,
                    readings.known_from,
                    None if first is None else condition_values(first, rule),
                    None if first is None else first.values,
                    published(readings.metric) is not None,
                )
        raise Refused("alerts.no_evidence", id=alert_id)

    def acknowledge(
        self,
        alert_id: str,
        reason: str,
        until: date | datetime | None = None,
        *,
        owner: str = "",
        beyond: float | None = None,
    ) -> Alert:
        """Take note of a firing alert, which `owner` deals with, as long as it goes not `beyond` a value.

        Refused "alerts.reason_missing", "alerts.not_firing", "alerts.until_past", "alerts.beyond_already".
        """
        now = self._clock()
        if not reason.strip():
            raise Refused("alerts.reason_missing", id=alert_id)
        limit = None if until is None else _instant(until)
        if limit is not None and limit <= now:
            raise Refused("alerts.until_past", id=alert_id, until=limit)
        with self._database.write() as connection:
            alert = _find(connection, alert_id, now)
            if not alert.open or alert.severity is None or alert.observed is None:
                raise Refused("alerts.not_firing", id=alert.id)
            if beyond is not None and alert.value is not None and is_beyond(alert.rule, alert.value, beyond):
                raise Refused("alerts.beyond_already", id=alert.id, value=alert.value, unit=alert.unit)
            who = owner.strip() or self._user
            note = Note(number_of(alert.id), now, self._user, reason.strip(), limit, alert.observed, who, beyond)
            stored.add_note(connection, note)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="alert.acknowledge",
                subject=alert.id,
                after={
                    "rule": alert.rule.id,
                    "labels": dict(alert.labels),
                    "until": limit,
                    "owner": who,
                    "beyond": None if beyond is None else repr(beyond),
                },
                reason=note.reason,
                data={
                    "as_of": now,
                    "observed": alert.observed,
                    "value": None if alert.value is None else repr(alert.value),
                },
            )
            alert = _find(connection, alert_id, now)
        self._events.publish(AlertsChanged())
        return alert

    def rules(self) -> tuple[Rule, ...]:
        """The current version of every rule, by id."""
        ship(self._database, self._clock())
        with self._database.read() as connection:
            return tuple(stored.rules(connection).values())

    def set_rule(self, rule: Rule, reason: str) -> Rule:
        """Store a new version of a rule (or a new rule); its alerts are replayed at the next evaluation."""
        now = self._clock()
        if not reason.strip():
            raise Refused("alerts.reason_missing", id=rule.id)
        ship(self._database, now)
        with self._database.write() as connection:
            current = stored.rules(connection).get(rule.id)
            rule = replace(rule, version=1 if current is None else current.version + 1)
            stored.add_rule(connection, rule, at=now, who=self._user, reason=reason.strip())
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="rule.set",
                subject=rule.id,
                before=None if current is None else stored.rule_text(current),
                after=stored.rule_text(rule),
                reason=reason.strip(),
            )
        self._events.publish(AlertsChanged())
        return rule

    def not_evaluable(self) -> tuple[NotEvaluable, ...]:
        """The enabled rules that lack something, and what."""
        return gather(self._sources, self.rules(), self._clock()).lacks

    def _look_back(self, rules: Mapping[str, Rule], gathered: Gathered, instant: datetime) -> Evaluation:
        standings: dict[Key, Standing] = {}
        lines: Timelines = {}
        for rule, readings in gathered.watched:
            key = (rule.id, readings.metric.scope)
            standings[key], news = replay(rule, readings, instant)
            lines[key] = [(one, listing.transition(one, rule, instant)) for one in news]
        with self._database.read() as connection:
            numbers = stored.numbers(connection)
        every = listing.alerts(rules, standings, lines, {}, {}, numbers, {}, instant)
        return _evaluation(gathered, instant, 0, False, listing.listed(every, instant, 30), instant)


def _instant(moment: date | datetime) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time.max, UTC)


def number_of(alert_id: str) -> int:
    """The number in an alert's id, 0 where it is none."""
    digits = alert_id.upper().removeprefix("A-")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else 0


def _all(connection: Connection, now: datetime) -> list[Alert]:
    return listing.alerts(
        stored.rules(connection),
        stored.standings(connection),
        stored.timelines(connection),
        stored.withdrawn(connection),
        stored.revisions(connection),
        stored.numbers(connection),
        stored.notes(connection),
        now,
    )


def _find(connection: Connection, alert_id: str, now: datetime) -> Alert:
    wanted = f"A-{number_of(alert_id):04d}"
    for alert in _all(connection, now):
        if alert.id == wanted:
            return alert
    raise Misused("alerts.unknown", id=alert_id)


def _evaluation(
    gathered: Gathered, instant: datetime, transitions: int, kept: bool, listed: tuple[Alert, ...], now: datetime
) -> Evaluation:
    return Evaluation(
        instant,
        len({rule.id for rule, _ in gathered.watched}),
        len(gathered.watched),
        transitions,
        kept,
        listed,
        gathered.lacks,
        list_of.finding(listed, now),
    )
