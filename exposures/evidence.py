"""The rows of the daily check's market steps: rules, figures, sources, flags, from plain values (CALCULATIONS 13)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alerts.monitor import Phase
from alerts.monitor import State as Standing
from alerts.rule import Rule, Severity
from exposures.check_policy import CheckPolicy
from exposures.checking import Evidence, State, Verdict
from exposures.flags import CountryFlag, Tier
from exposures.reason import exact

#: Missing one release is late, missing more is stale.
_LATE = 1
_BAND_STATES = {Severity.WARNING: State.WARNING, Severity.CRITICAL: State.CRITICAL}
#: "By alerts": what calls for a watch unless something graver does; late data are the first step's business.
_WATCHED = frozenset(
    {State.WARNING, State.ERROR, State.STALE, State.NO_DATA, State.RECOVERING, State.PENDING, State.CRITICAL}
)


@dataclass(frozen=True, slots=True)
class Watched:
    """A rule and its labels with where they stand, how many releases its data miss, where to look it up, its alert.

    `meanwhile` is the worst that fired since somebody last signed, also where it ended before this check.
    """

    rule: Rule
    labels: Mapping[str, str]
    standing: Standing
    missed: int = 0
    source: str = ""
    alert: str = ""
    meanwhile: Severity | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure's last value; `value` None is no data. `missed` counts the releases that should be there and are not."""

    metric: str
    value: float | None
    unit: str
    date: date | None
    source: str = ""
    missed: int = 0
    over: int = 0
    labels: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class SourceAge:
    """How current a group of series is; `feeds_critical`: a rule with a critical line rests on it."""

    id: str
    data_date: date | None
    missed: int
    feeds_critical: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that did not answer, or whose answer was refused, on a day; `problem` is the refusal's code."""

    source: str
    resource: str
    day: date
    problem: str


def rule_row(watched: Watched) -> Evidence:
    """By alerts: critical and firing → act; warning, pending, recovering, no data, stale or in error → watch.

    A rule that fired since the last signed check and is calm again is to be watched [choice]. What fires goes on
    firing while its data are stale or its rule is in error: a lost figure resolves nothing.
    """
    rule, standing = watched.rule, watched.standing
    state = _rule_state(standing, watched.missed)
    firing = standing.severity is Severity.CRITICAL and standing.calm is Phase.FIRING
    calls_for = Verdict.ACT if firing else Verdict.WATCH if state in _WATCHED else Verdict.FINE
    labels = {"rule": rule.id, "metric": rule.metric, "over": str(rule.condition.change_over), **watched.labels}
    if watched.alert:
        labels["alert"] = watched.alert
    if watched.meanwhile is not None and calls_for is Verdict.FINE:
        labels["meanwhile"] = watched.meanwhile.value
        calls_for = Verdict.WATCH
    return Evidence(
        "rule",
        state,
        calls_for,
        exact(standing.value),
        rule.unit,
        standing.date,
        watched.source,
        exact(rule.warning.threshold) if rule.warning else None,
        exact(rule.critical.threshold) if rule.critical else None,
        labels,
    )


def _rule_state(standing: Standing, missed: int) -> State:
    if standing.fault is not None:
        return State.ERROR
    if standing.calm is Phase.FIRING and standing.severity is not None:
        return _BAND_STATES[standing.severity]
    named = {Phase.RECOVERING: State.RECOVERING, Phase.PENDING: State.PENDING, Phase.NO_DATA: State.NO_DATA}
    if standing.calm in named:
        return named[standing.calm]
    if standing.value is None:
        return State.NO_DATA
    return State.STALE if standing.stale else _freshness(missed)


def lack_row(rule: Rule, case: str) -> Evidence:
    """A rule that cannot be evaluated, and why: no data, which calls for a watch."""
    labels = {"rule": rule.id, "metric": rule.metric, "over": str(rule.condition.change_over), "lack": case}
    return Evidence("rule", State.NO_DATA, Verdict.WATCH, unit=rule.unit, labels=labels)


