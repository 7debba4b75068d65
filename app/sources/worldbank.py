"""World Bank, Indicators API v2: yearly figures of countries, one indicator a question.

A body is `[{"page", "pages", …}, [records]]`; an error comes with status 200 as an array of one element. A figure is
dated by its year's last day.
"""

from datetime import date
from typing import Any

from app.refusals import Refused
from app.series.catalogue import carried_by
from app.series.places import PLACES
from app.series.series import Batch
from app.sources import sdmx
from app.sources.source import Request, Source, Span, batch_of, field_of, json_of, put_once, value_of

ID = "worldbank"
_FIRST = 2000
#: So many years back an answer about a part reaches: the indicators are revised with each yearly edition.
_REVISED_YEARS = 6
#: Indicators in plain dollars; the others are ratios in the unit of the catalogue.
_DOLLARS = frozenset({"FI.RES.TOTL.CD", "NY.GDP.MKTP.CD"})


def requests(span: Span) -> tuple[Request, ...]:
    """One question for each indicator, about every country at once."""
    indicators: dict[str, list[str]] = {}
    for key, series in carried_by(ID).items():
        indicators.setdefault(key.split("/")[0], []).append(series.id)
    return tuple(_request(indicator, ids, span) for indicator, ids in indicators.items())


def _request(indicator: str, ids: list[str], span: Span) -> Request:
    newest = [span.newest[id] for id in ids if id in span.newest]
    since = span.since or (date(min(newest).year - _REVISED_YEARS, 1, 1) if newest else None)
    countries = ";".join(place.alpha3 for place in PLACES)
    years = f"{since.year if since else _FIRST}:{span.until.year}"
    params = {"format": "json", "per_page": "20000", "date": years}
    return Request(indicator, f"country/{countries}/indicator/{indicator}", params, since=since)


def more(request: Request, body: bytes) -> tuple[Request, ...]:
    """The next page, where there is one."""
    about = _about(json_of(body, request.resource), request.resource)
    page, pages = (int(about.get(key) or 0) for key in ("page", "pages"))
    if page >= pages:
        return ()
    params = dict(request.params) | {"page": str(page + 1)}
    return (Request(request.resource, request.path, params, request.headers, request.since, request.whole),)


def recognises(body: bytes) -> bool:
    """Whether a file begins as an answer of this service does."""
    start = body.removeprefix(b"\xef\xbb\xbf")[:400].replace(b" ", b"").replace(b"\n", b"")
    return start.startswith((b'[{"page"', b'[{"message"'))


def _about(whole: Any, name: str) -> dict[str, Any]:
    """The first element of an answer; Refused "source.said" where the answer is an error."""
    if not isinstance(whole, list) or not whole or not isinstance(whole[0], dict):
        raise Refused("source.column", name=name, column="page", found=type(whole).__name__)
    if len(whole) == 1:
        messages = whole[0].get("message") or [whole[0]]
        raise Refused("source.said", name=name, detail=str(messages[0].get("value", messages[0]))[:200])
    about: dict[str, Any] = whole[0]
    field_of(about, "pages", name)
    return about


def parse(body: bytes, name: str) -> tuple[Batch, ...]:
    """The catalogue's series of an answer; a year without a figure is left out, never zero."""
    whole = json_of(body, name)
    _about(whole, name)
    own = carried_by(ID)
    values: dict[str, dict[date, float]] = {}
    others: set[str] = set()
    records = whole[1] or []
    for line, record in enumerate(records, 1):
        indicator = str(field_of(field_of(record, "indicator", name), "id", name))
        key = f"{indicator}/{field_of(record, 'countryiso3code', name)}"
        value = value_of(field_of(record, "value", name), name, line)
        if str(record.get("unit") or "").strip():
            raise Refused("source.unit", name=name, column=indicator, unit=str(record["unit"]))
        if key in own:
            day = sdmx.period_end(str(field_of(record, "date", name)), name, line)
            put_once(values.setdefault(key, {}), day, value, name, line)
        else:
            others.add(key)
    if not values and others:
        raise Refused("source.unknown_series", name=name, found=", ".join(sorted(others)[:5]))
    return tuple(
        batch_of(own[key].id, ID, of, "USD" if key.split("/")[0] in _DOLLARS else None) for key, of in values.items()
    )


SOURCE = Source(
    ID,
    "https://api.worldbank.org/v2/",
    requests,
    recognises,
    parse,
    more=more,
    attribution="Source: The World Bank, World Development Indicators (CC BY 4.0)",
)
