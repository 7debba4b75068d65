"""World Bank: pages, nulls, and errors that come with status 200."""

import json
from datetime import date
from typing import Any

import pytest

from app.refusals import Refused
from app.sources import worldbank
from app.sources.source import Span


def record(country: str, year: str, value: Any, indicator: str = "FI.RES.TOTL.CD", **more: Any) -> dict[str, Any]:
    named = {"id": indicator, "value": "…"}
    about = {"indicator": named, "country": {"id": country[:2], "value": "…"}, "countryiso3code": country}
    return about | {"date": year, "value": value, "unit": "", "obs_status": "", "decimal": 0} | more


def body(*records: Any, page: int = 1, pages: int = 1) -> bytes:
    about = {"page": page, "pages": pages, "per_page": "20000", "total": len(records), "lastupdated": "2026-10-01"}
    return json.dumps([about, list(records)]).encode()


def test_a_year_is_dated_by_its_last_day_and_null_is_missing() -> None:
    batches = worldbank.parse(
        body(record("TUR", "2025", 155_000_000_000), record("TUR", "2024", None), record("ARG", "2024", "29500000000")),
        "FI.RES.TOTL.CD",
    )
    assert [(one.series_id, one.unit, one.values) for one in batches] == [
        ("RESERVES_YEAR_TR", "USD", ((date(2025, 12, 31), 155e9),)),
        ("RESERVES_YEAR_AR", "USD", ((date(2024, 12, 31), 29.5e9),)),
    ]


def test_ratios_are_in_the_catalogues_unit() -> None:
    (batch,) = worldbank.parse(body(record("CHL", "2024", -2.4, "BN.CAB.XOKA.GD.ZS")), "BN.CAB.XOKA.GD.ZS")
    assert (batch.series_id, batch.unit, batch.values[0][1]) == ("CURRENT_ACCOUNT_CL", None, -2.4)


@pytest.mark.parametrize("nothing", [b'[{"page":1,"pages":1,"total":0},null]', b'[{"page":0,"pages":0,"total":0},[]]'])
def test_no_records_is_an_empty_answer(nothing: bytes) -> None:
    assert worldbank.parse(nothing, "x") == ()


def test_a_year_without_any_figure_gives_no_zero() -> None:
    (batch,) = worldbank.parse(body(record("CHL", "2024", None, "DT.DOD.DECT.GN.ZS")), "x")
    assert (batch.series_id, batch.values) == ("EXTERNAL_DEBT_GNI_CL", ())


def test_an_error_comes_with_status_200_as_one_element() -> None:
    said = b'[{"message":[{"id":"120","key":"Invalid value","value":"The provided parameter value is not valid"}]}]'
    assert worldbank.recognises(said)
    with pytest.raises(Refused) as refused:
        worldbank.parse(said, "x")
    assert refused.value.code == "source.said"
    assert refused.value.values["detail"] == "The provided parameter value is not valid"


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"<html>", "source.html"),
        (b"PK\x03\x04", "source.archive"),
        (b'[{"page":1', "source.json"),
        (b'{"page":1}', "source.column"),
        (b'[{"page":1},[]]', "source.column"),
        (body({"value": 1}), "source.column"),
        (body(record("TUR", "2025", "much")), "source.number"),
        (body(record("TUR", "last year", 1)), "source.date"),
        (body(record("TUR", "2025", 1, unit="bn")), "source.unit"),
        (body(record("DEU", "2025", 1)), "source.unknown_series"),
        (body(record("TUR", "2025", 1), record("TUR", "2025", 2)), "source.twice"),
    ],
)
def test_anything_else_is_refused_with_its_reason(file: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        worldbank.parse(file, "x")
    assert refused.value.code == code


def test_what_is_asked_page_by_page() -> None:
    requests = {one.resource: one for one in worldbank.requests(Span(date(2026, 5, 26)))}
    assert set(requests) == {
        *("FI.RES.TOTL.CD", "FI.RES.TOTL.MO", "DT.DOD.DSTC.IR.ZS", "BN.CAB.XOKA.GD.ZS", "DT.DOD.DECT.GN.ZS"),
        *("FP.CPI.TOTL.ZG", "NY.GDP.MKTP.CD"),
    }
    first = requests["FI.RES.TOTL.CD"]
    assert first.path.startswith("country/ARG;TUR;CHL;")
    assert first.path.endswith("/indicator/FI.RES.TOTL.CD")
    assert first.params == {"format": "json", "per_page": "20000", "date": "2000:2026"}
    (second,) = worldbank.more(first, body(pages=2))
    assert second.params["page"] == "2"
    assert worldbank.more(second, body(page=2, pages=2)) == ()
    later = worldbank.requests(Span(date(2026, 5, 26), newest={"RESERVES_YEAR_TR": date(2024, 12, 31)}))[0]
    assert (later.params["date"], later.since) == ("2018:2026", date(2018, 1, 1))
