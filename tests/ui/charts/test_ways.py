"""Ways to read a chart: logarithmic, indexed, change, first prints, marked days, zoom; and what leaves it."""

from datetime import date

import numpy as np
import openpyxl
import pytest
from PySide6.QtCore import Qt

from app import i18n
from ui import theme
from ui.charts import modes
from ui.charts.axes import power_ticks
from ui.charts.chart import Chart
from ui.charts.modes import Mode
from ui.charts.parts import Line, Pane, as_date, day

DATES = np.arange("2020-01-01", "2023-01-05", 7, dtype="datetime64[D]")
LEVEL = np.linspace(100.0, 400.0, len(DATES))
KNOWN = (DATES + 1).astype("datetime64[us]")


def line(values=LEVEL, **more):
    return Line("Reserves", DATES, np.asarray(values, float), "on_rrp", **more)


@pytest.fixture
def chart(qtbot):
    theme.apply("light")
    made = Chart("Reserves", ranges=("1y", "all"))
    qtbot.addWidget(made)
    made.resize(640, 360)
    made.show()
    return made


def test_an_index_stands_at_100_on_the_first_day_of_the_range():
    shown = modes.shown(Pane((line(),)), Mode.INDEXED, day(date(2021, 1, 1)))
    at = list(DATES.astype(date)).index(date(2021, 1, 6))  # the first Wednesday from then on
    assert shown.lines[0].values[at] == pytest.approx(100)
    assert shown.lines[0].values[-1] == pytest.approx(LEVEL[-1] / LEVEL[at] * 100)


def test_a_change_is_against_52_weeks_before_and_missing_in_the_first_year():
    values = modes.shown(Pane((line(),)), Mode.CHANGE, 0).lines[0].values
    assert np.isnan(values[:52]).all()
    assert values[52] == pytest.approx(LEVEL[52] - LEVEL[0])


def test_a_stack_is_never_logarithmic_and_neither_is_what_goes_below_zero():
    assert not modes.possible(Pane((line(),), stacked=True), Mode.LOG)
    assert not modes.possible(Pane((line(LEVEL - 300),)), Mode.INDEXED)
    assert modes.possible(Pane((line(LEVEL - 300),)), Mode.CHANGE)


def test_logarithmic_draws_powers_and_reads_values(chart):
    chart.show_panes(Pane((line(np.concatenate([[0.0], LEVEL[1:]])),)))
    chart.show_as(Mode.LOG)
    low, high = chart._plots[0].getViewBox().viewRange()[1]
    assert 1.9 < low < 2.1  # nought has no logarithm: the lowest drawn is 102
    assert high < 2.7
    assert chart._legends[0].accessibleName() == "Reserves 400"
    assert power_ticks(2.0, 2.7, 6) == pytest.approx([2.0, np.log10(200), np.log10(500)])


def test_first_prints_stand_beside_the_latest(chart):
    first = LEVEL.copy()
    first[-1] = 390
    chart.show_panes(Pane((line(first=first, known_from=KNOWN, source="ddp:RESH4R_N.WW"),), unit="USD bn"))
    assert chart.has_first_prints
    chart.show_first_prints(True)
    assert chart._legends[0].accessibleName() == "Reserves 400; Reserves, first print 390"
    told = chart._legends[0].toolTip().splitlines()[0]
    assert told == (
        "Reserves: 400 USD bn, 4 Jan 2023, source ddp:RESH4R_N.WW, known from 5 Jan 2023 00:00 UTC, first print 390.0"
    )


def test_marked_days_are_drawn_and_named_at_the_cross_hair(chart):
    chart.show_panes(Pane((line(),)), note="USD bn")
    chart.mark("runoff", True)
    named = [moment.label for moment in chart._marks()]
    assert named == ["QE4", "QT2 plan", "QT2"]
    chart.mark("tax", True)
    chart._point(day(date(2022, 6, 15)))  # a Wednesday, and an instalment of income tax
    assert chart._left.text() == "USD bn, values of 15 Jun 2022: Tax dates"
    chart.mark("tax", False)
    assert "tax" not in chart.marked


