"""What a condition reads besides its own metric: same dates, or what was known then; calendars; what is lacking."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from alerts.conditions import Comparison, Composite, Crossing, Level, Part, Spread
from alerts.inputs import WEEKDAYS, metrics_of, missing, prepared
from alerts.metric import Metric, Reading, Readings
from alerts.monitor import State, advance, condition_values
from alerts.rule import Rule
from tests.alerts.timeline import rule

SOFR, IORB = Metric("SOFR", "percent"), Metric("IORB", "percent")
GATE = Composite(
    "and",
    (Part(Level(), Comparison.ABOVE, 1), Part(Level(), Comparison.BELOW, 100, "RRP")),
)


def _of(metric: Metric, rows: dict[int, float | None], late: int = 0, month: int = 4) -> Readings:
    """Values by day of the month, known the day after at noon, or so many days later."""
    return Readings.of(
        metric,
        [
            Reading(
                metric, date(2021, month, day), value, datetime(2021, month, day, 12, tzinfo=UTC) + timedelta(1 + late)
            )
            for day, value in rows.items()
        ],
    )


def _rule(condition: object, **changes: object) -> Rule:
    return replace(rule(">", 0.5), metric="SOFR", unit="percent", condition=condition, **changes)


def test_a_spread_counts_only_days_of_both_calendars() -> None:
    # Good Friday 2021: the Reserve Banks were open and IORB stood, SOFR was not published.
    sofr, iorb = _of(SOFR, {1: 0.06, 5: 0.05}), _of(IORB, {1: 0.1, 2: 0.1, 5: 0.1}, late=3)
    of = _rule(Spread("IORB"))
    found = prepared(of, sofr, {"IORB": [iorb]}, {})
    assert found.dates.tolist() == [date(2021, 4, 1), date(2021, 4, 5)]
    assert condition_values(found, of).tolist() == [-0.04, -0.05]
    # A spread is known when both are.
    assert found.known_from.tolist() == iorb.known_from[[0, 2]].tolist()


def test_a_gate_is_read_as_it_was_known_then() -> None:
    own = _of(SOFR, {1: 2, 2: 2, 3: 2, 6: 2})
    # The fall of the 2nd became known only on the 6th at noon, after our value of the 3rd and before that of the 6th.
    rrp = Metric("RRP", "USD billions")
    gate = Readings.of(
        rrp,
        [
            Reading(rrp, date(2021, 4, 1), 150, datetime(2021, 4, 2, 12, tzinfo=UTC)),
            Reading(rrp, date(2021, 4, 2), 90, datetime(2021, 4, 6, 12, tzinfo=UTC)),
        ],
    )
    of = _rule(GATE)
    found = prepared(of, own, {"RRP": [gate]}, {})
    assert condition_values(found, of).tolist() == [0, 0, 0, 1]


def test_before_the_gate_was_ever_known_nothing_is_said() -> None:
    of = _rule(GATE)
    found = prepared(of, _of(SOFR, {1: 2, 2: 0}), {"RRP": [_of(Metric("RRP", "b"), {9: 50})]}, {})
    values = condition_values(found, of)
    assert np.isnan(values[0])
    assert values[1] == 0  # 0 is not above 1, whatever the gate


def test_the_partner_of_a_country_has_its_labels_or_none() -> None:
    own = _of(Metric("SOFR", "percent", {"country": "TR"}), {1: 2})
    turkish, plain = _of(Metric("IORB", "percent", {"country": "TR"}), {1: 1}), _of(IORB, {1: 0})
    of = _rule(Spread("IORB"))
    assert condition_values(prepared(of, own, {"IORB": [plain, turkish]}, {}), of).tolist() == [1]
    assert condition_values(prepared(of, own, {"IORB": [plain]}, {}), of).tolist() == [2]


def test_what_is_lacking_is_named() -> None:
    own = _of(SOFR, {1: 2})
    assert missing(_rule(Level()), own, {}, {}) is None
    lack = missing(_rule(Spread("IORB")), own, {}, {})
    assert lack is not None
    assert (lack.case, lack.values["metric"]) == ("alerts.lack.readings", "IORB")
    lack = missing(_rule(Spread("IORB")), own, {"IORB": [_of(Metric("IORB", "basis points"), {1: 2})]}, {})
    assert lack is not None
    assert (lack.case, lack.values["unit"]) == ("alerts.lack.unit", "basis points")
    lack = missing(_rule(Level(), calendar="MARS"), own, {}, WEEKDAYS)
    assert lack is not None
    assert lack.case == "alerts.lack.calendar"
    assert metrics_of(_rule(Spread("IORB"))) == {"SOFR", "IORB"}


def test_on_a_calendar_other_days_are_no_observations() -> None:
    # 3 and 4 April 2021 are a weekend.
    of = _rule(Crossing("up", 1), calendar="weekdays")
    found = prepared(of, _of(SOFR, {2: 2, 3: 0, 4: 0, 5: 2}), {}, WEEKDAYS)
    assert found.dates.tolist() == [date(2021, 4, 2), date(2021, 4, 5)]
    assert condition_values(found, of)[1] == 0


def test_a_revised_input_gives_another_digest() -> None:
    of, own = _rule(GATE), _of(SOFR, {1: 2, 2: 2})
    one, two = (prepared(of, own, {"RRP": [_of(Metric("RRP", "b"), {1: value})]}, {}) for value in (50, 51))
    assert one.digest(2) != two.digest(2)
    assert one.digest(2) == prepared(of, own, {"RRP": [_of(Metric("RRP", "b"), {1: 50})]}, {}).digest(2)


numbers = st.dictionaries(st.integers(1, 28), st.one_of(st.none(), st.floats(0, 200)), min_size=1, max_size=20)


@given(numbers, numbers, st.integers(0, 5), st.sampled_from([GATE, Spread("RRP"), Crossing("either", against="RRP")]))
def test_live_day_by_day_equals_a_replay_at_the_end(
    ours: dict[int, float | None], theirs: dict[int, float | None], late: int, condition: object
) -> None:
    """Each day with only what was known by then, against one pass with everything: what comes later changes nothing.

    With exact dates a partner that comes later adds a row after ours, never before one that was taken.
    """
    of = _rule(condition)
    own, other = _of(SOFR, ours), _of(Metric("RRP", "percent"), theirs, late)
    expected, _ = advance(State(), prepared(of, own, {"RRP": [other]}, {}), of)
    state = State()
    for day in range(1, 40):
        then = np.datetime64(datetime.fromisoformat("2021-04-01") + timedelta(day - 1, hours=12), "us")
        known = own.take(own.known_from <= then), other.take(other.known_from <= then)
        state, _ = advance(state, prepared(of, known[0], {"RRP": [known[1]]}, {}), of)
    assert replace(state, stale=expected.stale) == expected
