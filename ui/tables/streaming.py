"""A table of very many rows as a plain workbook, written row by row beside the window: a finished one would not fit."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.jobs import Job
from app.spreadsheets.plain_tables import PlainTable, write_tables
from ui.tables import plain
from ui.tables.arranging import Cells, listed
from ui.tables.cells import text_of
from ui.tables.column import Column, Kind
from ui.tables.model import TableModel

#: From so many rows on a table is written plainly: no styles, no totals, a sheet more for every million.
FINISHED = 50_000
_AT_ONCE = 5_000


class Stream:
    """The rows of a table as they are shown now; what the table shows later does not matter."""

    def __init__(self, model: TableModel, name: str, facts: Sequence[tuple[str, str]]) -> None:
        self.name, self.facts = name, tuple(facts)
        self._columns = [column for column in model.columns if column.kind is not Kind.SPARK]
        self._arrays: Mapping[str, Cells] = model.arrays
        self._order = model.order

    def write(self, place: Path, title: str, job: Job) -> tuple[str, ...]:
        """Write the workbook, or a CSV file of the rows alone where the name ends so, whole or not at all; `job` may
        stop it. Raises OSError where it cannot be written.
        """
        headers = [column.heading for column in self._columns]
        if place.suffix.lower() == plain.SUFFIX:
            plain.write_rows(place, headers, self._rows(job))
            return ()
        tables = [PlainTable(self.name, headers, self._rows(job))]
        if self.facts:
            tables.append(PlainTable(title, ["", ""], self.facts))
        return write_tables(place, tables, title=title, check=job.check)

    def _rows(self, job: Job) -> Iterator[Sequence[Any]]:
        for begin in range(0, len(self._order), _AT_ONCE):
            job.check()
            job.report("export", begin, len(self._order))
            places = self._order[begin : begin + _AT_ONCE]
            yield from zip(*(self._values(column, places) for column in self._columns), strict=True)
        job.report("export", len(self._order), len(self._order))

    def _values(self, column: Column, places: np.ndarray) -> list[Any]:
        values = listed(self._arrays.get(column.id), places)
        if column.kind not in (Kind.SEVERITY, Kind.TICK):
            return values
        words = listed(self._arrays.get(column.detail), places) if column.detail else [None] * len(values)
        return [text_of(column, value, word or "") or None for value, word in zip(values, words, strict=True)]
