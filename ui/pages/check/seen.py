"""What the page asks the services for, in a worker: one day's check, the days around it, and the course of a step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from alerts.conditions import PercentChange
from alerts.metric import Readings
from alerts.monitor import condition_values
from alerts.rule import Rule
from app.bootstrap import Program
from app.jobs import Job
from app.refusals import Refused
from app.services.checking import Missed
from app.services.evaluating import gather, readings_of
from app.services.metering import FedMetrics
from app.services.scheduling import Schedule
from app.storage.persons import person_id
from app.timetable.run import Run
from exposures.check import Check, Status
from exposures.checking import Evidence, StepEvidence
from ui.pages.barred import barred

#: How many runs of the schedule are asked for.
RUNS = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """A day's check (None: it was not run), today's place in the bank's calendar, and what is still unsigned."""

    day: date
    today: date
    check: Check | None
    is_business_day: bool
    start: datetime
    decide_by: datetime
    countersign_by: datetime
    days: tuple[date, ...]  # with a check, oldest first
    missed: tuple[Missed, ...]
    earlier: tuple[Check, ...]  # signed days before today, newest first
    schedule: Schedule | None  # None: the bank's own files cannot be used
    runs: tuple[Run, ...]
    user: str
    names: Mapping[str, str]  # by account
    now: datetime
    no_sign: str = ""  # why the person's role is not enough to sign, or to counter-sign
    no_countersign: str = ""

    def name(self, account: str) -> str:
        """A person by name, where somebody wrote it down."""
        return self.names.get(person_id(account), account)


@dataclass(frozen=True)
class Course:
    """The history behind a row of evidence, in the row's unit, as known at the check's cut-off."""

    dates: np.ndarray
    values: np.ndarray
    unit: str
    rule: Rule | None
    known_from: np.ndarray
    source: str


def fetch(program: Program, wanted: date | None, _job: Job) -> Seen:
    """The check of a day; None: today's, or where the bank is shut today the newest there is."""
    checking = program.checking
    today = checking.business_date()
    checks = checking.checks()
    days = tuple(sorted(check.business_date for check in checks))
    is_business_day = checking.calendar(today).is_business_day(today)
    day = wanted or (today if is_business_day or not days else days[-1])
    policy = checking.policy
    try:
        schedule: Schedule | None = program.scheduling.status()
    except Refused:
        schedule = None
    return Seen(
        day,
        today,
        checking.check(day) if day in days else None,
        checking.calendar(day).is_business_day(day),
        checking.instant(day, policy.start),
        checking.instant(day, policy.decide_by),
        checking.instant(day, policy.countersign_by),
        days,
        checking.missed(),
        tuple(one for one in checks if one.business_date < today and one.status is Status.SIGNED)[:RUNS],
        schedule,
        program.scheduling.history(RUNS),
        program.user,
        {person.id: person.name for person in program.staffing.persons()},
        program.clock(),
        barred(program, "check.sign"),
        barred(program, "check.countersign"),
    )


def fetch_courses(program: Program, check: Check, step: StepEvidence, _job: Job) -> dict[int, Course]:
    """The history behind each row of a step that has one, by the row's place."""
    metrics = sorted({metric for row in step.rows if (metric := row.labels.get("metric"))})
    if not metrics:
        return {}
    found: dict[tuple[str, str | None], Readings] = {}
    for readings in readings_of((FedMetrics(program.watching), program.surveying), metrics, check.cut_off):
        found[readings.metric.id, readings.metric.labels.get("country")] = readings
    rules = {rule.id: rule for rule in program.monitoring.rules()}
    named = [rule for row in step.rows if (rule := rules.get(row.labels.get("rule", ""))) is not None]
    sources = (FedMetrics(program.watching), program.surveying)
    # A rule may read several figures side by side; gathering puts them there.
    watched = {
        (rule.id, readings.metric.labels.get("country")): readings
        for rule, readings in gather(sources, named, check.cut_off).watched
    }
    courses = {}
    for place, row in enumerate(step.rows):
        country, rule_id = row.labels.get("country"), row.labels.get("rule", "")
        of_rule = watched.get((rule_id, country))
        known = of_rule if rule_id in rules else found.get((row.labels.get("metric", ""), country))
        source = program.tracing.metric(row.labels.get("metric", ""), row.labels, check.cut_off).source
        if known is not None and (course := _course(row, known, rules, source)) is not None:
            courses[place] = course
    return courses


def _course(row: Evidence, readings: Readings, rules: Mapping[str, Rule], source: str) -> Course | None:
    if row.code not in ("rule", "figure"):
        return None
    rule = rules.get(row.labels.get("rule", ""))
    over = int(row.labels.get("over", "0") or 0)
    unit = readings.metric.unit
    if rule is not None:
        values, unit = condition_values(readings, rule), row.unit
    elif over:
        change = PercentChange(over)
        values, unit = change.values(readings.values), change.unit(unit)
    else:
        values = readings.values
    known = np.isfinite(values)
    columns = readings.dates[known], values[known], unit, rule, readings.known_from[known], source
    return Course(*columns) if known.sum() > 1 else None
