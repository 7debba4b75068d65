"""FRED with a key: units decide, vintages say when each value was published, errors say what was wrong."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.refusals import Refused
from app.series.series import Vintage
from app.sources import fred
from app.sources.source import Request, Span

LAST = "9999-12-31"


def observations(*rows: tuple[str, str, str, str], start: str = "1776-07-04", end: str = LAST, **more: Any) -> bytes:
    told = [dict(zip(("realtime_start", "realtime_end", "date", "value"), row, strict=True)) for row in rows]
    return json.dumps(
        {"realtime_start": start, "realtime_end": end, "units": "lin", "count": len(rows), "offset": 0, "limit": 100000}
        | more
        | {"observations": told}
    ).encode()


def metadata(units: str, id: str = "GDP") -> bytes:
    return json.dumps({"seriess": [{"id": id, "title": "x", "units": units, "frequency_short": "Q"}]}).encode()


def asked(id: str, span: Span) -> Request:
    return next(one for one in fred.requests(span) if one.params["series_id"] == id)


def test_what_a_series_is_comes_first_and_its_unit_goes_with_the_observations() -> None:
    first = asked("GDP", Span(date(2026, 11, 20)))
    assert (first.path, first.resource) == ("fred/series", "GDP units")
    (then,) = fred.more(first, metadata("Billions of Dollars"))
    assert (then.path, then.resource, then.unit) == ("fred/series/observations", "GDP", "USD billions")
    assert (then.params["realtime_start"], then.params["realtime_end"]) == ("1776-07-04", LAST)
    assert "api_key" not in then.params  # the key is put in where the question is sent
    (instead,) = then.otherwise  # too many vintages: as it is known now
    assert "realtime_start" not in instead.params


def test_a_daily_series_is_asked_without_vintages() -> None:
    (then,) = fred.more(asked("DGS10", Span(date(2026, 11, 20))), metadata("Percent", "DGS10"))
    assert "realtime_start" not in then.params


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("Millions of U.S. Dollars", "USD millions"),
        ("Millions of Dollars", "USD millions"),
        ("Billions of U.S. Dollars", "USD billions"),
        ("Percent", "percent"),
        ("Index Jan 2006=100", "index"),
    ],
)
def test_units_as_fred_words_them(said: str, unit: str) -> None:
    (then,) = fred.more(asked("GDP", Span(date(2026, 11, 20))), metadata(said))
    assert then.unit == unit


def test_a_unit_of_another_kind_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        fred.parse(metadata("Millions of Chained 2017 Euros"), "GDP units")
    assert refused.value.code == "source.unit"


def test_the_current_values_and_what_is_missing() -> None:
    body = observations(
        ("2026-11-20", "2026-11-20", "2026-11-17", "."),
        ("2026-11-20", "2026-11-20", "2026-11-18", "4.11"),
        start="2026-11-20",
        end="2026-11-20",
    )
    (batch,) = fred.parse(body, "DGS10.json")
    assert (batch.series_id, batch.values, batch.vintages) == ("DGS10", ((date(2026, 11, 18), 4.11),), ())


def test_every_vintage_has_the_instant_of_its_release() -> None:
    """GDP of the first quarter of 2022: advance, second and third estimate, at half past eight in New York."""
    body = observations(
        ("2022-04-28", "2022-05-25", "2022-01-01", "24382.683"),
        ("2022-05-26", "2022-06-28", "2022-01-01", "24384.289"),
        ("2022-06-29", LAST, "2022-01-01", "24386.734"),
    )
    (batch,) = fred.parse(body, "GDP")
    day = date(2022, 1, 1)
    assert batch.values == ((day, 24386.734),)
    assert batch.vintages == (
        Vintage(day, 24382.683, datetime(2022, 4, 28, 12, 30, tzinfo=UTC)),
        Vintage(day, 24384.289, datetime(2022, 5, 26, 12, 30, tzinfo=UTC)),
        Vintage(day, 24386.734, datetime(2022, 6, 29, 12, 30, tzinfo=UTC)),
    )


def test_a_full_page_leads_to_the_next() -> None:
    request = Request("GDP", "fred/series/observations", {"series_id": "GDP"}, unit="USD billions")
    (following,) = fred.more(request, observations(count=150000))
    assert (following.params["offset"], following.unit) == ("100000", "USD billions")
    assert fred.more(following, observations(count=150000, offset=100000)) == ()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Bad Request.  Variable api_key is not set.", "credentials.refused"),
        ("Bad Request.  The series does not exist.", "source.said"),
    ],
)
def test_what_a_400_means(said: str, code: str) -> None:
    body = json.dumps({"error_code": 400, "error_message": said}).encode()
    refused = fred.explains(400, body, "GDP")
    assert refused is not None
    assert refused.code == code
    assert fred.explains(400, b"<html>", "GDP") is None
