"""First prints behind a rule's figures: what was revised, and what has no first print of its own."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from alerts.conditions import Change
from alerts.metric import Metric, Readings
from alerts.rule import Band, Comparison, Rule
from app.bootstrap import Program
from app.liquidity.tracks import Track
from app.series.catalogue import SERIES
from app.series.points import Points
from app.series.series import Batch
from app.services.first_prints import aligned, as_first_printed, on_dates, printed, published
from app.storage import observations
from app.storage.observations import Fetch

DAYS = [date(2026, 5, 1) + timedelta(days=count) for count in range(3)]
DATES = np.array(DAYS, "datetime64[D]")
KNOWN = np.array(["2026-05-04"] * 3, "datetime64[us]")
NONE = np.zeros(3, dtype=bool)


def _put(program: Program, values: list[float], at: datetime) -> None:
    with program.database.write() as connection:
        key = observations.log(connection, Fetch("fredgraph", "SOFR", at, "stored"))
        batch = Batch("SOFR", "fredgraph", tuple(zip(DAYS, values, strict=True)), SERIES["SOFR"].unit)
        observations.store(connection, batch, at, key)


def test_a_rate_and_a_country_s_currency_are_published_and_a_score_is_not() -> None:
    assert published(Metric("SOFR", "percent")) == "SOFR"
    assert published(Metric("FX", "local units per USD", {"country": "TR"})) == "FX_TRY"
    assert published(Metric("FX", "local units per USD", {"country": "XX"})) is None
    assert published(Metric("SCORE", "points", {"country": "TR"})) is None


def test_an_alert_s_evidence_carries_what_first_came_out(program: Program) -> None:
    _put(program, [5.00, 5.10, 5.30], datetime(2026, 5, 4, tzinfo=UTC))
    rule = Rule("S", "SOFR", "percent", "corridor", condition=Change(1), keep=1,
                warning=Band(Comparison.AT_LEAST, 0.05))  # fmt: skip
    program.monitoring.set_rule(rule, "for the test")
    program.monitoring.evaluate()
    mine = next(one for one in program.monitoring.alerts() if one.rule.id == "S")
    assert program.monitoring.evidence(mine.id).first is None  # nothing was revised yet
    _put(program, [5.00, 5.10, 5.25], datetime(2026, 5, 5, tzinfo=UTC))
    program.monitoring.evaluate()
    seen = program.monitoring.evidence(mine.id)
    assert seen.published
    assert seen.observed_first is not None
    assert seen.first is not None
    assert (seen.observed.tolist(), seen.observed_first.tolist()) == ([5.00, 5.10, 5.25], [5.00, 5.10, 5.30])
    # 5.25 − 5.10 and 5.30 − 5.10
    assert (seen.values[-1], seen.first[-1]) == (pytest.approx(0.15), pytest.approx(0.20))


def test_other_values_than_the_published_ones_have_no_first_print(program: Program) -> None:
    _put(program, [5.00, 5.10, 5.30], datetime(2026, 5, 4, tzinfo=UTC))
    _put(program, [5.00, 5.10, 5.25], datetime(2026, 5, 5, tzinfo=UTC))
    metric = Metric("SOFR", "percent")
    with program.database.read() as connection:
        same = Readings(metric, DATES, np.array([5.00, 5.10, 5.25]), KNOWN, NONE)
        found = as_first_printed(connection, same)
        assert found is not None
        assert found.values.tolist() == [5.00, 5.10, 5.30]
        other = Readings(metric, DATES, np.array([5.00, 5.10, 5.99]), KNOWN, NONE)
        assert as_first_printed(connection, other) is None


def test_prints_stand_on_the_dates_that_have_them() -> None:
    track = Track("X", "percent", DATES[:2], np.array([1.0, 2.0]), KNOWN[:2], first=np.array([1.0, 3.0]))
    assert np.array_equal(on_dates(track, DATES), [1.0, 3.0, np.nan], equal_nan=True)
    curve = Points(DATES, np.array([1.0, 2.0, 4.0]), KNOWN, NONE, DATES)
    first = printed(curve, track)
    assert first is not None
    assert first.values.tolist() == [1.0, 3.0, 4.0]
    assert np.array_equal(aligned(curve, first.take(slice(1, None))), [np.nan, 3.0, 4.0], equal_nan=True)
    assert aligned(curve, None) is None
    assert printed(curve, Track("X", "percent", DATES, curve.values, KNOWN)) is None
