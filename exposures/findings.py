"""What was found in one table so far: issues with their places, and the rows that an error sets aside."""

from collections.abc import Mapping

import numpy as np

from exposures.cells import Cells, address
from exposures.coded import Mask
from exposures.columns import Fault, Faults, text_of
from exposures.issues import Issue, Rule, Severity
from exposures.rows import Others


class Findings:
    """Collects issues: `found` holds (row, column, issue), `bad` the rules that set a data row aside."""

    def __init__(self, cells: Cells, severities: Mapping[str, Severity], counted: Mask) -> None:
        self._cells, self._severities, self._counted = cells, severities, counted
        self._rows: list[int] = cells.rows.tolist()
        self.found: list[tuple[int, int, Issue]] = []
        self.bad: dict[int, set[str]] = {}

    def add(self, index: int, column: int, fault: Fault, field: str = "") -> None:
        """One fault of the index-th data row, at the severity the layout's owner chose."""
        severity = self._severities.get(fault.rule, fault.severity)
        if severity is Severity.ERROR:
            self.bad.setdefault(index, set()).add(fault.rule)
        row = self._rows[index]
        value = self._cells.errors.get((row, column)) or text_of(self._cells.columns[column][index])
        cell = address(row, column)
        issue = Issue(self._cells.sheet, cell, fault.rule, severity, value, field, fault.suggestion, fault.values)
        self.found.append((row, column, issue))

    def add_all(self, faults: Faults, column: int, field: str) -> None:
        """The faults of a whole column, those of rows that are no lines left out."""
        for index, fault in faults:
            if self._counted[index]:
                self.add(index, column, fault, field)

    def is_marked(self, index: int, column: int) -> bool:
        """Whether a blank cell is in truth an error or a formula without a value (and told as such)."""
        place = (int(self._cells.rows[index]), column)
        return place in self._cells.errors or place in self._cells.uncached

    def tell_other_rows(self, others: Others) -> None:
        """Repeated headers and notes; totals are told with their figures."""
        for mask, rule in ((others.headers, Rule.REPEATED_HEADER), (others.notes, Rule.NOTE_ROW)):
            severity = Severity.INFO if rule is Rule.REPEATED_HEADER else Severity.WARNING
            for index in np.flatnonzero(mask).tolist():
                column = next(c for c, values in enumerate(self._cells.columns) if values[index] is not None)
                self.add(index, column, Fault(rule, severity))

    def tell_shifted_rows(self) -> None:
        """Rows of a text file with more cells than there are headers, where most have not: 1,234.50 without quotes."""
        last = max((place for place, header in enumerate(self._cells.headers) if header), default=0)
        for column in range(last + 1, len(self._cells.columns) if self._cells.parted else 0):
            there = np.flatnonzero(self._cells.coded(column).filled & self._counted).tolist()
            for index in there if 2 * len(there) < int(self._counted.sum()) else ():
                self.add(index, column, Fault(Rule.ROW_SHIFTED))

    def tell_marked_cells(self, columns: Mapping[str, int], fallbacks: Mapping[str, int]) -> None:
        """Error cells and formulas without a value: an error where a line needs the cell, else a warning."""
        if not (self._cells.errors or self._cells.uncached):
            return
        position = {int(row): index for index, row in enumerate(self._cells.rows)}
        fields = {column: name for name, column in columns.items()}
        fields |= {column: name for name, column in fallbacks.items() if column not in fields}
        marked = [(place, Rule.ERROR_CELL) for place in self._cells.errors]
        marked += [(place, Rule.NO_CACHED_VALUE) for place in self._cells.uncached]
        for (row, column), rule in marked:
            if row in position and column < len(self._cells.columns):
                index = position[row]
                needed = column in fields and bool(self._counted[index])
                fault = Fault(rule, Severity.ERROR if needed else Severity.WARNING)
                self.add(index, column, fault, fields.get(column, ""))
