"""Charts as SVG: words stay words, legends and dates are there, colours are the visual system's."""

import subprocess
import sys
from datetime import date
from xml.etree import ElementTree

import numpy as np
import pytest

from app.reports import charts, fonts
from app.wording.report.document import Band, Bar, BarChart, Chart, Line, LineChart

DATES = np.arange(np.datetime64("2020-01-01"), np.datetime64("2026-05-20"), np.timedelta64(7, "D"))
LINES = LineChart(
    "美联储资产",
    "亿美元",
    (
        Line("总资产 $5", "total_assets", DATES, np.linspace(4000, 8900, DATES.size)),
        Line("ON RRP", "on_rrp", DATES, np.linspace(0, 2000, DATES.size)),
    ),
    (Band("警戒：1,000", "warning", 1000.0, True), Band("严重：-50", "critical", -50.0, False)),
    ((date(2022, 6, 1), date(2025, 11, 30)),),
    "缩表",
)
BARS = BarChart(
    "限额", (Bar("土耳其", 92.1, 3.0, "critical", "95.1%"), Bar("Nigeria", 400.0, 0.0, "critical", "400.0%")),
    ((80.0, "warning", "警戒"),), "已用", "审批中",
)  # fmt: skip


def drawn(chart: Chart) -> tuple[str, list[str]]:
    found = fonts.find()
    svg = charts.draw(chart, found.files, found.families)
    texts = [node.text or "" for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    return svg, texts


def test_lines_have_legend_unit_dates_and_bands() -> None:
    svg, texts = drawn(LINES)
    assert {"总资产 $5", "ON RRP", "警戒：1,000", "严重：-50", "缩表", "亿美元", "2022", "2024"} <= set(texts)
    assert "#27496f" in svg.lower(), "the colour of total assets"
    assert "#fbe9e8" in svg.lower(), "the ground beyond the critical line"
    assert "'Noto Sans CJK SC'" in svg
    assert "CJK JP" not in svg


def test_bars_end_inside_however_large() -> None:
    _svg, texts = drawn(BARS)
    assert {"土耳其", "Nigeria", "95.1%", "400.0%", "警戒", "已用", "审批中"} <= set(texts)


@pytest.mark.parametrize("chart", [LINES, BARS])
def test_the_same_chart_is_the_same_drawing(chart: Chart) -> None:
    assert drawn(chart)[0] == drawn(chart)[0]


def test_matplotlib_is_not_loaded_before_a_chart_is_drawn() -> None:
    code = "import sys, app.bootstrap, app.reports.charts; print(sorted(set(sys.modules) & {'matplotlib', 'typst'}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stdout == "[]\n"
