"""The sample's Treasury: the daily account, its cash by category, required and excess reserves, standing repos."""

import random
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from app.liquidity.treasury_flows import Direction, TreasuryFlow
from app.services.sample.courses import History, between, dated, noisy, weekdays
from app.services.sample.history import LAST_FIXING

#: The first day of the categories, and of the Desk's standing operations.
FLOWS_FROM, STANDING_FROM = date(2022, 1, 3), date(2021, 7, 29)
#: Little enough that the peak of July 2020 stays the highest day.
_NOISE = 0.01


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("treasury.toml").read_text("utf-8"))


def treasury() -> History:
    """The series, each in its catalogue unit, by date."""
    levels = {name: dated(values) for name, values in _known()["levels"].items()}
    account = noisy("TGA_CLOSE", levels["TGA_CLOSE"], list(weekdays(date(2008, 1, 2), LAST_FIXING)), _NOISE)
    whole: History = {"TGA_CLOSE": {day: float(round(value)) for day, value in account.items()}}
    months = [date(year, month, 1) for year in range(2009, 2021) for month in range(1, 13)]
    for name in ("EXCSRESNS", "REQRESNS"):
        course = between(levels[name], [day for day in months if day <= date(2020, 8, 1)])
        whole[name] = {day: round(value, 1) for day, value in course.items()}
    whole["SRF"] = dict.fromkeys(weekdays(STANDING_FROM, LAST_FIXING), 0.0)
    return whole


def flows() -> tuple[TreasuryFlow, ...]:
    """Deposits and withdrawals by category, by day."""
    found = []
    for category in _known()["category"]:
        noise = random.Random(category["name"])  # noqa: S311 (noise for a chart, not a secret)
        for day in weekdays(FLOWS_FROM, LAST_FIXING):
            if day.weekday() not in category.get("days", range(5)):
                continue
            if day.day not in category.get("of_month", range(1, 32)):
                continue
            amount = round(category["amount"] * noise.uniform(0.85, 1.15))
            found.append(TreasuryFlow(day, Direction(category["direction"]), category["name"], amount))
    return tuple(found)
