"""Reading the Fed: two dates side by side from the real files, other dates, the other unit, and a copy of it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.bootstrap import Program
from tests.ui.cuts import cuts, every_look
from ui.pages.liquidity.page import LiquidityPage
from ui.pictures import settle


@pytest.fixture
def real(program: Program, shared_data) -> Program:
    """A workspace with the real published files taken in."""
    for folder in ("fred", "ddp"):
        report = program.refreshing.take_in(shared_data / folder)
        assert not report.failed
    return program


def _page(window) -> LiquidityPage:
    return window.pages["liquidity"]


def _cell(table, line: str, column: str) -> str:
    """A cell as it is shown, the totals row by the name of its line."""
    row = list(table.rows.keys).index(line) if line in table.rows.keys else table.rows.total_row
    return table.rows.text(row, table.rows.columns[table.rows.place[column]])


def test_table_one_of_the_source_document(open_window, real):
    page = _page(open_window(page="liquidity", over=real))
    assets, liabilities = page.balance.statement.assets, page.balance.statement.liabilities
    # Issue 2, acceptance 2, in USD millions: 8,945,898 and 922,187; Treasuries 5,768,021 and 740,627;
    # bills 227,841; MBS 2,733,823; ON RRP 1,973,373; reserve balances 3,297,142 and 33,058; TGA 866,726 and 7,277.
    assert (_cell(assets, "total_assets", "value"), _cell(assets, "total_assets", "against")) == ("8,946", "922")
    assert (_cell(assets, "treasuries", "value"), _cell(assets, "treasuries", "against")) == ("5,768", "741")
    assert _cell(assets, "bills", "against") == "228"
    assert _cell(assets, "mbs", "value") == "2,734"
    assert _cell(liabilities, "on_rrp", "value") == "1,973"
    assert _cell(liabilities, "reserve_balances", "value") == "3,297"
    assert _cell(liabilities, "tga", "against") == "7"
    # Missing is a dash with its reason, never a zero.
    assert _cell(liabilities, "federal_reserve_notes", "value") == "–"
    assert page.balance.statement._closing.text().startswith("Not every line has data")
    assert page.balance.statement.answer.text().startswith("Assets are 9.7 times as large")


def test_other_dates_and_the_other_unit(open_window, real, qtbot):
    window = open_window(page="liquidity", over=real)
    statement = _page(window).balance.statement
    for field, day in ((statement.against, date(2017, 10, 4)), (statement.on, date(2019, 9, 4))):
        field._pick(day)
        settle(window)
    # 3,761,508 and 4,460,422 USD millions
    assert _cell(statement.assets, "total_assets", "value") == "3,762"
    assert _cell(statement.assets, "total_assets", "against") == "4,460"
    qtbot.mouseClick(statement.unit._buttons["cny_style"], Qt.MouseButton.LeftButton)
    assert _cell(statement.assets, "total_assets", "value") == "37,615"  # 亿美元: hundreds of millions
    assert "亿美元" in statement.assets._value_head()
    _page(window)._copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "37615" in copied
    assert "4 Sept 2019" in copied or "4 Sep 2019" in copied


def test_a_day_without_data_gives_the_newest_before_it(open_window, real):
    window = open_window(page="liquidity", over=real)
    statement = _page(window).balance.statement
    statement.on._pick(date(2019, 9, 7))  # a Saturday
    settle(window)
    assert statement.on.day == date(2019, 9, 4)


def test_arrow_keys_step_through_the_wednesdays(open_window, real, qtbot):
    window = open_window(page="liquidity", over=real)
    field = _page(window).balance.statement.on
    qtbot.keyClick(field, Qt.Key.Key_Down)
    settle(window)
    assert field.day == date(2022, 5, 11)


def test_composition_and_corridor_show_what_the_answer_says(open_window, real, qtbot):
    window = open_window(page="liquidity", over=real)
    page = _page(window)
    assert page.balance.composition.answer.text()
    (pane,) = page.balance.composition.chart.panes
    assert pane.stacked
    assert pane.total is not None
    stacked = sum(line.values[-1] for line in pane.lines)
    assert stacked == pytest.approx(pane.total.values[-1])
    qtbot.mouseClick(page.balance.composition.side._buttons["assets"], Qt.MouseButton.LeftButton)
    settle(window)
    assert {line.name for line in page.balance.composition.chart.panes[0].lines} >= {"US Treasuries", "Agency MBS"}
    assert {line.name for line in page.balance.corridor.chart.panes[0].lines} >= {"SOFR", "EFFR"}


def test_an_empty_workspace_says_how_the_figures_get_here(open_window):
    page = _page(open_window(page="liquidity"))
    assert page.balance.statement.content.isHidden()
    assert not page._copy.isEnabled()
    assert cuts(page) == []


def test_nothing_is_cut(open_window, sample):
    window = open_window(page="liquidity", over=sample)
    for look in every_look(window):
        assert cuts(window) == [], look
