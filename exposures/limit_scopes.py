"""Limits of every scope on one book: countries, groups, counterparties, sectors, products, grades and tenors."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.book import Basis, Book, Dimension, Position
from exposures.exposure import INSTRUMENTS
from exposures.limits import Limit, LimitUse, Scope, effective, tightness, used, uses

#: What a book is split by for a scope.
_DIMENSIONS: Mapping[Scope, Dimension] = {
    Scope.GROUP: Dimension.GROUP,
    Scope.COUNTERPARTY: Dimension.COUNTERPARTY,
    Scope.SECTOR: Dimension.SECTOR,
    Scope.RATING: Dimension.RATING,
}


def all_uses(book: Book, limits: Iterable[Limit]) -> tuple[LimitUse, ...]:
    """Every limit's use, and every country with exposure and none: the tightest first, those without last.

    A line counts in every limit that matches; limits within a country take its lines on the limit's own basis.
    """
    standing = effective(limits, book.reporting_date)
    found = [*uses(book, standing)]
    found += [used(book, limit, _position(book, limit)) for limit in standing if limit.scope is not Scope.COUNTRY]
    return tuple(sorted(found, key=tightness))


def is_named(book: Book, limit: Limit) -> bool:
    """Whether the book has the group, counterparty, product or grade of a limit; what other scopes name is known."""
    if limit.scope is Scope.PRODUCT and limit.key in INSTRUMENTS:
        return True
    named = limit.scope in (Scope.GROUP, Scope.COUNTERPARTY, Scope.PRODUCT, Scope.RATING)
    return not named or _position(book, limit) is not None


def _position(book: Book, limit: Limit) -> Position | None:
    """What the book has in the scope of a limit."""
    dimension = _DIMENSIONS.get(limit.scope)
    if limit.scope is Scope.PRODUCT and limit.key in INSTRUMENTS:
        dimension = Dimension.INSTRUMENT
    if limit.within:
        book = part(book, country=limit.within, basis=limit.basis)
    if dimension is not None:
        return next((row for row in book.split(dimension) if row.key == limit.key), None)
    mask = later_than(book, limit.key) if limit.scope is Scope.TENOR else (book.lines["product"] == limit.key)
    rows = _kept(book, np.asarray(mask, dtype=bool)).split(Dimension.WHOLE)
    return rows[0] if rows else None


def part(book: Book, *, country: str, basis: Basis) -> Book:
    """The book of one country's claims: whole lines on the immediate basis, what falls there on the other.

    A line of which a part falls to the country on the guarantor basis is not divided: it counts as a whole, so that a
    limit within a country can be overstated and never understated.
    """
    return _kept(book, book.lines.index.isin(book.lines_of(country=country, basis=basis).index))


def _kept(book: Book, mask: npt.NDArray[np.bool_]) -> Book:
    """The claims of the mask, and all debts: they may reduce a claim of their netting set."""
    debts = (book.lines["side"] == "liability").to_numpy(dtype=bool)
    return replace(book, lines=book.lines[mask | debts])


def later_than(book: Book, years: str) -> "pd.Series[bool]":
    """Which lines mature later than so many years after the book's date; an undated one does not."""
    try:
        months = int(Decimal(years) * 12)
    except InvalidOperation:
        months = 0
    return book.lines["maturity"] > pd.Timestamp(book.reporting_date) + pd.DateOffset(months=months)
