"""The state machine against timelines known from Prometheus, Grafana and Icinga (C01-C13, C23, C24), and by property.

One step is one observation. Where our timeline differs from the source's on purpose, the test says so.
"""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.conditions import Change, Composite, Count, Crossing, Level, Part, PercentChange, Percentile, ZScore
from alerts.metric import Metric, Reading, Readings
from alerts.monitor import Kind, Phase, State, advance, condition_values, episodes
from alerts.rule import Band, Comparison, NoData, Rule, Severity
from tests.alerts.timeline import day, kinds, letters, readings, rule, walk

N, A, D = 0.0, 1.0, None
KNOWN = datetime(2024, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "of", "values", "expected"),
    [
        ("C01a", rule("<", 100, hold=1), [75, 85, 95, 105, 105, 95, 85], "PFFNNPF"),
        ("C01b: < is strict", rule("<", 100, hold=1), [80, 90, 100, 110, 120, 130, 140], "PFNNNNN"),
        ("C02", rule(">", 50, hold=1, keep=1), [75, 85, 70, 70, 10, 10, 10], "PFFFRNN"),
        ("C03", rule(">", 50, hold=1, keep=1), [75, 10, 10], "PNN"),
        ("C04: at elapsed >= for", rule("<", 0.5, hold=5), [0, 0, 0, 0, 0, 0, 0], "PPPPPFF"),
        ("C05", rule(hold=2), [N, A, A, A], "NPPF"),
        ("C06", rule(hold=1), [A, A, N, A], "PFNP"),
        ("C07, policy state", rule(hold=2, no_data=NoData.STATE), [N, A, D, A, A], "NPDPP"),
        # Deliberate: by default no data resets nothing; it does not count either, so firing comes one later.
        ("C07, ours", rule(hold=2), [N, A, D, A, A], "NPPPF"),
        ("C07b, policy state", rule(hold=2, no_data=NoData.STATE), [A, A, A, D], "PPFD"),
        ("C07b, ours", rule(hold=2), [A, A, A, D], "PPFF"),
        ("C08", rule(keep=2), [N, A, N, N, N], "NFRRN"),
        ("C09", rule(keep=3), [N, A, N, A, A, N], "NFRFFR"),
        ("C10", rule(hold=1, keep=2), [N, A, A, N, A], "NPFRF"),
        ("C11", rule(">", 100, recovery=30), [99, 100, 101, 99, 31, 30, 31, 101], "NNFFFNNF"),
        ("C12: not loaded", rule(">", 100, recovery=30), [99, D], "NN"),
        ("C12: loaded", rule(">", 100, recovery=30), [101, D, 31, D, 30], "FFFFN"),
        ("C12, policy state", rule(">", 100, recovery=30, no_data=NoData.STATE), [99, D], "ND"),
        # Icinga's third attempt is our `for` of two observations; different bad states count together.
        ("C13", rule(">=", 1, 2, hold=2, critical_hold=2), [0, 1, 2, 2, 0, 2, 0], "NPPFNPN"),
        ("NaN never satisfies", rule("<", 5), [float("nan"), 7], "NN"),
        ("NaN never clears", rule("<", 5), [4, float("nan"), float("nan"), 5], "FFFN"),
    ],
    ids=lambda part: part if (isinstance(part, str) and ":" in part) or str(part).startswith("C") else "",
)
def test_timelines(name: str, of: Rule, values: list[float | None], expected: str) -> None:
    assert letters(of, values) == expected


def test_an_alert_that_never_fired_announces_no_recovery() -> None:
    # C13 again: the first problem is announced and so is its end; the second never fires and only lapses.
    of = rule(">=", 1, 2, hold=2, critical_hold=2)
    assert kinds(of, [0, 1, 2, 2, 0, 2, 0]) == ["pending", "fired", "resolved", "pending", "lapsed"]


def test_back_to_firing_from_recovering_is_no_new_firing() -> None:
    assert kinds(rule(hold=1, keep=2), [N, A, A, N, A]) == ["pending", "fired", "recovering", "returned"]


