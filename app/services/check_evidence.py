"""What a daily check looks at, gathered as it was known at one instant."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from alerts.conditions import PercentChange
from alerts.metric import Readings
from alerts.monitor import Kind
from alerts.rule import Rule, Severity
from alerts.standing import Standing, replay
from app.paths import Workspace
from app.series import releases
from app.series.catalogue import SERIES
from app.series.releases import Overrides
from app.services import check_standing
from app.services.assessing import Assessing
from app.services.bank_days import BankDays
from app.services.check_known import Known, missed, read, series_of, sources_of
from app.services.evaluating import NotEvaluable, gather, readings_of
from app.services.metering import Metered
from app.services.refreshing import GROUPS
from app.services.review_inputs import class_rules
from app.services.surveying import Surveying
from app.storage.books import Batch
from app.storage.database import Database
from app.timetable import table
from exposures import book_evidence, evidence, risk_evidence
from exposures.check import Check, Snapshot
from exposures.check_policy import CheckPolicy, StepPolicy
from exposures.checking import Evidence, step_evidence
from exposures.evidence import Figure, SourceAge, Watched
from exposures.limit_scopes import all_uses
from exposures.reviews.measuring import measure
from exposures.reviews.review_list import ReviewBook


@dataclass(frozen=True)
class _Followed:
    """A rule and one set of labels: where they stand, and the worst that fired since somebody last signed."""

    rule: Rule
    readings: Readings
    standing: Standing
    meanwhile: Severity | None


def look(
    database: Database,
    workspace: Workspace,
    surveying: Surveying,
    sources: Sequence[Metered],
    assessing: Assessing,
    policy: CheckPolicy,
    today: date,
    as_of: datetime,
    last_signed: Check | None,
) -> Snapshot:
    """The evidence of the day `today` as known at `as_of`; it covers what came out since the last signed check."""
    before = None if last_signed is None else last_signed.snapshot
    since = None if last_signed is None else last_signed.cut_off
    with database.read() as connection:
        overrides, calendar_fault = table.read_or_own(workspace.calendar)
        known = read(connection, as_of, overrides)
    days = BankDays(database).calendar(today)
    wanted = {family for step in policy.steps for family in step.families} | {"limits"}
    rules = [rule for rule in known.rules.values() if rule.enabled and rule.family in wanted]
    gathered = gather(sources, rules, as_of)
    standings = [_followed(rule, readings, as_of, since) for rule, readings in gathered.watched]
    batch = known.batches[-1] if known.batches else None
    book = None if batch is None else surveying.book(batch.id)
    standing_limits = [stored.limit for stored in known.limits]
    used = () if book is None else all_uses(book, standing_limits)
    readings = assessing.country_readings(as_of)
    flags = check_standing.flags(
        workspace, known, [(one.rule, one.standing) for one in standings], used, batch, readings, today, days
    )
    if batch is None or book is None:
        on_book = book_evidence.no_book()
    else:
        claims = measure(ReviewBook(book, f"v{batch.id}", batch.file_name))
        late = _known_late(surveying, known.batches, policy) if before is None else before.known_late
        on_book = book_evidence.book_rows(claims, used, late, today, policy, class_rules(known.bank, known.levels))
        on_risk = risk_evidence.risk_rows(check_standing.risks(book, known), book.reporting_date, f"v{batch.id}")
        on_book = replace(on_book, rows=(*on_book.rows, *on_risk.rows), missing=(*on_book.missing, *on_risk.missing))
    found = []
    for step in policy.steps:
        rows = _rule_rows(step, standings, gathered.lacks, known, as_of)
        rows += _figure_rows(step, sources, known, as_of)
        missing = [*step.missing, *_families_without_rules(step, known.rules.values())]
        if step.flags:
            rows += evidence.flag_rows(flags, None if before is None else before.flags, today)
        match step.rule:
            case "data":
                rows += _data_rows(known, as_of, batch, today, policy)
                if calendar_fault is not None:
                    line = calendar_fault.values["line"]
                    rows.append(evidence.calendar_row(workspace.calendar.name, line, calendar_fault.code, today))
            case "book":
                rows += on_book.rows
                missing = [*on_book.missing, *missing]
            case "open_work":
                made = None if known.made is None else known.made.date()
                rows += book_evidence.work_rows(known.items, made, today, policy)
                rows += risk_evidence.excess_rows(standing_limits, today, policy)
        found.append(step_evidence(step.id, rows, missing))
    return Snapshot(
        tuple(found),
        flags,
        None if batch is None else batch.id,
        None if batch is None else batch.reporting_date,
        known_late=on_book.late,
        fetched=known.fetched,
    )


def _followed(rule: Rule, readings: Readings, as_of: datetime, since: datetime | None) -> _Followed:
    standing, events = replay(rule, readings, as_of)
    fired = {
        noted.event.severity
        for noted in events
        if since is not None
        and noted.known_from is not None
        and noted.known_from > since
        and noted.event.kind in (Kind.FIRED, Kind.RAISED, Kind.RETURNED)
    }
    meanwhile = next((severity for severity in reversed(Severity) if severity in fired), None)
    return _Followed(rule, readings, standing, meanwhile)


def _rule_rows(
    step: StepPolicy,
    standings: Iterable[_Followed],
    lacks: Iterable[NotEvaluable],
    known: Known,
    as_of: datetime,
) -> list[Evidence]:
    rows = []
    for one in standings:
        rule, readings, standing = one.rule, one.readings, one.standing
        if rule.family not in step.families:
            continue
        parts = series_of(rule.metric, readings.metric.labels)
        number = None
        if standing.state.episode is not None:
            number = known.numbers.get((rule.id, standing.scope, standing.state.episode))
        watched = Watched(
            rule,
            readings.metric.labels,
            standing.state,
            missed(parts, known, as_of),
            sources_of(parts, known),
            "" if number is None else f"A-{number:04d}",
            one.meanwhile,
        )
        rows.append(evidence.rule_row(watched))
    rows += [evidence.lack_row(one.rule, one.lack.case) for one in lacks if one.rule.family in step.families]
    return rows


def _figure_rows(step: StepPolicy, sources: Sequence[Metered], known: Known, as_of: datetime) -> list[Evidence]:
    rows = []
    found: dict[str, list[Readings]] = {}
    for readings in readings_of(sources, [figure.metric for figure in step.figures], as_of):
        found.setdefault(readings.metric.id, []).append(readings)
    for figure in step.figures:
        mine = found.get(figure.metric, [])
        for readings in mine:
            condition = PercentChange(figure.over) if figure.over else None
            values = readings.values if condition is None else condition.values(readings.values)
            value = float(values[-1]) if len(values) and not np.isnan(values[-1]) else None
            unit = readings.metric.unit if condition is None else condition.unit(readings.metric.unit)
            parts = series_of(figure.metric, readings.metric.labels)
            rows.append(
                evidence.figure_row(
                    Figure(
                        figure.metric,
                        value,
                        unit,
                        readings.dates[-1].item(),
                        sources_of(parts, known),
                        missed(parts, known, as_of),
                        figure.over,
                        readings.metric.labels,
                    )
                )
            )
        if not mine:
            rows.append(evidence.figure_row(Figure(figure.metric, None, "", None, over=figure.over)))
    last = known.last.get(step.period_end or "")
    if step.period_end and last and (ends := _period_end(last, known.overrides)):
        rows.append(evidence.period_end_row(step.period_end, last, ends == "quarter"))
    return rows


def _period_end(day: date, overrides: Overrides) -> str | None:
    """Whether a day of the Treasury market is its month's last: "month", "quarter" or None."""
    after = day + timedelta(days=1)
    while not releases.is_open("XSIF", after, overrides):
        after += timedelta(days=1)
    if after.month == day.month:
        return None
    return "quarter" if day.month % 3 == 0 else "month"