def figure_row(figure: Figure) -> Evidence:
    """A figure that no rule watches: shown; without data or stale it calls for a watch."""
    state = State.NO_DATA if figure.value is None else _freshness(figure.missed)
    labels = {"metric": figure.metric, "over": str(figure.over), **(figure.labels or {})}
    return Evidence(
        "figure",
        State.INFO if state is State.NORMAL else state,
        Verdict.WATCH if state in _WATCHED else Verdict.FINE,
        exact(figure.value),
        figure.unit,
        figure.date,
        figure.source,
        labels=labels,
    )


def period_end_row(metric: str, last: date, is_quarter: bool) -> Evidence:
    """The last observation stands at a month's or quarter's end, when spreads jump by season; named, not judged."""
    value = "quarter_end" if is_quarter else "month_end"
    return Evidence("period_end", State.INFO, value=value, unit="code", date=last, labels={"metric": metric})


def data_rows(
    ages: Iterable[SourceAge],
    failures: Iterable[Failure],
    book_date: date | None,
    today: date,
    policy: CheckPolicy,
    book_source: str = "",
) -> tuple[Evidence, ...]:
    """Act if a source of a critical rule is stale or the book too old; watch if anything is late, failed or absent."""
    rows = []
    for age in ages:
        state = State.NO_DATA if age.data_date is None else _freshness(age.missed)
        grave = state is State.STALE and age.feeds_critical
        calls_for = Verdict.ACT if grave else Verdict.FINE if state is State.NORMAL else Verdict.WATCH
        missed = None if age.data_date is None else exact(age.missed)
        labels = {"group": age.id}
        rows.append(
            Evidence("freshness", state, calls_for, missed, "releases", age.data_date, age.source, labels=labels)
        )
    for failed in failures:
        labels = {"source": failed.source, "resource": failed.resource}
        row = Evidence("source_failed", State.FAILED, Verdict.WATCH, failed.problem, "code", failed.day, labels=labels)
        rows.append(row)
    watch, act = policy.mark("book_age_watch"), policy.mark("book_age_act")
    days = None if book_date is None else (today - book_date).days
    if days is None:
        state, calls_for = State.NO_DATA, Verdict.WATCH
    elif days > act:
        state, calls_for = State.CRITICAL, Verdict.ACT
    elif days > watch:
        state, calls_for = State.WARNING, Verdict.WATCH
    else:
        state, calls_for = State.NORMAL, Verdict.FINE
    rows.append(Evidence("book_age", state, calls_for, exact(days), "days", book_date, book_source, watch, act))
    return tuple(rows)


def calendar_row(file: str, line: int | None, problem: str, today: date) -> Evidence:
    """The bank's corrections of the release days cannot be used, so the public calendars alone were: to be watched."""
    labels = {"file": file} | ({} if line is None else {"line": str(line)})
    return Evidence("calendar_unusable", State.FAILED, Verdict.WATCH, problem, "code", today, labels=labels)


def flag_rows(flags: Sequence[CountryFlag], before: Sequence[CountryFlag] | None, today: date) -> tuple[Evidence, ...]:
    """Flags gained, raised and lost since `before` (None: nothing was signed yet): a new tier A → act, B → watch."""
    now, then = _tiers(flags), _tiers(before or ())
    rows = []
    for country in sorted(now.keys() | then.keys()):
        tier, was = now.get(country), then.get(country)
        labels = {"country": country} | ({"was": was.value} if was else {})
        if tier is None:
            rows.append(Evidence("flag_lost", State.INFO, value=was, unit="code", date=today, labels=labels))
        elif was is None or tier < was:
            acts = tier is Tier.ACT
            state, calls_for = (State.CRITICAL, Verdict.ACT) if acts else (State.WARNING, Verdict.WATCH)
            rows.append(Evidence("flag_gained", state, calls_for, tier.value, "code", today, labels=labels))
    count = Evidence("flags", State.INFO, value=exact(len(now)), unit="countries", date=today)
    return (*rows, count)


def _tiers(flags: Iterable[CountryFlag]) -> dict[str, Tier]:
    return {flag.country: flag.tier for flag in flags if flag.causes and not flag.release_proposed}


def _freshness(missed: int) -> State:
    if missed <= 0:
        return State.NORMAL
    return State.LATE if missed == _LATE else State.STALE
