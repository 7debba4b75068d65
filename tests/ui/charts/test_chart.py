from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app import i18n
from ui import theme
from ui.charts.chart import Chart
from ui.charts.figures import value_at, with_holes
from ui.charts.parts import Band, Level, Line, Moment, Pane, Period, as_date, day, days

DATES = np.arange("2024-05-22", "2026-05-27", 7, dtype="datetime64[D]")
WAVE = 100 + 50 * np.sin(np.arange(len(DATES)) / 9)


def line(name="Reserves", values=WAVE, dates=DATES, **more):
    return Line(name, dates, values, "reserves", **more)


@pytest.fixture
def chart(qtbot):
    theme.apply("light")
    made = Chart("Tide", ranges=("1y", "5y", "all"))
    qtbot.addWidget(made)
    made.resize(640, 420)
    made.show()
    return made


def legend(chart, place=0):
    return chart._legends[place].accessibleName()


def test_the_legend_reads_the_last_values_until_the_cursor_is_over_a_date(chart, qtbot):
    chart.show_panes(Pane((line(decimals=1),)), note="USD bn, weekly")
    assert legend(chart) == f"Reserves {WAVE[-1]:.1f}"
    with qtbot.waitSignal(chart.moved) as moved:
        chart._point(day(date(2025, 1, 3)))  # a Friday: the nearest Wednesday is 1 January
    assert moved.args == [date(2025, 1, 1)]
    at = list(DATES.astype(date)).index(date(2025, 1, 1))
    assert legend(chart) == f"Reserves {WAVE[at]:.1f}"
    assert chart._left.text() == "USD bn, weekly, values of 1 Jan 2025"
    assert chart._right.text() == "Data to 20 May 2026"


def test_stacked_plots_share_range_and_cross_hair(chart):
    other = line("Lira", WAVE / 3, decimals=2)
    chart.show_panes(Pane((line(),), weight=2), Pane((other,), inverted=True))
    upper, lower = chart._plots
    chart.choose("1y")
    assert upper.getViewBox().viewRange()[0] == pytest.approx(lower.getViewBox().viewRange()[0])
    assert as_date(upper.getViewBox().viewRange()[0][0]) == date(2025, 5, 20)
    chart._point(day(date(2025, 6, 4)))
    assert upper._cross.value() == lower._cross.value() == day(date(2025, 6, 4))
    assert lower.getViewBox().yInverted()


def test_arrows_walk_through_the_dates(chart, qtbot):
    chart.show_panes(Pane((line(),)))
    chart.setFocus()
    heard = []
    chart.moved.connect(heard.append)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Escape):
        qtbot.keyClick(chart, key)
    dates = DATES.astype(date)
    assert heard == [dates[-1], dates[-2], dates[0], dates[1], None]


def test_a_limit_stays_in_sight_beside_its_line_and_a_far_one_does_not_flatten_it(chart):
    chart.show_panes(Pane((line(),), bands=(Band(None, 30, "critical", "Critical", 30),)))
    low, _ = chart._plots[0].getViewBox().viewRange()[1]
    assert low < 30
    chart.show_panes(Pane((line(),), bands=(Band(None, -5000, "critical", "Critical", -5000),)))
    low, _ = chart._plots[0].getViewBox().viewRange()[1]
    assert low > 0


def test_a_stack_leaves_out_dates_on_which_a_part_is_missing(chart):
    gap = WAVE.copy()
    gap[10] = np.nan
    chart.show_panes(Pane((line("A"), line("B", gap)), stacked=True, total=line("Total", WAVE * 2)))
    curves = [c for c in chart._plots[0].getPlotItem().items if type(c).__name__ == "PlotCurveItem"]
    assert {len(c.getData()[0]) for c in curves} == {len(DATES) - 1}
    assert chart._plots[0].getViewBox().viewRange()[1][0] == 0


def test_data_are_a_row_a_date_with_the_missing_empty(chart, tmp_path):
    other = Line("B", DATES[-2:], np.array([1.0, np.nan]))
    chart.show_panes(Pane((line(), other), unit="USD bn"))
    headers, rows = chart.table()
    assert headers == ["Date", "Reserves, USD bn", "B, USD bn"]
    assert rows[0] == [date(2024, 5, 22), WAVE[0], None]
    assert rows[-2][2] == 1.0
    assert rows[-1][2] is None
    chart.save_data(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1] == f"2024-05-22,{float(WAVE[0])!r},"
    chart.save_picture(tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_theme_and_language_change_in_place(chart):
    chart.show_panes(
        Pane((line(),), bands=(Band(120, None, "warning", "Warning", 120),), levels=(Level(90, "Clears"),)),
        periods=(Period(date(2025, 1, 1), date(2025, 6, 1), "Run-off"),),
        moments=(Moment(date(2025, 9, 3), "3 Sep"),),
    )
    light = chart.grab().toImage().pixelColor(300, 200).lightness()
    theme.apply("dark")
    assert chart.grab().toImage().pixelColor(300, 200).lightness() < light
    i18n.set_language("zh_CN")
    chart.retranslate()
    assert chart._right.text().startswith(("截至", "Data to", "数据"))
    theme.apply("light")


def test_the_menu_is_ours(chart):
    chart.show_panes(Pane((line(),)))
    assert [a.text() for a in chart.menu().actions() if a.text()] == [
        "Copy picture",
        "Copy data",
        "Save picture…",
        "Save data…",
        "Show as",
        "First prints: nothing here was ever revised",
        "Mark",
        "Zoom in",
        "Zoom out",
        "Show everything",
    ]


def test_a_hole_in_the_dates_is_not_bridged():
    dates = np.concatenate([DATES[:20], DATES[60:]])
    places, values = with_holes(days(dates), np.ones(len(dates)))
    assert np.isnan(values).sum() == 1
    assert places[np.isnan(values)][0] == days(DATES)[60] - 1


def test_value_at_is_the_last_known_one():
    places, values = np.array([1.0, 2.0, 3.0]), np.array([5.0, np.nan, 7.0])
    assert [value_at(places, values, at) for at in (0.0, 1.0, 2.0, 3.0, None)] == [None, 5.0, 5.0, 7.0, 7.0]


def test_dates_and_values_must_be_of_one_length():
    with pytest.raises(ValueError, match="2 values"):
        Line("x", DATES[:1], WAVE[:2])


def test_a_single_point_stands_in_a_few_days_of_its_own(chart):
    """Limits nearer to one another than the least range made the range jump between them without end."""
    chart.show_panes(Pane((line(values=WAVE[-1:], dates=DATES[-1:]),)))
    first, last = chart._plots[0].getViewBox().viewRange()[0]
    assert last - first >= 5
    assert first <= day(DATES[-1].astype(date)) <= last
