"""A series at one source: how far its figures go against its release calendar, and what became of the last question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.refusals import Refused
from app.series import releases
from app.series.catalogue import carried_by
from app.series.releases import Overrides
from app.series.series import Series
from app.storage.fetches import Asked


@dataclass(frozen=True, slots=True)
class Carried:
    """A series at one source.

    `data_date` is the newest date there is, whichever source gave it (`given_by`); `state` is fresh, late (one release
    missed), stale (more), empty, or ended. `asked_at` is when this source last answered or failed; `fault` why nothing
    of its last answer was stored.
    """

    series: Series
    source: str
    name: str  # what the source calls it
    data_date: date | None
    given_by: str | None
    state: str
    missed: int
    next_date: date | None
    next_at: datetime | None
    asked_at: datetime | None
    fault: Refused | None


def carried(
    series: Series,
    source: str,
    newest: Mapping[tuple[str, str], Asked],
    given: Mapping[str, Mapping[str, date]],
    now: datetime,
    overrides: Overrides,
) -> Carried:
    """A series at a source, from the newest answers of the fetch log and the newest dates each source gave."""
    dates = given.get(series.id, {})
    ranks = [name for name, _ in series.sources]
    given_by = max(
        dates, key=lambda name: (dates[name], -ranks.index(name) if name in ranks else -len(ranks)), default=None
    )
    last = dates[given_by] if given_by is not None else None
    ended = series.last is not None
    missed = 0 if last is None or ended else releases.missed(series.release, last, now, overrides)
    if ended:
        state = "ended"
    elif last is None:
        state = "empty"
    else:
        state = "fresh" if missed == 0 else "late" if missed == 1 else "stale"
    name = series.name_in(source) or series.id
    asked = _asked(series, source, name, newest)
    coming = None if ended else releases.next_after(series.release, now, overrides)
    return Carried(
        series,
        source,
        name,
        last,
        given_by,
        state,
        missed,
        None if coming is None else coming[0],
        None if coming is None else coming[1],
        None if asked is None else asked.at,
        None if asked is None or not asked.failed else _refusal(asked),
    )


def _asked(series: Series, source: str, name: str, newest: Mapping[tuple[str, str], Asked]) -> Asked | None:
    """The newest question about the series: by its own name, or as part of a package or a file of the source."""
    own = carried_by(source)
    about = [
        one
        for (asked, resource), one in newest.items()
        if asked == source and _is_about(resource.split(" from ")[0], name, own)
    ]
    exact = [one for one in about if one.resource.split(" from ")[0] == name]
    return max(exact or about, key=lambda one: one.at, default=None)


def _is_about(resource: str, name: str, own: Mapping[str, Series]) -> bool:
    """Whether a question was about a series, or about a package with it: "WS_XRU" has every "WS_XRU/…"."""
    if resource == name or resource in own:
        return resource == name
    package = resource.split(" ")[0] + "/"
    return name.startswith(package) or not any(other.startswith(package) for other in own)


def _refusal(asked: Asked) -> Refused:
    """The refusal as it was raised, from what the log keeps of it."""
    values: dict[str, object] = {"source": asked.source, "name": asked.resource, "series": asked.resource}
    for part in re.split(r", (?=\w+=)", asked.message or ""):
        key, sign, text = part.partition("=")
        if sign:
            values[key] = _value(text)
    return Refused(asked.code or "source.unknown_fault", **values)


def _value(text: str) -> object:
    for kind in (int, float, date.fromisoformat):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
