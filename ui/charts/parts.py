"""What a chart shows, said without drawing: lines, stacks, bands, periods, moments; a pane holds those of one unit."""

from dataclasses import dataclass
from datetime import date

import numpy as np

#: Days since 1970-01-01, the unit of every horizontal axis.
Days = np.ndarray


def days(dates: np.ndarray) -> Days:
    """Dates (datetime64 of any unit) as floats on the axis."""
    return np.asarray(dates, "datetime64[D]").astype(np.int64).astype(float)


def day(value: date) -> float:
    """A date on the axis."""
    return float(np.datetime64(value, "D").astype(np.int64))


def as_date(value: float) -> date:
    """The date at a place of the axis."""
    found: date = np.datetime64(int(np.floor(value + 0.5)), "D").astype(date)
    return found


@dataclass(frozen=True, eq=False)
class Line:
    """A series: `dates` (datetime64, ascending) and `values` (floats, NaN where missing), of equal length.

    `colour` is a chart meaning of the tokens ("reserves") or "text2", "text3" for a line of the background;
    `decimals`, `sign` and `suffix` (" %", " bp") write the value in the legend; `step` holds a value until the next;
    `end` is the severity in which the last point is marked; `fan` is the low and high edge of the simulated part.
    `source` names where the values come from, `known_from` (datetime64, UTC) since when each was known, `first` what
    each was when it first came out (None: never revised); they stand in the tooltip and in what is exported.
    """

    name: str
    dates: np.ndarray
    values: np.ndarray
    colour: str = "single_series"
    decimals: int = 0
    sign: bool = False
    suffix: str = ""
    step: bool = False
    end: str = ""
    fan: tuple[np.ndarray, np.ndarray] | None = None
    source: str = ""
    known_from: np.ndarray | None = None
    first: np.ndarray | None = None
    dash: bool = False

    def __post_init__(self) -> None:
        columns = (self.values, self.known_from, self.first)
        if any(column is not None and len(column) != len(self.dates) for column in columns):
            raise ValueError(f"{self.name}: {len(self.dates)} dates, {len(self.values)} values")


@dataclass(frozen=True, slots=True)
class Band:
    """A soft ground between two levels (None: without end) with its label inside; `edge` is where the line stands."""

    low: float | None
    high: float | None
    tone: str = "warning"  # "warning", "critical" or "neutral"
    label: str = ""
    edge: float | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A dashed line at a value, with its label."""

    value: float
    label: str
    tone: str = "ok"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time on the sunken ground, labelled at its top."""

    start: date
    end: date
    label: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A dotted vertical line, labelled at its top; `left` puts the label before it.

    `quiet` draws it thinner and without its label, which is then read when the cross-hair stands on the day.
    """

    on: date
    label: str = ""
    left: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Pane:
    """One plot. `stacked` lays the lines over one another as areas (all on the same dates), `bars` draws them as bars
    side by side; `total` is drawn as a line over either; `inverted` turns the axis (exchange rates: down is weaker);
    `from_zero` keeps zero in sight; `weight` is its share of the height; `unit` stands in copied and saved data; `log`
    draws it by powers of ten. `data_to` is where the data end if its lines go on as simulated.
    """

    lines: tuple[Line, ...]
    unit: str = ""
    stacked: bool = False
    bars: bool = False
    total: Line | None = None
    bands: tuple[Band, ...] = ()
    levels: tuple[Level, ...] = ()
    inverted: bool = False
    from_zero: bool = False
    weight: int = 1
    log: bool = False
    data_to: date | None = None

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The lines with the total."""
        return self.lines if self.total is None else (*self.lines, self.total)


@dataclass(frozen=True, slots=True)
class Range:
    """A preset: so many months back from the last date; None is everything."""

    id: str
    months: int | None
