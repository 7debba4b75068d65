"""An officer arranges the lines of the book: groups, orders, selects, saves the view, and the totals stay exact."""

import csv
import tempfile
from decimal import Decimal
from pathlib import Path
from threading import Event

import numpy as np
import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication

from app.bootstrap import Program
from app.jobs import Job
from app.refusals import Refused
from exposures.book import Basis, Measure
from tests.exposures.lines import book, line
from tests.ui.cuts import cuts
from ui.pages.exposures import page as page_module
from ui.pages.exposures.book_lines import Sum, fetch_lines
from ui.pages.exposures.columns import words
from ui.pages.exposures.groups import UNSAID
from ui.pages.exposures.page import ExposuresPage
from ui.pages.exposures.survey import Choice
from ui.pages.exposures.totals import totals_text
from ui.pages.exposures.views import NameForm
from ui.pictures import settle
from ui.tables.arranging import listed
from ui.tables.long import Arrangement
from ui.tables.streaming import Stream

D = Decimal
MIXED = (
    line("1", "TR", outstanding="10.25", undrawn=1, counterparty_id="a", counterparty_name="Ege"),
    line("2", "TR", "EUR", outstanding=10, counterparty_id="a", counterparty_name="Ege"),
    line("3", "AR", "TRY", outstanding=99, counterparty_id="b"),
    line("4", None, outstanding=5),
)


def lines_of(**choice):
    made = book(*MIXED, rates={"EUR": D("0.8")})
    return fetch_lines(made, Choice(basis=Basis.IMMEDIATE, **choice), Job())


def test_totals_are_exact_and_say_what_has_no_rate():
    """10.25 + 5 dollars, 10 euros at 0.8 for a dollar are 12.50; liras have no rate."""
    lines = lines_of()
    assert lines.added() == Sum(4, D("27.75"), D(1), 1)
    assert list(lines.keys[lines.order]) == [1, 0, 3, 2]  # the largest first, those without a rate last
    assert lines.added(lines.order[1:2]) == Sum(1, D("10.25"), D(1))


def test_guarantees_derivatives_interest_and_what_is_pending_are_in_the_lines_and_their_totals():
    """The cells of a row add up to its total, 10 + 2 + 7 + (9 − 4 netted) + 3 = 27, and so do the lines behind it."""
    net = {"netting_set": "N", "netting_enforceable": True, "counterparty_id": "a", "instrument": "derivative"}
    made = book(
        line("1", "TR", outstanding=10, accrued_interest=2, undrawn=3, pending=20),
        line("2", "TR", contingent=7, instrument="guarantee"),
        line("3", "TR", market_exposure=9, **net),
        line("4", "TR", market_exposure=-4, **net),
    )
    lines = fetch_lines(made, Choice(country="TR", basis=Basis.GUARANTOR), Job())
    total = lines.added()
    assert total == Sum(4, D(12), D(3), 0, D(12), D(20))
    assert total.drawn + total.undrawn + total.beside == made.matrix().row_totals["TR"] == 27
    assert not lines.arrays["part"].any()
    assert totals_text(total, several=False).split("   ")[2:] == ["Other exposure 0.0", "Pending 0.0"]
    for column, (drawn, beside) in {"loan": (12, 0), "guarantee": (0, 7), "derivative": (0, 5)}.items():
        cell = fetch_lines(made, Choice(country="TR", column=column, basis=Basis.IMMEDIATE), Job()).added()
        assert (cell.drawn, cell.beside) == (drawn, beside)
        assert made.matrix().cells["TR", column] == drawn + beside


def test_groups_add_up_to_the_whole_and_have_a_row_for_what_is_not_stated():
    lines = lines_of()
    found = lines.grouped("counterparty")
    assert found == {"a": Sum(2, D("22.75"), D(1)), None: Sum(1, D(5), D(0)), "b": Sum(1, D(0), D(0), 1)}
    assert list(found) == ["a", None, "b"]
    assert lines.within("counterparty", None).tolist() == [False, False, False, True]
    assert lines.grouped("country", lines.within("counterparty", "a").nonzero()[0]) == {"TR": Sum(2, D("22.75"), D(1))}


def test_a_cell_has_its_own_lines():
    turkish = lines_of(country="TR")
    assert list(turkish.keys[turkish.order]) == [1, 0]
    assert list(lines_of(country="TR", column="undrawn").keys) == [0]


def test_a_renewal_names_the_line_that_it_replaces():
    """The column is made for every book, and is not shown where no line says anything in it."""
    renewal = line("5", "TR", pending=3, replaces_line_id="1", counterparty_id="a")
    made = fetch_lines(book(*MIXED[:1], renewal), Choice(basis=Basis.IMMEDIATE), Job())
    assert listed(words(made, {})["replaces"], np.arange(2)) == [None, "1"]
    assert listed(words(lines_of(), {})["replaces"], np.arange(4)) == [None] * 4


