"""Reading the Board's package CSV: declared units, unknown columns, and a loud no to a changed schema."""

from datetime import date
from pathlib import Path

import pytest

from app.refusals import Refused
from app.sources import ddp
from app.sources.source import Span

HEADINGS = [
    '"Series Description","Total assets","Change"',
    '"Unit:","Currency","Currency"',
    '"Multiplier:","1000000","1000000"',
    '"Currency:","USD","USD"',
    '"Unique Identifier: ","H41/H41/RESPPMA_N.WW","H41/H41/RESPPMA_XCH1_N.WW"',
    '"Time Period","RESPPMA_N.WW","RESPPMA_XCH1_N.WW"',
]


def body(headings: list[str], *rows: str) -> bytes:
    return "\n".join([*headings, *rows]).encode()


def changed(line: int, before: str, after: str) -> list[str]:
    headings = list(HEADINGS)
    assert before in headings[line]
    headings[line] = headings[line].replace(before, after)
    return headings


def test_a_package_is_read_with_its_declared_unit_and_without_changes() -> None:
    (batch,) = ddp.parse(body(HEADINGS, "2022-05-18,8945898,3"), "H41.csv")
    assert (batch.series_id, batch.source, batch.unit) == ("WALCL", "ddp", "USD millions")
    assert batch.values == ((date(2022, 5, 18), 8945898.0),)


def test_another_multiplier_is_another_unit() -> None:
    (batch,) = ddp.parse(body(changed(2, "1000000", "1000"), "2022-05-18,8945898000,3"), "H41.csv")
    assert batch.unit == "USD thousands"


def test_na_is_missing() -> None:
    (batch,) = ddp.parse(body(HEADINGS, "2022-05-11,NA,NA", "2022-05-18,1,NA"), "H41.csv")
    assert [day for day, _ in batch.values] == [date(2022, 5, 18)]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"<html>Maintenance</html>", "source.html"),
        (b"PK\x03\x04", "source.archive"),
        (body(HEADINGS), "source.empty"),
        (body(HEADINGS[1:], "2022-05-18,1,2"), "source.header"),
        (body(changed(2, "Multiplier:", "Scale:"), "2022-05-18,1,2"), "source.header"),
        (body(changed(2, "1000000", "a lot"), "2022-05-18,1,2"), "source.unit"),
        (body(changed(1, "Currency", "Percent"), "2022-05-18,1,2"), "source.unit"),
        (body(changed(3, "USD", "EUR"), "2022-05-18,1,2"), "source.unit"),
        (body(changed(3, ',"USD"', ""), "2022-05-18,1,2"), "source.truncated"),
        (body(changed(5, "RESPPMA_N.WW", "RENAMED.WW"), "2022-05-18,1,2"), "source.unknown_series"),
        (body(HEADINGS, "2022-05-18,1"), "source.truncated"),
        (body(HEADINGS, "2022-05-18,n/a,2"), "source.number"),
        (body(HEADINGS, "18 May 2022,1,2"), "source.date"),
        (body(HEADINGS, "2022-05-18,1,2", "2022-05-18,1,2"), "source.twice"),
    ],
)
def test_anything_else_is_refused_with_its_reason(file: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        ddp.parse(file, "H41.csv")
    assert refused.value.code == code


@pytest.mark.shared
def test_the_real_packages_carry_their_lines(shared_data: Path) -> None:
    expected = {  # read off the files with a spreadsheet
        "FRB_H41_condition_2016-02-03_2017-12-27.csv": ("WLODLL", date(2017, 10, 4), 2228518.0, 100),
        "FRB_H41_factors_2021-04-28_2023-03-22.csv": ("WLRRAOL", date(2022, 5, 18), 1973373.0, 100),
        "H41_2008-01-02.csv": ("WRBWFRBL", date(2008, 1, 2), 33058.0, 1),
    }
    for name, (series, day, value, weeks) in expected.items():
        batches = {batch.series_id: batch for batch in ddp.parse((shared_data / "ddp" / name).read_bytes(), name)}
        assert dict(batches[series].values)[day] == value
        assert len(batches[series].values) == weeks
        assert {batch.unit for batch in batches.values()} == {"USD millions"}


def test_a_request_names_package_span_and_layout() -> None:
    (release,) = ddp.requests(Span(date(2026, 5, 26)))
    assert release.params == {"rel": "H41", "filetype": "zip"}
    condition, factors = release.otherwise
    assert condition.params["from"] == "12/18/2002"
    assert condition.params["to"] == "05/26/2026"
    assert condition.params["layout"] == "seriescolumn"
    assert condition.params["series"] != factors.params["series"]


def test_what_is_new_comes_from_the_packages() -> None:
    """Weekly figures are asked for from the first of the month that lies 120 days before the newest."""
    condition, factors = ddp.requests(Span(date(2026, 5, 26), None, {"WALCL": date(2026, 5, 20)}))
    assert {one.since for one in (condition, factors)} == {date(2026, 1, 1)}
    assert condition.params["from"] == "01/01/2026"
