"""BIS: the three flows, the structure before the claims, and what is refused."""

import json
from datetime import date

import pytest

from app.refusals import Refused
from app.sources import bis
from app.sources.source import Request, Span

XRU = "DATAFLOW,FREQ,REF_AREA,CURRENCY,COLLECTION,TIME_PERIOD,OBS_VALUE,UNIT_MULT,TITLE,OBS_STATUS"
CBPOL = "FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE"
CLAIMS = (
    "FREQ,L_MEASURE,L_REP_CTY,CBS_BANK_TYPE,CBS_BASIS,L_POSITION,L_INSTR,REM_MATURITY,CURR_TYPE_BOOK,L_CP_SECTOR,"
    "L_CP_COUNTRY,UNIT_MEASURE,UNIT_MULT,TIME_PERIOD,OBS_VALUE"
)
DIMENSIONS = CLAIMS.split(",UNIT_MEASURE")[0].split(",")


def body(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def structure(*ids: str) -> bytes:
    listed = [{"id": id, "position": place} for place, id in enumerate(ids, 1)]
    part = {"dataStructureComponents": {"dimensionList": {"dimensions": listed[::-1]}}}
    return json.dumps({"data": {"dataflows": [{"id": "WS_CBS_PUB"}], "dataStructures": [part]}}).encode()


def refused(file: bytes, name: str = "answer") -> Refused:
    with pytest.raises(Refused) as error:
        bis.parse(file, name)
    return error.value


def test_exchange_rates_are_local_units_for_a_dollar_and_weekends_are_missing() -> None:
    title = '" Exchange rates against USD Turkey, ""new"" lira"'
    batches = bis.parse(
        body(
            XRU,
            f"BIS:WS_XRU(1.0),D,TR,TRY,A,2026-05-15,45.1,0,{title},A",
            f"BIS:WS_XRU(1.0),D,TR,TRY,A,2026-05-16,NaN,0,{title},M",
            "BIS:WS_XRU(1.0),D,CL,CLP,A,2026-05-15,912.4,0,x,A",
            "BIS:WS_XRU(1.0),M,CL,CLP,A,2026-05,900,0,x,A",
        ),
        "WS_XRU",
    )
    assert [(one.series_id, one.values) for one in batches] == [
        ("FX_TRY", ((date(2026, 5, 15), 45.1),)),
        ("FX_CLP", ((date(2026, 5, 15), 912.4),)),
    ]


def test_policy_rates_drop_the_days_without_one() -> None:
    (batch,) = bis.parse(body(CBPOL, "D,AR,2026-05-15,29", "D,AR,2026-05-16,NaN", "D,AR,2026-05-17,NaN"), "WS_CBPOL")
    assert (batch.series_id, batch.values) == ("POLICY_RATE_AR", ((date(2026, 5, 15), 29.0),))


def test_claims_declare_their_unit_and_are_dated_by_the_quarters_end() -> None:
    row = "Q,S,5A,4B,F,C,A,A,TO1,A,TR,USD,6,2026-Q1,173542.1"
    other = "Q,S,US,4B,F,C,A,A,TO1,A,TR,USD,6,2026-Q1,20000"
    (batch,) = bis.parse(body(CLAIMS, row, other), "WS_CBS_PUB")
    assert (batch.series_id, batch.unit) == ("FOREIGN_CLAIMS_TR", "USD millions")
    assert batch.values == ((date(2026, 3, 31), 173542.1),)


def test_the_key_of_the_claims_follows_the_structure() -> None:
    request = bis.requests(Span(date(2026, 5, 26)))[-1]
    assert request.path == "v2/structure/dataflow/BIS/WS_CBS_PUB/1.0"
    (data,) = bis.more(request, structure(*DIMENSIONS))
    assert data.path.startswith("v1/data/WS_CBS_PUB/Q.S.5A.4B.F.C.A.A.TO1.A.AR+TR+CL+")
    moved = [DIMENSIONS[-1], *DIMENSIONS[:-1]]
    (data,) = bis.more(request, structure(*moved))
    assert data.path.startswith("v1/data/WS_CBS_PUB/AR+TR+CL+")
    assert data.path.endswith(".Q.S.5A.4B.F.C.A.A.TO1.A")
    assert bis.parse(structure(*DIMENSIONS), request.resource) == ()
    assert bis.more(Request("WS_CBPOL", ""), b"FREQ") == ()


@pytest.mark.parametrize("ids", [DIMENSIONS[:-1], [*DIMENSIONS, "NEW"], ["RENAMED", *DIMENSIONS[1:]], []])
def test_another_structure_is_refused_with_both(ids: list[str]) -> None:
    error = refused(structure(*ids), "WS_CBS_PUB structure")
    assert error.code == "source.structure"
    assert error.values["expected"] == ".".join(DIMENSIONS)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "source.empty"),
        (b"<html>Maintenance</html>", "source.html"),
        (b"PK\x03\x04", "source.archive"),
        (b'{"data": {}}', "source.column"),
        (body(XRU.replace("COLLECTION", "COLL"), "BIS:WS_XRU(1.0),D,TR,TRY,A,2026-05-15,1,0,x,A"), "source.column"),
        (body(XRU, "BIS:WS_XRU(1.0),D,TR,TRY,A,2026-05-15"), "source.truncated"),
        (body(XRU, "BIS:WS_XRU(1.0),D,TR,TRY,A,15.05.2026,1,0,x,A"), "source.date"),
        (body(XRU, "BIS:WS_XRU(1.0),D,TR,TRY,A,2026-05-15,many,0,x,A"), "source.number"),
        (body(XRU, "BIS:WS_XRU(1.0),D,TR,TRY,A,2026-05-15,1,k,x,A"), "source.unit"),
        (body(XRU, "BIS:WS_XRU(1.0),D,XX,XXX,A,2026-05-15,1,0,x,A"), "source.unknown_series"),
        (body(XRU, "BIS:WS_EER(1.0),D,TR,TRY,A,2026-05-15,1,0,x,A"), "source.unknown_series"),
        (body(CBPOL, "D,AR,2026-05-15,29", "D,AR,2026-05-15,30"), "source.twice"),
        (body("FREQ,REF_AREA,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE", "M,AR,628,2026-05,130"), "source.unit"),
        (body(CLAIMS, "Q,S,5A,4B,F,C,A,A,TO1,A,TR,EUR,6,2026-Q1,1"), "source.unit"),
        (body(CLAIMS, "Q,S,5A,4B,F,C,A,A,TO1,A,TR,USD,2,2026-Q1,1"), "source.unit"),
    ],
)
def test_anything_else_is_refused_with_its_reason(file: bytes, code: str) -> None:
    assert refused(file).code == code


