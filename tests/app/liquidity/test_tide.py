"""The overview card: direction and buffer, each boundary, and the tiles."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alerts.finding import Finding
from app.liquidity import tide
from app.liquidity.overview import Tide
from app.series.points import Points, points
from app.series.series import Basis, Observation

FIRST = date(2026, 4, 22)
KNOWN = datetime(2026, 5, 26, tzinfo=UTC)


def weekly(*values: float, first: date = FIRST) -> Points:
    return points(
        Observation(first + timedelta(weeks=i), value, KNOWN, Basis.ASSUMED, "t") for i, value in enumerate(values)
    )


def card(stale: str | None = None, **given: Points) -> Tide:
    whole = dict.fromkeys(tide.IDS, weekly()) | given
    return tide.build(whole, {id: id == stale for id in tide.STALE_BY})


def finding(assets: Points, on_rrp: Points | None = None) -> Finding:
    return card(WALCL=assets, RRPONTSYD=on_rrp or weekly()).finding


@pytest.mark.parametrize(
    ("last", "on_rrp", "case"),
    [
        (6_728.5, (1.0,), "tide.flood_empty"),
        (6_728.5, (100.0,), "tide.flood_full"),
        (6_728.5, (), "tide.flood_unknown"),
        (6_706.2, (99.9,), "tide.slack_empty"),
        (6_706.2, (2_553.7, 1_973.4), "tide.slack_full"),
        (6_706.2, (), "tide.slack_unknown"),
        (6_600.0, (1.0,), "tide.ebb_empty"),
        (6_600.0, (450.0,), "tide.ebb_full"),
        (6_600.0, (), "tide.ebb_unknown"),
    ],
)
def test_every_case(last: float, on_rrp: tuple[float, ...], case: str) -> None:
    assets = weekly(6_700e3, 6_700e3, 6_700e3, 6_700e3, last * 1000)
    assert finding(assets, weekly(*on_rrp)).case == case


@pytest.mark.parametrize(("last", "case"), [(10_024, "slack"), (10_025, "flood"), (9_976, "slack"), (9_975, "ebb")])
def test_a_quarter_of_a_percent_in_four_weeks_is_the_line(last: float, case: str) -> None:
    assert finding(weekly(10_000, 1, 1, 1, last)).case == f"tide.{case}_unknown"


@pytest.mark.parametrize("assets", [(), (6_700e3,), (6_700e3, 6_700e3, 6_700e3, 6_700e3)])
def test_less_than_four_weeks_say_nothing(assets: tuple[float, ...]) -> None:
    assert finding(weekly(*assets)) == Finding("tide.no_data", {"missing": ("total_assets",)})


def test_tiles_carry_value_unit_date_and_change() -> None:
    shown = card(
        stale="RRPONTSYD",
        WALCL=weekly(6_707_419, 6_699_950, 6_709_505, 6_728_502, 6_713_643),
        WRESBAL=weekly(2_901_825, 1, 1, 1, 3_129_562),
        RRPONTSYD=weekly(2_553.716, 0.965, 1.787),
        SOFR_IORB=weekly(-14, -10),
        GDP=weekly(31_865.721),
    )
    assets, reserves, on_rrp, spread = shown.tiles
    assert (assets.value, assets.unit, assets.date) == (6713.643, "USD billions", date(2026, 5, 20))
    assert assets.note == Finding("tile.change", {"change": pytest.approx(6.224), "weeks": 4})
    assert reserves.series == "WRESBAL"
    assert reserves.note is not None
    assert reserves.note.values["share"] == pytest.approx(9.8211, abs=1e-4)
    assert reserves.change == pytest.approx(227.737)
    assert (on_rrp.value, on_rrp.stale, assets.stale) == (1.787, True, False)
    assert on_rrp.note == Finding("tile.peak", {"peak": 2553.716, "date": FIRST})
    assert (spread.value, spread.unit, spread.change) == (-10, "bp", 4)
    assert spread.note == Finding("tile.average", {"average": -12.0, "observations": 2})
    assert shown.lines == ("WALCL", "WRESBAL", "RRPONTSYD")


def test_reserves_are_the_line_with_the_latest_figure_and_a_level_before_an_average() -> None:
    five = weekly(1, 1, 1, 1, 1)
    older = weekly(1, 1, 1, 1, 1, first=FIRST - timedelta(weeks=1))
    assert card(WRBWFRBL=five, WLODLL=five, WRESBAL=five).tiles[1].series == "WRBWFRBL"
    assert card(WRBWFRBL=older, WLODLL=five, WRESBAL=five).tiles[1].series == "WLODLL"
    assert card(WRBWFRBL=older, WRESBAL=five).tiles[1].series == "WRESBAL"


def test_a_tile_without_data_says_which_series() -> None:
    for tile in card().tiles:
        assert tile.value is None
        assert tile.note == Finding("tile.no_data", {"series": tile.series})
