"""The figures behind a chart, for the clipboard and for files."""

from collections.abc import Sequence

import numpy as np

from app.i18n import gettext as _
from ui.charts.parts import Line, Pane, as_date, days


def all_days(panes: Sequence[Pane]) -> np.ndarray:
    """Every day on which any line has an observation, ascending."""
    found = [days(line.dates) for pane in panes for line in pane.all_lines]
    return np.unique(np.concatenate(found)) if found else np.empty(0)


def table(panes: Sequence[Pane]) -> tuple[list[str], list[list[object]]]:
    """A row a date; of each line its values with unit and source, and where they are known its first prints and since
    when each value was known (UTC). None where a line has no value.
    """
    lines = [(pane, line) for pane in panes for line in pane.all_lines]
    headers = [_("Date")]
    places = all_days(panes)
    columns: list[list[object]] = []
    for pane, line in lines:
        at = np.searchsorted(places, days(line.dates))
        headers.append(_heading(pane, line))
        columns.append(_spread(at, len(places), line.values))
        if line.first is not None:
            headers.append(_("{line}, first print").format(line=line.name))
            columns.append(_spread(at, len(places), line.first))
        if line.known_from is not None:
            headers.append(_("{line}, known from (UTC)").format(line=line.name))
            known: list[object] = [None] * len(places)
            instants = np.asarray(line.known_from, "datetime64[s]").astype(object)
            for place, instant, value in zip(at.tolist(), instants, line.values, strict=True):
                known[place] = instant if np.isfinite(value) else None
            columns.append(known)
    rows: list[list[object]] = [
        [as_date(float(place)), *(column[index] for column in columns)] for index, place in enumerate(places)
    ]
    return headers, rows


def _heading(pane: Pane, line: Line) -> str:
    named = _("{name}, {unit}").format(name=line.name, unit=pane.unit) if pane.unit else line.name
    return _("{name} [{source}]").format(name=named, source=line.source) if line.source else named


def _spread(at: np.ndarray, length: int, values: np.ndarray) -> list[object]:
    column = np.full(length, np.nan)
    column[at] = values
    return [None if np.isnan(value) else float(value) for value in column]
