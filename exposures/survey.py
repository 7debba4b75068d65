"""What the book says to who looks at it: the findings of the Exposures page and of the Overview's card."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from alerts.finding import Finding
from exposures.book import Basis, Book, Measure
from exposures.labels import sums
from exposures.limits import WARNING, LimitState, LimitUse

#: "Falls due first" looks this many days ahead of the reporting date, and names this many instruments.
DUE_DAYS, DUE_NAMED = 90, 2


def where(
    book: Book | None,
    uses: Sequence[LimitUse],
    basis: Basis = Basis.GUARANTOR,
    measure: Measure = Measure.DRAWN_UNDRAWN,
    *,
    entity: str | None = None,
) -> tuple[Finding, ...]:
    """Where is the exposure? The largest country against the tightest, then what falls due first there."""
    if book is None:
        return (Finding("book.none"),)
    rows = [row for row in book.by_country(basis, entity=entity) if row.key is not None and row.amount(measure) > 0]
    if not rows:
        return (Finding("book.where.empty", {"not_converted": sum(row.lines for row in book.not_converted())}),)
    largest = max(rows, key=lambda row: row.amount(measure))
    assert largest.key is not None
    values = {"country": largest.key, "amount": largest.amount(measure), "currency": book.currency}
    tightest = _tightest(uses)
    if tightest is None:
        first = Finding("book.where.largest", values)
    elif tightest.country == largest.key:
        first = Finding("book.where.largest_and_tightest", values)
    else:
        first = Finding("book.where.largest_other_tightest", values | {"tightest": tightest.country})
    due = due_first(book, largest.key, basis, entity=entity)
    if not due:
        return (first,)
    named = dict(zip(("first", "second"), due, strict=False))
    case = "book.due.one" if len(due) == 1 else "book.due.two"
    return first, Finding(case, named | {"country": largest.key, "days": DUE_DAYS})


def due_first(book: Book, country: str, basis: Basis, *, entity: str | None = None) -> tuple[str, ...]:
    """The instruments with the most drawn falling due within DUE_DAYS, or overdue, in a country; at most DUE_NAMED."""
    places = book.places_of(country=country, basis=basis, entity=entity)
    places = places[book.alive[places]]
    maturity = book.held.taken(places).days("maturity")
    # no day is not soon
    places = places[maturity <= np.datetime64(book.reporting_date) + np.timedelta64(DUE_DAYS, "D")]
    minor = book.held.taken(places).amounts("outstanding")
    places, minor = places[minor > 0], minor[minor > 0]
    due: dict[str, Decimal] = {}
    split = [book.labels(name).taken(places) for name in ("instrument", "currency")]
    for (instrument, currency), (amount,), _ in sums(split, minor[:, None], places):
        worth = None if currency is None else book.convert(amount, currency)
        if worth is not None and worth > 0:
            due[instrument or "other"] = due.get(instrument or "other", Decimal(0)) + worth
    return tuple(sorted(due, key=lambda name: (-due[name], name))[:DUE_NAMED])


def tight(uses: Sequence[LimitUse]) -> Finding:
    """Which limits are tight? Breaches, those expected once pending is signed, and those from WARNING up."""
    limited = [use for use in uses if use.limit is not None]
    if not limited:
        return Finding("book.limits.none", {"without": len(uses)})
    known = [use for use in limited if use.state is not LimitState.NOT_COMPARABLE]
    if not known:
        return Finding("book.limits.not_comparable", {"limits": len(limited)})
    breaches = sum(use.state is LimitState.BREACH for use in known)
    expected = sum(use.state is LimitState.EXPECTED_BREACH for use in known)
    near = sum(use.state in (LimitState.WARNING, LimitState.CRITICAL) for use in known)
    values = {"breaches": breaches, "expected": expected, "near": near, "mark": WARNING * 100}
    if breaches and expected:
        return Finding("book.limits.breaches_and_expected", values)
    if breaches:
        return Finding("book.limits.breaches", values)
    if expected:
        return Finding("book.limits.expected", values)
    if near:
        return Finding("book.limits.near", values)
    tightest = _tightest(known)
    if tightest is None or tightest.use.share_with_pending is None or tightest.use.share_with_pending <= 0:
        return Finding("book.limits.unused", values)
    share = tightest.use.share_with_pending * 100
    return Finding("book.limits.fine", values | {"country": tightest.country, "share": share})


def money(book: Book | None, uses: Sequence[LimitUse], basis: Basis = Basis.GUARANTOR) -> Finding:
    """Whose money is there? The largest country's exposure against its limit."""
    if book is None:
        return Finding("book.none")
    rows = [row for row in book.by_country(basis) if row.key is not None and row.amount() > 0]
    if not rows:
        return Finding("book.where.empty", {"not_converted": sum(row.lines for row in book.not_converted())})
    largest = max(rows, key=lambda row: row.amount())
    values = {"country": largest.key, "amount": largest.amount(), "currency": book.currency}
    use = next((use for use in uses if use.country == largest.key), None)
    if use is None or use.limit is None:
        return Finding("book.money.no_limit", values)
    if use.state is LimitState.NOT_COMPARABLE:
        return Finding("book.money.not_comparable", values | {"limit_currency": use.limit.currency})
    if use.use.share_with_pending is None:
        return Finding("book.money.zero_limit", values)
    values |= {"share": (use.use.share or Decimal(0)) * 100, "with_pending": use.use.share_with_pending * 100}
    return Finding("book.money.limited_with_pending" if use.use.pending else "book.money.limited", values)


def notices(book: Book, basis: Basis = Basis.GUARANTOR) -> tuple[Finding, ...]:
    """What a reader of the figures must know: lines without a rate, and what the guarantor basis could not move."""
    found = []
    if missing := book.not_converted():
        currencies = tuple(row.currency for row in missing if row.currency is not None)
        case = "book.not_converted" if currencies else "book.no_currency"
        found.append(Finding(case, {"lines": sum(row.lines for row in missing), "currencies": currencies}))
    if basis is Basis.GUARANTOR:
        if not book.has_guarantor_basis:
            found.append(Finding("book.basis.same"))
        elif book.allocated.ineligible:
            found.append(Finding("book.basis.ineligible", {"lines": book.allocated.ineligible}))
    return tuple(found)


def _tightest(uses: Sequence[LimitUse]) -> LimitUse | None:
    """The first of the table that has a limit: `uses` gives the tightest first."""
    known = [use for use in uses if use.limit is not None and use.state is not LimitState.NOT_COMPARABLE]
    return known[0] if known and (known[0].use.used + known[0].use.pending) > 0 else None
