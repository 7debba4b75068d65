"""What the commands about countries print as JSON."""

from typing import Any

from app.countries.change import Change
from app.countries.findings import Moves
from app.countries.score import Score
from app.services.profiles import Country, Indicator
from app.storage.levels import Level
from exposures.flags import CountryFlag
from exposures.reason import Reason


def indicator(one: Indicator) -> dict[str, Any]:
    """A figure with its date, age and source."""
    return {
        "figure": one.concept,
        "series": one.series,
        "value": one.value,
        "unit": one.unit,
        "date": one.on,
        "age_days": one.age,
        "max_age_days": one.max_age,
        "releases_missed": one.missed,
        "status": one.status,
        "source": one.source,
        "known_from": one.known_from,
        "entered_by": None if one.entry is None else one.entry.who,
        "checked_by": None if one.entry is None else one.entry.checked_by,
        "entered_from": None if one.entry is None else one.entry.draft.source,
        "absence": one.absence if one.value is None else None,
    }


def moves(of: Moves | None) -> dict[str, Any]:
    """A currency in both terms."""
    if of is None:
        return {"value_change_percent": None, "dollar_rise_percent": None, "crash": None}
    return {
        "value_change_percent": {str(over): value for over, value in of.value.items()},
        "dollar_rise_percent": {str(over): value for over, value in of.rise.items()},
        "crash": of.crash,
    }


def score(of: Score) -> dict[str, Any]:
    """A score with its inputs."""
    return {
        "value": of.value,
        "state": of.state,
        "coverage_percent": of.coverage,
        "range": [of.low, of.high],
        "provisional": of.provisional,
        "oldest_input": of.oldest,
        "inputs": [
            {
                "input": part.input.id,
                "value": None if part.figure is None else part.figure.value,
                "date": None if part.figure is None else part.figure.date,
                "age_days": part.age,
                "max_age_days": part.input.max_age,
                "status": part.status,
                "source": None if part.figure is None else part.figure.source,
                "known_from": None if part.figure is None else part.figure.known_from,
                "strain": part.strain,
                "weight": part.input.weight,
                "share": part.share,
            }
            for part in of.parts
        ],
    }


def change(of: Change | None) -> dict[str, Any] | None:
    """What moved a score."""
    if of is None:
        return None
    return {
        "since": of.before.on,
        "before": of.before.value,
        "points": of.points,
        "moves": [{"input": move.input, "points": move.points} for move in of.moves],
        "appeared_or_vanished": of.came_or_went,
    }


def flag(of: CountryFlag | None) -> dict[str, Any] | None:
    """A stay on the flagged list with its causes."""
    if of is None:
        return None
    return {
        "tier": of.tier,
        "episode": of.episode,
        "since": of.since,
        "release_proposed": of.release_proposed,
        "causes": [
            {"key": cause.key, "tier": cause.tier, "since": cause.since, "ended": cause.ended} | reason(cause.reason)
            for cause in of.causes
        ],
    }


def reason(of: Reason) -> dict[str, Any]:
    """One of."""
    return {
        "metric": of.metric,
        "value": of.value,
        "threshold": of.threshold,
        "unit": of.unit,
        "date": of.date,
        "source": of.source,
    }


def level(one: Level | None) -> dict[str, Any] | None:
    """A country-risk level with who proposed and approved it."""
    if one is None:
        return None
    return {
        "number": one.id,
        "country": one.country,
        "level": one.level,
        "rationale": one.rationale,
        "proposed_by": one.who,
        "proposed_at": one.at,
        "approved": one.approved,
        "approver": one.approver,
        "decided_at": one.decided_at,
        "reason": one.reason,
    }


def stake(seen: Country) -> dict[str, Any] | None:
    """What the bank has there."""
    found = seen.stake
    if found is None:
        return None
    return {
        "reporting_date": found.reporting_date,
        "currency": found.currency,
        "immediate": found.immediate,
        "guarantor": found.guarantor,
        "drawn": found.drawn,
        "undrawn": found.undrawn,
        "pending": found.pending,
        "due_in_a_year": found.due_in_a_year,
        "counterparties": found.counterparties,
        "limit": found.limit,
        "used_percent_with_pending": found.used_percent,
        "limit_state": found.limit_state,
    }
