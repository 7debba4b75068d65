"""An officer brings a workbook in: sees what is wrong, decides, and can take it back."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QDate, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from app import bootstrap
from app.bootstrap import Program
from app.refusals import Refused
from app.services.importing import Ending
from app.services.sample.building import LEDGER_NAME
from app.storage.persons import Role
from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.importing.approval import ApprovalForm
from ui.pages.importing.controls import ControlsForm
from ui.pages.importing.match import MatchForm
from ui.pages.importing.page import CHECK, CHOOSE, DONE, MATCH, ImportPage
from ui.pictures import settle

DAY = date(2022, 5, 20)


@pytest.fixture(scope="session")
def ledger(sample_root: Path) -> Path:
    """The sample book's workbook with its planted faults, as the demonstration wrote it."""
    return next(sample_root.parent.rglob(LEDGER_NAME))


def _page(window) -> ImportPage:
    return window.pages["import"]


def _read(window, file: Path, day: date = DAY) -> ImportPage:
    page = _page(window)
    page.choose.day.setDate(QDate(day.year, day.month, day.day))
    page.choose.take(file)
    settle(window)
    return page


def test_a_dropped_workbook_is_checked_and_nothing_is_stored(open_window, program: Program, ledger: Path):
    window = open_window(page="import")
    page = _page(window)
    assert page.step == CHOOSE
    page.choose.day.setDate(QDate(2022, 5, 20))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(ledger))])
    copy, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.choose.place.dropEvent(QDropEvent(QPointF(5, 5), copy, data, button, none))
    settle(window)
    assert page.step == CHECK
    assert page.commit.text() == "Set aside 21 rows, import 484"
    assert page.issues.answer.text() == "24 problems. 21 rows cannot be imported as they are."
    assert page.reconciliation.answer.text() == "Yes, once the 21 rows set aside are counted."
    assert program.importing.history() == []


def test_every_problem_is_listed_gravest_first_and_can_be_narrowed(open_window, ledger, tmp_path):
    window = open_window(page="import")
    page = _read(window, ledger)
    rows = page.issues.table.rows
    levels = [rows.value(row, "level") for row in range(rows.rowCount())]
    assert levels == sorted(levels, key=["critical", "warning", "ok"].index)
    page.issues.level._buttons["error"].click()
    assert rows.rowCount() == levels.count("critical")
    page.issues.filter.setText("土尔其")
    page.issues.filter._filter()
    assert rows.rowCount() == 1
    assert rows.text(0, rows.columns[rows.place["suggestion"]]) == "Turkey (TR)"
    page.findings.write_to(tmp_path / "issues.xlsx")
    settle(window)
    sheet = openpyxl.load_workbook(tmp_path / "issues.xlsx").active
    assert any(cell.value == "土尔其" for row in sheet.iter_rows() for cell in row)


def test_commit_then_undo(open_window, program: Program, ledger, qtbot):
    window = open_window(page="import")
    page = _read(window, ledger)
    page.commit.click()
    settle(window)
    assert page.step == DONE
    (batch,) = program.importing.history()
    assert (batch.imported, batch.quarantined, batch.visible) == (484, 21, True)
    rows = page.history.table.rows
    assert (rows.value(0, "file"), rows.value(0, "lines"), rows.value(0, "undo")) == (LEDGER_NAME, 484, "Undo")
    window.commands.run("edit.undo")
    settle(window)
    assert not program.importing.history()[0].visible
    assert page.history.table.rows.value(0, "undo") is None


def test_the_same_file_again_doubles_nothing_and_another_needs_a_reason(open_window, program, ledger, tmp_path):
    program.importing.commit(ledger, DAY)
    window = open_window(page="import")
    page = _read(window, ledger)
    workbook = openpyxl.load_workbook(ledger)
    workbook.active["A1"] = "another title"
    other = tmp_path / "other.xlsx"
    workbook.save(other)
    page = _read(window, other)
    assert page.outcome.taken_by == 1
    assert not page.commit.isEnabled()
    page.reason.setText("Monday's mended version")
    assert page.commit.isEnabled()
    page.commit.click()
    settle(window)
    newest, first = program.importing.history()
    assert (newest.visible, newest.reason, first.visible) == (True, "Monday's mended version", False)


def test_a_file_that_is_none_is_refused_with_a_remedy_and_the_page_lives(open_window, program, tmp_path, ledger):
    window = open_window(page="import")
    picture = tmp_path / "picture.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    page = _read(window, picture)
    assert page.step == CHOOSE
    assert page.choose._error is not None
    assert page.choose._error.isVisible()
    assert page.choose._error._title.text()
    assert "This was refused" not in page.choose._error._title.text()
    assert _read(window, ledger).step == CHECK


