"""What a preview of an import says before anything is stored: columns, problems, reconciliation, changes."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from alerts.finding import Finding
from exposures.issues import Issue, Rule, Severity

#: Rules that mean a field has no column.
_ABSENT = (Rule.HEADER_MISSING, Rule.FIELD_MISSING)


class Closing(StrEnum):
    """How one reconciled sum comes out."""

    CLOSED = "closed"
    ROUNDED = "rounded"  # less than a minor unit a row
    OPEN = "open"


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
