"""The signals approach by hand, and the past evaluated by the function of live use."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given

from alerts.backtest import Crisis, Signals, back_test, finding
from alerts.metric import Metric, Reading, Readings
from alerts.monitor import Kind, State, advance
from alerts.rule import Rule, Severity
from alerts.thresholds import split, sweep, thresholds, with_threshold
from tests.alerts.test_monitor import rules
from tests.alerts.test_monitor import values as series_values
from tests.alerts.timeline import day, readings, rule


def _monthly(values: list[float | None], start: int = 2000) -> Readings:
    metric = Metric("x", "unit", {"country": "TR"})
    rows = []
    for place, value in enumerate(values):
        on = date(start + place // 12, place % 12 + 1, 15)
        rows.append(Reading(metric, on, value, datetime(on.year, on.month, 20, tzinfo=UTC), assumed=place % 2 == 0))
    return Readings.of(metric, rows)


def test_months_are_counted_as_the_signals_approach_does() -> None:
    # 36 months; above the line on 15 March, 15 April 2000 and 15 June 2001, so firing until 15 May and 15 July.
    values: list[float | None] = [0.0] * 36
    for month in (2, 3, 17):
        values[month] = 1.0
    crisis = Crisis("C", date(2000, 6, 1))
    done = back_test(rule(), _monthly(values), [crisis], 90)
    # Months that begin within the 90 days before 1 June (from 3 March on): April, May, and June itself.
    # A: April, May. C: June. B: March, June and July 2001. D: the rest of the months whose 90 days are known.
    assert done.signals is not None
    assert (done.signals.a, done.signals.b, done.signals.c) == (2, 3, 1)
    # The last value stands on 15 December 2002: months up to September 2002 are judged, 33 in all.
    assert done.signals.d == 33 - 6
    assert done.signals.noise_to_signal == pytest.approx((3 / 30) / (2 / 3))
    assert (done.signals.precision, done.signals.recall) == (pytest.approx(2 / 5), pytest.approx(2 / 3))
    (lead,) = done.leads
    # Fired on 15 March, within the 90 days from 3 March on: 78 days before.
    assert lead.days == 78


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (Signals(0, 3, 2, 5), (None, 0.0, 0.0)),  # nothing called: no ratio, not infinity
        (Signals(2, 0, 0, 0), (None, 1.0, 1.0)),  # no calm month
        (Signals(0, 0, 0, 4), (None, None, None)),
        (Signals(1, 1, 1, 3), (0.5, 0.5, 0.5)),  # [1/4] / [1/2]
    ],
)
def test_ratios(months: Signals, expected: tuple[float | None, ...]) -> None:
    assert (months.noise_to_signal, months.precision, months.recall) == expected


def test_episodes_with_their_worst_and_what_was_assumed() -> None:
    of = rule(">", 1, 5, hold=1)
    done = back_test(of, _monthly([0, 2, 3, 6, 0, None, 2, 2]))
    first, second = done.episodes
    assert (first.began, first.fired, first.ended) == (date(2000, 2, 15), date(2000, 3, 15), date(2000, 5, 15))
    assert (first.severity, first.value, first.threshold, first.worst) == (Severity.CRITICAL, 3, 1, 6)
    assert (first.days, first.assumed, first.labels) == (61, True, {"country": "TR"})
    assert (second.fired, second.ended, second.days) == (date(2000, 8, 15), None, 0)
    # Of the seven values those of the even months are assumed, the sixth is none.
    assert (done.observations, done.assumed) == (7, 4)
    assert done.longest is first
    assert done.a_year == pytest.approx(2 / ((date(2000, 8, 15) - date(2000, 1, 15)).days / 365.25))


def test_a_crisis_of_another_country_is_not_called() -> None:
    crises = [Crisis("AR", date(2000, 6, 1), (("country", "AR"),)), Crisis("any", date(2000, 6, 1))]
    done = back_test(rule(), _monthly([1.0] * 24), crises, 30)
    assert [lead.crisis.name for lead in done.leads] == ["any"]
    # It was firing when the horizon began.
    assert done.leads[0].days == 30


@pytest.mark.parametrize(
    ("values", "crises", "case"),
    [
        ([None, None], [], "backtest.no_values"),
        ([0, 0], [], "backtest.silent"),
        ([0, 1], [], "backtest.fired"),
        ([0, 0, 0, 0, 0, 1], [Crisis("C", date(2000, 3, 1))], "backtest.missed"),
        ([0, 1, 0, 0, 0, 0], [Crisis("C", date(2000, 3, 1))], "backtest.called"),
        ([1, 0, 0, 1, 1, 1, 1, 1, 1], [Crisis("C", date(2000, 3, 1))], "backtest.noise"),
    ],
)
def test_what_a_past_says(values: list[float | None], crises: list[Crisis], case: str) -> None:
    said = finding(back_test(rule(), _monthly(values), crises, 60))
    assert said.case == case


def test_a_line_moves_with_its_recovery() -> None:
    of = rule(">", 10, 20, recovery=8)
    moved = with_threshold(of, 12.5)
    assert moved.critical is None
    assert moved.warning is not None
    assert (moved.warning.threshold, moved.warning.recovery) == (12.5, 10.5)


def test_the_sweep_tries_the_worst_half() -> None:
    values = np.array([np.nan, *range(1, 101)], dtype=float)
    upward, downward = thresholds(values, True), thresholds(values, False)
    assert (upward[0], upward[-1]) == (50.5, 99.0)
    assert (downward[0], downward[-1]) == (50.5, 1.99)
    assert thresholds(np.array([np.nan]), True) == ()
    trials = sweep(rule(), _monthly([0, 1, 2, 3, 0]), (), (0.5, 2.5))
    # Above 0.5 from the second to the fourth, above 2.5 at the fourth: one alert each in a third of a year.
    assert [round(trial.a_year or 0, 1) for trial in trials] == [3.0, 3.0]


def test_a_line_is_chosen_on_one_half_and_judged_on_the_other() -> None:
    # Both halves: the value is 2 in the three months before the crisis of each, 1 now and then.
    half = [0, 1, 0, 0, 1, 0, 0, 1, 2, 2, 2, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]
    crises = [Crisis("first", date(2000, 12, 1)), Crisis("second", date(2002, 12, 1))]
    done = split(rule(">", 0.5), _monthly([float(value) for value in half * 2]), crises, 100)
    assert done is not None
    assert done.at == date(2002, 1, 15)
    assert done.chosen >= 1  # beyond the noise
    assert done.after.signals is not None
    assert done.own_after.signals is not None
    assert (done.after.signals.noise_to_signal or 0) < (done.own_after.signals.noise_to_signal or 0)
    assert split(rule(), _monthly([0.0, 1.0]), (), 100) is None
    assert split(rule(), _monthly([0.0]), crises, 100) is None


@given(rules(), series_values)
def test_a_back_test_fires_where_live_use_does(of: Rule, series: list[float | None]) -> None:
    """State for state: observation by observation, as live use takes them, against the back-test's one pass."""
    whole = readings(series)
    state, fired, ended = State(), [], []
    for count in range(1, len(series) + 1):
        state, events = advance(state, whole.first(count), of)
        fired += [event.date for event in events if event.kind is Kind.FIRED]
        # Under the policy "state" a pending alert may end without having fired.
        ended += [
            event.date
            for event in events
            if event.kind in (Kind.RESOLVED, Kind.NO_DATA) and len(ended) < len(fired) + (event.kind is Kind.FIRED)
        ]
    done = back_test(of, whole)
    assert [one.fired for one in done.episodes] == fired
    assert [one.ended for one in done.episodes if one.ended is not None] == ended
    assert (done.episodes[-1].ended is None) == (state.severity is not None) if done.episodes else not fired


def test_the_time_of_release_is_the_observation_s_own() -> None:
    done = back_test(replace(rule()), readings([0, 1]))
    assert done.episodes[0].known_from == datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(1)
    assert done.episodes[0].fired == day(1)