@pytest.fixture
def page(open_window, sample: Program):
    window = open_window(page="exposures", over=sample)
    return window.pages["exposures"]


def test_lines_are_grouped_and_a_group_is_opened(page, sample):
    card, whole = page.lines, sample.surveying.book()
    card.group.setCurrentIndex(card.group.findData("country"))
    card.group.activated.emit(card.group.currentIndex())
    settle(page.window())
    rows = card.groups.rows
    assert card.groups.isVisible()
    assert not card.table.isVisible()
    assert sum(rows.value(row, "lines") for row in range(rows.rowCount())) == len(whole.claims)
    assert UNSAID not in rows.keys
    assert rows.keys[0] == "TR"
    card.groups.opened.emit("TR")
    settle(page.window())
    assert card.table.isVisible()
    assert card.question.text().startswith("Turkey: ")
    assert card.table.rows.rowCount() == rows.value(0, "lines")
    card.leave_group.click()
    settle(page.window())
    assert card.groups.isVisible()
    assert card.table.rows.rowCount() == len(whole.claims)


def test_what_is_selected_is_added_up(page):
    table = page.lines.table
    mode = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (0, 2):
        table.selectionModel().select(table.rows.index(row, 0), mode)
    drawn = table.rows.value(0, "drawn") + table.rows.value(2, "drawn")
    assert page.lines._totals.text().startswith(f"2 selected   Drawn {drawn:,.1f}   ")
    table.clearSelection()
    assert page.lines._totals.text().startswith("Drawn ")


def test_a_view_is_saved_shown_and_deleted(page, qtbot):
    card = page.lines
    card.filter.setText("loan")
    card.table.arrange(Arrangement(frozenset({"entity"}), (("maturity", False), ("drawn", True))))
    card._name_view()
    form = card.findChild(NameForm)
    assert not form.done_button.isEnabled()
    qtbot.keyClicks(form.field, "Soon due")
    form.done_button.click()
    settle(page.window())
    card.filter.setText("")
    card.table.start_over()
    card.group.setCurrentIndex(1)
    menu = card.views_menu()
    menu.actions()[0].trigger()
    assert card.filter.text() == "loan"
    assert card.table.arrangement == Arrangement(frozenset({"entity"}), (("maturity", False), ("drawn", True)))
    assert card.group.currentData() == ""
    assert menu.actions()[0].text() == "Soon due"
    menu.actions()[-1].menu().actions()[0].trigger()
    assert card.views.all() == []
    menu.deleteLater()
    QApplication.processEvents()


