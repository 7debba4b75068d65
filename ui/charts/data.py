"""The figures behind a chart, for the clipboard and for files."""

import csv
import io
from collections.abc import Sequence
from datetime import date

import numpy as np

from app.i18n import gettext as _
from ui.charts.parts import Pane, as_date, days


def all_days(panes: Sequence[Pane]) -> np.ndarray:
    """Every day on which any line has an observation, ascending."""
    found = [days(line.dates) for pane in panes for line in pane.all_lines]
    return np.unique(np.concatenate(found)) if found else np.empty(0)


def table(panes: Sequence[Pane]) -> tuple[list[str], list[list[object]]]:
    """A row a date, a column a line with its unit; None where a line has no value."""
    lines = [(pane, line) for pane in panes for line in pane.all_lines]
    named = [
        _("{name}, {unit}").format(name=line.name, unit=pane.unit) if pane.unit else line.name for pane, line in lines
    ]
    headers = [_("Date"), *named]
    places = all_days(panes)
    columns = []
    for _pane, line in lines:
        column = np.full(len(places), np.nan)
        column[np.searchsorted(places, days(line.dates))] = line.values
        columns.append(column)
    rows: list[list[object]] = []
    for index, place in enumerate(places):
        values = [None if np.isnan(column[index]) else float(column[index]) for column in columns]
        rows.append([as_date(float(place)), *values])
    return headers, rows


def as_csv(panes: Sequence[Pane], separator: str) -> str:
    """The table as text: ISO dates, plain numbers, nothing where a value is missing."""
    headers, rows = table(panes)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(headers)
    for row in rows:
        writer.writerow(["" if v is None else v.isoformat() if isinstance(v, date) else repr(v) for v in row])
    return text.getvalue()
