"""Checks that look at several cells or lines at once: identities, dates, guarantees, what the stage allows.

Warnings unless the layout says reject ([severities] rule = "error"); a double number is always an error.
"""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from exposures.cells import Cells, filled
from exposures.coded import Mask, Objects, code
from exposures.columns import Fault
from exposures.findings import Findings
from exposures.issues import Rule, Severity
from exposures.layout import Plan
from exposures.money import Amounts, any_above, digits_of

#: Amounts that make a line live (CALCULATIONS 1.5).
LIVE_FIELDS = ("outstanding", "accrued_interest", "undrawn", "contingent", "market_exposure", "pending")
_ENDED = ("repaid", "cancelled", "transferred")
_NAMED = 6  # cells named in one issue
_NEVER = 2**62  # a day that does not come


@dataclass(frozen=True)
class Table:
    """What was read: values and amounts by field, and which data rows count."""

    cells: Cells
    plan: Plan
    values: Map[str, Objects]
    amounts: Map[str, Amounts]
    counted: Mask
    findings: Findings
    tolerance: Decimal
    reporting_date: date

    def column(self, *names: str) -> int:
        """Where the first of these fields that has a column stands; else the identifier's column."""
        found = (self.plan.columns[name] for name in names if name in self.plan.columns)
        return next(found, self.plan.columns.get("line_id", 0))

    def has(self, name: str) -> Mask:
        """The rows that count and have a value in this field."""
        return self.counted & filled(self.values[name])

    def warn(self, index: int, name: str, rule: Rule, **values: Any) -> None:
        """A warning at the field's cell."""
        self.findings.add(index, self.column(name), Fault(rule, Severity.WARNING, values=values), name)


def check(table: Table) -> None:
    """Every check across columns and lines."""
    live = _above_tolerance(table, LIVE_FIELDS)
    _counterparties(table, live)
    _ids(table)
    _leis(table)
    _dates(table, live)
    _guarantees(table)
    _one_counterparty(table)
    _currencies(table)


def lei_is_valid(text: str) -> bool:
    """ISO 17442: twenty letters and digits whose number, A being 10, leaves 1 when divided by 97 (ISO 7064)."""
    code = text.strip().upper()
    if len(code) != 20 or not (code.isascii() and code.isalnum()) or not code[-2:].isdigit():
        return False
    return int("".join(str(int(c, 36)) for c in code)) % 97 == 1


def _above_tolerance(table: Table, fields: Sequence[str]) -> Mask:
    """Lines with an amount beyond the tolerance, or with one that could not be read."""
    digits = digits_of(table.values["currency"])
    least = np.array([float(table.tolerance.scaleb(count)) for count in range(5)])[digits]
    return any_above(table.amounts, fields, least)


def _counterparties(table: Table, live: Mask) -> None:
    known = [name for name in ("counterparty_name", "counterparty_id") if name in table.plan.columns]
    column = table.column(*known)
    nameless = table.counted & ~table.has("counterparty_name") & ~table.has("counterparty_id")
    for index in np.flatnonzero(nameless).tolist():
        if known and table.findings.is_marked(index, column):
            continue
        severity = Severity.ERROR if live[index] else Severity.WARNING
        table.findings.add(index, column, Fault(Rule.MISSING_COUNTERPARTY, severity), "counterparty_name")


def _ids(table: Table) -> None:
    column = table.plan.columns["line_id"]
    ids = table.values["line_id"]
    for index in np.flatnonzero(table.counted & ~filled(ids)).tolist():
        if not table.findings.is_marked(index, column):
            table.findings.add(index, column, Fault(Rule.MISSING_ID), "line_id")
    given = np.flatnonzero(table.has("line_id"))
    if len(set(ids[given].tolist())) == len(given):
        return
    places: dict[str, list[int]] = {}
    for index in given.tolist():
        places.setdefault(ids[index], []).append(index)
    for same in places.values():
        if len(same) > 1:
            cells = [table.cells.address(index, column) for index in same[:_NAMED]]
            for index in same:  # nobody knows which one is right, so all of them wait
                others = [cell for cell in cells if cell != table.cells.address(index, column)]
                said = {"others": others, "count": len(same)}
                table.findings.add(index, column, Fault(Rule.DUPLICATE_ID, values=said), "line_id")


