from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import numpy as np
import pytest

from app.countries import course, indicators
from app.countries.formula import parse
from app.countries.indicators import Curve, crashing, curves, dollar_rise, value_change, year_change
from app.series.points import Points, points
from app.series.series import Basis, Observation

FORMULA = parse(files("app.countries").joinpath("score.toml").read_text("utf-8"))
FIRST = date(2024, 1, 1)


def of(values, *, start=FIRST, step=1, lag=1, known=None) -> Points:
    """Observations `step` days apart, each known `lag` days later (or from `known`, by place)."""
    rows = []
    for place, value in enumerate(values):
        day = start + timedelta(days=place * step)
        instant = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=lag)
        instant = (known or {}).get(place, instant)
        rows.append(Observation(day, value, instant, Basis.FETCHED, "test"))
    return points(rows)


def on(days: dict[date, float]) -> Points:
    rows = [
        Observation(day, value, datetime(2025, 1, 1, tzinfo=UTC), Basis.FETCHED, "t") for day, value in days.items()
    ]
    return points(rows)


def test_both_terms_of_a_fall_as_the_document_has_them():
    # CALCULATIONS 1.3: 43.02 → 45.82: v = −6.11 %, d = +6.51 %
    rate = Curve(of([43.02, 45.82]))
    assert value_change(rate, 1).points.values[-1] == pytest.approx(-6.11, abs=0.005)
    assert dollar_rise(rate, 1).points.values[-1] == pytest.approx(6.51, abs=0.005)
    # A dollar rise of 25 % is a value loss of 20 %.
    quarter = Curve(of([40.0, 50.0]))
    assert dollar_rise(quarter, 1).points.values[-1] == pytest.approx(25)
    assert value_change(quarter, 1).points.values[-1] == pytest.approx(-20)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (1.0, 1.25, 1),  # 25 % after 0 %
        (1.0, 1.249, 0),  # not yet 25 %
        (1.2, 1.2 * 1.29, 0),  # 29 % after 20 %: only 9 points more
        (1.2, 1.2 * 1.30, 1),  # 30 % after 20 %: 10 points more
    ],
)
def test_a_crash_is_a_quarter_in_a_year_and_ten_points_more_than_the_year_before(before, now, expected):
    # the 1e-12 keeps binary noise from taking a rise of exactly 25 % below it
    rate = Curve(of([1.0] * 250 + [before] * 250 + [now * (1 + 1e-12)]))
    assert crashing(rate).points.values[-1] == expected


def test_a_year_is_the_same_month_a_year_earlier():
    change = year_change(Curve(on({date(2024, 3, 31): 100.0, date(2025, 2, 28): 95.0, date(2025, 3, 31): 91.0})))
    assert change.points.dates.tolist() == [date(2025, 3, 31)]
    assert change.points.values[0] == pytest.approx(-9)
    assert not len(year_change(Curve(on({date(2025, 3, 31): 91.0}))).points)


def test_a_figure_of_two_series_is_as_old_as_the_older():
    known = {
        "POLICY_RATE_TR": on({date(2025, 4, 23): 42.5}),
        "CPI_TR": on({date(2025, 3, 31): 38.1}),
        "STDEBT_RESERVES_TR": on({date(2024, 12, 31): 171 / 58.4 * 100}),
    }
    found = curves("TR", known)
    assert found["real_rate"].points.values[-1] == pytest.approx(4.4)
    assert found["real_rate"].points.oldest[-1].item() == date(2025, 3, 31)
    assert found["reserves_debt"].points.values[-1] == pytest.approx(34.15, abs=0.005)
    assert not len(found["spread"].points)


def test_what_the_catalogue_covers():
    assert {"AR", "TR", "CL", "ZA", "CN"} <= set(indicators.covered())
    assert indicators.series_of("TR", "fx") == ("FX_TRY",)
    assert indicators.series_of("AR", "premium") == ("PARALLEL_PREMIUM_AR",)
    assert indicators.series_of("TR", "premium") == ()
    assert indicators.series_of("XX", "fx") == ()


# ---------------------------------------------------------------- the score through time


def score_course(known):
    return course.course(FORMULA, curves("TR", known), indicators.plain("TR", "fx", known))


def everything(**more):
    return {
        "FX_TRY": of(np.linspace(30, 40, 300).tolist()),
        "CPI_TR": of([30.0] * 10, step=30),
        "POLICY_RATE_TR": of([40.0] * 10, step=30),
        "RESERVES_TR": of([100.0] * 20, start=FIRST - timedelta(days=300), step=30),
        "IMPORT_COVER_TR": of([4.0]),
        "STDEBT_RESERVES_TR": of([80.0]),
        "CURRENT_ACCOUNT_TR": of([-3.0]),
        **more,
    }


def test_a_later_figure_changes_no_earlier_score():
    before = score_course(everything())
    assert len(before)
    late = datetime(2024, 10, 20, tzinfo=UTC)
    cpi = of([30.0] * 10, step=30, known={9: late})  # dated 27 September, known on 20 October only
    after = score_course(everything(CPI_TR=cpi))
    earlier = after.known_from < np.datetime64(late.replace(tzinfo=None), "us")
    assert earlier.any()
    assert after.values[earlier].tolist() == before.values[earlier].tolist()


def test_no_score_stands_below_the_coverage_and_none_on_a_day_without_a_rate():
    assert not len(score_course({"FX_TRY": of(np.linspace(30, 40, 300).tolist())}))
    whole = everything()
    found = score_course(whole)
    assert set(found.dates.tolist()) <= set(whole["FX_TRY"].dates.tolist())
    assert (found.values >= 0).all()
    assert (found.values <= 100).all()


def test_a_crash_is_dated_and_volatility_needs_twenty_changes():
    rate = Curve(of([1.0] * 500 + [1.4, 1.4, 1.5]))
    assert indicators.crash_since(rate) == FIRST + timedelta(days=500)
    assert indicators.crash_since(Curve(of([1.0] * 600))) is None
    assert indicators.volatility(Curve(of([7.0] * 20))) is None
    assert indicators.volatility(Curve(of([7.0] * 21))) == 0
    # ±1 % in turn: a standard deviation of about 1 % a day, 15.8 % a year of 250 days
    assert indicators.volatility(Curve(of([7.0, 7.07] * 11))) == pytest.approx(16.1, abs=0.2)
