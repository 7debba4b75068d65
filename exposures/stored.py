"""A book in the store: its lines stay columns, and become a frame where somebody asks for one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property

import pandas as pd

from exposures.allocation import FACTORS, Factors
from exposures.book import Book
from exposures.held import Held


class _Stored(Book):
    @cached_property
    def lines(self) -> pd.DataFrame:
        """Made when it is asked for; one that the constructor was given, as `dataclasses.replace` does, comes first."""
        assert self.known is not None
        return self.known.frame


def stored(
    reporting_date: date,
    batch: int,
    held: Held,
    rates: Mapping[str, Decimal],
    tolerance: Decimal = Decimal(0),
    factors: Factors = FACTORS,
) -> Book:
    """A book of lines that are held by columns; a frame of a million would cost a second."""
    made = _Stored(reporting_date, batch, pd.DataFrame(), rates, tolerance=tolerance, factors=factors, known=held)
    del made.__dict__["lines"]
    return made


def at_rates_of(book: Book, other: Book) -> Book:
    """The same lines at another book's rates, in its currency and with its factors; no frame is made for that."""
    if book.known is None or "lines" in book.__dict__:
        return replace(book, rates=other.rates, currency=other.currency, factors=other.factors)
    made = _Stored(
        book.reporting_date,
        book.batch,
        pd.DataFrame(),
        other.rates,
        other.currency,
        book.tolerance,
        other.factors,
        book.known,
    )
    del made.__dict__["lines"]
    return made
