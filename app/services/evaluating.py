"""Evaluating rules over readings: what is watched, what is lacking, and the transitions that are stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files

from sqlalchemy import Connection

from alerts.finding import Finding
from alerts.inputs import metrics_of, missing, prepared
from alerts.listing import Key
from alerts.metric import Readings
from alerts.monitor import Kind, advance, episodes
from alerts.rule import Rule
from alerts.rulefile import read
from alerts.standing import Noted, Standing, goes_on, lack, noted, replay, standing_after
from app.services.metering import CALENDARS, Metered
from app.services.telling import Taken, tell
from app.storage import alerts as stored
from app.storage.database import Database

#: Who wrote the shipped rules; a rule a person edited is never overwritten by a new program version.
SHIPPED_BY = "tidewatch"


@dataclass(frozen=True, slots=True)
class NotEvaluable:
    """A rule that cannot be evaluated, and what it lacks (a finding "alerts.lack.…")."""

    rule: Rule
    lack: Finding


@dataclass(frozen=True, slots=True)
class Gathered:
    """Each enabled rule with the readings it watches, and what the others lack."""

    watched: tuple[tuple[Rule, Readings], ...]
    lacks: tuple[NotEvaluable, ...]
    faults: Mapping[str, str]  # rule id -> the lack's case, where readings are there and cannot be used


def ship(database: Database, now: datetime) -> None:
    """Bring the shipped rules into the workspace; those that a person changed stay as they are."""
    shipped = read(files("alerts").joinpath("defaults.toml").read_text("utf-8"))
    with database.read() as connection:
        missing = _unshipped(connection, shipped)
    if missing:
        with database.write() as connection:
            for rule in _unshipped(connection, shipped):
                stored.add_rule(connection, rule, at=now, who=SHIPPED_BY, reason="shipped")


def _unshipped(connection: Connection, shipped: Iterable[Rule]) -> list[Rule]:
    current, authors = stored.rules(connection), stored.authors(connection)
    missing = []
    for rule in shipped:
        known = current.get(rule.id)
        if known is None:
            missing.append(rule)
        elif authors[rule.id] == SHIPPED_BY and replace(known, version=rule.version) != rule:
            missing.append(replace(rule, version=known.version + 1))
    return missing


def readings_of(sources: Sequence[Metered], metric_ids: Iterable[str], instant: datetime) -> list[Readings]:
    """What the sources know of the metrics at `instant`; metrics without a reading are left out."""
    wanted = frozenset(metric_ids)
    found = (readings for source in sources for readings in source.readings(wanted, instant))
    return [readings for readings in found if len(readings)]


def gather(sources: Sequence[Metered], rules: Iterable[Rule], instant: datetime) -> Gathered:
    """The readings every enabled rule watches, as known at `instant`, each with what its condition reads besides."""
    enabled = [rule for rule in rules if rule.enabled]
    known: dict[str, list[Readings]] = {}
    asked = {metric for rule in enabled for metric in metrics_of(rule)}
    for readings in readings_of(sources, asked, instant):
        known.setdefault(readings.metric.id, []).append(readings)
    watched: list[tuple[Rule, Readings]] = []
    lacks: list[NotEvaluable] = []
    faults: dict[str, str] = {}
    for rule in enabled:
        mine = [readings for readings in known.get(rule.reads, ()) if rule.covers(readings.metric)]
        wrong = lack(rule, mine)
        if wrong is not None:
            lacks.append(NotEvaluable(rule, wrong))
            faults |= {rule.id: wrong.case} if mine else {}
            continue
        gaps = [missing(rule, readings, known, CALENDARS) for readings in mine]
        told = next((gap for gap in gaps if gap is not None), None)
        if told is not None:  # a country without the other figure does not keep the others from being watched
            lacks.append(NotEvaluable(rule, told))
            faults |= {rule.id: told.case} if all(gaps) else {}
        found = (prepared(rule, one, known, CALENDARS) for one, gap in zip(mine, gaps, strict=True) if gap is None)
        watched += [(rule, readings) for readings in found if len(readings)]
    return Gathered(tuple(watched), tuple(lacks), faults)


def store(
    connection: Connection,
    gathered: Gathered,
    before: Mapping[Key, Standing],
    instant: datetime,
    now: datetime,
) -> tuple[int, bool]:
    """Evaluate what is new and store it; how many transitions there were, and whether anything was touched."""
    added, touched, seen = 0, False, set()
    taken: list[Taken] = []
    for rule, readings in gathered.watched:
        key = (rule.id, readings.metric.scope)
        seen.add(key)
        standing = before.get(key)
        if standing is not None and goes_on(standing, rule, readings):
            state, events = advance(standing.state, readings, rule)
            if state == standing.state and len(readings) == standing.evaluated:
                continue
            news = noted(events, readings)
            stored.append(connection, standing, news, now)
            steps = standing.steps + len(news)
            after = standing_after(rule, readings, state, steps, instant)
        else:
            after, news = replay(rule, readings, instant)
            if standing is not None:
                news = _made_anew(connection, standing, after, news, now)
            stored.append(connection, replace(after, steps=after.steps - len(news)), news, now)
        stored.put_standing(connection, after)
        taken.append(Taken(rule, readings, standing, after, bool(news)))
        added, touched = added + len(news), True
    for key, standing in before.items():
        state = standing.state
        if key not in seen and (fault := gathered.faults.get(standing.rule_id)):
            state = replace(state, fault=fault)
        elif key not in seen:
            state = replace(state, stale=True)  # what is no longer read is not resolved
        if state != standing.state:
            stored.put_standing(connection, replace(standing, state=state))
            touched = True
    if added:
        _number_episodes(connection)
    tell(connection, taken, now)
    return added, touched


def _made_anew(
    connection: Connection, standing: Standing, after: Standing, news: list[Noted], now: datetime
) -> list[Noted]:
    """Log that a timeline was replayed, keep the number of a running episode, and give the events that are new."""
    key = (standing.rule_id, standing.scope)
    old = [event.event for event, _ in stored.timelines(connection, key).get(key, [])]
    common = 0
    while common < min(len(old), len(news)) and old[common] == news[common].event:
        common += 1
    kind = Kind.REVISED if standing.version == after.version else Kind.RULE_CHANGED
    stored.revise(connection, after, common, kind, now)
    was, start = standing.state.episode, after.state.episode
    numbers = stored.numbers(connection)
    if was is not None and start is not None and (*key, start) not in numbers and (*key, was) in numbers:
        stays = {one.event.episode for one in news}
        if was not in stays:
            stored.move_number(connection, numbers[*key, was], start)
    return news[common:]


def _number_episodes(connection: Connection) -> None:
    """Number, oldest first, every episode that fired or is running."""
    numbers = stored.numbers(connection)
    running = {key: standing.state.episode for key, standing in stored.standings(connection).items()}
    found = []
    for key, line in stored.timelines(connection).items():
        for start, events in episodes(one.event for one, _ in line).items():
            fired = any(event.kind is Kind.FIRED for event in events)
            if (fired or start == running.get(key)) and (*key, start) not in numbers:
                found.append((start, *key))
    for start, rule_id, scope in sorted(found):
        stored.add_number(connection, rule_id, scope, start)