def test_columns_that_the_headers_do_not_say_are_matched_by_hand(open_window, program, tmp_path):
    file = tmp_path / "book.csv"
    file.write_text("id,who,land,ccy,owed\nL1,Toros,TR,USD,100\nL2,Pampa,AR,USD,50\n", "utf-8")
    window = open_window(page="import")
    page = _read(window, file)
    assert page.step == MATCH
    assert page.outcome.ending is Ending.BLOCKED
    assert not page.commit.isEnabled()
    page.columns_card.edit.click()
    form = page.findChild(MatchForm)
    wanted = {
        "id": "line_id",
        "who": "counterparty_name",
        "land": "country",
        "ccy": "currency",
        "owed": "outstanding",
    }
    for header, field in wanted.items():
        form.fields[header].setCurrentIndex(form.fields[header].findData(field))
    form.name.setText("By hand")
    form.accept()
    settle(window)
    assert page.step == CHECK
    page.commit.click()
    settle(window)
    assert program.surveying.book().total() == 150
    assert "By hand" in program.importing.mappings()  # kept for the next time


def test_cancel_stores_nothing(open_window, program, ledger):
    window = open_window(page="import")
    page = _read(window, ledger)
    page.commit.click()
    page.progress.cancelled.emit()
    settle(window)
    assert program.importing.history() == []
    assert page.step == CHECK  # what was checked is still there
    assert page._task is None
    assert not page.working.isVisible()


def test_starting_over_while_a_file_is_read_hears_no_more_of_it(open_window, ledger, qtbot):
    """The outcome may be on its way already when the person turns to another file."""
    window = open_window(page="import")
    page = _page(window)
    page.choose.day.setDate(QDate(2022, 5, 20))
    page.choose.take(ledger)
    page._start_over()
    assert page._task is None
    assert not page.working.isVisible()
    settle(window)
    assert page.step == CHOOSE
    assert page.outcome is None
    assert _read(window, ledger).step == CHECK  # and the page reads on


def test_nothing_can_be_committed_while_the_file_is_read_again(open_window, ledger):
    window = open_window(page="import")
    page = _read(window, ledger)
    assert page.commit.isEnabled()
    page.again.click()
    assert not page.commit.isEnabled()
    settle(window)
    assert page.commit.isEnabled()


def test_nothing_is_cut(open_window, ledger):
    window = open_window(page="import")
    for look in every_look(window):
        assert cuts(_page(window)) == [], look
        page = _read(window, ledger)
        assert cuts(page) == [], look
        assert wordless(window) == [], look
        assert page.horizontalScrollBar().maximum() == 0


def test_a_problem_jumps_to_its_cell_in_the_sheet(open_window, ledger, qtbot):
    window = open_window(1366, 768, page="import")
    page = _read(window, ledger)
    assert not page.sheet.isVisible()
    wanted = next(place for place, issue in enumerate(page.issues._issues) if issue.value == "12,5OO")
    page.issues.table.link_opened.emit(wanted, "cell")
    settle(window)
    assert page.sheet.isVisible()
    assert not page.reconciliation.isVisible()
    table, issue = page.sheet.table, page.issues.issue(wanted)
    index = table.currentIndex()
    assert table.rows.text(index.row(), table.rows.columns[index.column()]) == "12,5OO"
    assert table.key(index.row()) == int(issue.cell[1:])
    assert table.visualRect(index).intersects(table.viewport().rect())
    assert page.sheet.answer.text() == f"{issue.cell}: Not a number."
    page.sheet.copy.click()
    assert QGuiApplication.clipboard().text() == f"'敞口'!{issue.cell}"
    assert cuts(page) == []
    page.sheet.close_link.click()
    assert page.reconciliation.isVisible()


def test_the_other_sheets_are_shown_with_what_is_wrong_in_them(open_window, tmp_path):
    """A rating that differs and a limit that cannot be read: each is looked at in its own sheet."""
    workbook = openpyxl.Workbook()
    assets = workbook.active
    assets.title = "Assets"
    lines = (["line id", "counterparty id", "counterparty", "country", "currency", "outstanding", "rating"],
             ["A1", "C1", "Ege", "TR", "USD", 5, "BB"])  # fmt: skip
    sheets = {
        "Ratings": (["counterparty id", "rating"], ["C1", "B+"]),
        "Limits": (["country", "limit", "currency"], ["TR", "much", "USD"]),
        "Claims": (["from", "to", "amount"], ["C1", "C2", 3]),
        "Notes": (["what", "why"], ["a", "b"]),
    }
    for row in lines:
        assets.append(row)
    for name, rows in sheets.items():
        made = workbook.create_sheet(name)
        for row in rows:
            made.append(row)
    workbook.save(tmp_path / "book.xlsx")
    window = open_window(1366, 768, page="import")
    page = _read(window, tmp_path / "book.xlsx")
    page.reconciliation.sheet.click()
    card = page.sheet
    told = [card.sheets.itemText(place) for place in range(card.sheets.count())]
    assert told == ["Assets", "Ratings (1)", "Limits (1)", "Claims (1)"]
    assert card.shown.sheet == "Assets"
    for sheet, text in (("Limits", "much"), ("Ratings", "B+")):
        place = next(place for place, one in enumerate(page.issues._issues) if one.sheet == sheet and one.cell)
        page.issues.table.link_opened.emit(place, "cell")
        settle(window)
        assert card.shown.sheet == sheet
        index = card.table.currentIndex()
        assert card.table.rows.text(index.row(), card.table.rows.columns[index.column()]) == text
        assert card.answer.text().startswith(f"{page.issues.issue(place).cell}: ")
    card.sheets.setCurrentIndex(3)
    settle(window)
    assert [row.cells for row in card.shown.rows] == [("C1", "C2", "3")]
    assert card.answer.text() == "The one row of the sheet."
    card.retranslate()
    assert card.shown.sheet == "Claims"  # what was chosen stays
    assert cuts(page) == []


