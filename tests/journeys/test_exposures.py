"""An officer asks where the exposure is, pins a cell, and gets the lines that make it up."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.bootstrap import Program
from exposures.book import Basis, Measure
from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.exposures.limits import LimitForm
from ui.pages.exposures.page import ExposuresPage
from ui.pictures import settle


def _page(window) -> ExposuresPage:
    return window.pages["exposures"]


@pytest.fixture
def real_book(program: Program, shared_data: Path) -> None:
    """The World Bank's own statement of loans, imported by its mapping."""
    file = shared_data / "books" / "IBRD_loans_snapshot_converted.xlsx"
    name = next(name for name in program.importing.mappings() if "ibrd" in name.lower())
    program.importing.commit(file, date(2023, 5, 31), mapping=name)


def test_without_a_book_it_says_how_one_gets_here(open_window):
    window = open_window(page="exposures")
    page = _page(window)
    assert page.nothing.isVisible()
    assert not page.matrix.isVisible()
    page.nothing.findChild(QPushButton).click()
    settle(window)
    assert window.current == "import"


def test_instruments_for_which_there_is_no_room_are_named(open_window, sample: Program):
    """A row that does not add up to its total says what is missing between them."""
    window = open_window(page="exposures", over=sample)
    window.resize(1366, 768)
    settle(window)
    page = _page(window)
    table, matrix = page.matrix.table, sample.surveying.book().matrix(Basis.GUARANTOR, Measure.DRAWN_UNDRAWN)
    shown = [name for name in matrix.columns if not table.isColumnHidden(table.rows.place[name])]
    left_out = [name for name in matrix.columns if name not in shown]
    assert left_out == ["derivative", "guarantee", "project"]  # of which the last adds nothing
    assert "In the totals, without room for a column: Derivatives, Guarantees." in page.matrix.notices.text()
    window.resize(1900, 900)
    settle(window)
    assert "without room" not in page.matrix.notices.text()


def test_a_pinned_cell_shows_its_lines_and_they_add_up_to_it(open_window, sample: Program, qtbot):
    window = open_window(page="exposures", over=sample)
    page = _page(window)
    matrix = sample.surveying.book().matrix(Basis.GUARANTOR, Measure.DRAWN_UNDRAWN)
    table = page.matrix.table
    assert page.lines.table.rows.total_rows == len(sample.surveying.book().claims)
    column = table.rows.place["trade_finance"]
    table.setFocus()
    table.setCurrentIndex(table.rows.index(table.rows.row_of("TR"), column))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    settle(window)
    assert page.lines.question.text() == "Turkey, trade finance: 11 lines"
    rows = page.lines.table.rows
    drawn = sum(rows.value(row, "drawn") for row in range(rows.rowCount()))
    assert drawn == pytest.approx(float(matrix.cells["TR", "trade_finance"]) / 1e6)
    qtbot.keyClick(table, Qt.Key.Key_Space)  # a second time lets it go
    settle(window)
    assert page.lines.question.text().startswith("All countries and regions")


def test_basis_measure_and_entity_are_followed_and_the_totals_tie(open_window, sample: Program):
    window = open_window(page="exposures", over=sample)
    page = _page(window)
    book = sample.surveying.book()
    for basis in Basis:
        for measure in Measure:
            page.bar.basis._buttons[basis.value].click()
            page.bar.measure._buttons[measure.value].click()
            settle(window)
            rows = page.matrix.table.rows
            shown = sum(rows.value(row, "total") for row in range(rows.rowCount()))
            assert shown == pytest.approx(float(book.total(measure)) / 1e6)
            assert rows.value(rows.total_row, "total") == pytest.approx(shown)
    page.bar.entities.setCurrentIndex(1)
    page.bar.entities.activated.emit(1)
    settle(window)
    assert page.choice.entity == page.bar.entities.itemData(1)
    assert page.lines.table.rows.total_rows < len(book.claims)


