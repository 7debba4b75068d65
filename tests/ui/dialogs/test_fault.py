"""A fault is told once, with what failed and the remedy, and its report names no client."""

import logging

import pytest
from PySide6.QtCore import Qt

from app import logs
from tests.ui.cuts import cuts
from ui import theme
from ui.dialogs.fault import place_of, report

CLIENT = "Anadolu Enerji A.Ş."


def _fault() -> ValueError:
    try:
        raise ValueError(f"no line of {CLIENT}")
    except ValueError as error:
        return error


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_dialog_says_what_failed_and_is_not_cut(open_window, language, name):
    window = open_window(page="overview")
    window.wear(name)
    window.speak(language)
    window.faults.tell(_fault())
    dialog = window.faults.dialog
    assert "ValueError" in dialog.what.text()
    assert CLIENT not in dialog.what.text()
    assert cuts(dialog) == []
    assert theme.current().name == name
    dialog.reject()


def test_more_faults_are_counted_and_not_stacked_and_escape_goes_on(open_window, qtbot):
    window = open_window(page="overview")
    window.faults.tell(_fault())
    first = window.faults.dialog
    window.faults.tell(_fault())
    window.faults.tell(_fault())
    assert window.faults.dialog is first
    assert first.others.text() == "2 more faults since."
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert not first.isVisible()
    window.faults.tell(_fault())
    assert window.faults.dialog is not first
    window.faults.dialog.reject()


def test_the_report_has_versions_place_and_log_and_no_client(open_window, tmp_path, program):
    end = logs.keep(program.workspace.logs)
    logging.getLogger("app.test").info("refreshed")
    window = open_window(page="overview")
    window.faults.tell(_fault())
    window.faults.dialog.save_to(tmp_path / "report.txt")
    end()
    text = (tmp_path / "report.txt").read_text("utf-8")
    assert text == report(program, window.faults.dialog._error)
    for part in (
        "Tidewatch: ",
        "PySide6: 6.",
        "Database: sqlite",
        "ValueError",
        ", in _fault",
        "INFO app.test: refreshed",
    ):
        assert part in text
    assert CLIENT not in text
    window.faults.dialog.reject()


def test_the_innermost_place_of_our_own_code_is_named():
    with pytest.raises(TypeError) as told:
        logs.last_lines(None)  # type: ignore[arg-type]
    assert place_of(told.value) == "app.logs, last_lines"
    assert place_of(ValueError()) == ""


def test_work_that_fails_by_a_fault_can_be_reported(open_window, qtbot, tmp_path, monkeypatch):
    window = open_window(page="overview")
    window.fail(_fault())
    monkeypatch.setattr("ui.window.faultdesk.ask_where", lambda *_: tmp_path / "work.txt")
    window.faults.save_report(_fault())
    assert "ValueError" in (tmp_path / "work.txt").read_text("utf-8")
