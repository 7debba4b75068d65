import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication

from ui.state import State
from ui.tables import arranging, long, model
from ui.tables.column import Column, Kind
from ui.tables.long import Arrangement, LongTable

COLUMNS = (
    Column("name", lambda: "Name", priority=0),
    Column("place", lambda: "Place"),
    Column("amount", lambda: "Amount", Kind.NUMBER, decimals=1),
)


@pytest.fixture
def made(qtbot, tmp_path):
    def make() -> LongTable:
        table = LongTable(COLUMNS, title="Lines", name="test.long", state=State(tmp_path / "window.ini"))
        qtbot.addWidget(table)
        table.rows.load(
            {"name": ["a", "b", "c", "d"], "place": ["TR", "AR", "TR", "AR"], "amount": [1.0, 2.0, 3.0, np.nan]}
        )
        table.resize(600, 300)
        return table

    return make


def shown(table):
    return [table.rows.value(row, "name") for row in range(table.rows.rowCount())]


def select(table, *rows):
    for row in rows:
        table.selectionModel().select(
            table.rows.index(row, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        )


def press(table, column, modifier=Qt.KeyboardModifier.NoModifier, monkeypatch=None):
    monkeypatch.setattr(long.QGuiApplication, "keyboardModifiers", lambda: modifier)
    table.horizontalHeader().sectionClicked.emit(table.rows.place[column])


def test_shift_adds_a_column_to_the_order_and_turns_it(made, monkeypatch):
    table = made()
    press(table, "place", monkeypatch=monkeypatch)
    assert shown(table) == ["b", "d", "a", "c"]
    shift = Qt.KeyboardModifier.ShiftModifier
    press(table, "amount", shift, monkeypatch)  # numbers from the largest
    assert shown(table) == ["b", "d", "c", "a"]
    press(table, "amount", shift, monkeypatch)
    assert shown(table) == ["b", "d", "a", "c"]
    assert table.rows.sort_keys == (("place", False), ("amount", False))


def test_the_arrangement_is_remembered(made):
    first = made()
    first.arrange(Arrangement(frozenset({"place"}), (("place", True), ("amount", True))))
    again = made()
    assert shown(again) == ["c", "a", "b", "d"]
    assert again.isColumnHidden(1)
    again.start_over()
    assert made().arrangement == Arrangement()


def test_a_column_that_was_asked_for_stands_there_without_room_and_is_remembered(made):
    table = made()
    table.show()
    table.resize(90, 300)
    place = table.rows.place["place"]
    assert table.isColumnHidden(place)
    [action] = [one for one in table.columns_menu(table).actions() if one.text() == "Place"]
    assert not action.isChecked()
    action.trigger()
    assert not table.isColumnHidden(place)
    assert table.horizontalHeader().length() > table.viewport().width()  # it scrolls sideways
    again = made()
    again.show()
    again.resize(90, 300)
    assert not again.isColumnHidden(place)
    [action] = [one for one in again.columns_menu(again).actions() if one.text() == "Place"]
    action.trigger()
    assert again.isColumnHidden(place)
    assert again.arrangement == Arrangement(frozenset({"place"}))


def test_a_column_that_identifies_the_row_is_not_left_out(made):
    table = made()
    table.arrange(Arrangement(frozenset({"name"})))
    assert not table.isColumnHidden(0)


@pytest.mark.parametrize("kept", [None, [], {"keys": [["gone", True]], "hidden": ["gone"]}, {"keys": 3}, {"hidden": 1}])
def test_what_somebody_else_wrote_arranges_nothing(kept):
    assert Arrangement.read(kept, {"name": 0}) == Arrangement()


def test_what_is_selected_is_told_by_its_place_and_copied_alone(made, qtbot):
    table = made()
    table.rows.sort_by((("amount", True),))  # c b a d
    with qtbot.waitSignal(table.chosen):
        select(table, 0, 2)
    assert table.places().tolist() == [2, 0]
    table.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1:] == ["Name\tPlace\tAmount", "c\tTR\t3.0", "a\tTR\t1.0"]


def test_too_many_rows_are_not_copied_but_told(made, qtbot, monkeypatch):
    monkeypatch.setattr(long, "MOST_COPIED", 3)
    QGuiApplication.clipboard().setText("before")
    table = made()
    with qtbot.waitSignal(table.too_many) as told:
        table.copy()
    assert told.args == [4]
    assert QGuiApplication.clipboard().text() == "before"


def test_a_large_selection_is_let_go_before_the_order_changes(made, monkeypatch):
    monkeypatch.setattr(long, "_FOLLOWED", 1)
    table = made()
    select(table, 0, 1)
    table.rows.sort_by((("amount", True),))
    assert len(table.places()) == 0


def test_the_menus_offer_columns_and_orders(made):
    table = made()
    menu = table.menu()
    columns, order = (action.menu() for action in menu.actions()[-2:])
    assert [action.text() for action in columns.actions()] == ["Place", "Amount"]
    assert [action.text() for action in order.actions()] == ["Name", "Place", "Amount"]
    columns.actions()[0].trigger()
    order.actions()[2].trigger()
    assert table.arrangement == Arrangement(frozenset({"place"}), (("amount", True),))
    then = table.menu().actions()[-1].menu().actions()[-1].menu()
    assert [action.text() for action in then.actions()] == ["Name"]
    menu.deleteLater()


def test_many_rows_are_put_in_order_beside_the_window(made, monkeypatch):
    """What came before the answer is the order before; an answer about rows that are gone is dropped."""
    monkeypatch.setattr(model, "LONG", 1)
    monkeypatch.setattr(arranging, "LONG", 1)
    table, asked, told = made(), [], []
    table.rows.asker = lambda work, done: asked.append((work, done))
    table.rows.arranging.connect(told.append)
    table.rows.sort_by((("amount", True),))
    assert (shown(table), told) == (["a", "b", "c", "d"], [True])
    work, done = asked.pop()

    class Job:
        @staticmethod
        def check() -> None:
            pass

    done(work(Job()))
    assert (shown(table), told) == (["c", "b", "a", "d"], [True, False])
    table.rows.filter_text("tr")
    work, done = asked.pop()
    table.rows.load({"name": ["z", "y"], "place": ["TR", "AR"], "amount": [0.0, 0.0]})
    done(work(Job()))
    assert shown(table) == ["z", "y"]  # its own question is still under way
    work, done = asked.pop()
    done(work(Job()))
    assert shown(table) == ["z"]