def test_two_bands_with_recovery_on_both() -> None:
    of = rule(">", 10, 20, recovery=8, critical_recovery=15)
    steps = walk(of, [5, 12, 22, 16, 15, 9, 8])
    # 16 still holds critical (> 15), 15 does not; 9 still holds warning (> 8), 8 does not.
    assert [state.severity for state, _ in steps] == [
        None,
        Severity.WARNING,
        Severity.CRITICAL,
        Severity.CRITICAL,
        Severity.WARNING,
        Severity.WARNING,
        None,
    ]
    events = [event for _, told in steps for event in told]
    assert [(event.kind, event.threshold) for event in events] == [
        (Kind.FIRED, 10),
        (Kind.RAISED, 20),
        (Kind.LOWERED, 15),
        (Kind.RESOLVED, 8),
    ]
    assert {event.episode for event in events} == {day(1)}
    assert [event.value for event in events] == [12, 22, 15, 8]


def test_from_critical_to_a_warning_that_need_not_wait_again() -> None:
    # Warning waits five observations, critical none: the fall from 25 to 5 stays firing, as a warning.
    of = rule(">", 0, 20, hold=5)
    steps = walk(of, [-1, 25, 5, -1])
    assert "".join(state.phase[0] for state, _ in steps) == "nffn"
    assert [event.kind for _, told in steps for event in told] == [Kind.FIRED, Kind.LOWERED, Kind.RESOLVED]


def test_critical_waits_its_own_time_while_warning_fires() -> None:
    of = rule(">", 0, 20, critical_hold=2)
    assert [state.severity for state, _ in walk(of, [1, 25, 25, 25])] == [
        Severity.WARNING,
        Severity.WARNING,
        Severity.WARNING,
        Severity.CRITICAL,
    ]


def test_recovering_that_turns_worse_is_raised() -> None:
    assert kinds(rule(">", 10, 20, keep=3), [12, 5, 25]) == ["fired", "recovering", "returned", "raised"]


def test_a_stale_alert_is_marked_and_not_resolved() -> None:
    state, events = walk(rule(), [A, D])[-1]
    assert (state.phase, state.stale, state.value, events) == (Phase.FIRING, True, 1.0, ())
    state, _ = walk(rule(), [A, D, A])[-1]
    assert not state.stale


def test_no_data_under_the_policy_state_ends_the_episode_unresolved() -> None:
    of = rule(hold=0, no_data=NoData.STATE)
    assert kinds(of, [A, D, A]) == ["fired", "no_data", "fired"]
    _, events = advance(State(), readings([A, D, A]), of)
    assert list(episodes(events)) == [day(0), day(2)]


def test_a_longer_for_takes_a_firing_alert_back_to_pending_by_replay() -> None:
    # C23: for 1 -> 4 while firing; pending again, then firing at the fifth sample.
    before, after = rule(hold=1), rule(hold=4)
    assert letters(before, [A, A, A]) == "PFF"
    assert letters(after, [A, A, A, A, A]) == "PPPPF"


def test_an_observation_that_never_came_changes_nothing() -> None:
    # C24, deliberate: no five-minute look-back; between two observations an alert stays what it is.
    of = rule("<", 0.5, hold=1)
    metric = Metric("x", "unit")
    sparse = Readings.of(metric, [Reading(metric, day(place), 0, KNOWN) for place in (0, 7)])
    state, _ = advance(State(), sparse.first(1), of)
    assert advance(state, sparse.first(1), of) == (state, ())
    state, events = advance(state, sparse, of)
    assert state.phase is Phase.FIRING
    assert [event.date for event in events] == [day(7)]


def test_each_observation_is_evaluated_once() -> None:
    state, events = advance(State(), readings([N, A]), rule())
    assert len(events) == 1
    assert advance(state, readings([N, A]), rule()) == (state, ())


def test_a_fault_keeps_what_stands_beneath_it() -> None:
    state, _ = advance(State(), readings([A]), rule())
    broken = replace(state, fault="unit")
    assert (broken.phase, broken.severity) == (Phase.ERROR, Severity.WARNING)
    assert advance(broken, readings([A]), rule()) == (state, ())
    assert advance(broken, readings([A, A]), rule())[0].phase is Phase.FIRING


def test_change_looks_back_over_observations_and_not_over_gaps() -> None:
    of = replace(rule(">", 2), condition=Change(over=2))
    # 1 _ 2 _ 5: two observations before 5 stands 1.
    assert letters(of, [1, D, 2, D, 5]) == "NNNNF"


