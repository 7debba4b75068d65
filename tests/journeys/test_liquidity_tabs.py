"""The tabs of Fed liquidity: each answers its question, nothing is cut, its workbook names sources, dates travel."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.bootstrap import Program
from tests.ui.cuts import cuts
from ui.pages.liquidity.page import LiquidityPage
from ui.pages.liquidity.tabs import TABS
from ui.pictures import settle

OURS = ("balance", "composition", "bridge", "reserves", "on_rrp", "treasury", "rates", "impact", "paper")


def page_of(window) -> LiquidityPage:
    return window.pages["liquidity"]


def opened(window, tab: str):
    page = page_of(window)
    page.open_tab(tab)
    settle(window)
    return page.panel


@pytest.mark.parametrize(("language", "size"), [("en", (1366, 768)), ("zh_CN", (1440, 900))])
def test_no_tab_cuts_a_word_and_none_scrolls(open_window, sample, language, size):
    window = open_window(*size, page="liquidity", over=sample)
    window.speak(language)
    page = page_of(window)
    for tab in TABS:
        opened(window, tab.id)
        assert cuts(window) == [], tab.id
        assert page.verticalScrollBar().maximum() == 0, tab.id


def test_every_tab_answers_and_leaves_with_sources(open_window, sample, tmp_path):
    window = open_window(page="liquidity", over=sample)
    for tab in OURS:
        panel = opened(window, tab)
        for card in panel.cards:
            assert card.answer.text(), f"{tab}: {card.question.text()}"
        sheets = panel.sheets()
        assert sheets, tab
        told = [part for sheet in sheets for fact in sheet.facts for part in fact]
        told += [str(cell) for sheet in sheets for table in sheet.tables for row in table.rows[-20:] for cell in row]
        assert any("sample:" in part or "H.4.1" in part or "Fiscal Data" in part for part in told), tab
    # One of them as a file: writing thousands of days is openpyxl's time, and the same for every tab.
    page = page_of(window)
    page.open_tab("bridge")
    page.export_to(tmp_path / "bridge.xlsx")
    settle(window)
    book = openpyxl.load_workbook(tmp_path / "bridge.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "sample:WALCL" in cells
    assert any("SAMPLE" in cell for cell in cells)
    book.close()


def test_the_bridge_closes_with_its_residual_as_a_bar_and_shows_the_paper_s_own(open_window, sample, qtbot):
    window = open_window(page="liquidity", over=sample)
    card = opened(window, "bridge").card
    assert (card.against.day, card.on.day) == (date(2017, 10, 4), date(2019, 9, 4))
    *steps, residual, total = card.bars.bars
    assert residual.hatched
    assert total.strong
    assert residual.high == pytest.approx(total.high)
    assert all(one.high == pytest.approx(two.low) for one, two in zip(steps, [*steps[1:], residual], strict=True))
    qtbot.mouseClick(card.origin._buttons["document"], Qt.MouseButton.LeftButton)
    settle(window)
    assert [bar.text for bar in card.bars.bars[:3]] == ["−698.9", "−181.8", "+106.7"]
    assert (card.bars.bars[-2].text, card.bars.bars[-1].text) == ("+1.4", "−774.0")
    assert "Printed figures of the source document" in card.note.text()


def test_presets_and_dates_travel(open_window, sample):
    window = open_window(page="liquidity", over=sample)
    page = page_of(window)
    first, second = (action for action in page._presets.menu().actions()[:2])
    assert "Table 1" in first.text()
    second.trigger()
    settle(window)
    assert page.balance.statement.on.day == date(2019, 9, 4)
    page._presets.menu().actions()[-1].trigger()
    settle(window)
    assert page.current == "paper"
    assert "15 figures" in page.panel.errata.answer.text()
    page.show_target(tab="rates")
    assert page.current == "rates"


def test_percent_of_gdp_in_the_table(open_window, sample, qtbot):
    window = open_window(page="liquidity", over=sample)
    statement = page_of(window).balance.statement
    statement.on._pick(date(2022, 3, 30))
    settle(window)
    qtbot.mouseClick(statement.unit._buttons["gdp"], Qt.MouseButton.LeftButton)
    row = list(statement.assets.rows.keys).index("securities")
    column = statement.assets.rows.columns[statement.assets.rows.place["value"]]
    assert column.decimals == 2
    assert 30 < float(statement.assets.rows.text(row, column)) < 40
    assert "% of GDP" in statement.assets._value_head()


def test_the_paper_s_second_table_and_a_copy(open_window, sample, qtbot):
    window = open_window(page="liquidity", over=sample)
    panel = opened(window, "paper")
    assert panel.table.answer.text().startswith("Table 1")
    qtbot.mouseClick(panel.table.choice._buttons["2"], Qt.MouseButton.LeftButton)
    settle(window)
    assert panel.table.answer.text().startswith("Table 2")
    page_of(window)._copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "44604" in copied
    assert "80.41" in copied


def test_cash_is_ranked_over_the_days_that_are_chosen(open_window, sample, qtbot):
    window = open_window(page="liquidity", over=sample)
    cash = opened(window, "treasury").cash
    sources, uses = cash.bars
    amounts = [bar.high for bar in sources.bars]
    assert amounts == sorted(amounts, reverse=True)
    assert "Social Security Benefits (EFT)" in [bar.name for bar in uses.bars]
    assert not any(bar.name.startswith("Public Debt") for bar in (*sources.bars, *uses.bars))
    month = amounts[0]
    qtbot.mouseClick(cash.span._buttons["week"], Qt.MouseButton.LeftButton)
    settle(window)
    assert cash.bars[0].bars[0].high < month
    sources.setFocus()
    qtbot.keyClick(sources, Qt.Key.Key_Down)
    assert "of the side" in sources.accessibleDescription()
    assert [a.text() for a in _menu(sources) if a.text()] == [
        "Copy picture",
        "Copy data",
        "Save picture…",
        "Save data…",
    ]
    sources.copy_data()
    assert "Taxes - Withheld Individual/FICA" in QGuiApplication.clipboard().text()


def _menu(bars):
    from ui.charts import menu

    return menu.basic(bars).actions()


def test_an_empty_workspace_says_what_belongs_in_each_tab(open_window, program: Program):
    window = open_window(page="liquidity", over=program)
    for tab in OURS[1:-1]:
        panel = opened(window, tab)
        assert cuts(window) == [], tab
        cards = [card for card in panel.cards if tab != "impact" or card is not panel.measures]
        assert all(card.content.isHidden() for card in cards), tab
    assert "No free source: enter or import" in "".join(
        row[-1] for row in page_of(window).panels["impact"].measures.sheets()[0].tables[0].rows
    )
