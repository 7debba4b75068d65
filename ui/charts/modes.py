"""Ways to read the same lines: as they are, by powers of ten, indexed to 100, as change over a year, first prints."""

from dataclasses import replace
from enum import StrEnum

import numpy as np

from app.i18n import gettext as _
from ui.charts.parts import Line, Pane, days

#: The change is against the value so many days before; the nearest earlier one within the slack counts.
YEAR, SLACK = 364, 35


class Mode(StrEnum):
    """How values are drawn; what is copied and saved are always the values themselves."""

    LEVEL = "level"
    LOG = "log"
    INDEXED = "indexed"
    CHANGE = "change"


def mode_word(mode: Mode) -> str:
    """A mode in the menu."""
    return {
        Mode.LEVEL: _("Values"),
        Mode.LOG: _("Logarithmic"),
        Mode.INDEXED: _("Indexed, start of the range = 100"),
        Mode.CHANGE: _("Change over a year"),
    }[mode]


def possible(pane: Pane, mode: Mode) -> bool:
    """Whether a plot can be read that way: a stack cannot, and powers and indices need values above zero."""
    if mode is Mode.LEVEL:
        return True
    if pane.stacked:
        return False
    if mode is Mode.CHANGE:
        return True
    found = [line.values[np.isfinite(line.values)] for line in pane.all_lines]
    return any(len(values) and bool((values > 0).mean() > 0.9) for values in found)


def shown(pane: Pane, mode: Mode, base: float, *, first_prints: bool = False) -> Pane:
    """The plot as it is drawn; `base` is the day (on the axis) on which an index stands at 100."""
    if first_prints and any(line.first is not None for line in pane.all_lines):
        lines = tuple(part for line in pane.lines for part in _with_first(line))
        # Two stacks over one another cannot be told apart: the areas become lines, each beside its first print.
        total = () if pane.total is None else _with_first(pane.total)[1:]
        pane = replace(pane, lines=(*lines, *total), stacked=False)
    if not possible(pane, mode) or mode is Mode.LEVEL:
        return pane
    if mode is Mode.LOG:
        return replace(pane, log=True, bands=(), levels=tuple(level for level in pane.levels if level.value > 0))
    change = _indexed if mode is Mode.INDEXED else _changed
    lines = tuple(change(line, base) for line in pane.lines)
    total = change(pane.total, base) if pane.total is not None else None
    return replace(pane, lines=lines, total=total, bands=(), levels=(), from_zero=False)


def _with_first(line: Line) -> tuple[Line, ...]:
    if line.first is None:
        return (line,)
    name = _("{line}, first print").format(line=line.name)
    print_ = replace(line, name=name, values=line.first, first=None, known_from=None, fan=None, end="", dash=True)
    return line, print_


def _indexed(line: Line, base: float) -> Line:
    places = days(line.dates)
    after = np.flatnonzero((places >= base) & np.isfinite(line.values) & (line.values > 0))
    if not len(after):
        return replace(line, values=np.full(len(line.values), np.nan), fan=None)
    values = line.values / line.values[after[0]] * 100
    return replace(line, values=values, decimals=1, suffix="", sign=False, fan=None)


def _changed(line: Line, _base: float) -> Line:
    places = days(line.dates)
    index = np.searchsorted(places, places - YEAR, "right") - 1
    there = (index >= 0) & (places - YEAR - places[np.maximum(index, 0)] <= SLACK)
    values = np.where(there, line.values - line.values[np.maximum(index, 0)], np.nan)
    return replace(line, values=values, sign=True, fan=None)
