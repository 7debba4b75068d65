"""Everything the book says of one counterparty or connected group: products, maturities, quality, what is due."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pandas as pd

from alerts.finding import Finding
from exposures import maturity
from exposures.allocation import COMPONENTS
from exposures.book import Book, Dimension, Measure, Position
from exposures.exposure import CLASSES
from exposures.lines import counterparty_keys
from exposures.maturity import Ladder
from exposures.renewals import Standing

#: "Soon" looks so many days ahead of the reporting date.
SOON = 30
NOTHING = Decimal(0)
#: Non-performing from here on (不良).
_BAD = CLASSES.index("substandard")


@dataclass(frozen=True, slots=True)
class Renewed:
    """A line that replaces another: what is asked for and what of it counts, in the book's currency.

    The amounts are None without a rate; `standing` says why it counts with its increase or in full.
    """

    line_id: str
    replaces: str
    standing: Standing
    new: Decimal | None
    counted: Decimal | None


@dataclass(frozen=True)
class Profile:
    """One name or group on one book; amounts in the book's currency.

    `members` are the counterparties of a group (of a name itself alone), `products` X by instrument with what is
    undrawn and pending, `facts` what its lines say of it (the field, and every value that stands there), `renewals`
    its lines that replace others. `owed_to` is what the bank owes it, told apart and never set off; None where a debt
    has no exchange rate.
    """

    key: str
    name: str
    is_group: bool
    currency: str
    position: Position
    members: tuple[Position, ...]
    products: tuple[Position, ...]
    ladder: Ladder
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    worst_class: str | None
    days_past_due: int | None
    due_soon: Decimal
    next_due: date | None
    next_review: date | None
    owed_to: Decimal | None
    lines: pd.DataFrame
    renewals: tuple[Renewed, ...] = ()


def profile(book: Book, key: str, *, group: bool = False) -> Profile | None:
    """What the book says of a counterparty (its number, or name where it has none) or group; None: nothing."""
    whose = book.lines["group_id"] if group else counterparty_keys(book.lines)
    theirs = book.lines[(whose == key).fillna(False).to_numpy(dtype=bool)]
    if theirs.empty:
        return None
    part = replace(book, lines=theirs)
    rows = part.split(Dimension.WHOLE)
    position = rows[0] if rows else Position("", None, 0, dict.fromkeys(COMPONENTS, NOTHING))
    claims = part.claims
    due = claims.loc[(claims["maturity"] >= pd.Timestamp(book.reporting_date)).to_numpy(dtype=bool), "maturity"]
    classes = [CLASSES.index(one) for one in claims["loan_class"].dropna()]
    late = claims["days_past_due"].dropna()
    reviews = claims["next_review"].dropna()
    names = claims["counterparty_name"].dropna() if len(claims) else theirs["counterparty_name"].dropna()
    ladder = maturity.ladder(part)
    return Profile(
        key,
        key if group or names.empty else str(names.iloc[-1]),
        group,
        book.currency,
        position,
        tuple(row for row in part.by_counterparty() if row.key is not None),
        part.split(Dimension.INSTRUMENT),
        ladder,
        _facts(theirs, group),
        CLASSES[max(classes)] if classes else None,
        int(late.max()) if len(late) else None,
        _due(ladder),
        due.min().date() if len(due) else None,
        reviews.min().date() if len(reviews) else None,
        _owed(part),
        claims,
        _renewals(part, book),
    )


def _renewals(part: Book, whole: Book) -> tuple[Renewed, ...]:
    """Its renewals as the whole book counts them, in which the line that is replaced may be another's."""
    mine = set(part.lines["line_id"])
    found = []
    for one in whole.renewals:
        name = str(whole.lines["line_id"].iat[one.place])
        if name in mine and one.new:
            code = whole.lines["currency"].iat[one.place]
            new, counted = (
                whole.convert(minor, code) if isinstance(code, str) else None for minor in (one.new, one.increase)
            )
            found.append(Renewed(name, one.replaces, one.standing, new, counted))
    return tuple(found)


def finding(found: Profile) -> Finding:
    """What does it owe, and what presses? Non-performing or overdue first, then what falls due soon."""
    amount = found.position.amount(Measure.DRAWN_UNDRAWN)
    values = {
        "name": found.name,
        "amount": amount,
        "currency": found.currency,
        "days": found.days_past_due,
        "class": found.worst_class,
        "soon": found.due_soon,
        "within": SOON,
    }
    if not found.position.lines or (amount == 0 and not found.position.pending):
        return Finding("book.counterparty.nothing", values | {"owed": found.owed_to})
    if found.worst_class is not None and CLASSES.index(found.worst_class) >= _BAD:
        return Finding(
            "book.counterparty.bad" if found.days_past_due is not None else "book.counterparty.bad_undated", values
        )
    if found.days_past_due:
        return Finding("book.counterparty.late", values)
    return Finding("book.counterparty.due" if found.due_soon > 0 else "book.counterparty.fine", values)


def _facts(lines: pd.DataFrame, group: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names = ["sector", "country", "rating", "loan_class", "lei", "parent_id", "relationship_owner", "booking_entity"]
    names = names if group else ["group_id", *names]
    found = []
    for name in names:
        values = tuple(sorted({str(value) for value in lines[name].dropna()}))
        if values:
            found.append((name, values))
    return tuple(found)


def _due(ladder: Ladder) -> Decimal:
    """Drawn amounts that are overdue or fall due soon, by instalments where there are any."""
    last = next(place for place, (_name, days) in enumerate(maturity.TENORS) if days >= SOON)
    return sum((rung.assets for rung in ladder.rungs[: last + 1]), NOTHING)


def _owed(part: Book) -> Decimal | None:
    """What the bank owes it; None where a debt has no rate, because a part of it would read like the whole."""
    debts = part.lines[(part.lines["side"] == "liability").to_numpy(dtype=bool)]
    total = NOTHING
    for currency, minor in zip(debts["currency"], debts["outstanding"].fillna(0), strict=True):
        amount = part.convert(int(minor), currency) if isinstance(currency, str) else None
        if amount is None:
            return None
        total += amount
    return total


def followed(breaches: int, limits: int, items: int, alerts: int) -> Finding:
    """What holds it down, and who works on it? Breached limits first, then open review items, then alerts."""
    values = {"breaches": breaches, "limits": limits, "items": items, "alerts": alerts}
    if breaches:
        return Finding("book.followed.breach", values)
    if items or alerts:
        return Finding("book.followed.work", values)
    return Finding("book.followed.limits" if limits else "book.followed.nothing", values)
