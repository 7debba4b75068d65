"""The alerts of a day that is over, worked out again from what was known then; nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from alerts import listing
from alerts.alert import Alert
from alerts.listing import Key, Timelines
from alerts.monitor import condition_values
from alerts.standing import Standing, replay
from app.services.evaluating import gather
from app.services.metering import Metered
from app.services.monitoring import Evidence
from app.storage import alerts as stored
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class Past:
    """The alerts as known at `as_of`; acknowledgements are those given by `until`.

    `evidence` are the figures behind the alerts that fired, by their id. What history does not hold: `younger` rules
    that did not exist yet and count as they were first written, and `rebuilt`, figures the program met only later,
    which count from the release that was scheduled for them.
    """

    as_of: datetime
    until: datetime
    alerts: tuple[Alert, ...]
    evidence: Mapping[str, Evidence]
    younger: int
    rebuilt: bool


def look_back(database: Database, sources: Sequence[Metered], as_of: datetime, until: datetime) -> Past:
    """Evaluate every rule as it stood at `as_of` over what was known then."""
    with database.read() as connection:
        rules = stored.rules(connection, as_of)
        numbers, notes = stored.numbers(connection), stored.notes(connection, until)
        born = stored.first_written(connection)
    gathered = gather(sources, rules.values(), as_of)
    standings: dict[Key, Standing] = {}
    lines: Timelines = {}
    for rule, readings in gathered.watched:
        key = (rule.id, readings.metric.scope)
        standings[key], news = replay(rule, readings, as_of)
        lines[key] = [(one, listing.transition(one, rule, as_of)) for one in news]
    every = listing.alerts(rules, standings, lines, {}, {}, numbers, notes, until)
    listed = listing.listed(every, as_of, 30)
    evidence = {}
    for alert in listed:
        for rule, readings in gathered.watched:
            if alert.fires and rule.id == alert.rule.id and readings.metric.labels == alert.labels:
                values = condition_values(readings, rule)
                evidence[alert.id] = Evidence(
                    readings.dates, values, alert.unit, readings.values, readings.metric.unit, readings.known_from
                )
    rebuilt = any(np.any(readings.assumed) for _rule, readings in gathered.watched)
    return Past(as_of, until, listed, evidence, sum(born[rule.id] > as_of for rule in rules.values()), bool(rebuilt))
