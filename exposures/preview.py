"""What a preview of an import says before anything is stored: columns, problems, reconciliation, changes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from alerts.finding import Finding
from exposures.book import Book
from exposures.issues import Issue, Rule, Severity
from exposures.limits import Limit, LimitUse, uses

#: Rules that mean a field has no column.
_ABSENT = (Rule.HEADER_MISSING, Rule.FIELD_MISSING)


class Closing(StrEnum):
    """How one reconciled sum comes out."""

    CLOSED = "closed"
    ROUNDED = "rounded"  # less than a minor unit a row
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Move:
    """A counterparty whose exposure (X) changes: before and after in the book's currency, at the new book's rates."""

    name: str
    before: Decimal
    after: Decimal


def columns(read: int, left_out: int, issues: Iterable[Issue]) -> Finding:
    """Which column is which? How many are read, and what the book cannot do without and does not find."""
    missing = tuple(
        dict.fromkeys(issue.field for issue in issues if issue.rule in _ABSENT and issue.severity is Severity.ERROR)
    )
    if missing:
        return Finding("import.columns.missing", {"fields": missing})
    return Finding("import.columns.all" if not left_out else "import.columns.some", {"read": read, "out": left_out})


def problems(issues: Sequence[Issue], rows_read: int, set_aside: int) -> Finding:
    """What is wrong? Problems are errors and warnings; what is only told of is none."""
    errors = sum(issue.severity is Severity.ERROR for issue in issues)
    checks = sum(issue.severity is Severity.WARNING for issue in issues)
    values = {"problems": errors + checks, "checks": checks, "rows": rows_read, "set_aside": set_aside}
    if set_aside:
        return Finding("import.problems.set_aside", values)
    if errors:
        return Finding("import.problems.errors", values)
    return Finding("import.problems.checks" if checks else "import.problems.none", values)


def closing(difference: Decimal, rows: int, smallest: Decimal) -> Closing:
    """Whether a sum closes; `smallest` is the currency's minor unit."""
    if difference == 0:
        return Closing.CLOSED
    return Closing.ROUNDED if abs(difference) < smallest * max(rows, 1) else Closing.OPEN


def reconciles(closings: Collection[Closing], set_aside: int, unreadable: int) -> Finding:
    """Does it reconcile? Every sum of the file against what would be stored and what is set aside."""
    values = {
        "sums": len(closings),
        "open": sum(found is Closing.OPEN for found in closings),
        "set_aside": set_aside,
        "unreadable": unreadable,
    }
    if not closings:
        return Finding("import.reconciles.nothing")
    if values["open"]:
        return Finding("import.reconciles.no", values)
    if set_aside:
        return Finding("import.reconciles.set_aside", values)
    rounded = any(found is Closing.ROUNDED for found in closings)
    return Finding("import.reconciles.rounded" if rounded else "import.reconciles.yes", values)


def changes(base: int | None, new: int, changed: int, gone: int) -> Finding:
    """What will change? Against the book it would follow."""
    values = {"base": base, "new": new, "changed": changed, "gone": gone}
    if base is None:
        return Finding("import.changes.first", values)
    if not (new or changed or gone):
        return Finding("import.changes.none", values)
    return Finding("import.changes.some", values)


def past(newest: date | None, imports: int, waiting: int) -> Finding:
    """What came in before? The newest book in force, and how many wait for a second person."""
    values = {"newest": newest, "imports": imports, "waiting": waiting}
    if waiting:
        return Finding("import.past.waiting", values)
    return Finding("import.past.none" if newest is None else "import.past.some", values)


def moves(before: Book | None, after: Book, count: int) -> tuple[Move, ...]:
    """The largest changes by counterparty, largest first.

    Both books at the new book's rates (the old book's where the new one has none): what is left is what people did.
    """
    if before is None:
        return ()
    rates = {**before.rates, **after.rates}
    held, given = (
        {row.key: row for row in replace(book, rates=rates).by_counterparty() if row.key is not None}
        for book in (before, after)
    )
    found = []
    for key in held.keys() | given.keys():
        old, new = (rows[key].amount() if key in rows else Decimal(0) for rows in (held, given))
        if old != new:
            named = given.get(key) or held[key]
            found.append((key, Move(named.name or key, old, new)))
    found.sort(key=lambda pair: (-abs(pair[1].after - pair[1].before), pair[0]))
    return tuple(move for _, move in found[:count])


def exceeded(before: Book | None, after: Book, limits: Sequence[Limit]) -> tuple[LimitUse, ...]:
    """The limits that would be broken, with what is pending, and were not before: the tightest first."""
    broken = set() if before is None else {use.country for use in uses(before, limits) if use.state.is_breach}
    return tuple(use for use in uses(after, limits) if use.state.is_breach and use.country not in broken)
