"""IMF, SDMX 3.0: consumer prices (CPI) and reserves (IRFCL), monthly.

Asked as SDMX-CSV: of the forms that the service offers it is the one that carries the numbers (its JSON leaves them
null, its 2.1 service fails for these flows). OBS_VALUE is not scaled; SCALE only says how the portal shows it.
"""

from dataclasses import replace
from datetime import date

from app.refusals import Refused
from app.series.catalogue import carried_by
from app.series.places import PLACES
from app.series.series import Batch
from app.sources import sdmx
from app.sources.source import Request, Source, Span, batch_of, put_once

ID = "imf"
_FIRST = date(2000, 1, 1)
#: What of each flow is wanted: its fixed dimensions.
_WANTED = {
    "CPI": {"INDEX_TYPE": "CPI", "COICOP_1999": "_T", "TYPE_OF_TRANSFORMATION": "YOY_PCH_PA_PT", "FREQUENCY": "M"},
    "IRFCL": {"INDICATOR": "IRFCLDT1_IRFCL65_USD", "SECTOR": "S1XS1311", "FREQUENCY": "M"},
}
_UNITS = {"CPI": None, "IRFCL": "USD"}
_CSV = {"Accept": "application/vnd.sdmx.data+csv;version=2.0.0"}


def requests(span: Span) -> tuple[Request, ...]:
    """One question for each flow; without attributes, and where that is not understood with them."""
    return tuple(_request(span, flow) for flow in _WANTED)


def _request(span: Span, flow: str) -> Request:
    since = span.start(*(series.id for key, series in carried_by(ID).items() if key.startswith(f"{flow}/")))
    key = ".".join(("+".join(place.alpha3 for place in PLACES), *_WANTED[flow].values()))
    asked = Request(
        flow,
        # The newest version of the flow: "+", which has to be written so in a path.
        f"data/dataflow/IMF.STA/{flow}/%2B/{key}",
        {"c[TIME_PERIOD]": f"ge:{(since or _FIRST):%Y-%m}", "attributes": "none"},
        _CSV,
        since=since,
    )
    plain = replace(asked, params={"c[TIME_PERIOD]": asked.params["c[TIME_PERIOD]"]})
    return replace(asked, otherwise=(plain,))


def recognises(body: bytes) -> bool:
    """Whether a file has the columns of one of the two flows."""
    return _flow(sdmx.header_of(body)) is not None


def _flow(header: frozenset[str]) -> str | None:
    return next((flow for flow, wanted in _WANTED.items() if {"COUNTRY", *wanted} <= header), None)


def parse(body: bytes, name: str) -> tuple[Batch, ...]:
    """The wanted series of an answer; a file may hold more (other sectors, frequencies), which is left out."""
    flow = _flow(sdmx.header_of(body)) or ("IRFCL" if name.startswith("IRFCL") else "CPI")
    wanted, own = _WANTED[flow], carried_by(ID)
    values: dict[str, dict[date, float]] = {}
    others: set[str] = set()
    for one in sdmx.observed(body, name, ("COUNTRY", *wanted)):
        key = f"{flow}/{one.of['COUNTRY']}"
        if key in own and all(one.of[dimension] == code for dimension, code in wanted.items()):
            put_once(values.setdefault(key, {}), one.day, one.value, name, one.line)
        else:
            others.add(".".join(one.of[dimension] for dimension in ("COUNTRY", *wanted)))
    if not values and others:
        raise Refused("source.unknown_series", name=name, found=", ".join(sorted(others)[:5]))
    return tuple(batch_of(own[key].id, ID, of, _UNITS[flow]) for key, of in values.items())


SOURCE = Source(
    ID,
    "https://api.imf.org/external/sdmx/3.0/",
    requests,
    recognises,
    parse,
    attribution="Source: International Monetary Fund",
)
