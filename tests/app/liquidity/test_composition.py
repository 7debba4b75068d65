"""The stack adds up, takes the line that covers the weeks, and leaves no gap as zero."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from alerts.finding import Finding
from app.liquidity import composition
from app.liquidity.overview import Composition
from app.liquidity.statement import Side
from app.series.points import Points, points
from app.series.series import Basis, Observation

FIRST = date(2026, 1, 7)
KNOWN = datetime(2026, 5, 26, tzinfo=UTC)


def weekly(values: list[float], first: date = FIRST, step: int = 7) -> Points:
    return points(
        Observation(first + timedelta(days=step * i), value, KNOWN, Basis.ASSUMED, "t")
        for i, value in enumerate(values)
    )


def side(which: Side, **given: Points) -> Composition:
    return composition.build(which, dict.fromkeys(composition.SERIES_IDS[which], weekly([])) | given)


TEN = [6_700e3] * 10


def test_liabilities_are_reserves_on_rrp_and_an_explicit_rest() -> None:
    shown = side(
        Side.LIABILITIES, WALCL=weekly(TEN), WRESBAL=weekly([3_100e3] * 10), RRPONTSYD=weekly([25.0] * 70, step=1)
    )
    assert [(layer.id, layer.series) for layer in shown.layers] == [
        ("rest", ()), ("reserves", ("WRESBAL",)), ("on_rrp", ("RRPONTSYD",)),
    ]  # fmt: skip
    assert np.allclose(np.sum([layer.values for layer in shown.layers], axis=0), shown.total)
    assert shown.finding.case == "composition.liabilities"
    assert shown.finding.values["reserves"] == pytest.approx(46.2687, abs=1e-4)  # 3,100 of 6,700
    assert sum(shown.finding.values[id] for id in ("reserves", "on_rrp", "rest")) == pytest.approx(100)
    assert shown.notes == (Finding("note.week_average"),)


def test_a_wednesday_level_that_covers_the_weeks_goes_before_the_average() -> None:
    given = {"WALCL": weekly(TEN), "WRESBAL": weekly([1e3] * 10), "WLRRAOL": weekly([2e3] * 10)}
    nine, eight = weekly([9e3] * 9), weekly([9e3] * 8)
    assert side(Side.LIABILITIES, **given, WRBWFRBL=nine).layers[1].series == ("WRBWFRBL",)
    assert len(side(Side.LIABILITIES, **given, WRBWFRBL=nine).dates) == 9  # the week without it is not shown
    assert side(Side.LIABILITIES, **given, WRBWFRBL=eight).layers[1].series == ("WRESBAL",)


def test_a_holiday_wednesday_takes_the_last_daily_figure_and_a_gap_is_no_zero() -> None:
    daily = weekly([25.0] * 64, step=1)  # ends on a Wednesday, day 63
    carried = weekly([25.0] * 63, step=1)  # ends the Tuesday before
    given = {"WALCL": weekly(TEN), "WRESBAL": weekly([1e3] * 10)}
    assert len(side(Side.LIABILITIES, **given, RRPONTSYD=daily).dates) == 10
    assert len(side(Side.LIABILITIES, **given, RRPONTSYD=carried).dates) == 10
    assert len(side(Side.LIABILITIES, **given, RRPONTSYD=weekly([25.0] * 57, step=1)).dates) == 9


def test_before_the_facility_began_its_use_is_zero() -> None:
    early = date(2013, 9, 4)
    shown = side(
        Side.LIABILITIES,
        WALCL=weekly(TEN, early),
        WRESBAL=weekly([1e3] * 10, early),
        RRPONTSYD=weekly([5.0] * 60, date(2013, 9, 23), 1),
    )
    assert shown.layers[-1].values.tolist() == [0, 0, 0] + [5.0] * 7


def test_assets_are_treasuries_and_mortgages() -> None:
    shown = side(Side.ASSETS, WALCL=weekly(TEN), TREAST=weekly([4_000e3] * 10), WSHOMCB=weekly([2_000e3] * 10))
    assert [float(layer.values[-1]) for layer in shown.layers] == [700.0, 4_000.0, 2_000.0]
    assert shown.finding.case == "composition.assets"
    assert shown.notes == ()


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ("total_assets", "treasuries", "mbs")),
        ({"WALCL": weekly(TEN)}, ("treasuries", "mbs")),
        ({"WALCL": weekly(TEN), "TREAST": weekly(TEN)}, ("mbs",)),
    ],
)
def test_what_is_missing_is_named(given: dict[str, Points], missing: tuple[str, ...]) -> None:
    assert side(Side.ASSETS, **given).finding == Finding("composition.no_data", {"missing": missing})
