"""What the cards about the Fed show: tiles, stacked composition, the rate corridor; data only, computed beside them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from alerts.finding import Finding

Dates = NDArray[np.datetime64]  # datetime64[D], ascending
Values = NDArray[np.float64]  # NaN is "no data"


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of a card: `change` is in `unit` over `window` observations of the figure itself."""

    id: str  # total_assets, reserves, on_rrp, sofr_iorb
    series: str  # the series or derived id behind it, for the spark line
    value: float | None
    unit: str  # "USD billions" or "bp"
    date: date | None
    change: float | None
    window: int
    stale: bool
    note: Finding | None  # the small text: change, peak, average against the warning line


@dataclass(frozen=True, slots=True)
class Tide:
    """The overview card "Is the tide going out?"."""

    finding: Finding
    tiles: tuple[Tile, ...]
    lines: tuple[str, ...]  # ids for the chart: assets, reserves, ON RRP (each through `history`, in USD billions)
    runoffs: tuple[tuple[date, date], ...]  # past periods of balance-sheet reduction


@dataclass(frozen=True, slots=True)
class Layer:
    """One band of the stack, in USD billions on the composition's dates."""

    id: str
    series: tuple[str, ...]
    values: Values


@dataclass(frozen=True, slots=True)
class Composition:
    """The history of one side by line; the layers and the explicit rest add up to `total`."""

    side: str
    finding: Finding
    dates: Dates
    layers: tuple[Layer, ...]
    total: Values
    notes: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """A rate less IORB in basis points, on its own dates."""

    id: str
    dates: Dates
    values: Values


@dataclass(frozen=True, slots=True)
class Corridor:
    """The card "Is the corridor holding?": every rate in bp against IORB."""

    finding: Finding
    spreads: tuple[Spread, ...]  # sofr, effr
    lower: Spread  # target range, lower limit
    upper: Spread
    iorb: float | None  # percent, latest
    quarter_ends: tuple[date, ...]
    data_to: date | None
