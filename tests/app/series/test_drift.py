"""Units that change within a file, or in a file that is the first of its series: refused with both magnitudes."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.bootstrap import Program
from app.refusals import Refused
from app.series import drift
from app.series.catalogue import SERIES
from app.series.series import Batch
from app.storage import observations
from app.wording.sentences import refusal

FIRST = date(2025, 1, 1)  # a Wednesday


def batch(id: str, values: list[float]) -> Batch:
    return Batch(id, "fredgraph", tuple((FIRST + timedelta(weeks=week), value) for week, value in enumerate(values)))


def steps(id: str, values: list[float], stored: dict[date, float] | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        drift.guard_steps(SERIES[id], SERIES[id].unit, batch(id, values), stored or {})
    return refused.value


LEVEL = [6_700_000.0, 6_710_000.0, 6_705_000.0, 6_690_000.0, 6_695_000.0, 6_702_000.0]


def test_a_file_that_turns_to_billions_on_the_way_is_refused_with_the_day_and_both_magnitudes() -> None:
    refused = steps("WALCL", [*LEVEL, 6_701.0, 6_699.5, 6_703.0])
    assert refused.code == "series.unit_step"
    assert refused.values["day"] == FIRST + timedelta(weeks=6)
    # The last five before are 6,710,000 to 6,702,000 with 6,702,000 in the middle; after are 6,699.5, 6,701, 6,703.
    assert (refused.values["before"], refused.values["after"]) == (6_702_000, 6_701)
    assert refused.values["suggested"] == "USD billions"
    what, remedy = refusal(refused)
    assert "6,702,000" in what
    assert "6,701" in what
    assert 'tidewatch series accept-unit WALCL --unit "USD billions"' in remedy


def test_one_last_figure_in_another_unit_is_enough_where_the_series_is_never_small() -> None:
    assert steps("WALCL", [*LEVEL, 6_701.0]).values["after"] == 6_701


def test_a_new_unit_that_begins_with_the_batch_is_held_against_what_is_stored_before_it() -> None:
    stored = {FIRST - timedelta(weeks=week): 6_700_000.0 for week in range(1, 6)}
    assert steps("WALCL", [6_701.0], stored).values["day"] == FIRST


def test_other_units_and_the_way_up_are_seen_too() -> None:
    assert steps("WALCL", [6_701.0, 6_699.0, 6_703.0, *LEVEL]).values["suggested"] == "USD thousands"


def test_a_facility_that_is_drawn_and_on_rrp_at_its_beginning_are_no_change_of_unit() -> None:
    loans = [9.0, 11.0, 10.0, 12.0, 9.0, 28_211.0, 117_000.0, 129_000.0]  # primary credit in March 2020
    drift.guard_steps(SERIES["WLCFLL"], "USD millions", batch("WLCFLL", loans), {})
    rrp = [0.0, 0.05, 0.0, 11.0, 0.7, 351.0, 450.2, 0.0, 502.9]
    drift.guard_steps(SERIES["RRPONTSYD"], "USD billions", batch("RRPONTSYD", rrp), {})


SWAPS_2020 = [45.0, 206_051.0]  # H.4.1 of 19 and 26 March 2020, USD millions


def test_the_swap_lines_of_march_2020_are_a_true_leap() -> None:
    # The last weeks before stood in the tens of millions; afterwards in the hundreds of thousands.
    weeks = [46.0, 52.0, 58.0, 49.0, *SWAPS_2020, 348_544.0, 378_000.0, 409_000.0]
    stored = {FIRST - timedelta(weeks=week): 45.0 for week in range(1, 6)}
    drift.guard_steps(SERIES["SWPT"], "USD millions", batch("SWPT", weeks), {})
    drift.guard_steps(SERIES["SWPT"], "USD millions", batch("SWPT", SWAPS_2020[1:]), stored)


@pytest.mark.parametrize("leap", [1000.4, 999.2, 1_000_020.0])
def test_a_leap_of_a_thousandfold_in_whole_millions_is_no_unit(leap: float) -> None:
    """To the digit what a change of unit would be in size: only the digits tell the two apart."""
    weeks = [45.0, 45.0, 45.0, *(round(45 * leap) + more for more in (0.0, 1.0, 2.0))]
    drift.guard_steps(SERIES["SWPT"], "USD millions", batch("SWPT", weeks), {})
    drift.guard_steps(SERIES["SWPT"], "USD millions", batch("SWPT", weeks[::-1]), {})


def test_swaps_that_turn_to_billions_or_to_thousands_are_refused() -> None:
    weeks = [358_055.0, 348_544.0, 356_101.0]
    assert steps("SWPT", [*weeks, 355.544, 358.055, 351.336]).values["suggested"] == "USD billions"
    assert steps("SWPT", [351.051, 348.544, 355.055, *weeks]).values["after"] == 356_101
    assert steps("SWPT", [*weeks, *(value * 1000 for value in weeks)]).values["suggested"] == "USD thousands"


@pytest.mark.parametrize(
    ("id", "millions", "billions"),
    [("WRESBAL", 3_356_377.0, 3_356.377), ("WTREGEN", 886_964.0, 886.964)],
)
def test_the_week_averages_that_really_changed_their_unit_stay_refused(
    id: str, millions: float, billions: float
) -> None:
    """SOURCES.md, Unit drift: both were in billions up to 2025 and are in millions since."""
    old, new = [billions, billions * 1.01, billions * 0.99], [millions * 1.005, millions, millions * 0.998]
    assert steps(id, [*old, *new]).code == "series.unit_step"
    assert steps(id, [*new, *old]).code == "series.unit_step"
    stored = {FIRST - timedelta(weeks=week): millions for week in range(1, 6)}
    assert steps(id, [billions], stored).values["suggested"] == "USD billions"


def test_fractions_where_the_publisher_has_whole_millions_are_billions() -> None:
    with pytest.raises(Refused) as refused:
        drift.guard_fractions(SERIES["WSHOBL"], "USD millions", batch("WSHOBL", [195.801, 195.907, 195.293]))
    assert refused.value.code == "series.unit_fractions"
    assert (refused.value.values["batch"], refused.value.values["expected"]) == (195.801, 195_801)
    what, remedy = refusal(refused.value)
    assert "195.801" in what
    assert "195,801" in what
    assert "accept-unit WSHOBL" in remedy
    drift.guard_fractions(SERIES["WSHOBL"], "USD millions", batch("WSHOBL", [195_801.0, 195_907.0]))
    drift.guard_fractions(SERIES["DTWEXBGS"], "index", batch("DTWEXBGS", [120.3, 120.4]))


# ---------------------------------------------------------------------- the real files, through the folder


def copy(file: Path, into: Path, change: int | None = None, scale: float = 1000) -> Path:
    """The file, from row `change` on in larger units; None leaves it as it is."""
    into.mkdir(exist_ok=True)
    rows = list(csv.reader(file.read_text("utf-8").splitlines()))
    for place, row in enumerate(rows):
        if change is not None and place > change and row[1] not in ("", "."):
            row[1] = repr(float(row[1]) / scale)
    (into / file.name).write_text("\n".join(",".join(row) for row in rows), "utf-8")
    return into


@pytest.mark.shared
@pytest.mark.parametrize("id", ["WALCL", "TREAST", "WSHOSHO", "WSHOMCB", "WRESBAL"])
def test_a_file_in_billions_is_refused_as_first_load_as_update_and_where_it_changes(
    id: str, program: Program, shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / "fred" / f"{id}.csv"
    codes = []
    for name, change in (("first", 0), ("middle", 600)):
        (outcome,) = program.refreshing.take_in(copy(file, tmp_path / name, change)).outcomes
        assert outcome.error is not None
        codes.append(outcome.error.code)
        assert outcome.error.values["suggested"] == "USD billions"
        what, remedy = refusal(outcome.error)
        assert what
        assert f'accept-unit {id} --unit "USD billions"' in remedy
    assert codes[0] in ("series.unit_range", "series.unit_fractions")
    assert codes[1] == "series.unit_step"
    assert program.watching.series(id).observations == ()
    stored = program.refreshing.take_in(copy(file, tmp_path / "good"))
    assert (stored.failed, stored.added > 1000) == ((), True)
    (outcome,) = program.refreshing.take_in(copy(file, tmp_path / "update", 0)).outcomes
    assert outcome.error is not None
    assert outcome.error.code == "series.unit_jump"
    assert outcome.error.values["stored"] == pytest.approx(outcome.error.values["batch"] * 1000)


@pytest.mark.shared
def test_the_whole_real_on_rrp_file_loads(program: Program, shared_data: Path, tmp_path: Path) -> None:
    report = program.refreshing.take_in(copy(shared_data / "fred" / "RRPONTSYD.csv", tmp_path / "in"))
    assert report.failed == ()
    assert report.added == 3249


@pytest.mark.shared
@pytest.mark.parametrize("file", ["condition_2016-02-03_2017-12-27", "factors_2021-04-28_2023-03-22"])
def test_the_real_swap_lines_load_and_so_does_their_leap(
    file: str, program: Program, shared_data: Path, tmp_path: Path
) -> None:
    into = tmp_path / "in"
    into.mkdir()
    name = f"FRB_H41_{file}.csv"
    (into / name).write_bytes((shared_data / "ddp" / name).read_bytes())
    outcomes = program.refreshing.take_in(into).outcomes
    assert not [one for one in outcomes if one.error is not None and one.resource == "SWPT"]
    days = [one.date for one in program.watching.series("SWPT").observations]
    assert len(days) == 100
    leap = tuple(
        zip((date(2024, 3, 13), date(2024, 3, 20), date(2024, 3, 27)), (45.0, 206_051.0, 348_544.0), strict=True)
    )
    with program.database.write() as connection:
        assert observations.store(connection, Batch("SWPT", "ddp", leap), program.clock()) == 3
