"""The ECB's yield curve."""

from datetime import date

import pytest

from app.refusals import Refused
from app.sources import ecb
from app.sources.source import Span

HEADER = (
    "KEY,FREQ,REF_AREA,CURRENCY,PROVIDER_FM,INSTRUMENT_FM,PROVIDER_FM_ID,DATA_TYPE_FM,TIME_PERIOD,OBS_VALUE,OBS_STATUS"
)
KEY = "YC.B.U2.EUR.4F.G_N_A.SV_C_YM.SR_10Y"


def body(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows]).encode()


def row(day: str, value: str, key: str = KEY, status: str = "A") -> str:
    return f"{key},{key.split('.', 1)[1].replace('.', ',')},{day},{value},{status}"


def test_the_ten_year_point_is_read_and_a_day_without_a_curve_is_missing() -> None:
    (batch,) = ecb.parse(body(row("2026-04-20", "3.0100"), row("2026-04-21", "", status="H")), KEY)
    assert (batch.series_id, batch.values) == ("YIELD_10Y_EURO", ((date(2026, 4, 20), 3.01),))


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"<html>", "source.html"),
        (body(row("2026-04-20", "3"), header=HEADER.replace("OBS_VALUE", "VALUE")), "source.column"),
        (body(row("2026-04-20", "3", KEY.replace("10Y", "2Y"))), "source.unknown_series"),
        (body(row("2026-04-20", "3"), row("2026-04-20", "4")), "source.twice"),
        (body(row("20/04/2026", "3")), "source.date"),
        (body(f"{KEY},B"), "source.truncated"),
    ],
)
def test_anything_else_is_refused_with_its_reason(file: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        ecb.parse(file, KEY)
    assert refused.value.code == code


def test_files_are_known_by_the_key_column() -> None:
    assert ecb.recognises(body(row("2026-04-20", "3")))
    assert not ecb.recognises(b"FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE\n")


def test_what_is_asked() -> None:
    (request,) = ecb.requests(Span(date(2026, 5, 26)))
    assert request.path == "YC/B.U2.EUR.4F.G_N_A.SV_C_YM.SR_10Y"
    assert request.params == {"format": "csvdata", "detail": "dataonly", "startPeriod": "2004-09-06"}
    (request,) = ecb.requests(Span(date(2026, 5, 26), newest={"YIELD_10Y_EURO": date(2026, 5, 22)}))
    assert request.params["startPeriod"] == "2026-04-01"