def test_very_many_lines_are_exported_row_by_row_as_they_are_shown(page, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.pages.exposures.page.FINISHED", 5)
    table = page.lines.table
    table.rows.sort_by((("maturity", False), ("drawn", False)))
    page.export_to(tmp_path / "lines.xlsx")
    settle(page.window())
    sheet = openpyxl.load_workbook(tmp_path / "lines.xlsx").worksheets[0]
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads == tuple(column.heading for column in table.rows.columns)
    assert len(rows) == table.rows.rowCount()
    for row in (0, 7, len(rows) - 1):
        shown = {name: table.rows.value(row, name) for name in ("counterparty", "drawn", "alert_word")}
        written = dict(zip((column.id for column in table.rows.columns), rows[row], strict=True))
        assert written["counterparty"] == shown["counterparty"]
        assert written["drawn"] == pytest.approx(shown["drawn"])
        assert written["alert"] == shown["alert_word"]
    page.export_to(tmp_path / "lines.csv")
    settle(page.window())
    with (tmp_path / "lines.csv").open(encoding="utf-8-sig", newline="") as stream:
        plain = list(csv.reader(stream))
    assert (tuple(plain[0]), len(plain)) == (heads, len(rows) + 1)
    place = heads.index(table.rows.columns[0].heading)
    assert [row[place] for row in plain[1:]] == [str(row[place]) for row in rows]


def test_each_line_tells_its_file_and_row_on_the_page_and_in_what_is_exported(page, tmp_path):
    table = page.lines.table
    names = {action.text() for action in table.columns_menu(table).actions()}
    assert {"Row in the file", "File"} <= names
    table.arrange(Arrangement(wanted=frozenset({"source", "file"})))
    assert not table.isColumnHidden(table.rows.place["source"])
    files = {batch.file_name for batch in page.shown.batches}
    file = table.rows.value(0, "file")  # a line that has not changed since comes from an earlier one
    assert file in files
    page.export_to(tmp_path / "all.xlsx")
    settle(page.window())
    rows = [list(row) for row in openpyxl.load_workbook(tmp_path / "all.xlsx")["Lines"].iter_rows(values_only=True)]
    head = next(row for row in rows if "Row in the file" in row)
    first = rows[rows.index(head) + 1]
    assert first[head.index("File")] == file
    sheet, row = first[head.index("Row in the file")].split("!")
    line = page.lines._lines.book.claims.iloc[int(table.key(0))]
    assert (sheet, int(row)) == (line["source_sheet"], line["source_row"])


def test_a_long_export_tells_how_far_it_is_and_leaves_nothing_where_it_is_stopped(page, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.pages.exposures.page.FINISHED", 5)
    monkeypatch.setattr("ui.tables.streaming._AT_ONCE", 4)
    told = []
    monkeypatch.setattr(page.progress, "advance", lambda text, done, total: told.append((text, done, total)))
    page.export_to(tmp_path / "lines.xlsx")
    assert page.progress.isVisible()
    assert not page.export_button.isEnabled()
    settle(page.window())
    count = page.lines.table.rows.rowCount()
    assert told[-1] == (f"{count} lines; the workbook is being closed", count, count)
    assert not page.progress.isVisible()
    assert page.export_button.isEnabled()
    (tmp_path / "lines.xlsx").unlink()

    before, rows = set(Path(tempfile.gettempdir()).glob("openpyxl*")), Stream._rows
    reached, go = Event(), Event()

    def watched(stream, job):
        for number, row in enumerate(rows(stream, job)):
            if number == 6:
                reached.set()
                go.wait(10)
            yield row

    monkeypatch.setattr(Stream, "_rows", watched)
    page.export_to(tmp_path / "lines.xlsx")
    assert reached.wait(10)
    page.progress.cancelled.emit()
    go.set()
    settle(page.window())
    assert [file for file in tmp_path.iterdir() if "lines.xlsx" in file.name] == []
    assert set(Path(tempfile.gettempdir()).glob("openpyxl*")) <= before
    assert not page.progress.isVisible()
    assert page.export_button.isEnabled()


def test_the_lines_of_a_long_book_stand_there_before_it_is_added_up(open_window, sample, monkeypatch):
    monkeypatch.setattr("ui.pages.exposures.ahead.LONG", 5)
    seen = []
    real = ExposuresPage._show_ahead

    def show(page, ahead):
        real(page, ahead)
        table = page.matrix.table
        seen.append((page.lines.table.rows.rowCount(), table.rows.rowCount(), page.matrix.answer.text()))

    monkeypatch.setattr(ExposuresPage, "_show_ahead", show)
    asked = []
    monkeypatch.setattr(page_module, "fetch_shown", lambda *given: asked.append(given))
    window = open_window(page="exposures", over=sample)
    page, book = window.pages["exposures"], sample.surveying.book()
    assert seen == [(len(book.claims), 0, "The book is being added up…")]
    assert asked == []  # the lines are not asked for again
    assert page.matrix.table.rows.rowCount() == len(book.matrix(Basis.GUARANTOR).rows)
    assert page.lines._totals.text().startswith("Drawn ")
    total = book.total(Measure.DRAWN)
    assert page.lines._lines.added().drawn <= total  # interest and market values are in the matrix alone
    page.refresh(None)
    settle(window)
    assert seen[1:] == [(len(book.claims), page.matrix.table.rows.rowCount(), page.matrix.answer.text())]


def test_a_long_book_that_cannot_be_added_up_says_so_and_keeps_its_lines(open_window, sample, monkeypatch):
    monkeypatch.setattr("ui.pages.exposures.ahead.LONG", 5)

    def refused(*_given):
        raise Refused("book.none")

    monkeypatch.setattr(page_module, "fetch", refused)
    page = open_window(page="exposures", over=sample).pages["exposures"]
    assert page.matrix.answer.text() == page.limits.answer.text() == ""
    assert page.matrix._error.isVisible()
    assert page.lines.table.rows.rowCount() == len(sample.surveying.book().claims)
    assert page.bar.books.currentData() == sample.surveying.newest().id
    assert not page.export_button.isEnabled()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut_while_grouped(open_window, sample, language):
    window = open_window(1366, 768, page="exposures", over=sample)
    window.speak(language)
    card = window.pages["exposures"].lines
    card.group.setCurrentIndex(card.group.findData("counterparty"))
    card.group.activated.emit(card.group.currentIndex())
    card.groups.opened.emit(card.groups.rows.keys[0])
    settle(window)
    assert cuts(window) == []
