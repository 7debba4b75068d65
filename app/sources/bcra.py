"""Argentina's central bank (BCRA), Cotizaciones: pesos for one unit of each currency, one date a question.

Of interest on the day itself, before BIS has it. The peso's rate is that of the dollar. Another currency's is the
dollar's over its own: the given cross rate has only four or five digits. Some currencies are quoted for a thousand
units, which stands in their description. A holiday is an empty list with status 200.
"""

import re
from datetime import date, timedelta
from typing import Any

from app.refusals import Refused
from app.series.catalogue import carried_by
from app.series.series import Batch
from app.sources.source import MOST_REQUESTS, Request, Source, Span, batch_of, day_of, field_of, json_of, value_of

ID = "bcra"
_DOLLAR, _PESO = "USD", "ARS"
#: So many days back are asked where nothing is stored: BIS has what lies before.
_BACK = timedelta(days=7)
_UNITS = re.compile(r"\(C/([\d.]+) UNIDADES\)")
_SATURDAY = 5


def requests(span: Span) -> tuple[Request, ...]:
    """One question for each weekday after the newest stored one; the newest days where there are too many."""
    newest = min((span.newest[s.id] for s in carried_by(ID).values() if s.id in span.newest), default=None)
    first = span.since or (newest + timedelta(days=1) if newest else span.until - _BACK)
    days = [first + timedelta(days=ahead) for ahead in range((span.until - first).days + 1)]
    return tuple(_request(day) for day in days if day.weekday() < _SATURDAY)[-MOST_REQUESTS:]


def _request(day: date) -> Request:
    params = {"fecha": day.isoformat()}
    return Request(f"Cotizaciones {day}", "estadisticascambiarias/v1.0/Cotizaciones", params)


def recognises(body: bytes) -> bool:
    """Whether a file is an answer of this service."""
    return body.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{") and b'"codigoMoneda"' in body[:1000]


def parse(body: bytes, name: str) -> tuple[Batch, ...]:
    """The day's rates in local units for one dollar; nothing on a holiday."""
    results = field_of(json_of(body, name), "results", name)
    rows = field_of(results, "detalle", name)
    if not isinstance(rows, list):
        raise Refused("source.column", name=name, column="detalle", found=type(rows).__name__)
    if not rows:
        return ()
    day = day_of(field_of(results, "fecha", name), name, 1)
    pesos = {str(field_of(row, "codigoMoneda", name)): _pesos(row, name, line) for line, row in enumerate(rows, 1)}
    dollar = pesos.get(_DOLLAR)
    if not dollar:
        raise Refused("source.column", name=name, column=_DOLLAR, found=", ".join(pesos)[:120])
    batches = []
    for currency, series in carried_by(ID).items():
        own = 1.0 if currency == _PESO else pesos.get(currency)
        if own:
            batches.append(batch_of(series.id, ID, {day: dollar / own}))
    if not batches:
        raise Refused("source.unknown_series", name=name, found=", ".join(list(pesos)[:5]))
    return tuple(batches)


def _pesos(row: Any, name: str, line: int) -> float | None:
    """Pesos for one unit of the row's currency; None where there is no quotation (0)."""
    value = value_of(field_of(row, "tipoCotizacion", name), name, line)
    units = _UNITS.search(str(field_of(row, "descripcion", name)))
    return value / float(units[1].replace(".", "")) if value and units else value or None


SOURCE = Source(
    ID,
    "https://api.bcra.gob.ar/",
    requests,
    recognises,
    parse,
    attribution="Fuente: Banco Central de la República Argentina (BCRA)",
    no_data=frozenset({404}),
)
