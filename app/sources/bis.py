"""BIS: daily exchange rates (WS_XRU), policy rates (WS_CBPOL), foreign banks' consolidated claims (WS_CBS_PUB).

Rates are local units for one dollar, the history of a redenominated currency in today's units. Policy rates come for
every day, weekends and holidays as `NaN`. The key of the claims has eleven dimensions: the data structure is asked
first and says their order.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from app.refusals import Refused
from app.series.catalogue import carried_by
from app.series.places import FOCUS, PLACES, Place
from app.series.series import Batch
from app.sources import sdmx
from app.sources.source import Request, Source, Span, batch_of, field_of, json_of, put_once

ID = "bis"
#: The first date asked for: of the countries the source document is about, and of the others for comparison.
_FIRST, _FIRST_OTHERS = date(2000, 1, 1), date(2010, 1, 1)
_XRU, _CBPOL, _CBS = "WS_XRU", "WS_CBPOL", "WS_CBS_PUB"
#: Consolidated claims as the statistics' table of foreign claims has them: end of quarter, banks of all reporting
#: countries with their offices everywhere, immediate-counterparty basis, all instruments, maturities and sectors.
_CLAIMS: Mapping[str, str] = {
    "FREQ": "Q",
    "L_MEASURE": "S",
    "L_REP_CTY": "5A",
    "CBS_BANK_TYPE": "4B",
    "CBS_BASIS": "F",
    "L_POSITION": "C",
    "L_INSTR": "A",
    "REM_MATURITY": "A",
    "CURR_TYPE_BOOK": "TO1",
    "L_CP_SECTOR": "A",
    "L_CP_COUNTRY": "+".join(place.code for place in PLACES),
}
#: Dimensions of flows that have frequency and area as policy rates do.
_OTHERS = frozenset(
    {"BORROWERS_CTY", "CURRENCY", "EER_TYPE", "INDICATOR", "MEASURE", "SUBJECT", "TRANSFORMATION", "VALUE"}
)
#: The code of "per cent per year", the unit of policy rates.
_PER_YEAR = "368"
_MILLIONS = {"6": "USD millions", "3": "USD thousands", "9": "USD billions", "0": "USD"}


def requests(span: Span) -> tuple[Request, ...]:
    """Exchange and policy rates, first of the countries the source document is about, then of the others; last the
    structure of the claims.
    """
    focus, others = PLACES[:FOCUS], PLACES[FOCUS:]
    return (
        _rates(_XRU, focus, span, _FIRST),
        _rates(f"{_XRU} others", others, span, _FIRST_OTHERS),
        _policy(_CBPOL, "D", focus, span, _FIRST),
        _policy(f"{_CBPOL} others", "M", others, span, _FIRST_OTHERS),
        Request(f"{_CBS} structure", f"v2/structure/dataflow/BIS/{_CBS}/1.0", {"references": "datastructure"}),
    )


def _rates(resource: str, places: Sequence[Place], span: Span, first: date) -> Request:
    key = ".".join(("D", "+".join(p.code for p in places), "+".join(p.currency for p in places), "A"))
    return _data(resource, key, span.start(*(f"FX_{place.currency}" for place in places)), first)


def _policy(resource: str, frequency: str, places: Sequence[Place], span: Span, first: date) -> Request:
    key = f"{frequency}.{'+'.join(place.code for place in places)}"
    return _data(resource, key, span.start(*(f"POLICY_RATE_{place.code}" for place in places)), first)


def _data(resource: str, key: str, since: date | None, first: date) -> Request:
    flow = resource.split(" ")[0]
    params = {"startPeriod": (since or first).isoformat(), "detail": "dataonly"}
    # The claims declare their unit by observation, which "dataonly" leaves out.
    chosen = {"startPeriod": params["startPeriod"]} if flow == _CBS else params
    return Request(resource, f"v1/data/{flow}/{key}", chosen, sdmx.CSV, since=since)


def more(request: Request, body: bytes) -> tuple[Request, ...]:
    """After the structure of the claims: the claims, their key in the order that it says."""
    if not request.resource.endswith("structure"):
        return ()
    key = ".".join(_CLAIMS[dimension] for dimension in dimensions(body, request.resource))
    return (_data(_CBS, key, None, _FIRST),)


def dimensions(body: bytes, name: str) -> tuple[str, ...]:
    """The claims' dimensions in order; Refused "source.structure" where they are not the eleven that are documented."""
    structures = field_of(field_of(json_of(body, name), "data", name), "dataStructures", name)
    found: list[tuple[int, str]] = []
    for structure in structures:
        listed = field_of(field_of(structure, "dataStructureComponents", name), "dimensionList", name)
        for place, one in enumerate(field_of(listed, "dimensions", name)):
            found.append((int(one.get("position", place)), str(field_of(one, "id", name))))
    ordered = tuple(id for _position, id in sorted(found))
    if set(ordered) != set(_CLAIMS) or len(ordered) != len(_CLAIMS):
        raise Refused("source.structure", name=name, found=".".join(ordered)[:120], expected=".".join(_CLAIMS))
    return ordered


