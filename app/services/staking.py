"""What the bank has at stake in a country or region, from the newest book."""

from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd

from app.countries.findings import Booked, Stake
from app.services.surveying import Surveying
from exposures.book import Basis, Book, Dimension, Measure

_YEAR = timedelta(days=365)


def stake(surveying: Surveying, country: str, as_of: datetime | None = None) -> Stake | None:
    """What the newest book (at `as_of`, with the limits of then) has there; None without a book."""
    batches = surveying.batches(as_of)
    if not batches:
        return None
    book = surveying.book(batches[-1].id)
    here = {basis: {row.key: row for row in book.by_country(basis)}.get(country) for basis in Basis}
    guarantor, immediate = here[Basis.GUARANTOR], here[Basis.IMMEDIATE]
    use = next((one for one in surveying.limits(batches[-1].id, as_of) if one.country == country), None)
    lines = book.lines_of(country=country, basis=Basis.GUARANTOR, live_only=True)
    keys = lines["counterparty_id"].fillna(lines["counterparty_name"])
    share = None if use is None else use.use.share_with_pending
    nothing = Decimal(0)
    return Stake(
        book.reporting_date,
        book.batch,
        book.currency,
        nothing if immediate is None else immediate.amount(),
        nothing if guarantor is None else guarantor.amount(),
        nothing if guarantor is None else guarantor.amount(Measure.DRAWN),
        nothing if guarantor is None else guarantor.undrawn,
        nothing if guarantor is None else guarantor.pending,
        int(keys.nunique()),
        _due(book, country),
        None if use is None else use.use.limit,
        None if share is None else share * 100,
        "no_limit" if use is None else use.state.value,
        _entities(book, country),
    )


def _entities(book: Book, country: str) -> tuple[Booked, ...]:
    """What each booking entity has there on the guarantor basis, the largest first."""
    found = []
    for entity in (row.key for row in book.split(Dimension.ENTITY)):
        row = None
        if entity is not None:
            row = next((one for one in book.by_country(Basis.GUARANTOR, entity=entity) if one.key == country), None)
        if entity is not None and row is not None and row.amount(Measure.WITH_PENDING):
            found.append(Booked(entity, row.amount(Measure.DRAWN), row.undrawn, row.amount()))
    return tuple(sorted(found, key=lambda one: (-one.whole, one.entity)))


def _due(book: Book, country: str) -> Decimal:
    """Claims of the guarantor basis on lines that mature within a year of the reporting date (X)."""
    lines = book.lines_of(country=country, basis=Basis.GUARANTOR, live_only=True)
    start = pd.Timestamp(book.reporting_date)
    due = lines["maturity"].between(start, start + _YEAR).to_numpy()
    pieces = book.pieces(Basis.GUARANTOR)
    places = set(np.flatnonzero(book.claims.index.isin(lines.index[due])).tolist())
    mine = pieces[(pieces["country"] == country).to_numpy() & pieces["line"].isin(places).to_numpy()]
    total = Decimal(0)
    codes = book.claims["currency"].to_numpy()[mine["line"].to_numpy()]
    amounts = mine[list(Measure.DRAWN_UNDRAWN.components)].sum(axis=1).to_numpy()
    for code, minor in zip(codes, amounts, strict=True):
        converted = None if code is None or code != code else book.convert(int(minor), str(code))
        total += converted or Decimal(0)
    return total
