"""Saved scenarios in the store: saving under a name adds a row, and the newest row of a name counts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from app.liquidity import scenariofile
from app.liquidity.scenario import Scenario
from app.storage.tables.scenarios import runoff_scenario

_ROW = runoff_scenario.c


@dataclass(frozen=True, slots=True)
class StoredScenario:
    """A scenario with its text, who saved it and when."""

    scenario: Scenario
    text: str
    who: str
    at: datetime


def save(connection: Connection, scenario: Scenario, who: str, at: datetime) -> str:
    """Save under the scenario's name from now on; returns the text that was stored."""
    text = scenariofile.write(scenario)
    connection.execute(insert(runoff_scenario).values(name=scenario.name, text=text, removed=False, at=at, who=who))
    return text


def remove(connection: Connection, name: str, who: str, at: datetime) -> None:
    """Take a name away; what it meant stays in the older rows."""
    connection.execute(insert(runoff_scenario).values(name=name, text="", removed=True, at=at, who=who))


def find(connection: Connection, name: str) -> StoredScenario | None:
    """The scenario of a name."""
    return next((one for one in all_saved(connection) if one.scenario.name == name), None)


def all_saved(connection: Connection) -> tuple[StoredScenario, ...]:
    """Every scenario that is saved, by name."""
    newest = select(func.max(_ROW.id)).group_by(_ROW.name)
    query = select(runoff_scenario).where(_ROW.id.in_(newest), _ROW.removed.is_(False)).order_by(_ROW.name)
    return tuple(
        StoredScenario(scenariofile.read(row.text), row.text, row.who, row.at) for row in connection.execute(query)
    )