def test_a_header_alone_is_an_empty_span() -> None:
    assert bis.parse(body(XRU), "WS_XRU") == ()


@pytest.mark.parametrize(
    ("header", "own"),
    [
        (XRU, True),
        (CBPOL, True),
        (CLAIMS, True),
        ("FREQ,EER_TYPE,EER_BASKET,REF_AREA,TIME_PERIOD,OBS_VALUE", False),
        ("KEY,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE", False),
        ("observation_date,WALCL", False),
    ],
)
def test_files_are_known_by_their_columns(header: str, own: bool) -> None:
    assert bis.recognises(body(header, "x")) is own


def test_what_is_asked() -> None:
    requests = {
        one.resource: one for one in bis.requests(Span(date(2026, 5, 26), newest={"FX_TRY": date(2026, 5, 20)}))
    }
    rates, others = requests["WS_XRU"], requests["WS_XRU others"]
    assert rates.path == "v1/data/WS_XRU/D.AR+TR+CL.ARS+TRY+CLP.A"
    assert rates.params == {"startPeriod": "2026-04-01", "detail": "dataonly"}  # 20 May less 45 days, from the first
    assert rates.since == date(2026, 4, 1)
    assert others.path.startswith("v1/data/WS_XRU/D.ZA+EG+")
    assert others.params["startPeriod"] == "2010-01-01"  # nothing of it is stored yet
    assert requests["WS_CBPOL"].path == "v1/data/WS_CBPOL/D.AR+TR+CL"
    assert requests["WS_CBPOL others"].path.startswith("v1/data/WS_CBPOL/M.ZA+")
    assert bis.SOURCE.attribution.startswith("Source: Bank for International Settlements")
