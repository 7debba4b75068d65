"""Where a mapping's fields stand in a table, in which unit, and what its headers leave unclear."""

from collections.abc import Callable, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from exposures import headers, units
from exposures.cells import Cells, address
from exposures.exposure import FIELD, MONEY_FIELDS, Kind
from exposures.issues import Issue, Rule, Severity
from exposures.mapping import Mapping
from exposures.spelling import letters

#: An issue and where it is told: (row, column).
Placed = tuple[tuple[int, int], Issue]


@dataclass(frozen=True)
class Plan:
    """Columns by field, factors of the amounts, the currency that headers or title declare, and issues of the layout.

    `blocked`: a column that the book cannot do without is missing.
    """

    columns: Map[str, int]
    fallbacks: Map[str, int]
    factors: Map[str, Decimal]
    currency: str | None
    reporting_date: int | None
    issues: tuple[Placed, ...]
    blocked: bool
    named: Map[str, str]  # amount -> the currency that its header or the title says


class _Notes:
    """What is told about headers and rows, with where it is told."""

    def __init__(self, cells: Cells, mapping: Mapping) -> None:
        self.cells, self.mapping = cells, mapping
        self.issues: list[Placed] = []

    def tell(
        self,
        rule: Rule,
        severity: Severity,
        column: int = -1,
        row: int = 0,
        value: str = "",
        field: str = "",
        **said: object,
    ) -> None:
        """One more; `row` 0 is the header row, `column` -1 no cell at all."""
        row = row or self.cells.header_row
        cell = address(row, column) if column >= 0 else ""
        severity = self.mapping.severities.get(rule, severity)
        issue = Issue(self.cells.sheet, cell, rule, severity, value, field, values=said)
        self.issues.append(((row, max(column, 0)), issue))


def _none() -> Set[str]:
    return frozenset()


def lay_out(cells: Cells, mapping: Mapping, supplied: Callable[[], Set[str]] = _none) -> Plan:
    """Find every header the mapping reads; spelling, width and spaces of headers do not count.

    `supplied` are fields that another sheet gives by the counterparty's number; it is asked where one is missing.
    """
    where: dict[str, int] = {}
    for column, header in enumerate(cells.headers):
        if header:
            where.setdefault(letters(header), column)

    notes = _Notes(cells, mapping)
    columns, missing = _find(mapping.columns, where)
    fallbacks, missing_fallbacks = _find(mapping.fallbacks, where)
    blocked = False
    for name, header in {**missing_fallbacks, **missing}.items():
        needed = name == "line_id" or FIELD[name].kind is Kind.MONEY or (name == "country" and name not in fallbacks)
        needed = needed or (name == "currency" and name not in mapping.constants)
        blocked |= needed
        notes.tell(Rule.HEADER_MISSING, Severity.ERROR if needed else Severity.WARNING, field=name, header=header)
    said = {*columns, *fallbacks, *mapping.constants, *missing}
    if "country" not in said and "counterparty_id" in columns:
        said |= supplied()
    for name in ("line_id", "country"):
        if name not in said:
            blocked = True
            notes.tell(Rule.FIELD_MISSING, Severity.ERROR, field=name)
    if not set(MONEY_FIELDS) & {*columns, *missing}:
        blocked = True
        notes.tell(Rule.FIELD_MISSING, Severity.ERROR, field="outstanding")
    if "line_id" in mapping.constants and "line_id" not in columns:
        blocked = True
        notes.tell(Rule.FIELD_MISSING, Severity.ERROR, field="line_id")

    factors, currency, named = _units(cells, mapping, columns, notes)
    _tell_headers(cells, columns, fallbacks, where, notes)
    date_column = where.get(letters(mapping.reporting_date)) if mapping.reporting_date else None
    return Plan(columns, fallbacks, factors, currency, date_column, tuple(notes.issues), blocked, named)


def _find(wanted: Map[str, str], where: Map[str, int]) -> tuple[dict[str, int], dict[str, str]]:
    """Columns of the fields whose header is there, and the headers that are not."""
    found = {name: where[letters(header)] for name, header in wanted.items() if letters(header) in where}
    return found, {name: header for name, header in wanted.items() if name not in found}