def test_filtering_the_lines_changes_the_totals_beneath(open_window, sample, qtbot):
    window = open_window(page="exposures", over=sample)
    page = _page(window)
    window.commands.run("page.find")
    assert page.lines.filter.hasFocus()
    qtbot.keyClicks(page.lines.filter, "Anadolu")
    qtbot.waitUntil(lambda: 0 < page.lines.table.rows.rowCount() < page.lines.table.rows.total_rows)
    assert f"{page.lines.table.rows.rowCount()} of " in page.lines._foot.text()


def test_a_limit_that_is_set_is_measured_at_once(open_window, program: Program, real_book):
    window = open_window(page="exposures")
    page = _page(window)
    assert not page.limits.content.isVisible()  # no limit yet: says so and offers to set one
    page._set_limit()
    form = page.findChild(LimitForm)
    form.country.setCurrentIndex(form.country.findData("TR"))
    form.amount.setText("x")
    form.done_button.click()
    assert "Not an amount" in form._fault.text()
    form.amount.setText("17,000")
    form.done_button.click()
    settle(window)
    (limit,) = program.limiting.in_force()
    assert (limit.limit.key, limit.limit.amount) == ("TR", Decimal(17_000_000_000))
    rows = page.limits.table.rows
    # 11,134,721,462.11 drawn, 4,974,682,268.60 undrawn, and 686,520,180.00 that is only approved: "used, with pending"
    assert rows.value(0, "used") == pytest.approx((11_134_721_462.11 + 4_974_682_268.60 + 686_520_180) / 17e9 * 100)
    assert page.limits.answer.text() == "No breach, 1 above 80 %."


def test_what_is_shown_goes_into_a_workbook(open_window, sample, tmp_path):
    window = open_window(page="exposures", over=sample)
    page = _page(window)
    page._pick_country("CL")
    settle(window)
    page.export_to(tmp_path / "out.xlsx")
    settle(window)
    workbook = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert workbook.sheetnames == ["Countries", "Limits", "Lines"]
    texts = [str(cell.value) for row in workbook["Lines"].iter_rows() for cell in row if cell.value is not None]
    assert any("SAMPLE" in text for text in texts)
    assert any(text.startswith("Chile: ") for text in texts)


def test_nothing_is_cut(open_window, sample):
    window = open_window(page="exposures", over=sample)
    for look in every_look(window):
        _page(window)._pick_country("TR")
        settle(window)
        assert cuts(window) == [], look
        assert wordless(window) == [], look
        assert _page(window).horizontalScrollBar().maximum() == 0


def test_a_line_says_what_fires_for_its_country(open_window, sample):
    window = open_window(page="exposures", over=sample)
    rows = window.pages["exposures"].lines.table.rows
    found = {rows.value(row, "country"): rows.value(row, "alert") for row in range(rows.rowCount())}
    firing = {alert.labels.get("country") for alert in sample.monitoring.alerts() if alert.fires}
    assert found["TR"] == "critical"
    assert {country for country, severity in found.items() if severity != "ok"} == firing & found.keys()


def test_the_command_box_finds_countries_counterparties_and_series(open_window, sample, qtbot):
    window = open_window(page="overview", over=sample)
    page = None
    for words, shown, lines in (
        ("turkey: c", "exposures", "TR"),
        ("marmara", "exposures", "Marmara"),
        ("WALCL", "liquidity", ""),
    ):
        window.search.setFocus()
        qtbot.keyClicks(window.search, words)
        qtbot.keyClick(window.search, Qt.Key.Key_Return)
        settle(window)
        assert window.current == shown
        page = window.pages["exposures"]
        if lines == "TR":
            assert page.choice.country == "TR"
        elif lines:
            page.lines.filter._filter()
            rows = page.lines.table.rows
            assert rows.rowCount() > 0
            assert all(lines in rows.value(row, "counterparty") for row in range(rows.rowCount()))