def recognises(body: bytes) -> bool:
    """Whether a file has the columns of one of the three flows."""
    return _flow(sdmx.header_of(body)) is not None


def _flow(header: frozenset[str]) -> str | None:
    if "KEY" in header or "OBS_VALUE" not in header:
        return None
    if {"REF_AREA", "CURRENCY", "COLLECTION"} <= header:
        return _XRU
    if {"CBS_BANK_TYPE", "L_CP_COUNTRY"} <= header:
        return _CBS
    # Policy rates have no more dimensions than these two; other flows have them as well, and more.
    return _CBPOL if {"FREQ", "REF_AREA"} <= header and not header & _OTHERS else None


def parse(body: bytes, name: str) -> tuple[Batch, ...]:
    """The catalogue's series of an answer; the structure of the claims holds none."""
    if body.lstrip()[:1] == b"{":
        dimensions(body, name)
        return ()
    flow = _flow(sdmx.header_of(body))
    own = {key: series for key, series in carried_by(ID).items() if key.startswith(f"{flow or _XRU}/")}
    needed = {_CBPOL: ("FREQ", "REF_AREA"), _CBS: tuple(_CLAIMS)}.get(
        flow or _XRU, ("FREQ", "REF_AREA", "CURRENCY", "COLLECTION")
    )
    values: dict[str, dict[date, float]] = {}
    units: dict[str, str] = {}
    others: set[str] = set()
    for one in sdmx.observed(body, name, needed):
        key = _name(flow or _XRU, one.of)
        if flow == _CBPOL and one.of.get("UNIT_MEASURE", "").strip() not in ("", _PER_YEAR):
            raise Refused("source.unit", name=name, column="UNIT_MEASURE", unit=one.of["UNIT_MEASURE"])
        if key not in own or (flow or "") not in one.of.get("DATAFLOW", flow or ""):
            others.add(key)
            continue
        of = values.setdefault(key, {})
        if flow == _CBS:
            units.setdefault(key, _unit(one.of, name))
            put_once(of, one.day, one.value, name, one.line)
        else:
            put_once(of, one.day, sdmx.scaled(one, name), name, one.line)
    if not values and others:
        raise Refused("source.unknown_series", name=name, found=", ".join(sorted(others)[:5]))
    return tuple(batch_of(own[key].id, ID, of, units.get(key)) for key, of in values.items())


def _name(flow: str, of: Mapping[str, str]) -> str:
    if flow == _XRU:
        return f"{_XRU}/{of['FREQ']}.{of['REF_AREA']}.{of['CURRENCY']}.{of['COLLECTION']}"
    if flow == _CBPOL:
        return f"{_CBPOL}/{of['FREQ']}.{of['REF_AREA']}"
    fixed = all(of[dimension] == code for dimension, code in _CLAIMS.items() if dimension != "L_CP_COUNTRY")
    return f"{_CBS}/{of['L_CP_COUNTRY']}" if fixed else ".".join(of[dimension] for dimension in _CLAIMS)


def _unit(of: Mapping[str, str], name: str) -> str:
    """The claims' unit as declared; where none is, it is what the statistics document: millions of dollars."""
    power = of.get("UNIT_MULT", "").strip() or "6"
    measure = of.get("UNIT_MEASURE", "").strip() or "USD"
    if measure != "USD" or power not in _MILLIONS:
        raise Refused("source.unit", name=name, column="UNIT_MULT", unit=f"{measure} × 10^{power}")
    return _MILLIONS[power]


SOURCE = Source(
    ID,
    "https://stats.bis.org/api/",
    requests,
    recognises,
    parse,
    more=more,
    attribution="Source: Bank for International Settlements (BIS)",
    no_data=frozenset({404}),
)
