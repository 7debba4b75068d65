"""By how much an item's exposure came down between two books, both at the later one's rates."""

from decimal import Decimal

import numpy as np
import pandas as pd

from exposures.reviews.closing import Achieved
from exposures.reviews.item import Proposal
from exposures.reviews.measuring import measure
from exposures.reviews.review_list import ReviewBook

#: What tells whose a line is, and how much it is.
_READ = ("line_id", "country", "booking_entity", "subject", "live", "currency", "x")


def achieved(proposal: Proposal, then: ReviewBook, now: ReviewBook) -> Achieved | None:
    """X of the item's claims in both books; None where an amount then has no rate now, or the item has no claims.

    Beside the lines it had, whatever the same borrower, entity or country has in either book counts: a loan that is
    repaid by another achieves nothing.
    """
    before, after = map(_lines, (then, now))
    had, has = before[_of(proposal, before)], after[_of(proposal, after)]
    if had.empty:
        return None
    sums = [_total(had, now), _total(has, now)]
    if sums[0] is None or sums[1] is None:
        return None
    return Achieved(sums[0], sums[1], now.version, now.book.reporting_date)


def _lines(review: ReviewBook) -> pd.DataFrame:
    lines = measure(review).lines
    return lines.some(_READ, np.arange(len(lines)))


def _of(proposal: Proposal, lines: pd.DataFrame) -> pd.Series:
    """The lines of an item: those beneath it, and all of its subject's in its country."""
    key, names = proposal.key, {line.line_id for line in proposal.lines if line.side == "asset"}
    mine = lines["line_id"].astype(str).isin(names)
    here = lines["country"] == key.country
    if key.list_id == "L2":
        mine = mine | (here & (lines["booking_entity"] == key.subject))
    elif key.subject == key.country:
        mine = mine | here
    else:
        mine = mine | (here & (lines["subject"] == key.subject))
    return (mine & lines["live"]).fillna(False).astype(bool)


def _total(lines: pd.DataFrame, rates: ReviewBook) -> Decimal | None:
    found = Decimal(0)
    for currency, minor in lines.groupby("currency", sort=True)["x"].sum().items():
        amount = rates.book.convert(int(minor), str(currency))
        if amount is None:
            return None
        found += amount
    return found
