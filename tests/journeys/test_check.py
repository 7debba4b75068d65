"""An officer works through the daily check by keyboard, signs it, and a second person counter-signs."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from app import bootstrap
from app.bootstrap import Program
from app.series.catalogue import SERIES
from app.series.series import Batch
from app.storage import observations
from app.storage.observations import Fetch
from app.storage.persons import Role
from app.wording import formats
from exposures.check import Status
from exposures.checking import Verdict
from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.check.page import CheckPage
from ui.pictures import settle

#: The clock of the tests stands at 08:31 of this Tuesday in Shanghai.
TUESDAY = date(2026, 5, 26)
CTRL = Qt.KeyboardModifier.ControlModifier


def _page(window) -> CheckPage:
    return window.pages["check"]


@pytest.fixture
def own_sample(sample_root: Path, tmp_path: Path) -> Iterator[Program]:
    """A sample workspace that a test may change, with a check of its day."""
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample", user="li") as program:
        program.staffing.add("li", "Chen Li", Role.ADMINISTRATOR)
        program.staffing.add("wu", "Wu Fang", Role.APPROVER)
        program.checking.run(program.checking.business_date())
        yield program


def _keys(qtbot, page: CheckPage, key: Qt.Key, comment: str = "") -> None:
    page.steps.table.setFocus()
    qtbot.keyClick(page.steps.table, key)
    if comment:
        page.decision.comment.setPlainText(comment)
    qtbot.keyClick(page.steps.table, Qt.Key.Key_Return, CTRL)


def _primaries(page: CheckPage) -> list[str]:
    """The words of every primary button in sight."""
    return [one.text() for one in page.findChildren(QPushButton) if one.property("k") == "primary" and one.isVisible()]


def _decide_all(program: Program, day: date) -> None:
    for step in program.checking.check(day).undecided:
        program.checking.decide(day, step, Verdict.FINE, "seen")


def test_an_empty_workspace_offers_to_run_the_check(open_window, program, qtbot):
    window = open_window(page="check")
    page = _page(window)
    assert page.evidence.content.isHidden()
    assert page.decision.isHidden()
    page.evidence.run_wanted.emit()
    settle(window)
    check = program.checking.check(TUESDAY)
    assert not check.late
    assert page.header.badge.word == "In progress"
    assert window.navigation.items["check"]._count.text() == "0/7"
    assert page.steps.table.rows.rowCount() == 7


def test_before_its_hour_and_on_a_holiday_the_page_says_why_there_is_none(open_window, clock):
    clock.now = datetime(2026, 5, 25, 23, 0, tzinfo=UTC)  # Tuesday, 07:00 in Shanghai
    window = open_window(page="check")
    page = _page(window)
    assert "Not due yet" in page.evidence._empty._title.text()
    clock.now = datetime(2026, 5, 24, 2, 0, tzinfo=UTC)  # a Sunday
    page.refresh(None)
    settle(window)
    assert "The bank is shut" in page.evidence._empty._title.text()


def test_every_step_is_decided_by_keyboard_and_signed(open_window, own_sample, qtbot):
    window = open_window(page="check", over=own_sample)
    page = _page(window)
    day = own_sample.checking.business_date()
    for place, step in enumerate(own_sample.checking.check(day).steps):
        assert page.steps.table.current == step.step
        key = {Verdict.FINE: Qt.Key.Key_1, Verdict.WATCH: Qt.Key.Key_2, Verdict.ACT: Qt.Key.Key_3}[step.verdict]
        _keys(qtbot, page, key, "started with the desk" if step.verdict is Verdict.ACT else "")
        settle(window)
        decided = own_sample.checking.check(day).decision(step.step)
        assert decided is not None
        assert (decided.decision, decided.who) == (step.verdict, "li")
        left = f"{place + 1}/7"
        assert window.navigation.items["check"]._count.text() == left
        assert len(_primaries(page)) == 1
    assert page.sign.button.hasFocus()
    assert _primaries(page) == ["Sign the check"]
    assert page.decision.button.text() == "Change the decision"
    qtbot.keyClick(page.sign.button, Qt.Key.Key_Space)
    settle(window)
    assert own_sample.checking.check(day).status is Status.SIGNED
    assert page.header.badge.word == "Signed"
    assert window.navigation.items["check"]._count.text() == ""
    assert not page.decision.button.isEnabled()
    assert page.decision._why.text() == "Signed: the page is frozen."


def test_a_decision_milder_than_the_program_needs_a_comment_and_a_second_person(open_window, own_sample, qtbot):
    window = open_window(page="check", over=own_sample)
    page = _page(window)
    day = own_sample.checking.business_date()
    page.steps.table.select("currencies")
    settle(window)
    page.steps.table.setFocus()
    qtbot.keyClick(page.steps.table, Qt.Key.Key_1)
    assert page.decision.choice.current == "fine"
    assert not page.decision.button.isEnabled()
    assert page.decision._why.text() == "Milder than the program suggests: say why."
    qtbot.keyClick(page.steps.table, Qt.Key.Key_Return, CTRL)
    assert page.decision.comment.hasFocus()  # it asks for what is missing
    assert own_sample.checking.check(day).decision("currencies") is None
    qtbot.keyClicks(page.decision.comment, "The lira is hedged")
    qtbot.keyClick(page.decision.comment, Qt.Key.Key_Return, CTRL)
    settle(window)
    _decide_all(own_sample, day)
    settle(window)
    page.sign.button.click()
    settle(window)
    assert own_sample.checking.check(day).status is Status.WITH_CHECKER
    assert page.sign._names[0].text() == "Maker: Chen Li"
    assert not page.sign.button.isEnabled()  # the maker cannot
    assert "Another person has to counter-sign: Chen Li decided and signed." in page.sign._why.text()


def test_the_second_person_sees_both_names(open_window, own_sample, tmp_path, qtbot):
    day = own_sample.checking.business_date()
    _decide_all(own_sample, day)
    own_sample.checking.sign(day)
    with bootstrap.open_program(tmp_path / "sample", user="wu") as checker:
        checker.unlocking.set_password("ebb and flow")
        window = open_window(page="check", over=checker)
        page = _page(window)
        assert page.sign.button.text() == "Counter-sign"
        page.sign.button.click()
        settle(window)
        assert page.sign._names[0].text() == "Maker: Chen Li"
        assert page.sign._names[1].text() == "Checker: Wu Fang"
        assert page.sign._states[1].text().startswith("Signed 26 May 2022")
        assert checker.checking.check(day).status is Status.SIGNED
        window.close()


def test_an_act_names_lists_and_owner_or_says_why(open_window, own_sample, qtbot):
    window = open_window(page="check", over=own_sample)
    page = _page(window)
    page.steps.table.select("currencies")
    settle(window)
    assert page.decision.choice.current == "act"
    assert not page.decision.button.isEnabled()
    page.decision.lists["L1"].setChecked(True)
    page.decision.owner.setCurrentText("Wu Fang")
    assert page.decision.button.isEnabled()
    page.decision.button.click()
    settle(window)
    decided = own_sample.checking.check(own_sample.checking.business_date()).decision("currencies")
    assert (decided.lists, decided.owner, decided.comment) == (("L1",), "Wu Fang", "")


def test_days_without_a_signature_are_listed_and_never_back_dated(open_window, program, clock, qtbot):
    clock.now = datetime(2026, 5, 21, 1, 0, tzinfo=UTC)
    program.checking.run(date(2026, 5, 21))
    clock.now = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)
    program.checking.run(TUESDAY)
    window = open_window(page="check")
    page = _page(window)
    missed = page.steps.missed
    # Thursday was run and not signed; nobody ran Friday's and Monday's.
    assert [missed.key(row) for row in range(missed.rows.rowCount())] == [date(2026, 5, day) for day in (25, 22, 21)]
    assert page.steps._missed_head.text() == "3 earlier days are not signed"
    missed.opened.emit(date(2026, 5, 22))
    settle(window)
    page.evidence.run_wanted.emit()
    settle(window)
    assert page.header.badge.word == "Not signed"
    assert page.header.scope.text() == f"Fri 22 May 2026, run {formats.dated_moment(clock.now)}"
    assert "never back-dated" in page.steps._run.text()
    _decide_all(program, date(2026, 5, 22))
    settle(window)
    assert page.sign._why.text() == "For 22 May 2026, signed on 26 May 2026: both dates are kept."
    page.sign.button.click()
    settle(window)
    assert page.header.scope.text() == f"Fri 22 May 2026, signed {formats.dated_moment(clock.now)}"
    signed = program.checking.check(date(2026, 5, 22))
    assert (signed.business_date, signed.maker.at) == (date(2026, 5, 22), clock.now)
    page._today.click()
    settle(window)
    assert page.steps._seen.day == TUESDAY


def test_late_evidence_opens_its_step_again_and_the_page_stays(open_window, program, clock, qtbot):
    program.checking.run(TUESDAY)
    _decide_all(program, TUESDAY)
    program.checking.sign(TUESDAY)
    window = open_window(page="check")
    page = _page(window)
    clock.advance(hours=2)
    with program.database.write() as connection:  # what had been out since the 21st arrives only now
        key = observations.log(connection, Fetch("officer", "WRESBAL", clock.now, "stored"))
        batch = Batch("WRESBAL", "officer", ((date(2026, 5, 20), 3_000_000.0),), SERIES["WRESBAL"].unit)
        observations.store(connection, batch, clock.now, key)
    assert program.checking.reexamine() == (TUESDAY,)
    settle(window)
    assert page.steps.table.rows.value(page.steps.table.rows.row_of("fed_liquidity"), "mark") == "now"
    page.steps.table.select("fed_liquidity")
    settle(window)
    assert "the signed page stays as it was" in page.evidence.note.text()
    assert page.decision.choice.isEnabled()
    page.decision.comment.setPlainText("It came late")
    page.decision.press()
    settle(window)
    page.sign.button.click()
    settle(window)
    check = program.checking.check(TUESDAY)
    assert check.addenda[0].maker is not None
    assert check.evidence("fed_liquidity") == check.snapshot.steps[1]  # the page as it was signed


def test_the_evidence_is_copied_with_its_lines_and_its_instant(open_window, own_sample, qtbot):
    window = open_window(page="check", over=own_sample)
    page = _page(window)
    page.steps.table.select("currencies")
    settle(window)
    rows = page.evidence.table.rows
    page.evidence.table.selectRow(
        [rows.value(row, "what") for row in range(rows.rowCount())].index("Turkish Lira, 5 obs.")
    )
    settle(window)
    assert page.evidence.chart.isVisible()
    assert [band.edge for band in page.evidence.chart.panes[0].bands] == [-3.0, -5.0]
    page.evidence.table.setFocus()
    qtbot.keyClick(page.evidence.table, Qt.Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert "Turkish Lira, 5 obs." in text
    assert "−3 % / −5 %" in text
    cut_off = own_sample.checking.check(own_sample.checking.business_date()).cut_off
    assert f"Known from: at the latest {formats.day(cut_off.date())} {cut_off:%H:%M} UTC" in text


def test_the_overview_leads_to_an_open_check(open_window, own_sample, qtbot):
    window = open_window(page="overview", over=own_sample)
    page = window.pages["overview"]
    assert page._check.isVisible()
    assert (page._check.property("k"), page._refresh.property("k")) == ("primary", "")
    page._check.click()
    settle(window)
    assert window.current == "check"
    _decide_all(own_sample, own_sample.checking.business_date())
    own_sample.checking.sign(own_sample.checking.business_date())
    window.open("overview")
    settle(window)


def test_nothing_is_cut_in_any_step(open_window, own_sample):
    window = open_window(page="check", over=own_sample)
    for look in every_look(window):
        page = _page(window)
        for step in page._seen.check.steps:
            page.steps.table.select(step.step)
            settle(window)
            assert cuts(window) == [], (step.step, look)
            assert wordless(window) == [], look
            assert page.verticalScrollBar().maximum() == 0
            assert page.horizontalScrollBar().maximum() == 0


def test_who_may_only_look_sees_why_the_check_is_not_theirs_to_sign(open_window, own_sample: Program):
    day = own_sample.checking.business_date()
    for step in own_sample.checking.check(day).steps:
        own_sample.checking.decide(day, step.step, step.verdict, "as suggested", ("L1",), "Chen Li")
    own_sample.staffing.add("head", "Head", Role.ADMINISTRATOR)
    own_sample.staffing.change_role(own_sample.user, Role.VIEWER)
    page = open_window(page="check", over=own_sample).pages["check"]
    assert not page.sign.button.isEnabled()
    assert page.sign._why.text() == "A viewer may not sign the check; it takes a role of officer."
