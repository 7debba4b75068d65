"""Country-risk levels and releases of flagged countries in the store: proposed by one person, approved by another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from app.refusals import Refused
from app.storage import persons
from app.storage.tables.countries import country_level, country_level_decision, flag_release
from exposures import tide as dollar_tide
from exposures.flags import CountryFlag, Tide, release


@dataclass(frozen=True, slots=True)
class Level:
    """A level as proposed, and what the second person said; `approved` None: not yet decided."""

    id: int
    country: str
    level: str
    rationale: str
    who: str
    at: datetime
    approved: bool | None = None
    approver: str | None = None
    decided_at: datetime | None = None
    reason: str = ""


def propose(connection: Connection, country: str, level: str, rationale: str, who: str, at: datetime) -> Level:
    """Propose a level; it is not in force yet."""
    row = {"country": country, "level": level, "rationale": rationale, "who": who, "at": at}
    number: int = connection.execute(country_level.insert().values(row)).inserted_primary_key[0]  # type: ignore[index]
    return Level(number, country, level, rationale, who, at)


def levels(connection: Connection, country: str | None = None) -> tuple[Level, ...]:
    """Every proposal with its decision, newest first."""
    decided = country_level_decision.c
    query = select(country_level, decided.approved, decided.who.label("approver"), decided.at.label("decided_at"))
    query = query.add_columns(decided.reason).outerjoin(country_level_decision, decided.level_id == country_level.c.id)
    if country is not None:
        query = query.where(country_level.c.country == country)
    return tuple(_level(row) for row in connection.execute(query.order_by(country_level.c.id.desc())))


def in_force(connection: Connection, as_of: datetime | None = None) -> dict[str, Level]:
    """The newest approved level of every country that has one; with `as_of` as approved by then."""
    found: dict[str, Level] = {}
    for one in levels(connection):
        decided = one.decided_at
        if one.approved and decided is not None and (as_of is None or decided <= as_of):
            standing = found.get(one.country)
            if standing is None or (standing.decided_at or standing.at) < decided:
                found[one.country] = one
    return found


def decide(connection: Connection, number: int, approved: bool, who: str, at: datetime, reason: str) -> Level:
    """A second person approves or returns a proposal.

    Refused "level.unknown", "level.decided", "persons.same_person".
    """
    known = next((one for one in levels(connection) if one.id == number), None)
    if known is None:
        raise Refused("level.unknown", level=number)
    if known.approved is not None:
        raise Refused("level.decided", level=number, who=known.approver)
    persons.refuse_same_person(connection, known.who, who)
    values = {"level_id": number, "approved": approved, "who": who, "at": at, "reason": reason}
    connection.execute(country_level_decision.insert().values(values))
    return next(one for one in levels(connection) if one.id == number)


def add_release(connection: Connection, country: str, episode: int, reason: str, who: str, at: datetime) -> None:
    """End a stay on the flagged list; Refused "flag.released" where it was ended before."""
    if (country, episode) in releases(connection):
        raise Refused("flag.released", country=country, episode=episode)
    row = {"country": country, "episode": episode, "reason": reason, "who": who, "at": at}
    connection.execute(flag_release.insert().values(row))


def releases(connection: Connection, as_of: datetime | None = None) -> Mapping[tuple[str, int], str]:
    """Who ended which stay, by country and episode."""
    query = select(flag_release)
    if as_of is not None:
        query = query.where(flag_release.c.at <= as_of)
    return {(row.country, row.episode): row.who for row in connection.execute(query)}


def standing(
    connection: Connection, flags: tuple[CountryFlag, ...], as_of: datetime | None = None
) -> tuple[CountryFlag, ...]:
    """Flags as last made, with the stays ended that a person released since."""
    ended = releases(connection, as_of)
    return tuple(release(flag) if (flag.country, flag.episode) in ended else flag for flag in flags)


def standing_tide(connection: Connection, tide: Tide, as_of: datetime | None = None) -> Tide:
    """The dollar tide as last made, ended where a person released it since."""
    ended = tide.on and (dollar_tide.NAME, tide.episode) in releases(connection, as_of)
    return dollar_tide.release_tide(tide) if ended else tide


def _level(row: Row[Any]) -> Level:
    return Level(
        row.id,
        row.country,
        row.level,
        row.rationale,
        row.who,
        row.at,
        row.approved,
        row.approver,
        row.decided_at,
        row.reason or "",
    )
