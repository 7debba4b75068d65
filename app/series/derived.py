"""Figures derived by formula from published series: each states its inputs, how their dates meet, and its unit.

A derived value is known from the latest known-from of its inputs, and its `oldest` date is the oldest of theirs.
`change(ID,n)` and `percent_change(ID,n)` compare an observation with the n-th before it, for any id. Of an exchange
rate in local units for one dollar `percent_change` is the dollar's rise, and `value_change(ID,n)` the change of what
the currency is worth: a dollar rise of 25 % is a value loss of 20 %.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.series.catalogue import SERIES
from app.series.points import Points, Values, splice
from app.series.releases import published


class Meeting(StrEnum):
    """How the dates of two inputs meet."""

    EXACT = "exact"  # only dates that both have
    RELEASED = "released"  # the second's latest date that was out when the first's came out (GDP is quarterly)


@dataclass(frozen=True, slots=True)
class Derived:
    """A formula over two inputs; an input of several ids is spliced, the first where it has data.

    Values arrive in the catalogue's units. Dates are the first input's.
    """

    id: str
    title: str
    unit: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    meeting: Meeting
    formula: Callable[[Values, Values], Values]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every series it reads."""
        return self.first + self.second


@dataclass(frozen=True, slots=True)
class Change:
    """An observation less the n-th before it, or in percent of that; `inverse` compares one over the values."""

    id: str
    of: str
    observations: int
    percent: bool
    inverse: bool = False


def _basis_points(rate: Values, other: Values) -> Values:
    # Rates come with two decimals: rounding takes away only binary noise.
    return np.round((rate - other) * 100, 6)


def _percent(part: Values, whole: Values) -> Values:
    return part / whole * 100


def _percent_of_billions(millions: Values, billions: Values) -> Values:
    return millions / 1000 / billions * 100


def _ratio(part: Values, whole: Values) -> Values:
    return part / whole


_IORB = ("IORB", "IOER")
_US, _EURO = ("DGS10",), ("YIELD_10Y_EURO",)
_EXACT, _RELEASED = Meeting.EXACT, Meeting.RELEASED

DERIVED: tuple[Derived, ...] = (
    Derived("SOFR_IORB", "SOFR less IORB", "basis points", ("SOFR",), _IORB, _EXACT, _basis_points),
    Derived("EFFR_IORB", "EFFR less IORB", "basis points", ("EFFR",), _IORB, _EXACT, _basis_points),
    Derived("EFFR_TOP", "EFFR less top of range", "basis points", ("EFFR",), ("DFEDTARU",), _EXACT, _basis_points),
    Derived("SOFR_TOP", "SOFR less top of range", "basis points", ("SOFR",), ("DFEDTARU",), _EXACT, _basis_points),
    Derived("TOP_IORB", "Top of range less IORB", "basis points", ("DFEDTARU",), _IORB, _EXACT, _basis_points),
    Derived("BOTTOM_IORB", "Bottom of range less IORB", "basis points", ("DFEDTARL",), _IORB, _EXACT, _basis_points),
    Derived("RESERVES_GDP", "Reserves to GDP", "percent", ("WRESBAL",), ("GDP",), _RELEASED, _percent_of_billions),
    Derived("ASSETS_GDP", "Fed assets to GDP", "percent", ("WALCL",), ("GDP",), _RELEASED, _percent_of_billions),
    Derived(
        "RESERVES_BANK_ASSETS",
        "Reserves to bank assets",
        "percent",
        ("WRESBAL",),
        ("TLAACBW027SBOG",),
        _EXACT,
        _percent_of_billions,
    ),
    Derived("RESERVES_ASSETS", "Reserves to Fed assets", "percent", ("WRESBAL",), ("WALCL",), _EXACT, _percent),
    Derived("US_JP_10Y", "US less Japan, 10 years", "basis points", _US, ("YIELD_10Y_JP",), _EXACT, _basis_points),
    Derived("US_EURO_10Y", "US less euro area, 10 years", "basis points", _US, _EURO, _EXACT, _basis_points),
    Derived("US_CN_10Y", "US less China, 10 years", "basis points", _US, ("YIELD_10Y_CN",), _EXACT, _basis_points),
    Derived("M2_BASE", "Money multiplier, M2 to base", "ratio", ("M2SL",), ("BOGMBASE",), _EXACT, _ratio),
)

_BY_ID: Mapping[str, Derived] = {figure.id: figure for figure in DERIVED}
_CHANGE = re.compile(r"(percent_change|value_change|change)\(([A-Za-z0-9_]+),\s*([1-9][0-9]{0,3})\)")


def find(id: str) -> Derived | Change | None:
    """The derived figure or change with that id; None for anything else."""
    if id in _BY_ID:
        return _BY_ID[id]
    if (match := _CHANGE.fullmatch(id)) and (match[2] in SERIES or match[2] in _BY_ID):
        return Change(id, match[2], int(match[3]), match[1] != "change", match[1] == "value_change")
    return None


def unit(id: str) -> str:
    """The unit of a series (as catalogued), derived figure or change; KeyError for an unknown id."""
    match find(id):
        case Derived() as figure:
            return figure.unit
        case Change(percent=True):
            return "percent"
        case Change() as change:
            return unit(change.of)
    return SERIES[id].unit


def series_of(id: str) -> tuple[str, ...]:
    """The published series that an id rests on, itself where it is one."""
    match find(id):
        case Derived() as figure:
            return figure.inputs
        case Change() as change:
            return series_of(change.of)
    return (id,)


def compute(id: str, inputs: Mapping[str, Points]) -> Points:
    """The points of any id, from the points of `series_of(id)`."""
    match find(id):
        case Derived() as figure:
            return _combine(figure, inputs)
        case Change() as change:
            return _difference(compute(change.of, inputs), change)
    return inputs[id]


def _combine(figure: Derived, inputs: Mapping[str, Points]) -> Points:
    first = splice(inputs[id] for id in figure.first)
    second = splice(inputs[id] for id in figure.second)
    if figure.meeting is Meeting.EXACT:
        _, left, right = np.intersect1d(first.dates, second.dates, assume_unique=True, return_indices=True)
    else:
        out = _scheduled(figure.second[0], second)
        right = np.searchsorted(out, _scheduled(figure.first[0], first), side="right") - 1
        left = np.flatnonzero(right >= 0)
        right = right[left]
    a, b = first.take(left), second.take(right)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = figure.formula(a.values, b.values)
    whole = Points(
        a.dates,
        values,
        np.maximum(a.known_from, b.known_from),
        a.assumed | b.assumed,
        np.minimum(a.oldest, b.oldest),
    )
    return whole.take(np.isfinite(values))


def _scheduled(id: str, of: Points) -> np.ndarray:
    release = SERIES[id].release
    return np.array([published(release, day).replace(tzinfo=None) for day in of.dates.tolist()], "datetime64[us]")


def _difference(of: Points, change: Change) -> Points:
    n = change.observations
    now, then = of.take(slice(n, None)), of.take(slice(None, max(len(of) - n, 0)))
    after, before = (then.values, now.values) if change.inverse else (now.values, then.values)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = (after / before - 1) * 100 if change.percent else np.round(after - before, 6)
    # Dated by its own observation: the earlier one is the window's start, not an older input.
    whole = Points(now.dates, values, np.maximum(now.known_from, then.known_from), now.assumed, now.oldest)
    return whole.take(np.isfinite(values))
