"""The Fed's part of a report: the answer, the figures and the three lines through the years."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from alerts.finding import Finding
from app.i18n import gettext as _
from app.liquidity.overview import Tide, Tile
from app.wording import alerts, formats, liquidity
from app.wording.report.document import Cell, Column, Kind, Line, LineChart, Section, Table
from app.wording.reporting import dollar_axis
from app.wording.sentences import sentence

#: The lines begin here: before it, ON RRP did not exist and the balance sheet stood still.
FIRST = np.datetime64("2007-01-01")


class _History(Protocol):
    """A series for a chart: dates ascending (datetime64[D]), values in `unit`."""

    @property
    def unit(self) -> str: ...
    @property
    def dates(self) -> NDArray[np.datetime64]: ...
    @property
    def values(self) -> NDArray[np.float64]: ...


def section(tide: Tide, histories: Mapping[str, _History]) -> Section:
    """The card "Is the tide going out?" on paper; `histories` are those of `tide.lines`."""
    columns = (
        Column(_("Figure"), share=1.4),
        Column(_("Value"), Kind.FIGURE, 1.1),
        Column(_("Change"), Kind.FIGURE, 1.0),
        Column(_("Date"), Kind.DATE, 0.9),
        Column(_("Remark"), Kind.LONG, 2.0),
    )
    table = Table(columns, [_row(tile) for tile in tide.tiles])
    chart = _chart(tide, histories)
    return Section(
        _("Is the tide going out?"),
        sentence(tide.finding),
        charts=() if chart is None else (chart,),
        tables=(table,),
    )


def _row(tile: Tile) -> tuple[Cell, ...]:
    remark = _remark(tile.note)
    if tile.stale:
        remark = formats.together((remark, _("A newer figure is overdue.")))
    return (
        liquidity.tile_label(tile.id, tile.series),
        None if tile.value is None else _figure(tile, tile.value),
        None if tile.change is None else _figure(tile, tile.change, sign=True),
        tile.date,
        remark,
    )


def _remark(note: Finding | None) -> str:
    """A tile's small text, its amounts in the unit of the table and without the change, which has its column."""
    match note:
        case Finding("tile.change", values):
            return _("Change over {weeks} weeks.").format(weeks=values["weeks"])
        case Finding("tile.change_gdp", values):
            text = _("Change over {weeks} weeks; the value is {share} of GDP.")
            return text.format(weeks=values["weeks"], share=formats.percent(values["share"], 1))
        case Finding("tile.peak", values):
            text = _("Peak {amount} on {day}.")
            return text.format(amount=formats.dollars(values["peak"]), day=formats.day(values["date"]))
    return "" if note is None else sentence(note)


def _figure(tile: Tile, value: float, *, sign: bool = False) -> str:
    if tile.unit == "bp":
        return alerts.amount(value, "basis points", sign=sign, decimals=0)
    return formats.dollars(value, 1, sign=sign)


def _chart(tide: Tide, histories: Mapping[str, _History]) -> LineChart | None:
    scale, unit = dollar_axis()
    roles = ("total_assets", "reserves", "on_rrp")
    lines = []
    for role, id in zip(roles, tide.lines, strict=True):
        history = histories[id]
        kept = (history.dates >= FIRST) & np.isfinite(history.values)
        if kept.sum() > 1:
            values = history.values[kept] * scale / (1000 if history.unit == "USD millions" else 1)
            lines.append(Line(liquidity.tile_label(role, id), role, history.dates[kept], values))
    if not lines:
        return None
    first, last = (edge(line.dates[place].item() for line in lines) for edge, place in ((min, 0), (max, -1)))
    return LineChart(
        _("The Fed's assets, reserves and ON RRP"),
        unit,
        lines,
        periods=[(max(start, first), min(end, last)) for start, end in tide.runoffs if start < last],
        period=_("The Fed lets its holdings run off"),
        note=_dated(lines),
    )


def _dated(lines: list[Line]) -> str:
    told = [_("{name} to {day}").format(name=line.name, day=formats.day(_last(line))) for line in lines]
    return _("; ").join(told)


def _last(line: Line) -> date:
    last: date = line.dates[-1].item()
    return last
