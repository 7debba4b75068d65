"""What a book itself says of notionals, settlements ahead and income, in the place of the bank's settings (L2, L10).

A setting of the same key gives way: the book is dated, a setting is not. What the book does not say stays as set.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd

from exposures.book import Book
from exposures.calendar import BankCalendar
from exposures.lines import counterparty_keys
from exposures.reviews.review_list import ReviewSettings
from exposures.sums import EXACT

#: Outgoing payments so many bank business days ahead count, the last day included (CALCULATIONS 12, L10).
AHEAD = 5


def with_book(settings: ReviewSettings, book: Book, today: date) -> ReviewSettings:
    """The settings with what the book says; amounts in the book's currency, lines without a rate left as set."""
    lines = book.lines
    notionals = _sums(book, lines[lines["notional"].notna().to_numpy()], "line_id", "notional")
    due = lines[_due(lines, today, settings.calendar)]
    settled = _sums(book, due.assign(who=counterparty_keys(due)), "who", "settlement_amount")
    earned = book.claims[book.claims["income"].notna().to_numpy()]
    place = earned["booking_entity"].fillna("") + "/" + earned["country"].fillna("")
    income = _sums(book, earned.assign(place=place), "place", "income")
    return replace(
        settings,
        notionals={**settings.notionals, **notionals},
        settlements_ahead={**settings.settlements_ahead, **settled},
        income={**settings.income, **income},
    )


def _due(lines: pd.DataFrame, today: date, calendar: BankCalendar) -> "pd.Series[bool]":
    """Outgoing payments from today on, within AHEAD bank business days, without payment versus payment."""
    last = calendar.add(today, AHEAD)
    day = lines["settlement_date"]
    together = lines["payment_versus_payment"].fillna(False).astype(bool)
    return (day >= pd.Timestamp(today)) & (day <= pd.Timestamp(last)) & ~together & lines["settlement_amount"].notna()


def _sums(book: Book, lines: pd.DataFrame, by: str, amount: str) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = {}
    for key, currency, minor in zip(lines[by], lines["currency"], lines[amount], strict=True):
        worth = book.convert(int(minor), str(currency)) if isinstance(currency, str) else None
        if worth is not None and isinstance(key, str) and key:
            found[key] = EXACT.add(found.get(key, Decimal(0)), worth)
    return found
