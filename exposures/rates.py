"""Exchange rates that come with a book: a `rates` sheet or a file of currency, per USD, date."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of `currency` for one dollar on `on`."""

    currency: str
    per_usd: Decimal
    on: date
