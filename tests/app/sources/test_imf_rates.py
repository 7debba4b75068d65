"""IMF representative rates: a table of tabs in blocks, against a recorded answer."""

from datetime import date
from pathlib import Path

import pytest

from app.refusals import Refused
from app.sources import imf_rates
from app.sources.source import Span
from tests.app.sources.recorded import answers

TITLE = "Representative Exchange Rates for Selected Currencies for March 2026"
DAYS = "Currency\tMarch 02, 2026\tMarch 03, 2026"


def body(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


@pytest.mark.shared
def test_the_recorded_month(shared_data: Path) -> None:
    recorded = answers(shared_data / "recorded" / "imf.yml")
    table = next(body for address, body in recorded.items() if "reportType=REP" in address)
    other = next(body for address, body in recorded.items() if "reportType=SDRCV" in address)
    assert imf_rates.recognises(table)
    assert not imf_rates.recognises(other)  # the same form in special drawing rights
    (batch,) = imf_rates.parse(table, "REP 2026-03")
    values = dict(batch.values)
    assert (batch.series_id, len(values)) == ("FX_CLP", 22)
    assert (values[date(2026, 3, 2)], values[date(2026, 3, 19)], values[date(2026, 3, 31)]) == (871.41, 912.41, 931.57)


def test_missing_is_left_out_and_thousands_have_commas() -> None:
    (batch,) = imf_rates.parse(body(TITLE, DAYS, "Chilean peso\tNA\t1,012.5", "Euro(1)\t1.1\t1.2"), "x")
    assert batch.values == ((date(2026, 3, 3), 1012.5),)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"<html>", "source.html"),
        (body("SDRs per Currency unit for March 2026", DAYS), "source.header"),
        (body(TITLE, "Chilean peso\t1\t2"), "source.header"),
        (body(TITLE, "Currency\t02/03/2026", "Chilean peso\t1"), "source.date"),
        (body(TITLE, "Currency\tMarch 32, 2026", "Chilean peso\t1"), "source.date"),
        (body(TITLE, DAYS, "Chilean peso\t900"), "source.truncated"),
        (body(TITLE, DAYS, "Chilean peso\t900\tn/a"), "source.number"),
        (body(TITLE, DAYS, "Chilean peso\t900\t901", DAYS, "Chilean peso\t900\t902"), "source.twice"),
        (body(TITLE, DAYS, "Euro(1)\t1.1\t1.2"), "source.unknown_series"),
    ],
)
def test_anything_else_is_refused_with_its_reason(file: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        imf_rates.parse(file, "x")
    assert refused.value.code == code


def test_what_is_asked_month_by_month() -> None:
    today = date(2026, 5, 26)
    assert [one.params["SelectDate"] for one in imf_rates.requests(Span(today))] == ["2026-04-30", "2026-05-31"]
    stored = imf_rates.requests(Span(today, newest={"FX_CLP": date(2026, 5, 20)}))
    assert [one.params["SelectDate"] for one in stored] == ["2026-05-31"]
    assert len(imf_rates.requests(Span(today, since=date(2000, 1, 1)))) == 12
