"""ECB Data Portal: the 10-year point of the euro area's curve of AAA government bonds, each TARGET day, in percent."""

from datetime import date

from app.refusals import Refused
from app.series.catalogue import carried_by
from app.series.series import Batch
from app.sources import sdmx
from app.sources.source import Request, Source, Span, batch_of, put_once

ID = "ecb"
_FIRST = date(2004, 9, 6)  # the curve's first day


def requests(span: Span) -> tuple[Request, ...]:
    """One question for each series: its key with the flow before the first full stop."""
    return tuple(_request(key, span.start(series.id)) for key, series in carried_by(ID).items())


def _request(key: str, since: date | None) -> Request:
    flow, rest = key.split(".", 1)
    params = {"format": "csvdata", "detail": "dataonly", "startPeriod": (since or _FIRST).isoformat()}
    return Request(key, f"{flow}/{rest}", params, since=since)


def recognises(body: bytes) -> bool:
    """Whether a file has the ECB's KEY column."""
    return {"KEY", "TIME_PERIOD", "OBS_VALUE"} <= sdmx.header_of(body)


def parse(body: bytes, name: str) -> tuple[Batch, ...]:
    """The series of an answer that the catalogue knows."""
    own = carried_by(ID)
    values: dict[str, dict[date, float]] = {}
    others: set[str] = set()
    for one in sdmx.observed(body, name, ("KEY",)):
        if (key := one.of["KEY"]) in own:
            put_once(values.setdefault(key, {}), one.day, sdmx.scaled(one, name), name, one.line)
        else:
            others.add(key)
    if not values and others:
        raise Refused("source.unknown_series", name=name, found=", ".join(sorted(others)[:5]))
    return tuple(batch_of(own[key].id, ID, of) for key, of in values.items())


SOURCE = Source(
    ID,
    "https://data-api.ecb.europa.eu/service/data/",
    requests,
    recognises,
    parse,
    attribution="Source: European Central Bank (ECB)",
    no_data=frozenset({404}),
)
