"""A book in the store: its lines stay columns, and become a frame where somebody asks for one."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

import pandas as pd

from exposures.book import Book
from exposures.held import Held


class _Stored(Book):
    @cached_property
    def lines(self) -> pd.DataFrame:
        """Made when it is asked for; one that the constructor was given, as `dataclasses.replace` does, comes first."""
        assert self.known is not None
        return self.known.frame


def stored(
    reporting_date: date, batch: int, held: Held, rates: Mapping[str, Decimal], tolerance: Decimal = Decimal(0)
) -> Book:
    """A book of lines that are held by columns; a frame of a million would cost a second."""
    made = _Stored(reporting_date, batch, pd.DataFrame(), rates, tolerance=tolerance, known=held)
    del made.__dict__["lines"]
    return made
