"""FRED's own interface, with a key: each series' unit, its observations, and when each value was published (ALFRED).

Two questions a series: what it is (`fred/series`: the unit it is in now), then its observations. Series that are
revised are asked with every vintage; a daily one has more vintages than FRED hands out and is never revised.
"""

from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import Any

from app.refusals import Refused
from app.series import releases
from app.series.catalogue import carried_by
from app.series.series import Batch, Series, Vintage
from app.sources.source import (
    Key,
    Request,
    Source,
    Span,
    batch_of,
    day_of,
    field_of,
    json_of,
    put_once,
    value_of,
)

ID = "fred"
_OBSERVATIONS, _SERIES = "fred/series/observations", "fred/series"
_JSON = {"file_type": "json"}
#: The first and the last day that ALFRED knows.
_FIRST, _LAST = "1776-07-04", "9999-12-31"
_PAGE = 100_000
_UNREVISED = frozenset({"daily", "7-day"})
_SCALES = {
    "million": "USD millions",
    "billion": "USD billions",
    "trillion": "USD trillions",
    "thousand": "USD thousands",
}


def requests(span: Span) -> tuple[Request, ...]:
    """What each series is; its observations follow."""
    return tuple(
        Request(
            f"{name} units", _SERIES, {"series_id": name, **_JSON}, since=span.start(series.id), whole=f"{name} units"
        )
        for name, series in carried_by(ID).items()
    )


def more(request: Request, body: bytes) -> tuple[Request, ...]:
    """After what a series is its observations, and after a full page of those the next."""
    answer = json_of(body, request.resource)
    if request.path == _SERIES:
        name = request.params["series_id"]
        return (_observations(name, carried_by(ID)[name], request.since, _unit(answer, name)),)
    asked = int(field_of(answer, "offset", request.resource)) + _PAGE
    if asked >= int(field_of(answer, "count", request.resource)):
        return ()
    params = {**request.params, "offset": str(asked)}
    return (
        Request(f"{request.resource} after {asked}", _OBSERVATIONS, params, since=request.since, unit=request.unit),
    )


def _observations(name: str, series: Series, since: date | None, unit: str) -> Request:
    params = {"series_id": name, **_JSON, "limit": str(_PAGE)}
    if since is not None:
        params["observation_start"] = since.isoformat()
    latest = Request(name, _OBSERVATIONS, params, since=since, unit=unit)
    if series.frequency in _UNREVISED:
        return latest
    vintages = {"realtime_start": since.isoformat() if since else _FIRST, "realtime_end": _LAST}
    return Request(name, _OBSERVATIONS, {**params, **vintages}, since=since, unit=unit, otherwise=(latest,))


def recognises(body: bytes) -> bool:
    """Whether a file is an answer of this interface."""
    return body[:64].lstrip().startswith(b"{") and b'"realtime_start"' in body[:2000]


def parse(body: bytes, name: str) -> tuple[Batch, ...]:
    """The observations of the series that `name` begins with (WALCL, WALCL.json); nothing where the answer says what
    a series is. Refused on any other shape.
    """
    answer = json_of(body, name)
    if isinstance(answer, dict) and "error_message" in answer:
        raise Refused("source.said", name=name, detail=str(answer["error_message"]))
    if isinstance(answer, dict) and "seriess" in answer:
        _unit(answer, name)
        return ()
    id = PurePath(name).name.split(" ")[0].split(".")[0]
    rows = field_of(answer, "observations", name)
    series = carried_by(ID).get(id)
    if series is None:
        raise Refused("source.unknown_series", name=name, found=id)
    if not rows:
        return ()
    if field_of(answer, "realtime_start", name) == field_of(answer, "realtime_end", name):
        values: dict[date, float] = {}
        for line, row in enumerate(rows, 1):
            day = day_of(field_of(row, "date", name), name, line)
            put_once(values, day, value_of(field_of(row, "value", name), name, line), name, line)
        return (batch_of(series.id, ID, values),)
    return (_vintages(series, rows, name),)


def _vintages(series: Series, rows: Any, name: str) -> Batch:
    found: dict[tuple[date, datetime], Vintage] = {}
    for line, row in enumerate(rows, 1):
        value = value_of(field_of(row, "value", name), name, line)
        day = day_of(field_of(row, "date", name), name, line)
        instant = _instant(series, day_of(field_of(row, "realtime_start", name), name, line))
        if value is None:
            continue
        if (day, instant) in found and found[day, instant].value != value:
            raise Refused("source.twice", name=name, line=line, day=day)
        found[day, instant] = Vintage(day, value, instant)
    vintages = tuple(found[key] for key in sorted(found))
    return Batch(series.id, ID, tuple({one.date: one.value for one in vintages}.items()), None, vintages)


def _instant(series: Series, day: date) -> datetime:
    """A vintage has a day; the hour is that of the series' release."""
    hour = releases.RELEASES[series.release].hour
    return datetime.combine(day, hour, releases.EASTERN).astimezone(UTC)


def _unit(answer: Any, name: str) -> str:
    series = field_of(answer, "seriess", name)
    if not series:
        raise Refused("source.unknown_series", name=name, found="")
    told = str(field_of(series[0], "units", name))
    words = told.lower()
    if words.startswith("percent"):
        return "percent"
    if words.startswith("index"):
        return "index"
    scale = next((unit for word, unit in _SCALES.items() if words.startswith(word)), None)
    if scale is None or "dollar" not in words:
        raise Refused("source.unit", name=name, column=str(series[0].get("id", name)), unit=told)
    return scale


def explains(status: int, body: bytes, name: str) -> Refused | None:
    """FRED says in a 400 what was wrong: the key, the series, or something else."""
    try:
        said = str(field_of(json_of(body, name), "error_message", name))
    except Refused:
        return None
    if "api_key" in said:
        return Refused("credentials.refused", source=ID, status=status)
    return Refused("source.said", name=name, detail=said)


SOURCE = Source(
    ID,
    "https://api.stlouisfed.org/",
    requests,
    recognises,
    parse,
    more,
    attribution=(
        "This product uses the FRED® API but is not endorsed or certified by the Federal Reserve Bank of St. Louis."
    ),
    key=Key("https://fredaccount.stlouisfed.org/apikeys", param="api_key"),
    per_minute=120,
    explains=explains,
)
