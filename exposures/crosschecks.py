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

from exposures.cells import Cells
from exposures.columns import Fault
from exposures.currencies import minor_units
from exposures.findings import Findings
from exposures.issues import Rule, Severity
from exposures.layout import Plan

#: Amounts that make a line live (CALCULATIONS 1.5).
LIVE_FIELDS = ("outstanding", "accrued_interest", "undrawn", "contingent", "market_exposure", "pending")
_ENDED = ("repaid", "cancelled", "transferred")
_NAMED = 6  # cells named in one issue


@dataclass(frozen=True)
class Table:
    """What was read: values by field (amounts in minor units), and `lines`, the data rows that count."""

    cells: Cells
    plan: Plan
    values: Map[str, list[Any]]
    unreadable: Map[str, npt.NDArray[np.bool_]]
    lines: Sequence[int]
    findings: Findings
    tolerance: Decimal
    reporting_date: date

    def column(self, *names: str) -> int:
        """Where the first of these fields that has a column stands; else the identifier's column."""
        found = (self.plan.columns[name] for name in names if name in self.plan.columns)
        return next(found, self.plan.columns.get("line_id", 0))

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


def lei_is_valid(text: str) -> bool:
    """ISO 17442: twenty letters and digits whose number, A being 10, leaves 1 when divided by 97 (ISO 7064)."""
    code = text.strip().upper()
    if len(code) != 20 or not (code.isascii() and code.isalnum()) or not code[-2:].isdigit():
        return False
    return int("".join(str(int(c, 36)) for c in code)) % 97 == 1


def _above_tolerance(table: Table, fields: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Lines with an amount beyond the tolerance, or with one that could not be read."""
    least_of = {code: float(table.tolerance.scaleb(minor_units(code or ""))) for code in set(table.values["currency"])}
    least = np.array([least_of[code] for code in table.values["currency"]])
    live = np.zeros(table.cells.count, dtype=bool)
    for name in fields:
        if name in table.unreadable:
            live |= np.abs(np.array([minor or 0 for minor in table.values[name]], dtype=float)) > least
            live |= table.unreadable[name]
    return live


def _counterparties(table: Table, live: npt.NDArray[np.bool_]) -> None:
    known = [name for name in ("counterparty_name", "counterparty_id") if name in table.plan.columns]
    column = table.column(*known)
    names, ids = table.values["counterparty_name"], table.values["counterparty_id"]
    for index in table.lines:
        if names[index] is None and ids[index] is None:
            if known and table.findings.is_marked(index, column):
                continue
            severity = Severity.ERROR if live[index] else Severity.WARNING
            table.findings.add(index, column, Fault(Rule.MISSING_COUNTERPARTY, severity), "counterparty_name")


def _ids(table: Table) -> None:
    column = table.plan.columns["line_id"]
    places: dict[str, list[int]] = {}
    for index in table.lines:
        identity = table.values["line_id"][index]
        if identity is not None:
            places.setdefault(identity, []).append(index)
        elif not table.findings.is_marked(index, column):
            table.findings.add(index, column, Fault(Rule.MISSING_ID), "line_id")
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
    leis = table.values["lei"]
    wrong = {text for text in set(leis) if text is not None and not lei_is_valid(text)}
    for index in table.lines if wrong else ():
        if leis[index] in wrong:
            table.warn(index, "lei", Rule.LEI_WRONG)


def _dates(table: Table, live: npt.NDArray[np.bool_]) -> None:
    signed, due, stages = (table.values[name] for name in ("signing_date", "maturity", "stage"))
    days = table.values["days_past_due"]
    owed = _above_tolerance(table, ("outstanding",))
    for index in table.lines:
        maturity, stage = due[index], stages[index]
        if maturity is not None:
            if signed[index] is not None and maturity < signed[index]:
                table.warn(index, "maturity", Rule.MATURITY_BEFORE_SIGNING, date=signed[index])
            elif owed[index] and maturity < table.reporting_date and not days[index]:
                table.warn(index, "maturity", Rule.MATURITY_PASSED, date=maturity)
        if live[index] and stage in _ENDED:
            table.warn(index, "stage", Rule.ENDED_WITH_AMOUNT, stage=stage)


def _guarantees(table: Table) -> None:
    names, ids, places = (table.values[f"guarantor_{part}"] for part in ("name", "id", "country"))
    percents, caps = table.values["guarantee_percent"], table.values["guarantee_cap"]
    for index in table.lines:
        named = names[index] is not None or ids[index] is not None or places[index] is not None
        if not named and ((percents[index] or 0) > 0 or (caps[index] or 0) > 0):
            table.warn(index, "guarantee_percent", Rule.GUARANTOR_MISSING)
        if (percents[index] or 0) > 100 or (percents[index] or 0) < 0:
            table.warn(index, "guarantee_percent", Rule.OUT_OF_RANGE, low=0, high=100)
    risk, reasons = table.values["risk_country"], table.values["risk_country_reason"]
    for index in table.lines if "risk_country" in table.plan.columns else ():
        if risk[index] is not None and risk[index] != table.values["country"][index] and reasons[index] is None:
            table.warn(index, "risk_country", Rule.OVERRIDE_WITHOUT_REASON)


def _one_counterparty(table: Table) -> None:
    """One counterparty number has one name and one country; the first line's stand."""
    if "counterparty_id" not in table.plan.columns:
        return
    for name in ("counterparty_name", "country"):
        first: dict[str, tuple[Any, int]] = {}
        for index in table.lines:
            key, value = table.values["counterparty_id"][index], table.values[name][index]
            if key is None or value is None:
                continue
            known, place = first.setdefault(key, (value, index))
            if known != value:
                where = table.cells.address(place, table.column(name))
                table.warn(index, name, Rule.COUNTERPARTY_DIFFERS, first=where, value=known)
