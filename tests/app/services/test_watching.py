"""What the real files say: the figures of the source document's tables, to the unit, and the accounting identities."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from app.bootstrap import Program, open_program
from app.liquidity.balance_sheet import LINE_IDS
from app.liquidity.statement import Side
from app.refusals import Misused, Refused
from app.series.catalogue import SERIES
from app.sources import ddp

NOW = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    with open_program(tmp_path_factory.mktemp("real"), clock=lambda: NOW) as program:
        for name in ("fred", "ddp"):
            assert program.refreshing.take_in(shared_data / name).failed == ()
        yield program  # type: ignore[misc]


def test_the_first_table(real: Program) -> None:
    sheet = real.watching.balance_sheet(date(2022, 5, 18), date(2008, 1, 2))
    assert tuple(line.id for line in sheet.lines) == LINE_IDS
    pairs = {
        "total_assets": (8945898, 922187),
        "treasuries": (5768021, 740627),
        "mbs": (2733823, 0),
        "reverse_repos": (2241622, 40909),
        "on_rrp": (1973373, None),
        "reserve_balances": (3297142, 33058),
        "tga": (866726, 7277),
        "federal_reserve_notes": (None, None),
        "total_liabilities": (None, None),
    }
    assert {id: (sheet.line(id).value, sheet.line(id).against) for id in pairs} == pairs
    assert sheet.line("bills").against == 227841
    assert sheet.line("federal_reserve_notes").status == "no data: WLFN"
    assert sheet.line("total_liabilities").status == "no data: RESPPMLL_N"
    assert sheet.line("loans_and_facilities").value == 21397 + 6661 + 28438 + 2466
    assert sheet.finding.case == "sheet.larger_part"
    assert round(sheet.finding.values["share"]) == 79
    assert sheet.notes[0].case == "note.table_1_date"


def test_the_second_table_and_a_date_on_which_both_sides_close(real: Program) -> None:
    sheet = real.watching.balance_sheet(date(2019, 9, 4), date(2017, 10, 4))
    assert (sheet.line("total_assets").value, sheet.line("total_assets").against) == (3761508, 4460422)
    assert sheet.line("depository_deposits").against == 2228518
    assert sheet.line("rounding").against == -1
    alone = real.watching.balance_sheet(date(2017, 10, 4))
    assert alone.closes is True
    for side, total in ((Side.ASSETS, "total_assets"), (Side.LIABILITIES, "total_liabilities")):
        top = [line.value for line in alone.lines if line.side is side and line.parent == total]
        assert None not in top
        assert sum(value or 0 for value in top) == alone.line(total).value


def test_other_assets_of_two_definitions_are_not_compared(real: Program) -> None:
    line = real.watching.balance_sheet(date(2022, 5, 18), date(2017, 10, 4)).line("other_assets")
    assert (line.value, line.against, line.change, line.status) == (31351, 25223, None, "different definitions")
    assert line.source == "ddp:RESH4SO_N.WW"


def test_a_date_is_seen_as_it_was_known(real: Program) -> None:
    known = datetime(2022, 5, 19, 20, 30, tzinfo=UTC)
    assert real.watching.balance_sheet(date(2022, 5, 18), as_of=known).line("total_assets").value == 8945898
    with pytest.raises(Refused) as refused:
        real.watching.balance_sheet(date(2022, 5, 18), as_of=datetime(2022, 5, 19, 20, tzinfo=UTC))
    assert refused.value.values["nearest"] == date(2022, 5, 11)


def test_the_pictures_figures(real: Program) -> None:
    tide = real.watching.tide()
    assert tide.finding.case == "tide.slack_empty"
    assert [tile.value for tile in tide.tiles] == [6713.643, 3129.562, 1.787, -10.0]
    assert not any(tile.stale for tile in tide.tiles)
    stack = real.watching.composition(Side.LIABILITIES)
    latest = {layer.id: round(float(layer.values[-1]), 1) for layer in stack.layers}
    assert latest == {"rest": 3559.2, "reserves": 3129.6, "on_rrp": 24.9}
    assert real.watching.composition(Side.ASSETS).finding.case == "composition.assets"
    assert real.watching.corridor().finding.case == "corridor.holding"


def test_the_money_multiplier_of_the_source_document_on_todays_series(real: Program) -> None:
    ratio = {row.date: round(row.value, 2) for row in real.watching.series("M2_BASE").observations}
    assert (ratio[date(2020, 1, 1)], ratio[date(2021, 12, 1)]) == (4.48, 3.35)


def test_on_rrp_of_two_sources_agrees_on_every_wednesday(real: Program) -> None:
    daily = {row.date: row.value for row in real.watching.series("RRPONTSYD").observations}
    weekly = real.watching.series("WLRRAOL").observations
    assert len(weekly) == 100
    assert all(round(daily[row.date] * 1000) == row.value for row in weekly if row.date in daily)


def test_readings_are_for_any_id_and_say_since_when(real: Program) -> None:
    readings = real.watching.readings(["SOFR", "change(WALCL,4)", "RESERVES_GDP", "FX_TRY"])
    assert readings["change(WALCL,4)"].values[-1] == 6224
    assert len(readings["FX_TRY"]) == 0
    assert readings["RESERVES_GDP"].values[-1] == pytest.approx(9.8211, abs=1e-4)
    sofr = readings["SOFR"]
    assert sofr.known_from[sofr.dates == np.datetime64("2026-05-20")] == np.datetime64("2026-05-21T12:00")
    early = real.watching.readings(["SOFR"], as_of=datetime(2020, 1, 1, tzinfo=UTC))["SOFR"]
    assert early.dates[-1] == np.datetime64("2019-12-30")
    with pytest.raises(Misused):
        real.watching.readings(["NOPE"])


def test_the_catalogue_knows_what_is_stored(real: Program) -> None:
    entries = {entry.series.id: entry for entry in real.watching.catalogue()}
    assert set(entries) == set(SERIES)
    assert (entries["GDP"].last, entries["GDP"].unit) == (date(2026, 1, 1), "USD billions")
    assert entries["FX_TRY"].count == 0
    days = real.watching.balance_sheet_dates()
    assert (days[0], days[-1]) == (date(2026, 5, 20), date(2002, 12, 18))


def test_accounting_identities_hold_on_two_hundred_real_weeks(shared_data: Path) -> None:
    weeks = 0
    for path in sorted((shared_data / "ddp").glob("FRB_*.csv")):
        series = {batch.series_id: dict(batch.values) for batch in ddp.parse(path.read_bytes(), path.name)}
        for day in series["WSHOSHO"]:
            at = {id: values[day] for id, values in series.items() if day in values}
            weeks += 1
            assert abs(at["WSHOSHO"] - at["TREAST"] - at["WSHOFADSL"] - at["WSHOMCB"]) <= 2
            bonds = at["WSHOBL"] + at["WSHONBNL"] + at["WSHONBIIL"] + at["WSHOICL"]
            assert abs(at["TREAST"] - bonds) <= 2
            if "RESPPMLL_N" in at:
                assert abs(at["WALCL"] - at["RESPPMLL_N"] - at["WCTCL"]) <= 2
            else:
                assert abs(at["WLRRAL"] - at["WLRRAFOIAL"] - at["WLRRAOL"]) <= 2
                assert abs(at["RESH4S_N"] - at["RESH4A_N"] - at["WRBWFRBL"]) <= 2
    assert weeks == 200
