"""A page shown as of a past day says so, and every figure on it was known then."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import numpy as np
import openpyxl

from app.bootstrap import Program
from tests.ui.cuts import cuts
from ui.charts.chart import Chart
from ui.pages.liquidity.tabs import TABS
from ui.pictures import settle

DAY = date(2022, 3, 15)
END = np.datetime64(datetime.combine(DAY, time.max))


def later(page) -> list[str]:
    """The lines in sight with a value that was not known yet."""
    found = []
    for chart in page.findChildren(Chart):
        if not chart.isVisible():
            continue
        for line in (line for pane in chart.panes for line in pane.all_lines if line.known_from is not None):
            known = line.known_from[np.isfinite(line.values)]
            if len(known) and known.max() > END:
                found.append(f"{chart.title}: {line.name}, {known.max()}")
    return found


def test_fed_liquidity_of_a_past_day(open_window, sample: Program, tmp_path: Path) -> None:
    window = open_window(1366, 768, page="liquidity", over=sample)
    page = window.pages["liquidity"]
    assert not page.known_on.badge.isVisible()
    page.known_on.turn.click()
    assert page.known_on.day == date(2022, 5, 25)  # the day before the sample's
    page.show_target(known_on=DAY)
    for tab in TABS:
        page.open_tab(tab.id)
        settle(window)
        assert later(page) == [], tab.id
        assert cuts(window) == [], tab.id
    assert page.known_on.badge.isVisible()
    assert page.header.scope.text() == "What was known at the end of 15 Mar 2022 (UTC)"
    page.open_tab("balance")
    settle(window)
    # the H.4.1 of 9 March came out on the 10th; the dates asked for before, 18 May among them, are none any more
    assert page.balance.statement.on.day == date(2022, 3, 9)
    page.export_to(tmp_path / "then.xlsx")
    settle(window)
    book = openpyxl.load_workbook(tmp_path / "then.xlsx")
    assert all("As known on" in [cell.value for row in sheet.iter_rows() for cell in row] for sheet in book)
    book.close()
    page.known_on.turn.click()
    settle(window)
    assert page.known_on.day is None
    assert page.header.scope.text().startswith("US dollars")


def test_a_country_of_a_past_day(open_window, sample: Program, tmp_path: Path) -> None:
    window = open_window(1366, 768, page="countries", over=sample)
    page = window.pages["countries"]
    for view in ("country", "compare", "flows", "home"):
        page.show_target(view=view, known_on=DAY)
        settle(window)
        assert page.seen.known_on == DAY
        assert later(page) == [], view
        assert cuts(window) == [], view
        assert (page.known_on.badge.word, page.known_on.field.text()) == ("As known on", "15 Mar 2022")
        assert page.known_on.badge.isVisible()
    page.show_target(country="TR")
    settle(window)
    shown = page.seen.country
    end = sample.profiling.end_of(DAY)
    assert shown.as_of == end
    assert all(one.known_from <= end for one in (shown.rate, *shown.indicators) if one.known_from is not None)
    assert not page.figures.enter.isEnabled()  # nothing is entered in the past
    page.export_to(tmp_path / "tr.xlsx")
    settle(window)
    book = openpyxl.load_workbook(tmp_path / "tr.xlsx")
    assert all("As known on" in [cell.value for row in sheet.iter_rows() for cell in row] for sheet in book)
    book.close()
    page.show_target(known_on=None)
    settle(window)
    assert page.figures.enter.isEnabled()
    assert page.seen.country.as_of == datetime(2022, 5, 26, 0, 31, tzinfo=UTC)
