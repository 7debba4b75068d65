"""What went into and out of the Treasury's account on a day, by category, as the Daily Treasury Statement names it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Direction(StrEnum):
    """Seen from the Treasury's account at the Fed."""

    DEPOSIT = "deposit"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class TreasuryFlow:
    """The amount of one category on one day, in millions of US dollars; the statement has whole millions.

    `category` is the statement's own name. Its subtotals ("Sub-Total Deposits") are no categories and are left out.
    """

    date: date
    direction: Direction
    category: str
    amount: int