def test_typed_control_totals_are_compared_and_can_forbid_the_import(open_window, program, tmp_path):
    """0.10 and 0.20 are 0.30, not 0.31; all or nothing then stores nothing."""
    file = tmp_path / "book.csv"
    file.write_text("Loan Number,Counterparty,Country,Currency,Outstanding\nL1,Toros,TR,USD,0.10\nL2,Ege,TR,USD,0.20\n")
    window = open_window(page="import")
    page = _read(window, file)

    def typed(total: str, *, whole: bool) -> None:
        page.reconciliation.controls.click()
        form = page.findChild(ControlsForm)
        form.lines[0][2].setText(total)
        form._whole.setChecked(whole)
        form.accept()
        settle(window)

    typed("0.31", whole=True)
    assert "0.31" in page.reconciliation.note.text()
    assert not page.commit.isEnabled()
    typed("0.30", whole=True)
    assert page.commit.isEnabled()
    assert cuts(page) == []
    page.commit.click()
    settle(window)
    assert program.surveying.book().total() == Decimal("0.30")


def test_a_second_person_is_asked_for_and_decides_in_the_window(open_window, program, tmp_path):
    file = tmp_path / "book.csv"
    file.write_text("Loan Number,Counterparty,Country,Currency,Outstanding\nL1,Toros,TR,USD,100\n")
    window = open_window(page="import")
    page = _page(window)
    page.history.approval.click()
    settle(window)
    assert not page.history.approval.isChecked()  # there is nobody else
    assert page.history._error.isVisible()
    program.staffing.add("wang", "Wang", Role.APPROVER)
    page.history.approval.click()
    settle(window)
    assert page.history.approval.isChecked()
    page = _read(window, file)
    page.commit.click()
    settle(window)
    with pytest.raises(Refused, match=r"book\.none"):
        program.surveying.book()
    page.history.table.link_opened.emit(1, "undo")
    form = page.findChild(ApprovalForm)
    assert not form.yes.isEnabled()  # who brought it in
    form.reject()
    with bootstrap.open_program(program.workspace.root, clock=program.clock, user="wang") as second:
        second.unlocking.set_password("ebb and flow")
        other = open_window(page="import", over=second)
        page = _page(other)
        page.history.table.link_opened.emit(1, "undo")
        form = page.findChild(ApprovalForm)
        form.back.click()
        assert form.isVisible()  # to return it needs a reason
        form.yes.click()
        settle(other)
        assert second.surveying.book().total() == 100
        other.close()


def test_an_empty_book_is_written_and_never_over_another(open_window, tmp_path):
    window = open_window(page="import")
    page = _page(window)
    page.empty_book.write_to(tmp_path / "book.xlsx")
    settle(window)
    assert openpyxl.load_workbook(tmp_path / "book.xlsx").worksheets[0]["A1"].value
    (tmp_path / "mine.xlsx").write_bytes(b"mine")
    page.empty_book.write_to(tmp_path / "mine.xlsx")
    settle(window)
    assert page.choose._error.isVisible()
    assert (tmp_path / "mine.xlsx").read_bytes() == b"mine"


def test_what_the_file_does_not_say_is_said_beside_its_columns(open_window, program, tmp_path):
    """1.5 and 2 in units of 10,000, all of them dollars: 35,000."""
    file = tmp_path / "book.csv"
    file.write_text("Loan Number,Counterparty,Country,Outstanding\nL1,Toros,TR,1.5\nL2,Pampa,AR,2\n", "utf-8")
    window = open_window(page="import")
    page = _read(window, file)
    assert not page.commit.isEnabled()  # no line has a currency
    page.columns_card.edit.click()
    form = page.findChild(MatchForm)
    assert form.units["Outstanding"].isVisible()
    assert not form.units["Country"].isVisible()
    form.units["Outstanding"].setCurrentIndex(form.units["Outstanding"].findData("10000"))
    form.currency.setCurrentIndex(form.currency.findData("USD"))
    assert cuts(form) == []
    form.accept()
    settle(window)
    assert (page.outcome.imported, page.outcome.mapping.constants["currency"]) == (2, "USD")
    page.commit.click()
    settle(window)
    assert program.surveying.book().total() == 35_000
