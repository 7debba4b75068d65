"""What the file adds up to against what became lines and what was set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

import numpy as np
import numpy.typing as npt

from exposures.coded import Mask, Objects, code
from exposures.currencies import from_minor
from exposures.issues import Issue, Rule, Severity
from exposures.money import Amounts, sums


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Sums of one amount field in one currency and country (None: not known), in units of the currency.

    `in_file` is added up from the cells themselves, `imported` from the lines, `quarantined` from the rows set aside;
    `unreadable` counts cells that were no number.
    """

    field: str
    currency: str | None
    country: str | None
    rows: int
    in_file: Decimal
    imported: Decimal
    quarantined: Decimal
    unreadable: int = 0

    @property
    def difference(self) -> Decimal:
        """What rounding to the currency's minor unit left over."""
        with localcontext(prec=60):
            return self.in_file - self.imported - self.quarantined


def reconcile(
    amounts: Mapping[str, Amounts], currencies: Objects, countries: Objects, valid: Mask, counted: Mask
) -> tuple[Reconciliation, ...]:
    """One row per field, currency and country that has a cell; all columns run over the data rows."""
    first, second = code(currencies), code(countries)
    width = len(second.values) + 1
    keys = (first.codes.astype(np.intp) + 1) * width + second.codes + 1
    pairs = [(a, b) for a in (None, *first.values) for b in (None, *second.values)]
    made = []
    with localcontext(prec=60):
        for name, column in amounts.items():
            there = column.counted
            rows = np.bincount(keys[counted & (there | column.unreadable)], minlength=len(pairs))
            illegible = np.bincount(keys[counted & column.unreadable], minlength=len(pairs))
            in_file = _plain_sums(column, keys, counted, pairs)
            aside = _plain_sums(column, keys, counted & ~valid, pairs)
            for index, number in column.numbers.items():
                if counted[index]:
                    in_file[keys[index]] += number
                    aside[keys[index]] += 0 if valid[index] else number
            kept = valid & counted & column.given & there
            minors = sums(column.minors[kept], keys[kept], len(pairs))
            for key in sorted(np.flatnonzero(rows).tolist(), key=lambda at: tuple(part or "~" for part in pairs[at])):
                total, left = in_file[key] * column.factor, aside[key] * column.factor
                stored = from_minor(minors[key], pairs[key][0] or "")
                made.append(Reconciliation(name, *pairs[key], int(rows[key]), total, stored, left, int(illegible[key])))
    return tuple(made)


def _plain_sums(
    column: Amounts, keys: npt.NDArray[np.intp], chosen: Mask, pairs: Sequence[tuple[str | None, str | None]]
) -> list[Decimal]:
    """What the plain cells of each key add up to, in units of the file; a key has one currency."""
    taken = chosen & column.plain
    held = sums(column.minors[taken], keys[taken], len(pairs))
    return [from_minor(total, pair[0] or "") / column.factor for total, pair in zip(held, pairs, strict=True)]


@dataclass(frozen=True, slots=True)
class Control:
    """A total that a person was given beside the file: what one amount field adds up to in one currency."""

    field: str
    currency: str
    amount: Decimal


def compare_controls(controls: Sequence[Control], rows: Sequence[Reconciliation], sheet: str) -> list[Issue]:
    """Each control total against what the file's cells add up to, set aside or not."""
    found = []
    with localcontext(prec=60):
        for control in controls:
            computed = sum(
                (row.in_file for row in rows if (row.field, row.currency) == (control.field, control.currency)),
                Decimal(0),
            )
            said = {"stated": control.amount, "computed": computed, "difference": control.amount - computed}
            agrees = control.amount == computed
            rule, severity = (
                (Rule.CONTROL_AGREES, Severity.INFO) if agrees else (Rule.CONTROL_DIFFERS, Severity.WARNING)
            )
            found.append(Issue(sheet, "", rule, severity, control.currency, control.field, values=said))
    return found
