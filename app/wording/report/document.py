"""A report in the reader's words before it is set: what the PDF and the workbook both show, and nothing of how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Kind(StrEnum):
    """What a column holds; it decides form and alignment."""

    TEXT = "text"
    LONG = "long"  # wraps
    FIGURE = "figure"  # a figure with its unit, as words
    MONEY = "money"  # Decimal in major units
    COUNT = "count"
    PERCENT = "percent"  # already in percent: 92 means 92 %
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Marked:
    """A word beside the shape and in the colour of a state: critical, warning, watch, ok or nodata."""

    state: str
    text: str


Cell = str | int | Decimal | date | Marked | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `share` is its part of the page's width beside the others, `currency` that of a money column."""

    header: str
    kind: Kind = Kind.TEXT
    share: float = 1.0
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows hold None where nothing is known; `totals` are keyed by column; `empty` is said where there is no row."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    heading: str = ""
    totals: Mapping[int, Cell] = field(default_factory=dict)
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: its colour's role, dates ascending (datetime64[D]), values in the chart's unit."""

    name: str
    role: str
    dates: NDArray[np.datetime64]
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band:
    """A severity's line at `edge`; what lies beyond it (above where `upward`) is shaded."""

    name: str
    severity: str
    edge: float
    upward: bool


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over time; `periods` are shaded and named `period`; `note` says the date of the data."""

    title: str
    unit: str
    lines: Sequence[Line]
    bands: Sequence[Band] = ()
    periods: Sequence[tuple[date, date]] = ()
    period: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `share` and `pending` in percent of the whole, one after the other."""

    name: str
    share: float
    pending: float
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars against lines at `marks` (percent, severity); `used` and `pending` name their parts."""

    title: str
    bars: Sequence[Bar]
    marks: Sequence[tuple[float, str, str]]
    used: str
    pending: str
    note: str = ""


Chart = LineChart | BarChart


@dataclass(frozen=True, slots=True)
class Section:
    """One question: the sentence that answers it, in the colour of `state`; facts (label, value); charts; tables.

    A `wide` section stands on pages that lie on their side.
    """

    title: str
    answer: str = ""
    state: str = ""
    facts: Sequence[tuple[str, str]] = ()
    charts: Sequence[Chart] = ()
    tables: Sequence[Table] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `dates` (how old the data are), `mark` (SAMPLE) and page numbers stand on every page.

    With a heading for its `contents` it has a cover with their list, and every section begins a page.
    """

    title: str
    day: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    language: str
    mark: str = ""
    mark_meaning: str = ""
    dates: str = ""
    contents: str = ""
