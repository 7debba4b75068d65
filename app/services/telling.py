"""What an evaluation gives to tell: notices of transitions, flapping, and acknowledgements that were overtaken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy import Connection

from alerts.inhibition import Firing
from alerts.listing import Key
from alerts.metric import Readings
from alerts.monitor import Phase, condition_values
from alerts.notices import Notice, Told, notices
from alerts.rule import Rule, Severity
from alerts.standing import Standing
from app.services.posting import Telling, hidden_by, inhibitions, post, settings_of
from app.storage import alerts as stored
from app.storage import answers
from app.storage.answers import Acted, Action, StoredNotice

#: Fewer transitions than this within twenty observations cannot weigh 30 percent.
_FLAPPING_FROM = 6


@dataclass(frozen=True, slots=True)
class Taken:
    """New observations of a rule and its labels: where it stood before (None: never evaluated) and stands after."""

    rule: Rule
    readings: Readings
    before: Standing | None
    after: Standing
    moved: bool

    @property
    def key(self) -> Key:
        """Rule and scope."""
        return self.rule.id, self.readings.metric.scope


def is_beyond(rule: Rule, value: float, beyond: float) -> bool:
    """Whether a value is worse than the one an acknowledgement carries."""
    return value > beyond if rule.bands[0][1].comparison.upward else value < beyond


def tell(connection: Connection, several: Iterable[Taken], now: datetime) -> int:
    """Store what is to be told of new observations; how many notices that were.

    Of a past that is evaluated for the first time, or anew, only what it comes to now is told, never its history.
    """
    numbers, silences = stored.numbers(connection), answers.silences(connection)
    notes = {number: note for number, note in stored.notes(connection).items() if note.beyond is not None}
    found: list[Telling] = []
    muting = inhibitions(settings_of(connection))
    firing = _firing(connection) if muting else ()
    for taken in several:
        for notice in _news(connection, taken):
            about = taken.rule, notice.severity, taken.readings.metric.labels
            over = notice.told in (Told.RESOLVED, Told.STEADY)
            hidden = hidden_by(silences, muting, firing, about, now, over=over)
            found.append(_telling(taken, notice, _number(numbers, taken.key, notice), hidden, now))
        episode = taken.after.state.episode
        note = None if episode is None else notes.get(numbers.get((*taken.key, episode), 0))
        if note is not None and note.beyond is not None and not note.overtaken:
            values = condition_values(taken.readings, taken.rule)
            later = values[taken.readings.dates > np.datetime64(note.observed)]
            worse = [value for value in later[~np.isnan(later)].tolist() if is_beyond(taken.rule, value, note.beyond)]
            if worse:
                action = Action(note.alert_id, Acted.DROPPED, now, note.who, repr(worse[0]), note.reason)
                answers.add_action(connection, action)
    return post(connection, found, now)


def _news(connection: Connection, taken: Taken) -> Sequence[Notice]:
    before, after = taken.before, taken.after
    if before is None or before.version != after.version or not _goes_on(before, taken.readings):
        return _difference(taken)
    if not taken.moved and after.steps < _FLAPPING_FROM:
        return ()
    line = stored.timelines(connection, taken.key).get(taken.key, [])
    every = notices([noted.event for noted, _ in line], taken.readings.dates)
    since = before.state.date
    return [notice for notice in every if since is None or notice.date > since]


def _goes_on(before: Standing, readings: Readings) -> bool:
    return len(readings) >= before.evaluated and readings.digest(before.evaluated) == before.digest


def _difference(taken: Taken) -> Sequence[Notice]:
    """Between two pasts only where they came to counts."""
    was = None if taken.before is None else taken.before.state.severity
    state = taken.after.state
    assert state.date is not None
    if state.severity is None:
        fired = was is not None and taken.before is not None
        started = taken.before.state.episode if taken.before is not None else None
        return (Notice(Told.RESOLVED, state.date, was, started),) if fired else ()
    if state.calm is Phase.RECOVERING and was is None:
        return ()
    if was is None:
        return (Notice(Told.FIRED, state.date, state.severity, state.episode),)
    worse = was is Severity.WARNING and state.severity is Severity.CRITICAL
    return (Notice(Told.RAISED, state.date, state.severity, state.episode),) if worse else ()


def _number(numbers: Mapping[tuple[str, str, date], int], key: Key, notice: Notice) -> int:
    """The episode's number; of one that was never numbered the newest of its rule and labels, 0 without any."""
    if notice.episode is not None and (*key, notice.episode) in numbers:
        return numbers[*key, notice.episode]
    return max((number for (rule, scope, _), number in numbers.items() if (rule, scope) == key), default=0)


def _telling(taken: Taken, notice: Notice, number: int, hidden: str, now: datetime) -> Telling:
    rule, readings = taken.rule, taken.readings
    # Of the same observation a rule's new version may say something else, and so may a revision.
    key = "/".join((*taken.key, str(taken.after.version), taken.after.digest[:8], notice.told, str(notice.date)))
    stored_notice = StoredNotice(key, number, notice.told, notice.severity, notice.date, now, rule.owner, hidden)
    values = condition_values(readings, rule)
    value = float(values[min(int(np.searchsorted(readings.dates, np.datetime64(notice.date))), len(values) - 1)])
    return Telling(stored_notice, rule, readings.metric.labels, None if np.isnan(value) else value, rule.unit)


def _firing(connection: Connection) -> tuple[Firing, ...]:
    """Every alert that fires as of this evaluation; what recovers still fires."""
    standings = stored.standings(connection)
    return tuple(Firing(rule, one.labels) for (rule, _), one in standings.items() if one.state.severity is not None)
