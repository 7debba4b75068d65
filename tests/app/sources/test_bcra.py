"""Argentina's central bank: three rates of one day by quotients, against recorded answers."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.refusals import Refused
from app.sources import bcra
from app.sources.source import Span
from tests.app.sources.recorded import answers

TODAY = date(2026, 5, 26)  # a Tuesday


def body(*rows: tuple[str, Any, str], day: str | None = "2026-03-19") -> bytes:
    named = [{"codigoMoneda": c, "descripcion": about, "tipoPase": 0.0, "tipoCotizacion": v} for c, v, about in rows]
    return json.dumps({"status": 200, "results": {"fecha": day, "detalle": named}}).encode()


@pytest.mark.shared
def test_the_recorded_days(shared_data: Path) -> None:
    recorded = answers(shared_data / "recorded" / "bcra.yml")
    file = next(body for address, body in recorded.items() if address.endswith("fecha=2026-03-19"))
    assert bcra.recognises(file)
    rates = {one.series_id: dict(one.values)[date(2026, 3, 19)] for one in bcra.parse(file, "Cotizaciones")}
    assert set(rates) == {"FX_ARS", "FX_TRY", "FX_CLP"}
    assert rates["FX_ARS"] == 1394.5
    assert round(rates["FX_CLP"], 1) == 913.1  # 1394.5 / 1.527232
    assert round(rates["FX_TRY"], 2) == 44.29  # 1394.5 / 31.483459


def test_a_quotation_of_a_thousand_units_is_read_as_of_one() -> None:
    (batch, _) = bcra.parse(
        body(("USD", 1400, "DOLAR E.E.U.U."), ("CLP", 1527.232, "PESO CHILENO (C/1.000 UNIDADES)")), "x"
    )[::-1]
    assert (batch.series_id, round(batch.values[0][1], 4)) == ("FX_CLP", round(1400 / 1.527232, 4))


def test_a_holiday_is_empty_and_a_zero_is_no_rate() -> None:
    assert bcra.parse(b'{"status":200,"results":{"fecha":null,"detalle":[]}}', "x") == ()
    batches = bcra.parse(body(("ARS", 0.0, "PESO"), ("USD", 1400, "DOLAR"), ("TRY", 0.0, "LIRA TURCA")), "x")
    assert [(one.series_id, one.values[0][1]) for one in batches] == [("FX_ARS", 1400.0)]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"<html>", "source.html"),
        (b'{"status":200', "source.json"),
        (b'{"status":500,"errorMessages":["..."]}', "source.column"),
        (b'{"status":200,"results":{"fecha":"2026-03-19","detalle":null}}', "source.column"),
        (body(("CLP", 1.5, "PESO CHILENO")), "source.column"),  # without the dollar there is no quotient
        (body(("USD", "dear", "DOLAR")), "source.number"),
        (body(("USD", 1400, "DOLAR"), day="19/03/2026"), "source.date"),
        (body(("USD", 1400, "DOLAR"), day=None), "source.date"),
        (b'{"status":200,"results":{"fecha":"2026-03-19","detalle":[{"moneda":"USD"}]}}', "source.column"),
    ],
)
def test_anything_else_is_refused_with_its_reason(file: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        bcra.parse(file, "x")
    assert refused.value.code == code


def test_a_question_is_about_one_weekday_after_what_is_stored() -> None:
    asked = [one.params["fecha"] for one in bcra.requests(Span(TODAY))]
    assert asked == ["2026-05-19", "2026-05-20", "2026-05-21", "2026-05-22", "2026-05-25", "2026-05-26"]
    newest = dict.fromkeys(("FX_ARS", "FX_TRY", "FX_CLP"), date(2026, 5, 22))
    assert [one.params["fecha"] for one in bcra.requests(Span(TODAY, newest=newest))] == ["2026-05-25", "2026-05-26"]
    long = bcra.requests(Span(TODAY, since=date(2024, 1, 1)))
    assert len(long) == 60
    assert long[-1].params["fecha"] == "2026-05-26"
