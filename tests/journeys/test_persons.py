"""Persons: written down, given another role, away with a deputy, gone; passwords set, reset and counted down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app import bootstrap
from app.bootstrap import Program
from app.storage.outbox import Reader
from app.storage.persons import Role
from tests.conftest import Clock
from tests.journeys.hands import Keyboard
from tests.ui.cuts import cuts, every_look, wordless
from ui.dialogs.password import PasswordDialog
from ui.pages.persons.page import PersonsPage
from ui.pictures import settle
from ui.window import Window


def page_of(window: Window) -> PersonsPage:
    return window.pages["persons"]


@pytest.fixture
def two(tmp_path: Path, clock: Clock) -> Iterator[tuple[Program, Program]]:
    """Li, who administers, and Wu Fang, who approves, over one workspace."""
    with bootstrap.open_program(tmp_path / "w", clock=clock, user="li") as li:
        li.staffing.add("wu", "Wu Fang", Role.APPROVER)
        with bootstrap.open_program(tmp_path / "w", clock=clock, user="wu") as wu:
            yield li, wu


def test_a_desk_of_one_is_told_what_a_second_person_is_for(open_window, program):
    window = open_window(page="persons")
    page = page_of(window)
    assert page.staff._empty._title.text() == "You work here alone"
    assert "A second person confirms review decisions" in page.staff._empty._text.text()
    assert page.away._empty._title.text() == "Nobody could stand in"
    page.staff._empty.findChild(QPushButton).click()
    form = page.form
    assert "You are written down too" in " ".join(one.text() for one in form.findChildren(type(form.fault)))
    form.name.setText("Wu Fang")
    form.save.click()
    settle(window)
    assert "1 to 128 characters" in form.fault.text()  # said where it was typed, which stays
    form.account.setText("wu")
    form.roles.setCurrentIndex(form.roles.findData("approver"))
    assert "second step" in form.roles.about.text()
    form.save.click()
    settle(window)
    assert [one.person.id for one in program.staffing.staff().members] == sorted([program.staffing.acting().id, "wu"])
    assert page.staff.answer.text().startswith("2 of 2 persons who may approve have no password yet")
    assert page.staff.content.isVisible()
    assert window.messages._done._text.text() == "Wu Fang: approver"


def test_roles_change_and_somebody_leaves_and_is_taken_back(open_window, two):
    li, wu = two
    window = open_window(page="persons", over=li)
    page = page_of(window)
    page.staff.table.select("wu")
    page.staff.role.click()
    page.form.roles.setCurrentIndex(0)
    page.form.save.click()
    settle(window)
    assert wu.staffing.acting().role is Role.VIEWER
    page.staff.table.select("wu")
    page.staff.leave.click()
    assert page.form.focusWidget() is page.form.leave  # the harmless one
    page.form.save.click()
    settle(window)
    assert wu.staffing.acting().left is not None
    page.staff.table.select("wu")
    assert page.staff.leave.text() == "Take back"
    assert not page.staff.role.isEnabled()
    window.messages.undo()
    settle(window)
    assert wu.staffing.acting().left is None
    page.staff.table.select("li")
    page.staff.leave.click()
    page.form.save.click()
    settle(window)
    assert page.form.fault.text().startswith("li is the only administrator.")


def test_an_officer_is_away_and_comes_back(open_window, two, clock):
    li, _wu = two
    li.staffing.add("sun", "Sun Yi", Role.OFFICER)
    with bootstrap.open_program(li.workspace.root, clock=clock, user="sun") as sun:
        window = open_window(page="persons", over=sun)
        page = page_of(window)
        assert not page.add_button.isEnabled()
        assert "may not write somebody down" in page.add_button.toolTip()
        page.away.away.click()
        form = page.form
        assert [form.person.itemText(place) for place in range(form.person.count())] == ["Sun Yi"]  # oneself only
        form.deputy.setCurrentIndex(form.deputy.findData("wu"))
        form.first.setDate(QDate(2026, 5, 26))
        form.last.setDate(QDate(2026, 5, 28))
        form.save.click()
        settle(window)
        (absence,) = sun.working.absences()
        assert (absence.person, absence.deputy, absence.last.day) == ("sun", "wu", 28)
        assert page.away.answer.text() == "1 person is away today."
        assert window.messages._done._text.text() == (
            "Sun Yi is away from 26 May 2026 to 28 May 2026; Wu Fang stands in."
        )
        page.away.withdraw.click()
        settle(window)
        assert sun.working.absences() == ()
        assert page.away.answer.text() == "Nobody is away today."


def test_by_the_command_box(open_window, two):
    li, wu = two
    window = open_window(page="overview", over=li)
    window.commands.run("persons.away")
    settle(window)
    assert (window.current, page_of(window).form.objectName()) == ("persons", "away")
    page_of(window).form.reject()
    window.commands.run("persons.add")
    settle(window)
    assert page_of(window).form.objectName() == "person"
    page_of(window).form.reject()
    other = open_window(page="overview", over=wu)
    other.commands.run("persons.add")
    assert "may not write somebody down" in other.messages._error._title.text()
    assert other.current == "overview"
    menu = other.top.menus["file"]
    assert menu.toolTipsVisible(), "a menu with something grey says why"


def test_a_lesser_deputy_is_told_before_it_matters(open_window, two):
    li, _wu = two
    li.staffing.add("sun", "Sun Yi", Role.OFFICER)
    li.subscribing.set_reader(Reader("li", "li@bank.example"))
    window = open_window(page="persons", over=li)
    page = page_of(window)
    page.staff.table.select("wu")
    page.away.away.click()
    form = page.form
    assert form.person.currentData() == "wu"  # whose row is chosen
    assert form.deputy.currentData() == "li"  # who may do as much is proposed
    form.deputy.setCurrentIndex(form.deputy.findData("sun"))
    assert form.about.text() == (
        "Sun Yi is officer and may not do all that Wu Fang may."
        " Sun Yi has no mail address: what is told by mail stands in the inbox only."
    )
    form.deputy.setCurrentIndex(form.deputy.findData("li"))
    assert form.about.text() == ""
    form.reject()


def test_a_reset_password_is_shown_once_and_changed_at_the_next_approval(open_window, two, clock):
    li, wu = two
    wu.unlocking.set_password("ebb and flow")
    window = open_window(page="persons", over=li)
    page = page_of(window)
    page.staff.table.select("wu")
    page.staff.reset.click()
    form = page.form
    form.save.click()
    settle(window)
    given = form.given.text()
    assert len(given) == 19
    assert cuts(form) == []
    form.copy.click()
    assert QApplication.clipboard().text() == given
    form.save.click()
    assert page.form is None
    made = li.levelling.propose("TR", "high", "reserves fell")
    other = open_window(page="persons", over=wu)
    page = page_of(other)
    assert page.approvals.answer.text().startswith("Your password was reset")
    done: list[object] = []
    page.ask(lambda _job: wu.levelling.decide(made.id, True), done.append)
    settle(other)
    dialog = other.findChild(PasswordDialog)
    assert dialog.old.accessibleName() == "Password for one use"
    dialog.old.setText(given)
    dialog.first.setText("high water")
    dialog.again.setText("high water")
    dialog.done_button.click()
    settle(other)
    assert len(done) == 1, "what was refused is done once the password is the person's own"
    page.refresh()
    settle(other)
    assert page.approvals.answer.text().startswith("You said your password: it counts until")
    assert page.approvals.lock.isEnabled()
    clock.advance(minutes=16)
    other.top._tell_time()
    assert other.top._role.toolTip().startswith("The next approval asks for your password")
    page.refresh()
    settle(other)
    assert not page.approvals.lock.isEnabled()


def test_how_approvals_ask_is_the_administrators(open_window, two):
    li, wu = two
    window = open_window(page="persons", over=li)
    page = page_of(window)
    assert not page.approvals.save.isEnabled()
    page.approvals.minutes.setValue(5)
    page.approvals.asks.setChecked(False)
    page.approvals.save.click()
    settle(window)
    state = li.unlocking.state()
    assert (state.asking.value, state.idle_minutes) == ("off", 5)
    other = open_window(page="persons", over=wu)
    page = page_of(other)
    for part in (page.approvals.asks, page.approvals.minutes, page.approvals.save, page.staff.reset):
        assert not part.isEnabled()
        assert part.toolTip().endswith("it takes a role of administrator.")
        assert part.accessibleDescription() == part.toolTip()


def test_by_keyboard_alone(open_window, two):
    li, _wu = two
    window = open_window(1366, 768, page="persons", over=li)
    keys, page = Keyboard(window), page_of(window)
    keys.go_to("persons")
    keys.choose(page.staff.table, "wu")
    keys.push(page.away.away)
    form = page.form
    keys.pick(form.deputy, 0)
    keys.push(form.save)
    assert [one.person for one in li.working.absences()] == ["wu"]
    keys.push(page.away.withdraw)
    assert li.working.absences() == ()
    keys.push(page.add_button)
    keys.press(Qt.Key.Key_Escape)
    assert page.form is None


def test_no_text_is_cut(open_window, sample):
    window = open_window(page="persons", over=sample)
    page = page_of(window)
    for look in every_look(window):
        assert cuts(window) == [], look
        assert wordless(window) == [], look
        for opens in (page.add_person, page.ask_away):
            opens()
            settle(window)
            assert cuts(page.form) == [], look
            page.form.reject()


def test_no_text_of_the_empty_page_is_cut(open_window, program):
    window = open_window(page="persons")
    for look in every_look(window):
        assert cuts(window) == [], look
