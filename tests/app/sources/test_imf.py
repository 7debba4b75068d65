"""IMF prices and reserves in SDMX-CSV of both versions."""

from datetime import date

import pytest

from app.refusals import Refused
from app.sources import imf
from app.sources.source import Span

CPI = "DATAFLOW,COUNTRY,INDEX_TYPE,COICOP_1999,TYPE_OF_TRANSFORMATION,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE,NOTE"
CPI2 = "STRUCTURE[;],STRUCTURE_ID,ACTION," + CPI.removeprefix("DATAFLOW,").removesuffix(",SCALE,NOTE")
IRFCL = "DATAFLOW,COUNTRY,INDICATOR,SECTOR,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE"


def body(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_prices_are_the_change_over_twelve_months_and_the_rest_is_left_out() -> None:
    (batch,) = imf.parse(
        body(
            CPI,
            "IMF.STA:CPI(5.0.0),,,,,,,,,about the flow",
            'IMF.STA:CPI(5.0.0),TUR,CPI,_T,YOY_PCH_PA_PT,M,2026-M08,33.1,0,"two\nlines"',
            "IMF.STA:CPI(5.0.0),TUR,CPI,_T,YOY_PCH_PA_PT,M,2026-M09,,0,x",
            "IMF.STA:CPI(5.0.0),TUR,CPI,_T,IX,M,2026-M08,4321.5,0,the index",
            "IMF.STA:CPI(5.0.0),TUR,CPI,CP01,YOY_PCH_PA_PT,M,2026-M08,40,0,food",
            "IMF.STA:CPI(5.0.0),TUR,CPI,_T,YOY_PCH_PA_PT,A,2025,35,0,a year",
            "IMF.STA:CPI(5.0.0),DEU,CPI,_T,YOY_PCH_PA_PT,M,2026-M08,2.1,0,not ours",
        ),
        "CPI",
    )
    assert (batch.series_id, batch.unit, batch.values) == ("CPI_TR", None, ((date(2026, 8, 31), 33.1),))


def test_the_second_version_of_the_form_is_read_as_well() -> None:
    row = "dataflow,IMF.STA:CPI(5.0.0),R,CHL,CPI,_T,YOY_PCH_PA_PT,M,2026-M08,4.2"
    (batch,) = imf.parse(body(CPI2, row), "CPI")
    assert (batch.series_id, batch.values) == ("CPI_CL", ((date(2026, 8, 31), 4.2),))


def test_reserves_are_in_plain_dollars_whatever_scale_the_portal_shows_them_in() -> None:
    row = "IMF.STA:IRFCL(12.0.0),TUR,IRFCLDT1_IRFCL65_USD,S1XS1311,M,2026-M08,85012345678,6"
    (batch,) = imf.parse(body(IRFCL, row, row.replace("S1XS1311", "S1X")), "IRFCL")
    assert (batch.series_id, batch.unit) == ("RESERVES_TR", "USD")
    assert batch.values == ((date(2026, 8, 31), 85012345678.0),)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"<html>", "source.html"),
        (b"PK\x03\x04", "source.archive"),
        (body(CPI.replace("COICOP_1999", "COICOP_2018"), "x"), "source.column"),
        (body(CPI, "IMF.STA:CPI(5.0.0),TUR,CPI"), "source.truncated"),
        (body(CPI, "IMF.STA:CPI(5.0.0),TUR,CPI,_T,YOY_PCH_PA_PT,M,August,1,0,x"), "source.date"),
        (body(CPI, "IMF.STA:CPI(5.0.0),TUR,CPI,_T,YOY_PCH_PA_PT,M,2026-M08,high,0,x"), "source.number"),
        (body(CPI, "IMF.STA:CPI(5.0.0),DEU,CPI,_T,YOY_PCH_PA_PT,M,2026-M08,2,0,x"), "source.unknown_series"),
        (
            body(IRFCL, *("D,TUR,IRFCLDT1_IRFCL65_USD,S1XS1311,M,2026-M08," + end for end in ("1,6", "2,6"))),
            "source.twice",
        ),
    ],
)
def test_anything_else_is_refused_with_its_reason(file: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        imf.parse(file, "CPI")
    assert refused.value.code == code


def test_only_the_description_of_the_flow_is_an_empty_answer() -> None:
    assert imf.parse(body(CPI, "IMF.STA:CPI(5.0.0),,,,,,,,,about the flow"), "CPI") == ()


def test_files_are_known_by_their_columns() -> None:
    assert all(imf.recognises(body(header, "x")) for header in (CPI, CPI2, IRFCL))
    assert not imf.recognises(b"DATAFLOW,COUNTRY,INDICATOR,FREQUENCY,TIME_PERIOD,OBS_VALUE\n")


def test_what_is_asked() -> None:
    prices, reserves = imf.requests(Span(date(2026, 5, 26)))
    assert prices.path.startswith("data/dataflow/IMF.STA/CPI/%2B/ARG+TUR+CHL+")
    assert prices.path.endswith(".CPI._T.YOY_PCH_PA_PT.M")
    assert reserves.path.endswith(".IRFCLDT1_IRFCL65_USD.S1XS1311.M")
    assert prices.params == {"c[TIME_PERIOD]": "ge:2000-01", "attributes": "none"}
    assert [dict(one.params) for one in prices.otherwise] == [{"c[TIME_PERIOD]": "ge:2000-01"}]
    prices, _ = imf.requests(Span(date(2026, 5, 26), newest={"CPI_TR": date(2026, 3, 31), "CPI_AR": date(2026, 4, 30)}))
    assert (prices.params["c[TIME_PERIOD]"], prices.since) == ("ge:2024-09", date(2024, 9, 1))  # less 550 days
