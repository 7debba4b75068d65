"""Small books for the tests of the lists, in USD m of the worked examples (1.0 = 1,000,000 dollars)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from exposures.book import Book
from exposures.calendar import BankCalendar
from exposures.currencies import minor_units
from exposures.exposure import MONEY_FIELDS
from exposures.flags import CountryFlag, EmSet, Tide, live_causes, update_flags
from exposures.lines import typed
from exposures.reviews.review_list import ReviewBook, ReviewSettings

REPORTED = date(2026, 5, 22)
TODAY = date(2026, 5, 26)
EM_SET = EmSet(frozenset({"CN", "XM", "DE", "GB", "ES", "HK", "US"}), "CN", date(2024, 10, 22), "a list")


def line(line_id: str, subject: str, country: str, drawn: float | str = 0, **fields: Any) -> dict[str, Any]:
    """One asset line; money in millions of the line's currency."""
    values = {"line_id": line_id, "side": "asset", "counterparty_id": subject, "counterparty_name": f"{subject} A.Ş."}
    values |= {"country": country, "currency": "USD", "instrument": "loan", "sector": "corporate"}
    values |= {"outstanding": drawn, "source_sheet": "Loans", "source_row": 7} | fields
    digits = minor_units(values["currency"])
    for name in MONEY_FIELDS:
        if values.get(name) is not None:
            values[name] = int(Decimal(str(values[name])) * 10**6 * 10**digits)
    return values


def book(*lines: dict[str, Any], rates: dict[str, Decimal] | None = None, tolerance: str = "0") -> ReviewBook:
    """A book of these lines, reported on 22 May 2026."""
    frame = typed(pd.DataFrame(list(lines)))
    held = Book(REPORTED, 31, frame, rates or {}, tolerance=Decimal(tolerance))
    return ReviewBook(held, "v31", "book.xlsx")


def policy_flags(*countries: str) -> tuple[CountryFlag, ...]:
    """These countries flagged by the policy list alone."""
    causes = live_causes(EM_SET, countries, (), (), (), Tide(on=False), TODAY)
    return update_flags((), causes, TODAY, BankCalendar())


def settings(**changes: Any) -> ReviewSettings:
    """The shipped settings over the tests' own set of emerging markets."""
    own = {"TR": frozenset({"TRY"}), "AR": frozenset({"ARS"}), "CL": frozenset({"CLP"})}
    return ReviewSettings(**({"em_set": EM_SET, "local_currencies": own} | changes))
