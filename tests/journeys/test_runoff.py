"""What if the Fed runs off for another year: assumptions, months, scenarios, the proof, how it works, maturities."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame

from app.bootstrap import Program
from app.liquidity import scenariofile
from app.liquidity.scenario import Override, Scenario
from app.services.sample.holdings import holdings as sample_holdings
from app.storage import holdings
from tests.ui.cuts import cuts, every_look
from ui.pages.runoff.months import MonthForm
from ui.pages.runoff.page import VIEWS, RunoffPage
from ui.pages.runoff.scenarios import NameForm
from ui.pictures import settle

#: What a simulation needs; the other published files would only take time.
NEEDED = ("WALCL", "TREAST", "WSHOMCB", "WRESBAL", "GDP")


@pytest.fixture
def real(program: Program, shared_data: Path, tmp_path: Path) -> Program:
    """A workspace with the real published files of the simulated lines taken in."""
    chosen = tmp_path / "published"
    chosen.mkdir()
    for name in NEEDED:
        shutil.copy(shared_data / "fred" / f"{name}.csv", chosen)
    for folder in (chosen, shared_data / "ddp"):
        assert not program.refreshing.take_in(folder).failed
    return program


def _page(window) -> RunoffPage:
    return window.pages["runoff"]


def _start(window, page: RunoffPage, day: date) -> None:
    page.inputs.start._pick(day)
    settle(window)


def test_the_second_run_off_from_its_announcement(open_window, real, qtbot, tmp_path):
    window = open_window(page="runoff", over=real)
    page = _page(window)
    _start(window, page, date(2022, 5, 18))
    course = page.shown.course
    assert course.simulation.closes
    assert page.inputs.treasury_cap.amount() == 30  # June 2022, as published
    assert not page.inputs.treasury_cap.isEnabled()
    assert "no maturity ladder" in page.header.scope.text()
    assert page.result.note.text().startswith("No maturity ladder")
    bills = any(month.redeemed_bills for month in course.simulation.months)
    assert ("redeemed at maturity" in page.months.note.text()) is bills
    # The course is drawn after the past, with a fan from the back-tests and the floor beside it.
    (pane,) = page.result.chart.panes
    reserves = next(line for line in pane.lines if line.name == "Reserves")
    assert pane.data_to == date(2022, 5, 18)
    assert reserves.dates[-1].item() == date(2023, 11, 30)
    low, high = reserves.fan
    assert low[-1] < reserves.values[-1] < high[-1]
    assert low[0] == reserves.values[0]
    error = page.proof._proof.fan.percent[18] / 100 * course.simulation.months[-1].position.total_assets / 1e9
    assert high[-1] - reserves.values[-1] == pytest.approx(error)
    assert {line.name for line in pane.lines} >= {"Treasury account", "ON RRP", "Ample floor"}
    # Own caps: a run-off of nothing.
    qtbot.mouseClick(page.inputs.terms._buttons["own"], Qt.MouseButton.LeftButton)
    for box in (page.inputs.treasury_cap, page.inputs.agency_cap):
        box.setValue(0)
    settle(window)
    assert page.months.answer.text() == "Nothing runs off in 18 months: everything that matures is rolled over."
    place = tmp_path / "run-off.xlsx"
    page.export_to(place)
    settle(window)
    written = openpyxl.load_workbook(place)
    assert written.sheetnames == ["Months", "QT1", "QT2"]


def test_percent_of_gdp_and_the_notes(open_window, real, qtbot):
    window = open_window(page="runoff", over=real)
    page = _page(window)
    _start(window, page, date(2022, 5, 18))
    qtbot.mouseClick(page.result.unit._buttons["gdp"], Qt.MouseButton.LeftButton)
    floor = next(line for line in page.result.chart.panes[0].lines if line.name == "Ample floor")
    assert floor.values == pytest.approx([9] * len(floor.values), abs=0.15)  # 9 % of GDP, months against days
    qtbot.mouseClick(page.result.notes, Qt.MouseButton.LeftButton)
    popup = next(frame for frame in page.result.findChildren(QFrame) if frame.isWindow() and frame.isVisible())
    popup.close()


def test_a_scenario_stays_what_it_is_while_nobody_changes_it(open_window, real, tmp_path):
    """Published terms beside own ones, and amounts finer than they are shown."""
    file = tmp_path / "fine.toml"
    file.write_text(
        "[caps]\ntreasury = 12.345\nagency_excess_into = 'bills'\n[monthly_change]\nnotes = 4.125\n", "utf-8"
    )
    window = open_window(page="runoff", over=real)
    page = _page(window)
    page.open_file(file)
    settle(window)
    assert page.inputs.scenario == scenariofile.read(file.read_text("utf-8"))
    assert (page.inputs.scenario.agency_cap, page.inputs.scenario.bills_fill) == (None, None)
    assert page.inputs.agency_cap.text() == "publ."
    page.inputs.agency_cap.setValue(20)
    settle(window)
    assert page.inputs.scenario.agency_cap == 20
    assert page.inputs.scenario.treasury_cap == Decimal("12.345")


def test_shares_that_do_not_add_up_are_told_and_not_simulated(open_window, real):
    window = open_window(page="runoff", over=real)
    page = _page(window)
    before = page.shown
    page.inputs.shares[0].setValue(50)
    settle(window)
    assert page.inputs._total.text() == "90 %, not 100 %"
    assert page.shown is before
    assert not page.inputs.save_button.isEnabled()
    page.inputs.shares[1].setValue(40)
    settle(window)
    assert page.shown is not before


def test_a_month_of_its_own_and_back(open_window, real):
    window = open_window(page="runoff", over=real)
    page = _page(window)
    _start(window, page, date(2022, 5, 18))
    page.months.edit_wanted.emit(date(2022, 9, 1))
    (form,) = page.findChildren(MonthForm)
    assert not form.same_button.isEnabled()
    form.treasury_cap.setValue(5)
    form.shares[0].setValue(10)
    form.done_button.click()
    assert form.result() != QDialog.DialogCode.Accepted  # 10 + 30 + 10 is no whole
    form.shares[0].setValue(60)
    form.done_button.click()
    settle(window)
    months = {month.month: month for month in page.shown.course.simulation.months}
    assert months[date(2022, 9, 1)].treasury_cap == 5 * 10**9
    assert months[date(2022, 10, 1)].treasury_cap == 60 * 10**9
    # What was not touched follows the other months.
    assert page.inputs.scenario.months == {date(2022, 9, 1): Override(treasury_cap=Decimal(5))}
    page.months.table.select(date(2022, 9, 1))
    page.months.edit.click()
    form = next(one for one in page.findChildren(MonthForm) if one.isVisible())
    form.same_button.click()
    settle(window)
    assert page.inputs.scenario.months == {}


def test_scenarios_are_saved_compared_used_and_taken_away(open_window, real, tmp_path):
    real.simulating.save(Scenario(treasury_cap=Decimal(0), agency_cap=Decimal(0)), "Nothing")
    window = open_window(page="runoff", over=real)
    page = _page(window)
    _start(window, page, date(2022, 5, 18))
    page.inputs.save_button.click()
    (form,) = page.findChildren(NameForm)
    assert not form.done_button.isEnabled()
    form.name.setText("As published")
    form.done_button.click()
    settle(window)
    page.show_target(view="scenarios")
    assert list(page.scenarios.table.rows.keys) == ["As published", "Nothing"]
    assert page.scenarios.answer.text()
    assert page.header.scope.text().startswith("As published, from")
    page.scenarios.table.select("Nothing")
    page.scenarios.load.click()
    settle(window)
    assert page.view.current == "simulator"
    assert page.inputs.scenario.treasury_cap == 0
    page.show_target(view="scenarios")
    page.scenarios.table.select("Nothing")
    page.keep_file(tmp_path / "nothing.toml", "Nothing")
    page.scenarios.remove.click()
    settle(window)
    assert [one.scenario.name for one in real.simulating.scenarios()] == ["As published"]
    page.inputs.reset_button.click()
    page.open_file(tmp_path / "nothing.toml")
    settle(window)
    assert page.inputs.scenario.treasury_cap == 0
    assert page.inputs.scenario.name == "Nothing"


def test_how_it_works_for_each_who_pays(open_window, program, qtbot):
    window = open_window(page="runoff", over=program)
    page = _page(window)
    page.show_target(view="account")
    account = page.account
    assert [stage.sums for stage in account.stages] == [("1,000", "1,000"), ("1,000", "1,000"), ("990", "990")]
    account.alone[next(c for c in account.alone if c.value == "money-funds")].click()
    settle(window)
    assert "ON RRP" in account.answer.text()
    assert "stand for it" in account._remark.text()
    assert "total leverage exposure" in account._remark.text()  # erratum 5
    account.amount.setValue(5000)  # more than there is
    settle(window)
    assert not account._error.isHidden()
    account.amount.setValue(20)
    settle(window)
    assert account._error.isHidden()
    assert account.stages[2].sums == ("980", "980")


def test_maturities_with_and_without_holdings(open_window, program):
    window = open_window(page="runoff", over=program)
    page = _page(window)
    page.show_target(view="maturities")
    assert page.maturities.content.isHidden()
    with program.database.write() as connection:
        holdings.store(connection, sample_holdings(), program.clock())
    page.refresh()
    settle(window)
    assert page.maturities.answer.text().startswith("22.3 % of the Treasuries")
    shares = page.maturities.shares.rows
    assert [shares.text(row, shares.columns[shares.place["share"]]) for row in range(4)] == [
        "22.3", "37.5", "17.7", "22.5",
    ]  # fmt: skip


def test_an_empty_workspace_says_how_the_figures_get_here(open_window):
    page = _page(open_window(page="runoff"))
    assert page.result.content.isHidden()
    assert not page.export_button.isEnabled()
    assert page.proof.answer.text().startswith("Not known")


def test_nothing_is_cut(open_window, sample):
    window = open_window(page="runoff", over=sample)
    for look in every_look(window):
        for view in VIEWS:
            _page(window).show_target(view=view)
            settle(window)
            assert cuts(window) == [], look
