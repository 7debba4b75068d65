"""What a book comes to: the few figures that limits and rules read, once they are added up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exposures import rates
from exposures.book import Basis, Book, Dimension, Measure, Position
from exposures.concentration import top_share

#: Which arithmetic made them; raise it whenever a change of the rules would make other totals of the same book.
ARITHMETIC = 1


@dataclass(frozen=True)
class Totals:
    """The sums of one book in its currency; `top_share` is the largest counterparty's, as a ratio (None: nothing).

    `rates` are units of a currency for one US dollar on the reporting date; `not_converted` counts lines.
    """

    reporting_date: date
    currency: str
    rates: Mapping[str, Decimal]
    countries: Mapping[Basis, tuple[Position, ...]]
    total: Decimal
    top_share: Decimal | None
    not_converted: int

    def rate(self, currency: str | None) -> Decimal | None:
        """What one unit of `currency` is worth in the book's currency; None without a rate."""
        return rates.worth(currency, self.currency, self.rates)

    def by_country(self, basis: Basis = Basis.IMMEDIATE) -> tuple[Position, ...]:
        """The claims by country or region."""
        return self.countries[basis]


def totals(book: Book) -> Totals:
    """Add a book up."""
    counterparties = [amount for key, amount in book.amounts(Dimension.COUNTERPARTY).items() if key is not None]
    return Totals(
        book.reporting_date,
        book.currency,
        dict(book.rates),
        {basis: book.by_country(basis) for basis in Basis},
        book.total(Measure.DRAWN_UNDRAWN),
        top_share(counterparties, 1),
        sum(row.lines for row in book.not_converted()),
    )
