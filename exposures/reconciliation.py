"""What the file adds up to against what became lines and what was set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

import numpy as np
import numpy.typing as npt

from exposures.currencies import from_minor
from exposures.issues import Issue, Rule, Severity


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
    numbers: Mapping[str, Sequence[Decimal | None]],
    factors: Mapping[str, Decimal],
    minors: Mapping[str, Sequence[int | None]],
    unreadable: Mapping[str, npt.NDArray[np.bool_]],
    currencies: Sequence[str | None],
    countries: Sequence[str | None],
    valid: npt.NDArray[np.bool_],
    counted: npt.NDArray[np.bool_],
) -> tuple[Reconciliation, ...]:
    """One row per field, currency and country that has a cell; all sequences run over the data rows."""
    made = []
    with localcontext(prec=60):
        for name, column in numbers.items():
            in_file: dict[tuple[str | None, str | None], list[Decimal]] = {}
            rows: dict[tuple[str | None, str | None], list[int]] = {}
            minor_sums: dict[tuple[str | None, str | None], int] = {}
            for index in np.flatnonzero(counted).tolist():
                number, illegible = column[index], bool(unreadable[name][index])
                if number is None and not illegible:
                    continue
                key = (currencies[index], countries[index])
                sums = in_file.setdefault(key, [Decimal(0), Decimal(0)])
                tally = rows.setdefault(key, [0, 0])
                tally[0] += 1
                tally[1] += illegible
                if number is None:
                    continue
                sums[0] += number
                if valid[index]:
                    minor_sums[key] = minor_sums.get(key, 0) + (minors[name][index] or 0)
                else:
                    sums[1] += number
            for key in sorted(in_file, key=lambda pair: (pair[0] or "~", pair[1] or "~")):
                total, aside = (value * factors[name] for value in in_file[key])
                stored = from_minor(minor_sums.get(key, 0), key[0] or "")
                made.append(Reconciliation(name, *key, rows[key][0], total, stored, aside, rows[key][1]))
    return tuple(made)


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