def _units(
    cells: Cells, mapping: Mapping, columns: Map[str, int], notes: _Notes
) -> tuple[dict[str, Decimal], str | None, dict[str, str]]:
    """Factor of each amount: the mapping's, else the header's, else the title block's; a currency for lines that have
    none; and the currency that header or title name for each amount.
    """
    title = units.of_titles((*cells.titles, cells.sheet))
    factors: dict[str, Decimal] = {}
    declared: str | None = None
    named: dict[str, str] = {}
    unclear = {name for name in columns if FIELD[name].kind is Kind.MONEY} - mapping.units.keys()
    unclear = {name for name in unclear if headers.parse(cells.headers[columns[name]]).factor is None}
    if title.unread and unclear:
        first = min(columns[name] for name in unclear)
        factor = title.factor or Decimal(1)
        notes.tell(Rule.UNIT_UNCLEAR, Severity.WARNING, first, 0, title.unread, factor=factor)
    for name, column in columns.items():
        if FIELD[name].kind is not Kind.MONEY:
            continue
        header = headers.parse(cells.headers[column])
        factor = mapping.units.get(name) or header.factor or title.factor or Decimal(1)
        factors[name] = factor
        declared = declared or header.currency
        if (money := header.currency or title.currency) is not None:
            named[name] = money
        if factor != 1:
            said = {"factor": factor, "currency": header.currency}
            notes.tell(Rule.HEADER_UNIT, Severity.INFO, column, 0, header.text, name, **said)
    if "currency" in mapping.constants:
        return factors, None, named
    return factors, declared or title.currency, named


def _tell_headers(cells, columns, fallbacks, where, notes) -> None:  # type: ignore[no-untyped-def]
    """Merged, doubled and hidden headers; hidden rows; data under no header."""
    read = {*columns.values(), *fallbacks.values()}
    field_of = {column: name for name, column in columns.items()}
    for column, header in enumerate(cells.headers):
        if header and where[letters(header)] != column:
            taken = where[letters(header)]
            first, known = address(cells.header_row, taken), field_of.get(taken, "")
            notes.tell(Rule.HEADER_DUPLICATE, Severity.WARNING, column, 0, header, known, first=first)
        elif header and column not in read:
            meant = headers.parse(header).field
            if meant in columns and headers.parse(cells.headers[columns[meant]]).field == meant:
                first = address(cells.header_row, columns[meant])
                notes.tell(Rule.HEADER_DUPLICATE, Severity.WARNING, column, 0, header, meant, first=first)
        if column in read and column in cells.hidden_columns:
            notes.tell(Rule.HIDDEN_COLUMN, Severity.WARNING, column, 0, header, field_of.get(column, ""))
        if not header:
            filled = np.flatnonzero(cells.coded(column).filled).tolist()
            if filled:
                row = int(cells.rows[filled[0]])
                notes.tell(Rule.OUTSIDE_COLUMNS, Severity.WARNING, column, row, str(cells.columns[column][filled[0]]),
                     count=len(filled))  # fmt: skip
    for top, left, bottom, right in cells.merged:
        span = f"{address(top, left)}:{address(bottom, right)}"
        if cells.first_header_row <= top <= cells.header_row:
            header = cells.headers[left] if left < len(cells.headers) else ""
            notes.tell(Rule.MERGED_HEADER, Severity.WARNING, left, top, header, range=span)
        elif top > cells.header_row:
            notes.tell(Rule.MERGED_CELLS, Severity.WARNING, left, top, range=span)
    present = set(cells.rows.tolist()) if cells.hidden_rows else set()
    hidden = sorted(row for row in cells.hidden_rows if row in present)
    for row in hidden:
        if row - 1 not in cells.hidden_rows or row - 1 not in present:
            last = row
            while last + 1 in present and last + 1 in cells.hidden_rows:
                last += 1
            notes.tell(Rule.HIDDEN_ROW, Severity.WARNING, min(read, default=0), row, count=last - row + 1, last=last)
