"""The published run-off caps and the purchases that followed them, from `caps.toml`, in whole US dollars a month."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

BILLION = 10**9


class Into(StrEnum):
    """What reinvested agency principal buys."""

    MBS = "mbs"
    TREASURIES = "treasuries"  # of all maturities
    BILLS = "bills"


@dataclass(frozen=True, slots=True)
class Caps:
    """The terms of one month.

    `first_into_treasuries` of the reinvested agency principal buys Treasuries before the rest goes where `excess_into`
    says. `published` is False in a month without announced caps: everything is taken as rolled over.
    """

    treasury: int
    agency: int
    bills_fill: bool
    excess_into: Into
    first_into_treasuries: int = 0
    source: str = ""
    published: bool = True


@dataclass(frozen=True, slots=True)
class Purchases:
    """Outright purchases of one month beside what is rolled; `assumed` where the amount was not published."""

    amount: int = 0
    assumed: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """Months (their first days; `last` None is open) with the same terms, of an episode of run-off."""

    episode: str
    first: date
    last: date | None
    caps: Caps


_ROLLED = Caps(0, 0, True, Into.MBS, published=False)


@cache
def periods() -> tuple[Period, ...]:
    """Every period of the schedule, oldest first."""
    return tuple(
        Period(
            row["episode"],
            row["from"],
            row.get("to"),
            Caps(
                _dollars(row["treasury"]),
                _dollars(row["agency"]),
                row["bills_fill"],
                Into(row["excess_into"]),
                _dollars(row.get("first_into_treasuries", 0)),
                row["source"],
            ),
        )
        for row in _file()["period"]
    )


def caps_of(month: date) -> Caps:
    """The terms of a month; where none were published, everything is rolled over."""
    return next((period.caps for period in periods() if _covers(period.first, period.last, month)), _ROLLED)


def purchases_of(month: date) -> Purchases:
    """The purchases of a month beside what is rolled."""
    for row in _file()["purchases"]:
        if _covers(row["from"], row.get("to"), month):
            return Purchases(_dollars(row["amount"]), row["assumed"], row["source"])
    return Purchases()


def _covers(first: date, last: date | None, month: date) -> bool:
    return first <= month and (last is None or month <= last)


def _dollars(billions: int | Decimal) -> int:
    return int(Decimal(billions) * BILLION)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("caps.toml").read_text("utf-8"), parse_float=Decimal)
