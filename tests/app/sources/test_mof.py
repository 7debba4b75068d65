"""Japan's yields: two files, "-" for missing, a footnote in Shift-JIS."""

from datetime import date

import pytest

from app.refusals import Refused
from app.sources import mof
from app.sources.source import Span

TITLE = "Interest Rate,,,,,,,,,,,,,,,(Unit : %)"
HEADER = "Date,1Y,2Y,3Y,4Y,5Y,6Y,7Y,8Y,9Y,10Y,15Y,20Y,25Y,30Y,40Y"
OLD = "1974/9/24,10.327,9.362,8.83,8.515,8.348,8.29,8.24,8.121,8.127,-,-,-,-,-,-"
NEW = "2026/9/1,1.527,1.802,1.952,2.14,2.28,2.411,2.559,2.718,2.848,2.987,3.544,3.859,4.143,4.131,4.145"
FOOTNOTE = (
    b'\r\n,,,,,,,,,,,,,,,\r\n"  \x81\xa6If you cannot download the latest csv data, please clear the cache.",,,\r\n'
)


def body(*lines: str) -> bytes:
    return "\r\n".join(lines).encode("cp932")


def test_the_ten_year_yield_is_read_and_the_footnote_is_none() -> None:
    (batch,) = mof.parse(body(TITLE, HEADER, OLD, NEW) + FOOTNOTE, "jgbcme")
    assert (batch.series_id, batch.values) == ("YIELD_10Y_JP", ((date(2026, 9, 1), 2.987),))


def test_the_current_months_title_names_it() -> None:
    assert mof.parse(body(TITLE.replace("Rate", "Rate (September 2026)"), HEADER, NEW), "jgbcme")[0].values


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"<!DOCTYPE html>", "source.html"),
        (b"PK\x03\x04", "source.archive"),
        (b"Interest Rate\x81", "source.not_text"),
        (body(TITLE.replace("%", "bp"), HEADER, NEW), "source.header"),
        (body(TITLE, NEW), "source.header"),
        (body(TITLE, HEADER.replace("10Y", "10 years"), NEW), "source.column"),
        (body(TITLE, HEADER, "2026/9/1,1.5"), "source.truncated"),
        (body(TITLE, HEADER, NEW.replace("2026/9/1", "R8.9.1")), "source.date"),
        (body(TITLE, HEADER, NEW.replace("2026/9/1", "2026/13/1")), "source.date"),
        (body(TITLE, HEADER, NEW.replace("2.987", "n/a")), "source.number"),
        (body(TITLE, HEADER, NEW, NEW.replace("2.987", "3")), "source.twice"),
    ],
)
def test_anything_else_is_refused_with_its_reason(file: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        mof.parse(file, "jgbcme")
    assert refused.value.code == code


def test_files_are_known_by_title_and_header() -> None:
    assert mof.recognises(body(TITLE, HEADER, NEW))
    assert not mof.recognises(body("Interest Rate,of another kind", "Day,1Y"))


def test_what_is_asked() -> None:
    today = date(2026, 5, 26)
    whole, month = mof.requests(Span(today))
    assert whole.path.endswith("interest_rate/historical/jgbcme_all.csv")
    assert month.path.endswith("interest_rate/jgbcme.csv")
    assert (month.since, month.whole) == (date(2026, 5, 1), "jgbcme_all")
    assert mof.requests(Span(today, newest={"YIELD_10Y_JP": date(2026, 5, 22)})) == (month,)
    assert mof.requests(Span(today, newest={"YIELD_10Y_JP": date(2026, 4, 30)})) == (whole, month)
    assert mof.requests(Span(today, since=date(2026, 1, 1))) == (whole, month)
