"""The fetch log by what was asked: the newest answer of each resource, and when it last answered well."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from app.storage.tables.series import fetch, observation


@dataclass(frozen=True, slots=True)
class Asked:
    """The newest fetch of one resource of a source; `outcome` is stored, unchanged, refused or failed.

    `code` and `message` are the refusal's, None where it answered well.
    """

    source: str
    resource: str
    at: datetime
    outcome: str
    code: str | None
    message: str | None

    @property
    def failed(self) -> bool:
        """Whether nothing of it was stored."""
        return self.outcome in ("failed", "refused")


def newest(connection: Connection) -> Mapping[tuple[str, str], Asked]:
    """The newest fetch of every resource, by source and resource."""
    latest = select(func.max(fetch.c.id)).group_by(fetch.c.source_id, fetch.c.resource)
    rows = connection.execute(select(fetch).where(fetch.c.id.in_(latest)))
    return {
        (row.source_id, row.resource): Asked(row.source_id, row.resource, row.at, row.outcome, row.code, row.message)
        for row in rows
    }


def given(connection: Connection) -> Mapping[str, Mapping[str, date]]:
    """The newest date that each source gave of each series, by series and source."""
    query = select(
        observation.c.series_id, observation.c.source_id, func.max(observation.c.date).label("last")
    ).group_by(observation.c.series_id, observation.c.source_id)
    found: dict[str, dict[str, date]] = {}
    for row in connection.execute(query):
        found.setdefault(row.series_id, {})[row.source_id] = row.last
    return found


@dataclass(frozen=True, slots=True)
class Attempt:
    """When a resource was last asked for, whether it answered well, and whether the next question about it can be "if
    it has changed".
    """

    at: datetime
    good: bool
    conditional: bool


def asked(connection: Connection, source: str) -> Mapping[str, Attempt]:
    """The last attempt at every resource of a source."""
    latest = select(func.max(fetch.c.id)).where(fetch.c.source_id == source).group_by(fetch.c.resource)
    rows = connection.execute(select(fetch).where(fetch.c.id.in_(latest)))
    return {
        row.resource: Attempt(row.at, row.outcome in ("stored", "unchanged"), bool(row.etag or row.last_modified))
        for row in rows
    }


def given_by(connection: Connection, source: str, series_ids: Collection[str]) -> Mapping[str, date]:
    """The newest date that a source gave of each of the series; they are named so that no other is looked through."""
    query = (
        select(observation.c.series_id, func.max(observation.c.date).label("last"))
        .where(observation.c.series_id.in_(series_ids), observation.c.source_id == source)
        .group_by(observation.c.series_id)
    )
    return {row.series_id: row.last for row in connection.execute(query)}
