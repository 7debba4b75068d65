"""Every figure of every page and export tells its source, its day, since when it was known, and its unit.

A page that is new, and a table or chart that is new on an old page, fails here until it tells them.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.bootstrap import Program
from app.spreadsheets.workbook import SheetContent
from tests.ui.fixtures import OpenWindow
from ui.charts import saving
from ui.charts.chart import Chart
from ui.pages import PAGES
from ui.pages.liquidity.tabs import TABS
from ui.pictures import settle
from ui.tables.column import NUMERIC, Kind
from ui.tables.origin import told
from ui.tables.view import TableView
from ui.window import Window

#: Tables whose figures are counts of the program's own doings, which nobody observed.
DOINGS = {"rules.versions", "import.history", "reviews.lists", "backups.copies", "notifications.silences"}


def ways(window: Window, page_id: str) -> Iterator[str]:
    """The ways to look at a page, each of which it is asked to show."""
    page = window.pages[page_id]
    if page_id == "liquidity":
        for tab in TABS:
            page.show_target(tab=tab.id)
            yield tab.id
    elif page_id == "countries":
        for view in ("country", "compare", "flows", "home"):
            page.show_target(view=view)
            yield view
    elif page_id == "runoff":
        for view in ("simulator", "scenarios", "account", "maturities"):
            page.show_target(view=view)
            yield view
    else:
        yield ""


def silent(page: QWidget) -> list[str]:
    """The tables and charts in sight that do not tell all four."""
    found = []
    for table in page.findChildren(TableView):
        figures = any(column.kind in (*NUMERIC, Kind.BAR) for column in table.rows.columns)
        if not table.isVisible() or not table.rows.rowCount() or not figures or table.objectName() in DOINGS:
            continue
        origin = told(table)
        if origin is None or not all((origin.source, origin.observed, origin.known_from, origin.unit)):
            found.append(f"table {table.objectName()}: {origin}")
        elif origin.text() not in table.context:
            found.append(f"table {table.objectName()}: a copy does not tell it")
    for chart in page.findChildren(Chart):
        if not chart.isVisible():
            continue
        for pane in chart.panes:
            for line in pane.all_lines:
                if not len(line.dates) or line.colour == "text3":
                    continue
                if not line.source or not pane.unit or (line.known_from is None and chart.unrevised != "simulated"):
                    known = line.known_from is not None
                    found.append(f"chart {chart.title}, {line.name}: {line.source!r} {pane.unit!r} {known}")
    return found


#: What a sheet says of its figures, above the table or in columns of it.
SAID = ("Source", "Observed", "Known from", "Unit")
#: Sheets of words alone.
WORDS = {"errata"}
#: The pages that write workbooks of tables; the report of a day and the review lists are told by their own tests.
EXPORTING = (
    "alerts", "changes", "counterparties", "countries", "exposures",
    "limits", "liquidity", "runoff", "stress", "structure",
)  # fmt: skip


def unsaid(workbook: Path) -> dict[str, list[str]]:
    """What the sheets of a workbook do not say."""
    book = openpyxl.load_workbook(workbook)
    found = {}
    for sheet in book:
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        missing = [word for word in SAID if not any(word in cell for cell in cells)]
        if missing and sheet.title not in WORDS:
            found[sheet.title] = missing
    book.close()
    return found


def unsaid_of(sheets: Sequence[SheetContent]) -> dict[str, list[str]]:
    """What sheets that are not written yet do not say."""
    found = {}
    for sheet in sheets:
        words = [part for fact in sheet.facts for part in fact]
        words += [column.header for table in sheet.tables for column in table.columns]
        missing = [word for word in SAID if not any(word in text for text in words)]
        if missing and sheet.name not in WORDS:
            found[sheet.name] = missing
    return found


@pytest.mark.parametrize("page_id", [entry.id for entry in PAGES])
def test_every_table_chart_and_sheet_tells_where_its_figures_come_from(
    page_id: str, open_window: OpenWindow, sample: Program, tmp_path: Path
) -> None:
    window = open_window(page=page_id, over=sample)
    page, found = window.pages[page_id], {}
    for way in ways(window, page_id):
        settle(window)
        found |= {f"{way} on the screen": told for told in [silent(page)] if told}
        if page_id == "liquidity":  # its daily series would take a minute to write
            found |= {f"{way} in the workbook": told for told in [unsaid_of(page.panel.sheets())] if told}
        elif page_id in EXPORTING:
            place = tmp_path / f"{way or page_id}.xlsx"
            page.export_to(place)
            settle(window)
            found |= {f"{way} in the workbook": told for told in [unsaid(place)] if told}
    assert not found


def test_a_picture_tells_it_beneath_the_chart(open_window: OpenWindow, sample: Program, tmp_path: Path) -> None:
    page = open_window(page="liquidity", over=sample).pages["liquidity"]
    page.show_target(tab="reserves")
    settle(page.window())
    chart = page.panel.level.chart
    told = saving.feet(chart)
    assert told
    assert all(word in line for line in told for word in SAID)
    assert "sample:" in told[0]
    saving.save_png(chart, tmp_path / "reserves.png")
    assert QImage(str(tmp_path / "reserves.png")).height() > chart.height()
    saving.save_svg(chart, tmp_path / "reserves.svg", "Reserves")
    assert "Known from" in (tmp_path / "reserves.svg").read_text("utf-8")
