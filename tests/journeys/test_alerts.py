"""An officer sees what fires, looks at the evidence and the money behind it, and takes note with a reason."""

import shutil

import openpyxl
import pytest
from PySide6.QtCore import Qt

from app import bootstrap
from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.alerts.page import AlertsPage
from ui.pictures import settle


@pytest.fixture
def own_sample(sample_root, tmp_path):
    """A sample workspace that a test may change."""
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample") as program:
        yield program


def _page(window) -> AlertsPage:
    return window.pages["alerts"]


def _lira(program):
    return next(alert for alert in program.monitoring.alerts() if alert.rule.id == "E9")


def test_an_empty_workspace_has_nothing_to_show_and_says_so(open_window):
    page = _page(open_window(page="alerts"))
    assert page.header.scope.text() == "Nothing is firing."
    assert not page.acknowledge.button.isEnabled()
    assert not page.evidence.content.isVisible()


def test_the_chosen_alert_shows_its_line_its_chart_and_the_money(open_window, sample):
    window = open_window(page="alerts", over=sample)
    page = _page(window)
    alert = _lira(sample)
    window.open("alerts", alert=alert.id)
    settle(window)
    assert page.list.table.current == alert.id
    assert page.evidence._says.text() == "−6.1 % in 5 observations. Critical is −5 %; it clears above −4 %."
    change, lira = page.evidence.chart.panes
    assert [(band.tone, band.edge) for band in change.bands] == [("warning", -3.0), ("critical", -5.0)]
    assert (change.bands[0].low, change.bands[1].low, change.bands[1].high) == (-5.0, None, -5.0)
    assert change.levels[0].value == -4.0
    assert lira.inverted  # down is weaker
    assert page.evidence.table.rows.rowCount() == len(alert.history)
    turkey = next(row for row in sample.surveying.book().by_country("guarantor") if row.key == "TR")
    assert page.money._figure.text() == f"{turkey.amount() / 10**6:,.0f}"


def test_a_reason_is_required_and_the_note_is_kept(open_window, own_sample, qtbot):
    window = open_window(page="alerts", over=own_sample)
    page = _page(window)
    alert = _lira(own_sample)
    window.open("alerts", alert=alert.id)
    settle(window)
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_A)
    assert page.acknowledge.reason.hasFocus()  # A asks for the reason first
    assert not page.acknowledge.button.isEnabled()
    assert "Say why" in page.acknowledge._why.text()
    qtbot.keyClicks(page.acknowledge.reason, "Rate decision on Thursday")
    page.acknowledge.until.setCurrentIndex(2)
    qtbot.keyClick(page.acknowledge.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    note = own_sample.monitoring.alert(alert.id).acknowledgement
    assert (note.reason, note.who) == ("Rate decision on Thursday", own_sample.user)
    assert (note.until.date() - own_sample.clock().astimezone().date()).days == 7
    page.list.part._buttons["done"].click()
    assert [page.list.table.key(row) for row in range(page.list.table.rows.rowCount())] == [alert.id]


def test_a_does_nothing_while_somebody_types_elsewhere(open_window, sample, qtbot):
    window = open_window(page="alerts", over=sample)
    page = _page(window)
    page.acknowledge.reason.setFocus()
    qtbot.keyClicks(page.acknowledge.reason, "a")
    assert page.acknowledge.reason.toPlainText() == "a"
    assert all(not alert.acknowledged for alert in sample.monitoring.alerts())


def test_the_list_goes_into_a_workbook(open_window, sample, tmp_path):
    window = open_window(page="alerts", over=sample)
    _page(window).export_to(tmp_path / "alerts.xlsx")
    settle(window)
    texts = [
        str(cell.value)
        for row in openpyxl.load_workbook(tmp_path / "alerts.xlsx").active.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert any("SAMPLE" in text for text in texts)
    assert sum("country limit" in text for text in texts) >= 3


def test_nothing_is_cut(open_window, sample):
    window = open_window(page="alerts", over=sample)
    for look in every_look(window):
        assert cuts(window) == [], look
        assert wordless(window) == [], look
        assert _page(window).verticalScrollBar().maximum() == 0
        assert _page(window).horizontalScrollBar().maximum() == 0
