"""What the limits of a book say: how tight they are, and what is wrong with them as data."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from alerts.finding import Finding
from exposures.book import Book
from exposures.limits import WARNING, Limit, LimitState, LimitUse, Scope

#: An excess that ends within so many days is told [choice].
SOON = 10


def tight(found: Sequence[LimitUse]) -> Finding:
    """Which limits are tight? Of every scope: breaches, expected ones, those from WARNING up; the tightest named."""
    limited = [use for use in found if use.limit is not None]
    without = len(found) - len(limited)
    if not limited:
        return Finding("book.limit.none", {"without": without})
    known = [use for use in limited if use.state is not LimitState.NOT_COMPARABLE]
    if not known:
        return Finding("book.limit.not_comparable", {"limits": len(limited)})
    first = known[0]
    values = {
        "scope": first.scope.value,
        "key": first.key,
        "name": first.name,
        "within": first.within,
        "share": None if first.use.share_with_pending is None else first.use.share_with_pending * 100,
        "breaches": sum(use.state is LimitState.BREACH for use in known),
        "expected": sum(use.state is LimitState.EXPECTED_BREACH for use in known),
        "near": sum(use.state in (LimitState.WARNING, LimitState.CRITICAL) for use in known),
        "mark": WARNING * 100,
    }
    if values["breaches"]:
        return Finding("book.limit.breaches", values)
    if values["expected"]:
        return Finding("book.limit.expected", values)
    if values["near"]:
        return Finding("book.limit.near", values)
    used = (first.use.used + first.use.pending) > 0
    return Finding("book.limit.fine" if used else "book.limit.unused", values)


def faults(found: Iterable[LimitUse], book: Book) -> tuple[Finding, ...]:
    """What is wrong with the limits as data: expired, without a rate, above the limit they are a part of."""
    rows = [use for use in found if use.limit is not None]
    made = [_about(use, "book.limit.expired", date=use.limit.valid_to) for use in rows if use.limit and use.expired]
    made += [_about(use, "book.limit.no_rate", currency=use.limit.currency) for use in rows
             if use.limit and use.state is LimitState.NOT_COMPARABLE]  # fmt: skip
    by_subject = {(use.scope, use.key): use for use in rows if not use.within}
    groups = _groups(book)
    for use in rows:
        above = by_subject.get((Scope.COUNTRY, use.within)) if use.within else None
        if use.scope is Scope.COUNTERPARTY and above is None:
            above = by_subject.get((Scope.GROUP, groups.get(use.key, "")))
        if above is not None and _plain(use) > _plain(above) > 0:
            made.append(_about(use, "book.limit.above_parent", parent=above.name or above.key, of=above.scope.value,
                               amount=_plain(use), most=_plain(above), currency=book.currency))  # fmt: skip
    return tuple(made)


def excesses(found: Iterable[tuple[bool | None, date, Decimal]], on: date) -> Finding:
    """Which excesses wait, and which end soon? Each as whether it is approved, its last day and its amount."""
    rows = list(found)
    waiting = sum(approved is None for approved, _until, _amount in rows)
    standing = sorted(until for approved, until, _amount in rows if approved and until >= on)
    soon = sum((until - on).days <= SOON for until in standing)
    values = {"waiting": waiting, "standing": len(standing), "soon": soon, "days": SOON}
    if waiting:
        return Finding("book.excess.waiting", values)
    if soon:
        return Finding("book.excess.soon", values | {"first": standing[0]})
    return Finding("book.excess.standing" if standing else "book.excess.none", values)


def expiring(limits: Iterable[Limit], on: date, days: int) -> tuple[tuple[Limit, date], ...]:
    """The limits of which a temporary excess ends within so many days of a day, and when; the soonest first."""
    last = on + timedelta(days=days)
    found = [(limit, one.until) for limit in limits for one in limit.excesses if on <= one.until <= last]
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0].key)))


def _plain(use: LimitUse) -> Decimal:
    """The limit without its temporary excess, in the book's currency; 0 where it has no rate."""
    return Decimal(0) if use.use.limit is None else use.use.limit - use.excess


def _about(use: LimitUse, case: str, **values: object) -> Finding:
    said = {"scope": use.scope.value, "key": use.key, "name": use.name, "within": use.within}
    return Finding(case, said | values)


def _groups(book: Book) -> dict[str, str]:
    """The group of each counterparty that has one."""
    claims = book.claims[book.claims["group_id"].notna().to_numpy()]
    keys = claims["counterparty_id"].fillna(claims["counterparty_name"])
    return dict(zip(keys.astype(str), claims["group_id"].astype(str), strict=True))
