"""What the sample's officers entered and approved: figures that no free source has, and country-risk levels."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

from app.storage import entries, levels
from app.storage.database import Database
from app.storage.entries import Draft

#: An officer enters a figure on the working day after its date, and another checks it an hour later.
_ENTERED, _CHECKED = timedelta(days=1, hours=2), timedelta(days=1, hours=3)
#: Levels were set when the year began.
_LEVELLED = datetime(2022, 1, 12, 3, tzinfo=UTC)


def enter(database: Database, now: datetime) -> None:
    """Enter, check and approve it all, once."""
    told = tomllib.loads(files(__package__).joinpath("entered.toml").read_text("utf-8"))
    maker, checker = told["maker"], told["checker"]
    with database.write() as connection:
        if entries.entries(connection):
            return
        days: dict[date, list[Draft]] = {}
        for series in told["series"]:
            for text, value in series["values"].items():
                day = date.fromisoformat(text)
                days.setdefault(day, []).append(Draft(series["id"], day, float(value), series["source"]))
        for day in sorted(days):
            midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
            numbers = entries.add(connection, days[day], maker, min(midnight + _ENTERED, now))
            entries.decide(connection, numbers, True, checker, min(midnight + _CHECKED, now), "")
        for series in told["waiting"]:
            drafts = [
                Draft(series["id"], date.fromisoformat(day), float(value), series["source"])
                for day, value in series["values"].items()
            ]
            entries.add(connection, drafts, maker, now)
        for country, (level, why) in told["levels"].items():
            proposed = levels.propose(connection, country, level, why, maker, _LEVELLED)
            levels.decide(connection, proposed.id, True, checker, _LEVELLED + timedelta(hours=4), "")
