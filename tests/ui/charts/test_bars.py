"""Flows as bars: side by side from nought, ending on their date; a missing value has none."""

import numpy as np
import pytest

from ui.charts.bars import groups
from ui.charts.chart import Chart
from ui.charts.parts import Line, Pane, days

MONTHS = np.array(["2022-01-31", "2022-02-28", "2022-03-31"], "datetime64[D]")


def flow(name: str, *values: float) -> Line:
    return Line(name, MONTHS, np.array(values))


def test_two_lines_share_the_room_of_a_month_and_end_on_its_last_day() -> None:
    lines = (flow("Equity", 1.0, -2.0, -6.7), flow("Debt", np.nan, 3.0, -3.1))
    equity, debt = groups(lines, [(days(line.dates), line.values) for line in lines])
    # the dates lie 28 and 31 days apart, so a group is 0.8 × 29.5 = 23.6 days wide and a bar 11.8
    assert equity.opts["width"] == pytest.approx(11.8)
    assert list(equity.opts["height"]) == [1.0, -2.0, -6.7]
    assert list(debt.opts["height"]) == [3.0, -3.1]  # no bar where nothing is known
    last = float(days(MONTHS[-1:])[0])
    assert debt.opts["x0"][-1] + debt.opts["width"] == pytest.approx(last)
    assert equity.opts["x0"][-1] + equity.opts["width"] == pytest.approx(debt.opts["x0"][-1])


def test_a_chart_draws_them_with_the_total_as_a_line(qtbot) -> None:
    chart = Chart("Flows")
    qtbot.addWidget(chart)
    parts = (flow("Equity", 1.0, -2.0, -6.7), flow("Debt", 1.0, 3.0, -3.1))
    chart.show_panes(Pane(parts, unit="USD bn", bars=True, total=flow("Total", 2.0, 1.0, -9.8), from_zero=True))
    kinds = [type(item).__name__ for item in chart._plots[0].getPlotItem().items]
    assert kinds.count("BarGraphItem") == 2
    assert kinds.count("PlotDataItem") == 1
    low, high = chart._plots[0].getViewBox().viewRange()[1]
    assert low < -9.8 < 3.0 < high
    assert chart.table()[0] == ["Date", "Equity, USD bn", "Debt, USD bn", "Total, USD bn"]


def test_the_first_group_is_seen_whole(qtbot) -> None:
    chart = Chart("Flows")
    qtbot.addWidget(chart)
    chart.show_panes(Pane((flow("Total", 2.0, 1.0, -9.8),), unit="USD bn", bars=True))
    first, _last = chart._plots[0].getViewBox().viewRange()[0]
    assert first == pytest.approx(float(days(MONTHS[:1])[0]) - 29.5)  # half of 28 and 31 days before the first date
