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