values = st.lists(st.one_of(st.none(), st.floats(-3, 3, allow_nan=False)), max_size=40)
cuts = st.lists(st.integers(0, 40), max_size=6)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    upward = draw(st.booleans())
    sign = 1 if upward else -1
    comparison = Comparison(draw(st.sampled_from([">", ">="] if upward else ["<", "<="])))
    level, gap, slack = (draw(st.sampled_from([0.0, 0.5, 1.0])) for _ in range(3))
    hold, critical_hold = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    which = draw(st.sampled_from(["warning", "critical", "both"]))
    back = draw(st.sampled_from([None, sign * level]))
    warning = Band(comparison, sign * level, hold, sign * (level - slack), in_days=draw(st.booleans()))
    critical = Band(comparison, sign * (level + gap), critical_hold, back, in_days=draw(st.booleans()))
    condition = draw(
        st.sampled_from(
            [
                Level(),
                Change(1),
                Change(3),
                PercentChange(2),
                PercentChange(2, "dollar_rise"),
                ZScore(3),
                ZScore(3, "change", 1),
                Percentile(4),
                Crossing("either", 0.5),
                Count(3, ">", 0.0),
                Composite(
                    "or",
                    (Part(Level(), Comparison.ABOVE, 1.0), Part(Change(2), Comparison.BELOW, 0.0, negated=True)),
                ),
            ]
        )
    )
    return Rule(
        "T",
        "x",
        "unit",
        "data",
        condition,
        warning if which != "critical" else None,
        critical if which != "warning" else None,
        keep=draw(st.integers(0, 3)),
        no_data=draw(st.sampled_from(list(NoData))),
    )


@given(rules(), values, cuts)
def test_any_chunking_equals_replay_state_for_state(of: Rule, series: list[float | None], at: list[int]) -> None:
    whole = readings(series)
    expected = walk(of, series)
    state, told = State(), []
    for count in [*sorted({min(cut, len(series)) for cut in at}), len(series)]:
        state, events = advance(state, whole.first(count), of)
        told += events
        assert state == (expected[count - 1][0] if count else State())
    assert tuple(told) == tuple(event for _, events in expected for event in events)


@given(rules(), values, st.integers(0, 40))
def test_the_look_back_is_all_that_a_chunk_needs(of: Rule, series: list[float | None], cut: int) -> None:
    whole = readings(series)
    cut = min(cut, max(len(series) - 1, 0))
    state, _ = advance(State(), whole.first(cut), of)
    seen = [place for place, value in enumerate(series[:cut]) if value is not None]
    needed = of.condition.lookback
    begin = (seen[-needed] if len(seen) >= needed else 0) if needed else cut
    assert advance(state, whole.last(len(series) - begin), of) == advance(state, whole, of)


@given(
    st.lists(st.sampled_from([0.0, 1.0, 2.0, 3.0, None]), max_size=30),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from([None, 1.5, 0.5]),
)
def test_one_band_equals_a_plain_engine(
    series: list[float | None], hold: int, keep: int, recovery: float | None
) -> None:
    """An independent reading of the semantics: one band, one loop, no vectors."""
    expected, phase, hits, misses = "", "N", 0, 0
    for value in series:
        if value is not None:
            line = (1.5 if recovery is None else recovery) if phase == "F" else 1.5
            if value > line:
                hits += 1
                phase = "F" if phase in "FR" or hits > hold else "P"
                misses = 0
            else:
                hits = 0
                misses += 1
                phase = "R" if phase in "FR" and misses <= keep else "N"
        expected += phase
    assert letters(rule(">", 1.5, hold=hold, keep=keep, recovery=recovery), series) == expected


def test_a_duration_counts_days_and_not_observations() -> None:
    # Weekly observations: three days are over at the second one, eight only at the third.
    metric = Metric("x", "unit")
    weekly = Readings.of(metric, [Reading(metric, day(place), 1, KNOWN) for place in (0, 7, 14)])
    phases = []
    for hold in (3, 7, 8):
        of = replace(rule(), warning=Band(Comparison.ABOVE, 0.5, hold, in_days=True))
        phases.append("".join(advance(State(), weekly.first(count), of)[0].phase[0] for count in (1, 2, 3)))
    assert phases == ["pff", "pff", "ppf"]


def test_no_data_does_not_reset_a_duration() -> None:
    of = replace(rule(), warning=Band(Comparison.ABOVE, 0.5, 3, in_days=True))
    # The fourth day is the first one with a value on which three days have passed.
    assert letters(of, [A, D, D, A, N, A]) == "PPPFNP"


def test_values_of_a_condition_from_any_place_on() -> None:
    whole = readings([1, D, 4, 9, 16])
    of = replace(rule(), condition=Change(1))
    np.testing.assert_array_equal(condition_values(whole, of), [np.nan, np.nan, 3, 5, 7])
    np.testing.assert_array_equal(condition_values(whole, of, 3), [5, 7])
