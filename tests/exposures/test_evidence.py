"""The daily check's market rows, branch by branch (CALCULATIONS 13): rules, figures, sources and flags."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from alerts.monitor import Phase
from alerts.monitor import State as Standing
from alerts.rule import Rule, Severity
from alerts.rulefile import read
from exposures.check_policy import read_policy
from exposures.checking import State, Verdict, step_evidence
from exposures.evidence import (
    Failure,
    Figure,
    SourceAge,
    Watched,
    data_rows,
    figure_row,
    flag_rows,
    lack_row,
    period_end_row,
    rule_row,
)
from exposures.flags import Cause, CountryFlag, Tier
from exposures.reason import Reason

TODAY = date(2026, 5, 26)
MONDAY = date(2026, 5, 25)
POLICY = read_policy(files("exposures").joinpath("daily_check.toml").read_text("utf-8"))
E9 = next(rule for rule in read(files("alerts").joinpath("defaults.toml").read_text("utf-8")) if rule.id == "E9")
FINE, WATCH, ACT = Verdict.FINE, Verdict.WATCH, Verdict.ACT
CALM = Standing(value=0.4, date=MONDAY)
#: A lira that lost 6.11 percent in five observations: 43.02 → 45.82.
LIRA = Standing(
    calm=Phase.FIRING, severity=Severity.CRITICAL, episode=MONDAY, value=-6.11, date=MONDAY, on=(True, True)
)


def watched(standing: Standing, missed: int = 0, rule: Rule = E9) -> Watched:
    return Watched(rule, {"country": "TR"}, standing, missed, "cbrt", "A-0001")


def test_a_lira_past_its_critical_line_calls_for_an_act() -> None:
    row = rule_row(watched(LIRA))
    assert (row.state, row.calls_for) == (State.CRITICAL, ACT)
    assert (row.value, row.unit, row.date, row.source) == (Decimal("-6.11"), "percent", MONDAY, "cbrt")
    assert (row.warning, row.critical) == (Decimal("-3.0"), Decimal("-5.0"))
    assert row.labels == {"rule": "E9", "metric": "FX", "over": "5", "country": "TR", "alert": "A-0001"}


WARNED = replace(LIRA, severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("standing", "missed", "state", "calls_for"),
    [
        (LIRA, 0, State.CRITICAL, ACT),
        (replace(LIRA, stale=True), 0, State.CRITICAL, ACT),  # a lost figure resolves nothing
        (LIRA, 3, State.CRITICAL, ACT),
        (replace(LIRA, fault="alerts.lack.unit"), 0, State.ERROR, ACT),
        (replace(LIRA, calm=Phase.RECOVERING), 0, State.RECOVERING, WATCH),
        (WARNED, 0, State.WARNING, WATCH),
        (replace(WARNED, calm=Phase.RECOVERING), 0, State.RECOVERING, WATCH),
        (replace(CALM, calm=Phase.PENDING, episode=MONDAY), 0, State.PENDING, WATCH),
        (replace(CALM, calm=Phase.NO_DATA), 0, State.NO_DATA, WATCH),
        (Standing(), 0, State.NO_DATA, WATCH),
        (replace(CALM, stale=True), 0, State.STALE, WATCH),
        (replace(CALM, fault="alerts.lack.unit"), 0, State.ERROR, WATCH),
        (CALM, 0, State.NORMAL, FINE),
        (CALM, 1, State.LATE, FINE),  # late data are the first step's business
        (CALM, 2, State.STALE, WATCH),
    ],
)
def test_by_alerts(standing: Standing, missed: int, state: State, calls_for: Verdict) -> None:
    row = rule_row(watched(standing, missed))
    assert (row.state, row.calls_for) == (state, calls_for)


def test_what_fired_since_the_last_signature_and_is_calm_again_is_watched() -> None:
    row = rule_row(replace(watched(CALM), meanwhile=Severity.CRITICAL))
    assert (row.state, row.calls_for, row.labels["meanwhile"]) == (State.NORMAL, WATCH, "critical")
    still = rule_row(replace(watched(LIRA), meanwhile=Severity.CRITICAL))
    assert (still.calls_for, "meanwhile" in still.labels) == (ACT, False)


def test_a_rule_with_one_line_has_no_other() -> None:
    row = rule_row(Watched(replace(E9, critical=None), {}, WARNED))
    assert (row.warning, row.critical, row.labels.get("alert")) == (Decimal("-3.0"), None, None)


def test_a_rule_that_lacks_its_readings_is_no_data() -> None:
    row = lack_row(E9, "alerts.lack.readings")
    assert (row.state, row.calls_for, row.value) == (State.NO_DATA, WATCH, None)
    assert row.labels["lack"] == "alerts.lack.readings"


@pytest.mark.parametrize(
    ("value", "missed", "state", "calls_for"),
    [
        (6_713_643.0, 0, State.INFO, FINE),
        (6_713_643.0, 1, State.LATE, FINE),
        (6_713_643.0, 2, State.STALE, WATCH),
        (None, 0, State.NO_DATA, WATCH),
    ],
)
def test_a_figure_is_shown_and_judged_only_by_its_age(
    value: float | None, missed: int, state: State, calls_for: Verdict
) -> None:
    row = figure_row(Figure("WALCL", value, "USD millions", MONDAY, "fredgraph", missed))
    assert (row.state, row.calls_for) == (state, calls_for)
    assert row.value == (None if value is None else Decimal("6713643.0"))


def test_a_period_end_is_named_and_not_judged() -> None:
    row = period_end_row("SOFR", date(2026, 3, 31), True)
    assert (row.value, row.calls_for) == ("quarter_end", FINE)
    assert period_end_row("SOFR", date(2026, 4, 30), False).value == "month_end"


def data(*ages: SourceAge, failures: tuple[Failure, ...] = (), book: date | None = date(2026, 5, 22)) -> Verdict:
    return step_evidence("data", data_rows(ages, failures, book, TODAY, POLICY)).verdict


def test_fresh_data_and_a_book_of_friday_are_fine() -> None:
    assert data(SourceAge("h41", date(2026, 5, 20), 0, True)) is FINE


def test_a_late_source_is_watched() -> None:
    assert data(SourceAge("h41", date(2026, 5, 13), 1, True)) is WATCH


def test_a_stale_source_of_a_critical_rule_calls_for_an_act() -> None:
    assert data(SourceAge("h41", date(2026, 5, 6), 2, feeds_critical=True)) is ACT
    assert data(SourceAge("money", date(2026, 2, 1), 2, feeds_critical=False)) is WATCH


def test_a_source_without_data_is_watched() -> None:
    assert data(SourceAge("fx", None, 0, True)) is WATCH


def test_a_source_that_failed_is_watched_and_says_why() -> None:
    failed = Failure("fredgraph", "WALCL", MONDAY, "source.unreachable")
    rows = data_rows((), (failed,), date(2026, 5, 22), TODAY, POLICY)
    assert step_evidence("data", rows).verdict is WATCH
    row = next(row for row in rows if row.code == "source_failed")
    assert (row.state, row.value, row.date) == (State.FAILED, "source.unreachable", MONDAY)
    assert row.labels == {"source": "fredgraph", "resource": "WALCL"}


@pytest.mark.parametrize(
    ("book", "state", "calls_for"),
    [
        (date(2026, 5, 19), State.NORMAL, FINE),  # 7 days
        (date(2026, 5, 18), State.WARNING, WATCH),  # 8
        (date(2026, 5, 16), State.WARNING, WATCH),  # 10
        (date(2026, 5, 15), State.CRITICAL, ACT),  # 11: older than 10
        (None, State.NO_DATA, WATCH),
    ],
)
def test_the_books_age(book: date | None, state: State, calls_for: Verdict) -> None:
    (row,) = data_rows((), (), book, TODAY, POLICY, "v31")
    assert (row.state, row.calls_for) == (state, calls_for)
    assert row.value == (None if book is None else Decimal((TODAY - book).days))
    assert (row.warning, row.critical) == (7, 10)


def flag(country: str, tier: Tier = Tier.WATCH, *, gone: bool = False, ended: bool = False) -> CountryFlag:
    reason = Reason("policy_list", "country", None, None, "code", TODAY, "policy list")
    causes = () if ended else (Cause("policy", tier, reason, TODAY),)
    return CountryFlag(country, 1, TODAY, tier, causes, gone)


def flags(now: list[CountryFlag], before: list[CountryFlag] | None) -> list[tuple[str, str, Verdict]]:
    rows = flag_rows(now, before, TODAY)
    return [(row.code, row.labels.get("country", str(row.value)), row.calls_for) for row in rows]


def test_a_new_tier_a_calls_for_an_act_and_a_new_tier_b_for_a_watch() -> None:
    now = [flag("TR", Tier.ACT), flag("AR")]
    assert flags(now, [flag("AR")]) == [("flag_gained", "TR", ACT), ("flags", "2", FINE)]
    assert flags(now, [flag("TR", Tier.ACT)]) == [("flag_gained", "AR", WATCH), ("flags", "2", FINE)]


def test_a_tier_that_rises_is_new_and_one_that_falls_is_not() -> None:
    assert flags([flag("TR", Tier.ACT)], [flag("TR")])[0] == ("flag_gained", "TR", ACT)
    assert flags([flag("TR")], [flag("TR", Tier.ACT)]) == [("flags", "1", FINE)]


def test_before_anybody_signed_every_flag_is_new() -> None:
    assert flags([flag("TR", Tier.ACT)], None)[0] == ("flag_gained", "TR", ACT)


def test_a_flag_that_is_lost_is_told_and_not_judged() -> None:
    assert flags([flag("TR", gone=True)], [flag("TR")]) == [("flag_lost", "TR", FINE), ("flags", "0", FINE)]
    assert flags([flag("TR", ended=True)], [flag("TR")]) == [("flag_lost", "TR", FINE), ("flags", "0", FINE)]
    assert flags([], []) == [("flags", "0", FINE)]


def test_a_flag_that_came_back_after_its_release_was_proposed_is_new() -> None:
    assert flags([flag("TR")], [flag("TR", gone=True)])[0] == ("flag_gained", "TR", WATCH)
