"""Reading fredgraph files: both headers, both kinds of missing, and a loud no to everything else."""

from datetime import date

import pytest

from app.refusals import Refused
from app.sources import fredgraph
from app.sources.source import Span


def read(text: str) -> list[tuple[date, float]]:
    (batch,) = fredgraph.parse(text.encode(), "WALCL.csv")
    assert (batch.series_id, batch.source, batch.unit) == ("WALCL", "fredgraph", None)
    return list(batch.values)


@pytest.mark.parametrize("header", ["observation_date,WALCL", "DATE,WALCL", "\ufeffDATE,WALCL", '"DATE","WALCL"'])
def test_both_headers_are_read_by_position(header: str) -> None:
    assert read(f"{header}\n2022-05-18,8945898\n") == [(date(2022, 5, 18), 8945898.0)]


@pytest.mark.parametrize("missing", ["", ".", "NA"])
def test_missing_is_left_out_and_never_zero(missing: str) -> None:
    assert read(f"DATE,WALCL\r\n2022-05-11,{missing}\r\n2022-05-18,0\r\n") == [(date(2022, 5, 18), 0.0)]


def test_several_series_in_one_file() -> None:
    batches = fredgraph.parse(b"observation_date,WALCL,UNHEARD_OF,TREAST\n2022-05-18,1,2,3\n", "two.csv")
    assert [(batch.series_id, batch.values[0][1]) for batch in batches] == [("WALCL", 1.0), ("TREAST", 3.0)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "source.empty"),
        (b"observation_date,WALCL\n", "source.empty"),
        (b"\n <!DOCTYPE html><html>Sorry", "source.html"),
        (b"PK\x03\x04rest", "source.archive"),
        (b"observation_date,WALCL\n2022-05-18,89\xff\xfe", "source.not_text"),
        (b"date,value\n2022-05-18,1\n", "source.header"),
        (b"observation_date\n2022-05-18\n", "source.header"),
        (b"observation_date,NO_SUCH\n2022-05-18,1\n", "source.unknown_series"),
        (b"observation_date,WALCL\n2022-05-11,1\n2022-05-18", "source.truncated"),
        (b"observation_date,WALCL\n2022-05-18,1,2\n", "source.truncated"),
        (b"observation_date,WALCL\n2022-05,1\n", "source.date"),
        (b"observation_date,WALCL\n18/05/2022,1\n", "source.date"),
        (b'observation_date,WALCL\n2022-05-18,"8,945,898"\n', "source.number"),
        (b"observation_date,WALCL\n2022-05-18,8_945\n", "source.number"),
        (b"observation_date,WALCL\n2022-05-18,nan\n", "source.number"),
        (b"observation_date,WALCL\n2022-05-18,1e999\n", "source.number"),
        (b"observation_date,WALCL\n2022-05-18,1\n2022-05-18,2\n", "source.twice"),
    ],
)
def test_anything_else_is_refused_with_its_reason(body: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        fredgraph.parse(body, "file.csv")
    assert refused.value.code == code
    assert refused.value.values["name"] == "file.csv"


def test_a_request_asks_for_one_series_and_for_the_span() -> None:
    requests = {request.resource: request for request in fredgraph.requests(Span(date(2026, 5, 26), date(2026, 1, 1)))}
    assert requests["WALCL"].params == {"id": "WALCL", "cosd": "2026-01-01"}
    assert "RESPPMLL_N" not in requests  # not on FRED
    assert "FX_TRY" not in requests
    assert all("," not in request.params["id"] for request in requests.values())
