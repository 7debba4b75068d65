"""The sample's figures against those that the source document prints."""

import csv
from datetime import date
from pathlib import Path

import pytest

from app.series.catalogue import SERIES
from app.services.sample.history import History, history

LINES = {
    "total_assets": "WALCL",
    "securities": "WSHOSHO",
    "treasuries": "TREAST",
    "bills": "WSHOBL",
    "notes_and_bonds": "WSHONBNL",
    "agency_debt": "WSHOFADSL",
    "mbs": "WSHOMCB",
    "repos": "WORAL",
    "swaps": "SWPT",
    "other_assets": "RESH4SO_N",
    "total_liabilities": "RESPPMLL_N",
    "federal_reserve_notes": "WLFN",
    "reverse_repos": "WLRRAL",
    "term_deposits": "RESPPLLDA_N",
    "depository_deposits": "WLODLL",
    "tga": "WDTGAL",
    "foreign_official": "WDFOL",
    "other_deposits": "RESPPLLDO_N",
    "capital": "WCTCL",
}
TABLES = {  # table: its dates, and millions in one of its units
    "1": (date(2008, 1, 2), date(2022, 5, 18), 1000),
    "2": (date(2017, 10, 4), date(2019, 9, 4), 100),
}


@pytest.fixture(scope="module")
def sample() -> History:
    return history()


def test_the_tables_of_the_source_document_are_met_to_the_printed_unit(sample: History, shared_data: Path) -> None:
    compared = 0
    with (shared_data / "seed_tables.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["line"] not in LINES:
                continue
            first, second, unit = TABLES[row["table"]]
            for day, printed in ((first, row["first"]), (second, row["second"])):
                value = sample[LINES[row["line"]]].get(day, 0.0) / unit  # a line that was not there yet is nought
                assert abs(value - float(printed)) <= 1, (row["table"], row["line"], day, value, printed)
                compared += 1
    assert compared == 2 * 19 + 2 * 16


@pytest.mark.parametrize(
    ("name", "day", "value"),
    [
        ("RRPONTSYD", date(2022, 5, 18), 1973.373),  # text: 1.97 tn
        ("WDTGAL", date(2020, 9, 30), 1_780_000),  # text: the peak of 1.78 tn
        ("WDTGAL", date(2020, 2, 26), 381_300),  # text: 8,667 less 4,854 (0.1 bn)
        ("WLODLL", date(2022, 5, 18), 3_297_142),
        ("WRBWFRBL", date(2008, 1, 2), 33_058),
    ],
)
def test_points_of_the_text_stand_exactly(sample: History, name: str, day: date, value: float) -> None:
    assert sample[name][day] == pytest.approx(value, abs=1)


def test_the_liabilities_close_every_week(sample: History) -> None:
    for day, assets in sample["WALCL"].items():
        assert sample["RESPPMLL_N"][day] + sample["WCTCL"][day] == pytest.approx(assets, abs=0.5)


def test_the_lira_lost_6_1_percent_in_five_observations(sample: History) -> None:
    rates = list(sample["FX_TRY"].values())
    assert round((rates[-6] / rates[-1] - 1) * 100, 1) == -6.1  # 15.40 / 16.40 - 1


def test_every_value_is_within_its_series_range_and_dates(sample: History) -> None:
    for name, values in sample.items():
        series = SERIES[name]
        middle = sorted(values.values())[len(values) // 2]
        assert min(values.values()) >= 0, name
        assert middle == 0 or series.low <= middle <= series.high, (name, middle)
        assert series.first is None or min(values) >= series.first, name
        assert series.last is None or max(values) <= series.last, name


def test_two_makings_are_equal() -> None:
    assert history() == history()