def _data_rows(
    known: Known, as_of: datetime, batch: Batch | None, today: date, policy: CheckPolicy
) -> tuple[Evidence, ...]:
    critical = {
        part
        for rule in known.rules.values()
        if rule.enabled and rule.critical is not None
        for part in series_of(rule.metric, {})
    }
    ages = [_age(id, members, critical, known, as_of) for id, members in GROUPS]
    source = "" if batch is None else f"v{batch.id}"
    book_date = None if batch is None else batch.reporting_date
    return evidence.data_rows(ages, known.failures, book_date, today, policy, source)


def _age(id: str, members: Collection[str], critical: Collection[str], known: Known, as_of: datetime) -> SourceAge:
    """A group as old as its oldest member that there is; what critical rules read of its releases belongs to it."""
    published = {SERIES[member].release for member in members}
    fed = {part for part in critical if SERIES[part].release in published}
    there = sorted(part for part in {*members, *fed} if part in known.last)
    if not there:
        return SourceAge(id, None, 0, bool(fed))
    oldest = max(there, key=lambda part: missed((part,), known, as_of))
    return SourceAge(id, known.last[oldest], missed((oldest,), known, as_of), bool(fed), known.sources.get(oldest, ""))


def _families_without_rules(step: StepPolicy, rules: Iterable[Rule]) -> list[str]:
    """The alert families of a step that no enabled rule watches: an input that does not exist."""
    watched = {rule.family for rule in rules if rule.enabled}
    return [f"family.{family}" for family in step.families if family not in watched and step.rule == "alerts"]


def _known_late(surveying: Surveying, batches: Sequence[Batch], policy: CheckPolicy) -> tuple[str, ...]:
    """Before anybody signed: the lines that were late in the book before this one."""
    if len(batches) < 2:
        return ()
    claims = surveying.book(batches[-2].id).claims
    late = claims["days_past_due"].fillna(-1).to_numpy(dtype="int64") > int(policy.mark("late_act"))
    return tuple(str(line) for line in claims["line_id"][late])