def test_keys_zoom_and_leave_the_presets(chart, qtbot):
    chart.show_panes(Pane((line(),)))
    whole = np.ptp(chart._plots[0].getViewBox().viewRange()[0])
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert np.ptp(chart._plots[0].getViewBox().viewRange()[0]) == pytest.approx(whole / 2, rel=0.02)
    assert chart.range == ""
    chart.show_as(Mode.CHANGE)  # another way to read leaves the range alone
    assert np.ptp(chart._plots[0].getViewBox().viewRange()[0]) == pytest.approx(whole / 2, rel=0.02)
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart.range == "all"
    assert np.ptp(chart._plots[0].getViewBox().viewRange()[0]) == pytest.approx(whole)


def test_another_range_moves_the_start_of_an_index(chart):
    chart.show_panes(Pane((line(),)))
    chart.show_as(Mode.INDEXED)
    chart.choose("1y")
    assert chart._legends[0].accessibleName() == f"Reserves {400 / LEVEL[-53] * 100:.1f}"
    assert as_date(chart._plots[0].getViewBox().viewRange()[0][0]) == date(2022, 1, 4)


def test_exports_carry_source_and_known_from(chart, tmp_path):
    first = LEVEL.copy()
    first[-1] = 390
    chart.show_panes(Pane((line(first=first, known_from=KNOWN, source="ddp:X"),), unit="USD bn"), note="weekly")
    headers, rows = chart.table()
    assert headers == ["Date", "Reserves, USD bn [ddp:X]", "Reserves, first print", "Reserves, known from (UTC)"]
    assert rows[-1][1:3] == [400.0, 390.0]
    chart.save_data(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[-1] == "2023-01-04,400.0,390.0,2023-01-05T00:00:00"
    chart.save_svg(tmp_path / "a.svg")
    drawn = (tmp_path / "a.svg").read_text("utf-8")
    assert "<svg" in drawn
    assert drawn.count("<path") + drawn.count("<polyline") > 3
    chart.save_workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell.value for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert "Source: ddp:X; Observed: to 4 Jan 2023; Known from: 5 Jan 2023 00:00 UTC; Unit: USD bn" in cells
    assert "2023-01-05T00:00:00Z" in cells
    book.close()


def test_the_menu_speaks_of_what_can_be_done(chart):
    chart.show_panes(Pane((line(LEVEL - 300),)))
    ways = next(action.menu() for action in chart.menu().actions() if action.text() == "Show as")
    assert {a.text(): a.isEnabled() for a in ways.actions()} == {
        "Values": True,
        "Logarithmic": False,
        "Indexed, start of the range = 100": False,
        "Change over a year": True,
    }


def test_on_the_dark_ground_violet_and_navy_lines_are_named(chart):
    theme.apply("dark")
    chart.show_panes(Pane((line(),)))
    assert "Reserves" in chart._plots[0]._texts.said
    theme.apply("light")
    i18n.set_language("en")


def _first(chart) -> tuple[str, bool]:
    action = next(action for action in chart.menu().actions() if action.text().startswith("First prints"))
    return action.text(), action.isEnabled()


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("", "First prints: nothing here was ever revised"),
        ("simulated", "First prints: a simulated path has none"),
        ("computed", "First prints: a figure computed from several has none of its own"),
        ("as_known", "First prints: all values are shown as they were known then"),
    ],
)
def test_the_menu_says_why_there_are_no_first_prints(chart, why, said):
    chart.unrevised = why
    chart.show_panes(Pane((line(),)))
    assert _first(chart) == (said, False)
    chart.show_panes(Pane((line(first=LEVEL + 1),)))
    assert _first(chart) == ("First prints beside the latest", True)


def test_first_prints_turn_stacked_areas_into_lines(chart):
    total = line(LEVEL + 5, first=LEVEL + 6)
    chart.show_panes(Pane((line(first=LEVEL + 1),), stacked=True, total=total))
    assert _first(chart) == ("First prints beside the latest, as lines", True)
    chart.show_first_prints(True)
    drawn = chart._plots[0].pane
    assert not drawn.stacked
    assert [(one.name, one.dash) for one in drawn.all_lines] == [
        ("Reserves", False),
        ("Reserves, first print", True),
        ("Reserves, first print", True),
        ("Reserves", False),
    ]
    chart.show_first_prints(False)
    assert chart._plots[0].pane.stacked


def test_a_date_without_a_first_print_tells_none(chart):
    chart.show_panes(Pane((line(first=np.full(len(LEVEL), np.nan)),)))
    assert "first print" not in chart._legends[0].toolTip()
