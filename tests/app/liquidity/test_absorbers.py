"""Reserves, ON RRP and the Treasury's account: which line is shown, its share, its peaks, every case."""

from datetime import date

import numpy as np
import pytest

from app.liquidity import absorbers
from app.liquidity.tracks import Track
from app.wording.sentences import sentence
from tests.app.liquidity.series import daily, empty, track, weekly

START = date(2020, 1, 1)
WEEKS = 60


def whole(**given: Track) -> dict[str, Track]:
    """Every track of the absorbers, empty where the test gives none."""
    units = {"RRPONTSYD": "USD billions", "REQRESNS": "USD billions", "EXCSRESNS": "USD billions"}
    return {id: given.get(id) or empty(id, units.get(id, "USD millions")) for id in absorbers.IDS}


def reserves(*values: float) -> Track:
    return weekly("WRESBAL", START, list(values))


@pytest.mark.parametrize(
    ("last", "case"), [(1_030_000, "rising"), (970_000, "falling"), (1_010_000, "steady"), (None, "no_data")]
)
def test_reserves_are_compared_with_a_year_before(last: float | None, case: str) -> None:
    values = [1_000_000.0] * (WEEKS - 1) + [last] if last is not None else []
    built = absorbers.reserves(whole(WRESBAL=reserves(*values)))
    assert built.finding.case == f"reserves.{case}"
    assert sentence(built.finding)


def test_a_short_history_has_a_level_only() -> None:
    built = absorbers.reserves(whole(WRESBAL=reserves(1_000_000, 1_100_000)))
    assert built.finding.case == "reserves.level"
    assert sentence(built.finding) == "Banks hold USD 1,100.0 bn at the Fed on 8 Jan 2020."


def test_the_wednesday_level_goes_before_the_average_of_the_same_week() -> None:
    both = whole(WRESBAL=reserves(1, 2), WRBWFRBL=weekly("WRBWFRBL", START, [3, 4]))
    assert absorbers.reserves(both).level.id == "WRBWFRBL"
    later = whole(WRESBAL=reserves(1, 2, 5), WRBWFRBL=weekly("WRBWFRBL", START, [3, 4]))
    assert absorbers.reserves(later).level.id == "WRESBAL"


def test_the_share_is_of_liabilities_and_says_so_where_it_is_of_assets() -> None:
    # 3,297.142 of 8,903.9 is 37.03 %, the 37.0 % of Table 1
    on = date(2022, 5, 18)
    level = track("WLODLL", {on: 3_297_142}, "USD millions")
    liabilities, assets = (
        track("RESPPMLL_N", {on: 8_903_900}, "USD millions"),
        track("WALCL", {on: 8_945_898}, "USD millions"),
    )
    built = absorbers.reserves(whole(WLODLL=level, RESPPMLL_N=liabilities, WALCL=assets))
    assert built.share is not None
    assert built.of == "total_liabilities"
    assert round(built.share.latest or 0, 1) == 37.0
    built = absorbers.reserves(whole(WLODLL=level, WALCL=assets))
    assert built.of == "total_assets"
    assert "total liabilities have no history" in sentence(built.finding)


def test_required_reserves_have_an_end_that_is_told() -> None:
    months = {date(2020, month, 1): 200.0 for month in range(1, 9)}
    built = absorbers.reserves(whole(REQRESNS=track("REQRESNS", months, "USD billions")))
    assert built.notes[0].values == {"since": date(2020, 3, 26), "last": date(2020, 8, 1)}
    assert "26 Mar 2020" in sentence(built.notes[0])
    assert absorbers.reserves(whole()).notes[0].case == "required.no_data"


@pytest.mark.parametrize(
    ("values", "case"),
    [
        ([], "no_data"),
        ([2_000.0] * 40, "level"),
        ([2_000.0] * 299 + [50.0], "empty"),
        ([2_000.0] * 299 + [1_000.0], "falling"),
        ([1_000.0] * 299 + [2_000.0], "rising"),
        ([1_000.0] * 300, "steady"),
    ],
)
def test_on_rrp_cases(values: list[float], case: str) -> None:
    built = absorbers.on_rrp(whole(RRPONTSYD=daily("RRPONTSYD", START, values, "USD billions")))
    assert built.finding.case == f"on_rrp.{case}"
    assert sentence(built.finding)
    assert [note.case for note in built.notes] == ["award.no_data"]


def test_the_award_rate_stands_beside_on_rrp() -> None:
    award = daily("RRPONTSYAWARD", START, [0.8, 0.8])
    built = absorbers.on_rrp(whole(RRPONTSYD=daily("RRPONTSYD", START, [1.0, 2.0]), RRPONTSYAWARD=award))
    assert built.beside == (award,)
    assert built.notes == ()


@pytest.mark.parametrize(
    ("last", "case"), [(900_000, "rising"), (700_000, "falling"), (805_000, "steady"), (None, "no_data")]
)
def test_the_treasury_s_account_over_four_weeks(last: float | None, case: str) -> None:
    values = [800_000.0] * 9 + [last] if last is not None else []
    built = absorbers.tga(whole(WDTGAL=weekly("WDTGAL", START, values)))
    assert built.finding.case == f"tga.{case}"
    assert sentence(built.finding)
    assert built.notes[0].case == "tga.weekly"


def test_the_daily_statement_goes_before_wednesdays_and_knows_the_true_peak() -> None:
    days = {date(2020, 7, 21): 1_790_000.0, date(2020, 7, 22): 1_803_000.0, date(2020, 7, 23): 1_821_800.0}
    days |= {date(2020, 7, 24): 1_810_000.0, date(2020, 9, 30): 1_781_700.0, date(2020, 10, 1): 1_700_000.0}
    weekly_ = track("WDTGAL", {date(2020, 7, 22): 1_803_000.0, date(2020, 9, 30): 1_781_000.0}, "USD millions")
    built = absorbers.tga(whole(TGA_CLOSE=track("TGA_CLOSE", days, "USD millions"), WDTGAL=weekly_))
    assert built.level.id == "TGA_CLOSE"
    # M6: true peak 1,821.8 bn, close of 2020-07-23
    assert (built.peaks[0].on, built.peaks[0].value) == (date(2020, 7, 23), pytest.approx(1_821.8))
    assert len(built.peaks) == 1  # the next high is nearer than half a year
    assert [note.case for note in built.notes] == ["erratum.4"]
    assert built.beside[0].id == "WDTGAL"


def test_peaks_are_half_a_year_apart_and_no_end_that_still_rises() -> None:
    values = np.zeros(120)
    values[10], values[12], values[60], values[-1] = 50.0, 60.0, 40.0, 99.0
    peaks = absorbers._peaks(weekly("x", START, list(values)))
    assert [peak.value for peak in peaks] == [60.0, 40.0]


def test_the_paper_s_day_brings_its_errata() -> None:
    on = date(2022, 5, 18)
    built = absorbers.reserves(whole(WRESBAL=track("WRESBAL", {on: 3_356_377}, "USD millions")))
    assert [note.case for note in built.notes] == ["required.no_data", "erratum.2"]
    rrp = absorbers.on_rrp(whole(RRPONTSYD=track("RRPONTSYD", {on: 1_973.373}, "USD billions")))
    assert [note.case for note in rrp.notes] == ["award.no_data", "erratum.3"]
