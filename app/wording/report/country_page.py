"""A country's or region's page on paper: how it stands, the course of its score and currency, every figure dated."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from alerts.finding import Finding
from app.i18n import gettext as _
from app.wording import countries as words
from app.wording import formats, terms
from app.wording.report.document import Cell, Column, Kind, Line, LineChart, Marked, Section, Table
from app.wording.sentences import sentence

#: A course begins so many days before its last figure.
_DAYS = 1100


class _Course(Protocol):
    """Values through time, dates ascending (datetime64[D])."""

    @property
    def dates(self) -> NDArray[np.datetime64]: ...
    @property
    def values(self) -> NDArray[np.float64]: ...


def section(
    code: str,
    answer: Finding,
    told: Sequence[tuple[str, Finding]],
    level: str | None,
    courses: Sequence[tuple[str, str, _Course]],
    rows: Sequence[tuple[Cell, ...]],
) -> Section:
    """`told` are further answers by what they speak of; `courses` title, unit and values; `rows` the table's."""
    facts = [(name, sentence(finding)) for name, finding in told]
    facts.append((_("Country-risk level"), _("not set") if level is None else words.level(level)))
    columns = (
        Column(_("Figure"), Kind.LONG, 1.8),
        Column(_("Value"), Kind.FIGURE, 1.2),
        Column(_("Date"), Kind.DATE, 0.9),
        Column(_("Source"), share=0.9),
        Column(_("State"), share=1.0),
    )
    charts = [made for title, unit, course in courses if (made := _chart(title, unit, course)) is not None]
    return Section(terms.country(code), sentence(answer), "", facts, charts, (Table(columns, rows),))


def row(concept: str, value: float | None, unit: str, on: date | None, source: str, state: str) -> tuple[Cell, ...]:
    """One figure; missing is said and is never zero."""
    mark, word = words.status(state)
    shown = None if value is None else f"{words.figure(value, unit)} {words.unit(unit, value)}".strip()
    return words.concept(concept), shown, on, source, Marked(mark, word)


def titles() -> dict[str, str]:
    """What the facts and courses speak of."""
    return {
        "flag": _("Flag"),
        "currency": _("Currency"),
        "figures": _("Figures"),
        "stake": _("At stake"),
        "score": _("Vulnerability score"),
        "rate": _("Exchange rate, units for one dollar"),
    }


def _chart(title: str, unit: str, course: _Course) -> LineChart | None:
    known = np.isfinite(course.values)
    dates, values = course.dates[known], course.values[known]
    if len(dates) < 2:
        return None
    kept = dates >= dates[-1] - np.timedelta64(_DAYS, "D")
    last: date = dates[-1].astype("datetime64[D]").item()
    line = Line(title, "total_assets", dates[kept].astype("datetime64[D]"), values[kept])
    return LineChart(title, unit, [line], note=_("to {day}").format(day=formats.day(last)))
