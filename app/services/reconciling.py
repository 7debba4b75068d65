"""What the file of an import adds up to beside what the store holds of it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from app.storage.evidence import Reconciled
from exposures.imported import Imported


def file_side(found: Imported) -> tuple[Reconciled, ...]:
    """The sums of the file, as its lines would be stored."""
    return tuple(
        Reconciled(
            row.field, row.currency, row.country, row.rows, row.in_file, row.imported, row.quarantined, row.unreadable
        )
        for row in found.reconciliation
    )


def reconcile(
    found: Imported, stored: Mapping[str, Mapping[tuple[str | None, str | None], Decimal]]
) -> tuple[Reconciled, ...]:
    """The file's sums beside the store's; a sum that is not what the lines held is a fault and stores nothing."""
    rows = []
    for row in file_side(found):
        held = stored[row.field].get((row.currency, row.country), Decimal(0))
        if held != row.stored:
            raise ArithmeticError(f"{row.field} {row.currency} {row.country}: stored {held}, read {row.stored}")
        rows.append(replace(row, stored=held))
    return tuple(rows)


def fields(found: Imported) -> list[str]:
    """The fields of money that the file has."""
    return sorted({row.field for row in found.reconciliation})
