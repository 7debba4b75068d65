"""SDMX-CSV: periods, missing values by status, scales, titles with commas and line breaks."""

from datetime import date

import pytest

from app.refusals import Refused
from app.sources import sdmx

HEADER = "FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,TITLE"


def read(*rows: str) -> list[sdmx.Observed]:
    return list(sdmx.observed("\n".join([HEADER, *rows]).encode(), "file.csv", ("FREQ", "REF_AREA")))


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2026-05-18", date(2026, 5, 18)),
        ("2024-02", date(2024, 2, 29)),
        ("2026-M08", date(2026, 8, 31)),
        ("2026-Q2", date(2026, 6, 30)),
        ("2025", date(2025, 12, 31)),
    ],
)
def test_a_period_is_dated_by_its_last_day(period: str, day: date) -> None:
    assert sdmx.period_end(period, "file.csv", 2) == day


@pytest.mark.parametrize(
    "period", ["", "May 2026", "2026-13", "2026-Q5", "2026-02-30", "2026-S1", "26-05", "2026-Q1-01"]
)
def test_anything_else_is_no_period(period: str) -> None:
    with pytest.raises(Refused) as refused:
        sdmx.period_end(period, "file.csv", 7)
    assert (refused.value.code, refused.value.values["line"]) == ("source.date", 7)


@pytest.mark.parametrize(
    ("value", "status"), [("NaN", ""), ("", "A"), ("-9999", "M"), ("0", "H"), ("5.5", "L"), (".", "A")]
)
def test_a_value_is_missing_by_its_form_or_by_its_status(value: str, status: str) -> None:
    (one,) = read(f"D,TR,2026-05-18,{value},{status},0,x")
    assert one.value is None


def test_a_sentinel_without_a_status_stays_a_number_for_the_guard_of_ranges() -> None:
    (one,) = read("D,TR,2026-05-18,-9999,A,0,x")
    assert one.value == -9999


def test_titles_may_hold_commas_and_line_breaks_and_rows_that_describe_the_flow_are_left_out() -> None:
    one, two = read('D,TR,2026-05-18,1,A,0,"Rates, policy\nof the day"', "D,TR,,,,,", "D,TR,2026-05-19,2,A,0,x")
    assert [(one.day.day, one.value), (two.day.day, two.value)] == [(18, 1.0), (19, 2.0)]


def test_a_scale_is_a_power_of_ten_exactly() -> None:
    values = [sdmx.scaled(one, "file.csv") for one in read("D,TR,2026-05-18,0.1,A,3,x", "D,TR,2026-05-19,5,A,,x")]
    assert values == [100.0, 5.0]
    (odd,) = read("D,TR,2026-05-18,1,A,thousand,x")
    with pytest.raises(Refused) as refused:
        sdmx.scaled(odd, "file.csv")
    assert refused.value.code == "source.unit"


def test_a_renamed_column_is_named() -> None:
    with pytest.raises(Refused) as refused:
        list(sdmx.observed(b"FREQ,REF_AREA,TIME,OBS_VALUE\nD,TR,2026,1", "file.csv", ("FREQ",)))
    assert (refused.value.code, refused.value.values["column"]) == ("source.column", "TIME_PERIOD")