def _leis(table: Table) -> None:
    if "lei" not in table.plan.columns:
        return
    leis = code(table.values["lei"])
    wrong = np.array([not lei_is_valid(text) for text in leis.values] + [False], dtype=bool)
    for index in np.flatnonzero(table.counted & wrong[leis.codes]).tolist():
        table.warn(index, "lei", Rule.LEI_WRONG)


def _days(values: Objects) -> npt.NDArray[np.int64]:
    """Dates as days; a missing one is the largest number."""
    held = code(values)
    known = np.array([day.toordinal() for day in held.values] + [_NEVER], dtype=np.int64)
    found: npt.NDArray[np.int64] = known[held.codes]
    return found


def _dates(table: Table, live: Mask) -> None:
    signed, due = _days(table.values["signing_date"]), _days(table.values["maturity"])
    stages = code(table.values["stage"])
    ended = np.append(np.isin(stages.values.astype(str), _ENDED), False)[stages.codes]
    overdue = code(table.values["days_past_due"])
    current = np.array([not days for days in overdue.values] + [True], dtype=bool)[overdue.codes]
    owed = _above_tolerance(table, ("outstanding",))
    early = (due < signed) & (signed != _NEVER)
    passed = ~early & owed & (due < table.reporting_date.toordinal()) & current
    for index in np.flatnonzero(table.counted & (early | passed | (live & ended))).tolist():
        if early[index]:
            said = {"date": table.values["signing_date"][index]}
            table.warn(index, "maturity", Rule.MATURITY_BEFORE_SIGNING, **said)
        elif passed[index]:
            table.warn(index, "maturity", Rule.MATURITY_PASSED, date=table.values["maturity"][index])
        if live[index] and ended[index]:
            table.warn(index, "stage", Rule.ENDED_WITH_AMOUNT, stage=table.values["stage"][index])


def _guarantees(table: Table) -> None:
    named = np.zeros(table.cells.count, dtype=bool)
    for part in ("name", "id", "country"):
        named |= table.has(f"guarantor_{part}")
    percents = table.values["guarantee_percent"].astype(np.float64)  # None is NaN, and no comparison holds
    covered = percents > 0
    if "guarantee_cap" in table.amounts:
        covered |= table.amounts["guarantee_cap"].minors > 0
    outside = (percents > 100) | (percents < 0)
    for index in np.flatnonzero(table.counted & (~named & covered | outside)).tolist():
        if not named[index] and covered[index]:
            table.warn(index, "guarantee_percent", Rule.GUARANTOR_MISSING)
        if outside[index]:
            table.warn(index, "guarantee_percent", Rule.OUT_OF_RANGE, low=0, high=100)
    if "risk_country" in table.plan.columns:
        differs = np.asarray(table.values["risk_country"] != table.values["country"], dtype=bool)
        unexplained = table.has("risk_country") & differs & ~filled(table.values["risk_country_reason"])
        for index in np.flatnonzero(unexplained).tolist():
            table.warn(index, "risk_country", Rule.OVERRIDE_WITHOUT_REASON)


def _one_counterparty(table: Table) -> None:
    """One counterparty number has one name and one country; the first line's stand."""
    if "counterparty_id" not in table.plan.columns:
        return
    keys = code(table.values["counterparty_id"])
    for name in ("counterparty_name", "country"):
        values = code(table.values[name])
        both = np.flatnonzero(table.counted & keys.filled & values.filled)
        first = np.full(len(keys.values), -1, dtype=np.int64)
        first[keys.codes[both][::-1]] = both[::-1]  # the last written is the first line's
        place = first[keys.codes[both]]
        for at in np.flatnonzero(values.codes[place] != values.codes[both]).tolist():
            index, known = int(both[at]), int(place[at])
            where = table.cells.address(known, table.column(name))
            table.warn(index, name, Rule.COUNTERPARTY_DIFFERS, first=where, value=table.values[name][known])


def _currencies(table: Table) -> None:
    """Header or title say one currency and lines are in another; told once a column, at the first of them."""
    known = table.values["currency"]
    for name, said in table.plan.named.items():
        other = filled(known) & np.asarray(known != said, dtype=bool)
        places = np.flatnonzero(table.counted & table.amounts[name].counted & other)
        if len(places):
            table.warn(int(places[0]), name, Rule.OTHER_CURRENCY, currency=said, count=len(places))
