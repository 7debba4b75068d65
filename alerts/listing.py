"""Every episode as an alert, from what is stored of it; and which of them a list shows, in which order."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from alerts.alert import ENDS, Acknowledgement, Alert, Transition
from alerts.alert import standing as standing_or_why
from alerts.monitor import Kind, Phase, State
from alerts.rule import Rule, Severity
from alerts.standing import Note, Noted, Standing

Key = tuple[str, str]
#: The transitions that stand, in order, by rule and scope.
Timelines = dict[Key, list[tuple[Noted, Transition]]]
#: The transitions that a revision took away, by rule and scope and by episode; the revision itself stands last.
Withdrawn = dict[Key, dict[date, list[Transition]]]


def transition(noted: Noted, rule: Rule, at: datetime) -> Transition:
    """An event as history shows it, evaluated at `at`."""
    event = noted.event
    return Transition(
        event.kind, event.date, event.value, event.threshold, event.severity, noted.known_from, rule.version, at
    )


def listed(every: Iterable[Alert], now: datetime, recent_days: int | None) -> tuple[Alert, ...]:
    """Open ones of enabled rules, worst and newest first, then those that fired and ended of late."""
    order = {Phase.FIRING: 0, Phase.ERROR: 0, Phase.RECOVERING: 1}
    newest = sorted(every, key=lambda alert: (alert.resolved or alert.since, alert.id), reverse=True)
    running = [alert for alert in newest if alert.open and alert.rule.enabled]
    running.sort(key=lambda alert: (order.get(alert.phase, 2), alert.severity is not Severity.CRITICAL))
    today = now.date()
    done = [
        alert
        for alert in newest
        if alert.resolved is not None
        and any(told.kind is Kind.FIRED for told in alert.history)
        and (recent_days is None or (today - alert.resolved).days <= recent_days)
    ]
    return (*running, *done)


def alerts(
    rules: Mapping[str, Rule],
    standings: Mapping[Key, Standing],
    lines: Timelines,
    withdrawn: Withdrawn,
    revisions: Mapping[Key, Sequence[Transition]],
    numbers: Mapping[tuple[str, str, date], int],
    notes: Mapping[int, Note],
    now: datetime,
) -> list[Alert]:
    """Every episode that has a number or is running, with what happened in it.

    An episode that a revision took away altogether is shown as ended by it: who was told of it must find it again.
    """
    found = []
    for key, standing in standings.items():
        parts: dict[date, list[Transition]] = {}
        for noted, told in lines.get(key, ()):
            parts.setdefault(noted.event.episode, []).append(told)
        gone = {start: told for start, told in withdrawn.get(key, {}).items() if start not in parts}
        for start, history in (parts | gone).items():
            number = numbers.get((*key, start))
            running = start == standing.state.episode
            fired = any(told.kind is Kind.FIRED for told in history)
            if number is None and (start in gone or not (running or fired)):
                continue
            found.append(
                _alert(
                    rules[key[0]],
                    standing,
                    start,
                    history,
                    revisions.get(key, ()),
                    "" if number is None else f"A-{number:04d}",
                    None if number is None else notes.get(number),
                    now,
                )
            )
    return found


def _alert(
    rule: Rule,
    standing: Standing,
    start: date,
    history: Sequence[Transition],
    revisions: Sequence[Transition],
    alert_id: str,
    note: Note | None,
    now: datetime,
) -> Alert:
    state = standing.state
    running = start == state.episode
    last = [told for told in history if told.observed is not None][-1]
    assert last.observed is not None
    ended = last.observed if last.kind in ENDS else history[-1].at.date()
    severity = state.severity if running else last.severity
    band = rule.band(severity) if severity is not None else rule.bands[0][1]
    passed, needed = _waited(rule, state) if running else (None, None)
    anew = [told for told in revisions if history[0].at <= told.at and (running or told.at <= last.at)]
    return Alert(
        id=alert_id,
        rule=rule,
        labels=standing.labels,
        phase=state.phase if running else Phase.NO_DATA if last.kind is Kind.NO_DATA else Phase.NORMAL,
        severity=severity,
        unit=rule.unit,
        value=state.value if running else last.value,
        observed=state.date if running else last.observed,
        threshold=band.threshold if band else None,
        clears_at=band.clears_at if band else None,
        episode=start,
        since=last.observed,
        since_known=last.known_from,
        resolved=None if running else ended,
        passed=passed,
        needed=needed,
        stale=running and state.stale,
        fault=state.fault if running else None,
        acknowledgement=None if note is None else _acknowledged(note, history, now),
        history=tuple(sorted((*history, *anew), key=lambda told: told.at)),
    )


def _waited(rule: Rule, state: State) -> tuple[int | None, int | None]:
    """How many observations of how many a pending or recovering alert has behind it."""
    if state.calm is Phase.RECOVERING:
        return state.missed, rule.keep
    if state.calm is Phase.PENDING:
        pairs = zip(state.waiting, rule.bands, strict=True)
        return min(
            ((passed, band.hold) for passed, (_, band) in pairs if passed is not None), key=lambda p: p[1] - p[0]
        )
    return None, None


def _acknowledged(note: Note, history: Iterable[Transition], now: datetime) -> Acknowledgement:
    raised = any(told.kind is Kind.RAISED and told.observed and told.observed > note.observed for told in history)
    dropped = standing_or_why(raised, note.until, now)
    if note.overtaken and dropped != "raised":
        dropped = "beyond"
    return Acknowledgement(note.who, note.at, note.reason, note.until, dropped, note.owner or note.who, note.beyond)
