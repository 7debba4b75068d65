"""An officer's day in the real window without a mouse: what is new, an alert, Monday's book, the check, the lists."""

import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from app import bootstrap
from app.bootstrap import Program
from app.wording import formats
from exposures.check import Status
from exposures.checking import Verdict
from tests.app.reports.pdf import needs_poppler, pages
from tests.app.services.workbooks import HEADERS
from tests.journeys.hands import CTRL, Key, Keyboard
from ui.state import State
from ui.window import Window

MONDAY = date(2022, 5, 23)
XVFB = sys.platform == "linux" and shutil.which("Xvfb") is not None
REASON = "The desk knows; the limit committee meets on Thursday"
COMMENT = "The lists follow on Thursday"


@pytest.fixture
def day(sample_root: Path, tmp_path: Path) -> Any:
    """A sample workspace of the test's own: its morning's check has run, nothing is decided."""
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample") as program:
        yield program


@pytest.fixture
def mondays_book(tmp_path: Path) -> Path:
    """Monday's book as a small workbook."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(HEADERS.split(","))
    for number, (name, country, drawn, undrawn) in enumerate(
        (
            ("Anadolu Enerji A.Ş.", "TR", 328_000_000, 84_000_000),
            ("Bosphorus Bank", "TR", 95_000_000, 0),
            ("Pampa Energía", "AR", 60_000_000, 15_000_000),
            ("Andes Cobre", "CL", 140_000_000, 20_000_000),
            ("Highveld Power", "ZA", 75_000_000, 5_000_000),
        ),
        1,
    ):
        sheet.append([f"M{number}", name, country, "loan", "USD", drawn, undrawn])
    workbook.save(tmp_path / "exposure_20220523.xlsx")
    return tmp_path / "exposure_20220523.xlsx"


#: Once is enough: where there is Xvfb, test_in_a_real_window runs this day there.
in_a_real_window = pytest.mark.skipif(
    XVFB and "TIDEWATCH_TEST_SAMPLE" not in os.environ, reason="runs under Xvfb, from test_in_a_real_window"
)


@in_a_real_window
@needs_poppler
def test_a_day(
    open_window: Callable[..., Window],
    day: Program,
    mondays_book: Path,
    tmp_path: Path,
    state: State,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_window(over=day)
    window.activateWindow()
    keys = Keyboard(window)
    _see_what_is_new(window)
    _acknowledge(window, keys, day)
    _import(window, keys, day, mondays_book, monkeypatch)
    _decide_and_sign(window, keys, day)
    _report(window, keys, day, tmp_path, monkeypatch)
    _make_and_export(window, keys, day, tmp_path, monkeypatch)
    keys.go_to("overview")
    assert window.current == "overview"


def _see_what_is_new(window: Window) -> None:
    page = window.pages["overview"]
    assert window.current == "overview"
    assert page.todo.answer.text().endswith(".")
    assert page.tide.answer.text().endswith(".")


def _acknowledge(window: Window, keys: Keyboard, day: Program) -> None:
    keys.go_to("alerts")
    assert window.current == "alerts"
    page = window.pages["alerts"]
    keys.tab_to(page.list.table)
    keys.press(Key.Key_Down)
    chosen = page.list.table.current
    keys.press(Key.Key_A)
    assert page.acknowledge.reason.hasFocus()
    keys.type(REASON)
    keys.press(Key.Key_Return, held=CTRL)
    note = day.monitoring.alert(chosen).acknowledgement
    assert note is not None
    assert (note.reason, note.who) == (REASON, day.user)


def _import(window: Window, keys: Keyboard, day: Program, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys.go_to("import")
    assert window.current == "import"
    page = window.pages["import"]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(file), ""))
    keys.tab_to(page.choose.day)
    keys.press(Key.Key_Down, Key.Key_Down, Key.Key_Down)  # the 26th is proposed; the day of the month is chosen
    assert page.choose.reporting_date == MONDAY
    keys.tab_to(page.choose.place.choose)
    keys.press(Key.Key_Space)
    assert page.commit.text() == "Import 5 lines"
    keys.tab_to(page.commit)
    keys.press(Key.Key_Space)
    newest = day.importing.history()[0]
    assert (newest.reporting_date, newest.imported, newest.visible) == (MONDAY, 5, True)
    assert day.surveying.book().reporting_date == MONDAY


def _decide_and_sign(window: Window, keys: Keyboard, day: Program) -> None:
    keys.go_to("check")
    assert window.current == "check"
    page = window.pages["check"]
    digits = dict(zip(Verdict, (Key.Key_1, Key.Key_2, Key.Key_3), strict=True))
    keys.tab_to(page.steps.table)
    seen = []
    while day.checking.today().undecided:
        step = next(one for one in day.checking.today().steps if one.step == page.steps.table.current)
        assert step.step not in seen, "the decided step is still the one in sight"
        seen.append(step.step)
        keys.press(digits[step.verdict])
        if step.verdict is Verdict.ACT:
            keys.press(Key.Key_Return, held=CTRL)  # nothing is named yet: it asks for it
            assert page.decision.comment.hasFocus()
            keys.type(COMMENT)
        keys.press(Key.Key_Return, held=CTRL)
    steps = day.checking.today().steps
    assert seen == [step.step for step in steps]
    made = {one.step: (one.decision, one.comment) for one in day.checking.today().decisions}
    acts = {step.step for step in steps if step.verdict is Verdict.ACT}
    assert acts
    assert made == {step.step: (step.verdict, COMMENT if step.step in acts else "") for step in steps}
    assert page.sign.button.hasFocus()
    keys.press(Key.Key_Space)
    check = day.checking.today()
    assert check.maker is not None
    assert check.maker.who == day.user
    assert check.status is (Status.WITH_CHECKER if check.needs_checker else Status.SIGNED)
    assert page.steps.table.hasFocus(), "the day is read on from its steps"


def _report(window: Window, keys: Keyboard, day: Program, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The signed day leaves the program twice: Ctrl+E writes it as PDF, the button reached by Tab as a workbook."""
    page = window.pages["check"]
    places = iter((folder / "day.pdf", folder / "day.xlsx"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(next(places)), ""))
    keys.press(Key.Key_E, held=CTRL)
    today = day.checking.business_date()
    text = " ".join("".join(pages(folder / "day.pdf")).split())
    assert f"For {formats.weekday(today)}" in text
    assert "Signed on" in text or "waits for" in text, "the check in it is today's, as it was signed"
    keys.tab_to(page.report, Key.Key_Backtab)
    keys.press(Key.Key_Space)
    workbook = openpyxl.load_workbook(folder / "day.xlsx", read_only=True)
    assert any("Daily check" in name for name in workbook.sheetnames), workbook.sheetnames
    workbook.close()
    assert window.messages.isVisible()


def _make_and_export(
    window: Window, keys: Keyboard, day: Program, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.go_to("reviews")
    assert window.current == "reviews"
    page = window.pages["reviews"]
    assert page.header.badge.word == f"Book v{day.importing.history()[0].id} is newer"
    keys.tab_to(page.make_button)
    keys.press(Key.Key_Space)
    assert not page.header.badge.isVisible()
    made = day.reviewing.lists()[0]
    assert made.making is not None
    assert made.making.reporting_date == MONDAY
    place = folder / "lists.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    keys.press(Key.Key_E, held=CTRL)
    assert any(name.startswith("L1") for name in openpyxl.load_workbook(place).sheetnames)
