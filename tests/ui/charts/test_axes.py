from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import i18n
from ui.charts.axes import decimals_for, number_ticks, time_label, time_step, time_ticks, visible_span
from ui.charts.parts import as_date, day, days


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2008, 1, 2), date(2026, 5, 20), ("Y", 3)),
        (date(2021, 5, 20), date(2026, 5, 20), ("Y", 1)),
        (date(2025, 5, 20), date(2026, 5, 20), ("M", 2)),
        (date(2026, 1, 20), date(2026, 5, 20), ("M", 1)),
        (date(2026, 5, 1), date(2026, 5, 20), ("D", 7)),
    ],
)
def test_ticks_are_whole_years_months_or_days(first, last, expected):
    assert time_step(day(first), day(last), 7) == expected


def test_ticks_stand_on_the_first_of_month_and_year():
    unit, places = time_ticks(day(date(2021, 5, 20)), day(date(2026, 5, 20)), 7)
    assert unit == "Y"
    assert [as_date(place) for place in places] == [date(year, 1, 1) for year in range(2022, 2027)]
    _, weeks = time_ticks(day(date(2026, 5, 1)), day(date(2026, 5, 31)), 7)
    assert {as_date(place).weekday() for place in weeks} == {0}  # Mondays


def test_labels_speak_the_reader_s_language():
    place = day(date(2026, 5, 1))
    assert [time_label(place, unit) for unit in "YMD"] == ["2026", "May 26", "1 May"]
    i18n.set_language("zh_CN")
    assert [time_label(place, unit) for unit in "YMD"] == ["2026", "26年5月", "5月1日"]


def test_numbers_are_round():
    assert number_ticks(719, 8965, 5) == [2000, 4000, 6000, 8000]
    assert number_ticks(-6.1, 2, 5) == [-6, -4, -2, 0, 2]
    assert number_ticks(3, 3, 5) == []


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), st.integers(2, 8))
def test_number_ticks_lie_inside_and_are_few(low, width, room):
    ticks = number_ticks(low, low + width, room)
    assert len(ticks) <= room + 1
    slack = width * 1e-6 + abs(low) * 1e-12  # what floats of this size can tell apart
    assert all(low - slack <= tick <= low + width + slack for tick in ticks)


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), st.integers(2, 8))
def test_as_many_numbers_as_tell_a_scale(low, width, room):
    if width < abs(low) * 1e-9:
        return  # what floats of this size cannot tell apart
    ticks = number_ticks(low, low + width, room, 3)
    assert 3 <= len(ticks) <= max(room + 1, 7)


def test_the_step_is_the_widest_with_which_as_many_stand():
    assert number_ticks(-540, 10_500, 2) == [0, 10_000]
    assert number_ticks(-540, 10_500, 2, 3) == [0, 5_000, 10_000]
    assert number_ticks(-17.5, 16, 2, 3) == [-10, 0, 10]


@pytest.mark.parametrize(("step", "decimals"), [(1000, 0), (0.5, 1), (0.25, 2), (0.02, 2), (2.5, 1)])
def test_decimals_tell_ticks_apart(step, decimals):
    assert decimals_for(step) == decimals


def test_visible_span_knows_what_lies_between_two_days():
    places = days(np.array(["2026-01-01", "2026-01-08", "2026-01-15", "2026-01-22"], "datetime64[D]"))
    values = np.array([9.0, 1.0, np.nan, 5.0])
    assert visible_span([(places, values)], places[1], places[2]) == (1.0, 9.0)  # the neighbours count
    assert visible_span([(places, np.full(4, np.nan))], places[0], places[3]) is None
