"""Acceptance from the real files: Tables 1 and 2, the multiplier, the 10-year yield, M5, the accounting identities."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from app import bootstrap
from app.bootstrap import Program
from app.liquidity.document import Verdict
from app.liquidity.scale import Scale
from app.liquidity.treasury_flows import Direction, TreasuryFlow
from app.refusals import Misused
from app.series.catalogue import SERIES
from app.series.series import Batch
from app.storage import observations, treasury_flows
from app.storage.observations import Fetch


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, shared_data: Path):
    """A workspace with the real published files taken in; no test changes it."""
    root = tmp_path_factory.mktemp("real")
    with bootstrap.open_program(root, clock=lambda: datetime(2026, 5, 28, tzinfo=UTC)) as program:
        for folder in ("fred", "ddp"):
            assert not program.refreshing.take_in(shared_data / folder).failed
        yield program


def put(program: Program, id: str, values: dict[date, float], at: datetime, source: str = "fredgraph") -> None:
    with program.database.write() as connection:
        key = observations.log(connection, Fetch(source, id, at, "stored"))
        observations.store(connection, Batch(id, source, tuple(values.items()), SERIES[id].unit), at, key)


# What the shared files carry of Table 1: acceptance 1 of the issue. The other lines of 2008 stand in the release only.
ASSETS_BOTH = ("total_assets", "securities", "treasuries", "bills", "notes_and_bonds", "agency_debt", "mbs", "repos")


def test_table_1_from_the_shared_files(real: Program) -> None:
    compared = {one.printed.id: one for one in real.tracking.document_table("1").lines}
    for id in ASSETS_BOTH:
        assert (compared[id].first, compared[id].second) == (Verdict.AGREES, Verdict.AGREES), id
    for id in ("loans_and_facilities", "swaps", "other_assets", "reverse_repos", "tga"):
        assert compared[id].second is Verdict.AGREES, id
    assert compared["loans_and_facilities"].ours_second == Decimal("58.962")
    assert compared["other_assets"].first is Verdict.EXPLAINED  # erratum 15
    assert compared["federal_reserve_notes"].second is Verdict.NO_DATA  # no file carries it: never a zero


def test_table_2_from_the_shared_files(real: Program) -> None:
    built = real.tracking.document_table("2")
    compared = {one.printed.id: one for one in built.lines}
    for id in ("total_assets", "securities", "treasuries", "mbs"):
        assert compared[id].change is Verdict.AGREES, id
    assert all(one.first is not Verdict.DIFFERS for one in built.lines)
    # 4 October 2017 stands whole in the condition statement's file
    for id in ("depository_deposits", "federal_reserve_notes", "reverse_repos", "tga", "capital", "total_liabilities"):
        assert compared[id].first is Verdict.AGREES, id


def test_a_real_week_closes_by_its_bridge(real: Program) -> None:
    # Condition statement, 27 September to 4 October 2017: every line of the bridge has a figure.
    built = real.tracking.bridge(date(2017, 10, 4), date(2017, 9, 27))
    assert all(step.effect is not None for step in built.steps)
    assert built.remainder is not None
    assert built.remainder.case in ("bridge.closes", "bridge.small", "bridge.large")
    assert (built.computed or 0) + (built.residual or 0) == built.reported


def test_m5_and_the_multiplier_and_the_yield(real: Program) -> None:
    tracks = real.tracking.tracks(["RRPONTSYD", "M2_BASE", "DGS10"])
    assert tracks["RRPONTSYD"].at(date(2022, 5, 18)) == 1973.373
    assert tracks["M2_BASE"].at(date(2020, 1, 1)) == pytest.approx(4.48, abs=0.005)
    assert tracks["M2_BASE"].at(date(2021, 12, 1)) == pytest.approx(3.35, abs=0.005)
    assert tracks["DGS10"].at(date(2022, 5, 18)) is not None
    assert tracks["M2_BASE"].source == "fredgraph:M2SL + fredgraph:BOGMBASE"
    impact = real.tracking.impact()
    row = impact.measure("money_multiplier")
    assert (round(row.ours_first or 0, 2), round(row.ours_second or 0, 2)) == (4.48, 3.35)
    assert impact.measure("us_cn").latest is None


#: Each sum on every week of a file that carries its lines (the condition statement does not split reverse repos).
IDENTITIES = {
    "condition": [
        ({"WALCL": 1}, {"RESPPMLL_N": 1, "WCTCL": 1}),
        ({"WSHOSHO": 1}, {"TREAST": 1, "WSHOFADSL": 1, "WSHOMCB": 1}),
        ({"TREAST": 1}, {"WSHOBL": 1, "WSHONBNL": 1, "WSHONBIIL": 1, "WSHOICL": 1}),
    ],
    "factors": [
        ({"RESH4S_N": 1}, {"RESH4A_N": 1, "WRBWFRBL": 1}),
        ({"WLRRAL": 1}, {"WLRRAFOIAL": 1, "WLRRAOL": 1}),
        ({"WSHOSHO": 1}, {"TREAST": 1, "WSHOFADSL": 1, "WSHOMCB": 1}),
        ({"TREAST": 1}, {"WSHOBL": 1, "WSHONBNL": 1, "WSHONBIIL": 1, "WSHOICL": 1}),
    ],
}
SPANS = {
    "condition": (date(2016, 2, 3), date(2017, 12, 27)),
    "factors": (date(2021, 4, 28), date(2023, 3, 22)),
}


@pytest.mark.parametrize(
    ("file", "left", "right"), [(file, left, right) for file, sums in IDENTITIES.items() for left, right in sums]
)
def test_accounting_identities_hold_within_two_millions(
    real: Program, file: str, left: dict[str, int], right: dict[str, int]
) -> None:
    start, end = (np.datetime64(day) for day in SPANS[file])
    tracks = real.tracking.tracks([*left, *right])
    dates = None
    for track in tracks.values():
        inside = track.dates[(track.dates >= start) & (track.dates <= end)]
        dates = inside if dates is None else np.intersect1d(dates, inside)
    assert dates is not None
    assert len(dates) == 100
    sums = [
        sum(sign * tracks[id].values[np.searchsorted(tracks[id].dates, dates)] for id, sign in side.items())
        for side in (left, right)
    ]
    # Published rounding; the difference is a row of its own ("rounding") and never spread over the lines.
    assert np.abs(sums[0] - sums[1]).max() <= 2


def test_both_sides_of_the_sheet_close_on_every_week_of_the_condition_statement(real: Program) -> None:
    weeks = [
        day for day in real.watching.balance_sheet_dates() if SPANS["condition"][0] <= day <= SPANS["condition"][1]
    ]
    assert len(weeks) == 100
    for day in weeks[::10]:
        sheet = real.watching.balance_sheet(day)
        assert sheet.closes is True
        assert abs(sheet.line("rounding").value or 0) <= 2


def test_percent_of_gdp_is_of_the_quarter_of_the_date(real: Program) -> None:
    measuring = real.tracking.measuring(Scale.GDP, date(2022, 3, 30), date(2008, 1, 2))
    assert measuring.gdp is not None
    assert measuring.gdp.quarter == date(2022, 1, 1)
    assert round(measuring.value(8_937_142) or 0, 1) == Decimal("35.4")  # erratum 13
    assert real.tracking.measuring(Scale.GDP, date(1930, 1, 1)).gdp is None


def test_first_prints_stand_beside_what_was_revised(program: Program, clock) -> None:
    day = date(2026, 5, 13)
    put(program, "WALCL", {day: 6_700_000.0, date(2026, 5, 20): 6_713_643.0}, clock())
    assert program.tracking.tracks(["WALCL"])["WALCL"].first is None
    clock.advance(days=7)
    put(program, "WALCL", {day: 6_700_500.0}, clock())
    track = program.tracking.tracks(["WALCL"])["WALCL"]
    assert track.values.tolist() == [6_700_500.0, 6_713_643.0]
    assert track.first is not None
    assert track.first.tolist() == [6_700_000.0, 6_713_643.0]
    assert track.source == "fredgraph:WALCL"
    # A better source takes the place of the other, and its first print with it.
    put(program, "WALCL", {day: 6_700_400.0}, clock(), "ddp")
    track = program.tracking.tracks(["WALCL"])["WALCL"]
    assert track.values[0] == 6_700_400.0
    assert track.first is None


def test_cash_flows_are_those_of_the_last_days_with_data(program: Program, clock) -> None:
    assert program.tracking.cash_flows(7).finding.case == "cash.no_data"
    rows = [
        TreasuryFlow(date(2026, 5, day), direction, name, amount)
        for day, direction, name, amount in (
            (1, Direction.DEPOSIT, "Taxes", 900),
            (20, Direction.DEPOSIT, "Taxes", 100),
            (20, Direction.WITHDRAWAL, "Medicare", 400),
        )
    ]
    with program.database.write() as connection:
        treasury_flows.store(connection, rows, clock())
    built = program.tracking.cash_flows(7)
    assert (built.start, built.end) == (date(2026, 5, 14), date(2026, 5, 20))
    assert (built.total_in, built.total_out, built.finding.case) == (100, 400, "cash.drew")


def test_an_unknown_table_and_an_unknown_series_are_misused(program: Program) -> None:
    with pytest.raises(Misused) as told:
        program.tracking.document_table("3")
    assert told.value.code == "document.unknown"
    with pytest.raises(Misused):
        program.tracking.tracks(["NOPE"])


def test_an_empty_workspace_has_answers_that_say_so(program: Program) -> None:
    tracking = program.tracking
    assert tracking.document_table("1").finding.case == "document.no_data"
    assert tracking.reserves().finding.case == "reserves.no_data"
    assert tracking.on_rrp().finding.case == "on_rrp.no_data"
    assert tracking.treasury_account().finding.case == "tga.no_data"
    assert tracking.rates().turning.case == "turn.no_data"
    assert tracking.impact().finding.case == "impact.none"
