"""SOFR's jump, by hand."""

from datetime import UTC, date, datetime

import pytest

from alerts.metric import Metric, Reading, Readings
from app.liquidity.jumps import SOFR_JUMP, sofr_jump

KNOWN = datetime(2026, 1, 1, tzinfo=UTC)


def _columns(id: str, rows: dict[date, float | None]) -> Readings:
    metric = Metric(id, "percent")
    return Readings.of(metric, [Reading(metric, day, value, KNOWN) for day, value in rows.items()])


def test_a_decided_move_is_taken_out_where_it_is_known() -> None:
    # 27 July 2023: the top went from 5.25 to 5.50 and SOFR from 5.06 to 5.30: 24 bp less 25 bp.
    sofr = _columns("SOFR", {date(2023, 7, 26): 5.06, date(2023, 7, 27): 5.30, date(2023, 7, 28): 5.42})
    top = _columns("DFEDTARU", {date(2023, 7, 26): 5.25, date(2023, 7, 27): 5.50})
    jump = sofr_jump(sofr, top)
    assert jump.metric == SOFR_JUMP
    assert jump.dates.tolist() == [date(2023, 7, 27), date(2023, 7, 28)]
    assert jump.values.tolist() == [-1, 12]  # the last day's target is not stored: the raw change


def test_without_any_target_the_raw_change_stands() -> None:
    sofr = _columns("SOFR", {date(2019, 9, 13): 2.20, date(2019, 9, 14): None, date(2019, 9, 16): 2.43})
    assert sofr_jump(sofr, sofr.first(0)).values.tolist() == [23]


@pytest.mark.parametrize("count", [0, 1])
def test_too_short_a_history_has_no_jump(count: int) -> None:
    sofr = _columns("SOFR", {date(2019, 9, 13): 2.20}).first(count)
    assert len(sofr_jump(sofr, sofr.first(0))) == 0
