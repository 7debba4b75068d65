from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from ui.tables.column import Column, Kind
from ui.tables.model import TableModel

DOWN, UP = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
COLUMNS = (
    Column("name", lambda: "Name"),
    Column("amount", lambda: "Amount", Kind.NUMBER, decimals=1),
    Column("state", lambda: "State", Kind.SEVERITY),
    Column("due", lambda: "Due", Kind.DATE),
)


@pytest.fixture
def model(qapp):
    made = TableModel(COLUMNS)
    made.load(
        {
            "name": ["Toros", "anadolu", None, "Marmara"],
            "amount": [9.0, 100.0, None, 20.0],
            "state": ["ok", "critical", "nodata", "warning"],
            "due": [date(2026, 6, 9), None, date(2026, 5, 28), date(2026, 6, 1)],
        },
        keys=["t", "a", "x", "m"],
    )
    return made


def keys(model):
    return [model.keys[source] for source in model.order]


def test_numbers_are_never_sorted_as_text_and_the_missing_comes_last_both_ways(model):
    model.sort(1, DOWN)
    assert keys(model) == ["a", "m", "t", "x"]  # as text, 9 would stand above 100
    model.sort(1, UP)
    assert keys(model) == ["t", "m", "a", "x"]


def test_text_is_sorted_without_case_and_dates_by_time(model):
    model.sort(0, UP)
    assert keys(model) == ["a", "m", "t", "x"]
    model.sort(3, UP)
    assert keys(model) == ["x", "m", "t", "a"]


def test_the_gravest_severity_comes_first(model):
    model.sort(2, UP)
    assert keys(model) == ["a", "m", "x", "t"]


def test_no_column_gives_back_the_order_of_the_rows(model):
    model.sort(1, DOWN)
    model.sort(-1)
    assert keys(model) == ["t", "a", "x", "m"]


def test_every_word_of_a_filter_must_occur_in_the_row(model):
    model.filter_text("warning mar")
    assert keys(model) == ["m"]
    model.filter_text("28 May")
    assert keys(model) == ["x"]
    model.filter_text("no such thing")
    assert model.rowCount() == 0


def test_the_totals_row_stays_last_and_is_not_filtered(model):
    model.load({"name": ["b", "a"], "amount": [1.0, 2.0]}, totals={"name": "Total", "amount": 3})
    model.sort(1, DOWN)
    model.filter_text("a")
    assert model.rowCount() == 1
    assert model.is_total(model.total_row)
    assert model.text(model.total_row, COLUMNS[1]) == "3.0"


def test_missing_is_a_dash_and_never_zero(model):
    assert model.text(2, COLUMNS[1]) == "–"
    assert model.value(2, "amount") is None


def test_decimals_stay_exact(qapp):
    model = TableModel(COLUMNS)
    model.load({"amount": [Decimal("9360245800.22"), None, Decimal("140025999.99")]})
    model.sort(1, UP)
    assert [model.value(row, "amount") for row in range(3)] == [Decimal("140025999.99"), Decimal("9360245800.22"), None]


def test_columns_of_unequal_length_are_a_fault(model):
    with pytest.raises(ValueError, match="unequal"):
        model.load({"name": ["a"], "amount": [1.0, 2.0]})


def test_selection_follows_its_row_when_the_order_changes(model):
    from PySide6.QtCore import QPersistentModelIndex

    held = QPersistentModelIndex(model.index(0, 0))  # "t"
    model.sort(1, DOWN)
    assert model.keys[model.source(held.row())] == "t"
    model.filter_text("anadolu")
    assert not held.isValid()


def test_a_million_rows_are_sorted(qapp):
    model = TableModel(COLUMNS)
    values = np.random.default_rng(3).normal(size=1_000_000)
    model.load({"amount": values})
    model.sort(1, DOWN)  # a proxy model would not finish within the test's time limit
    assert model.value(0, "amount") == values.max()


@given(st.lists(st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)), max_size=40))
def test_sorting_agrees_with_python(qapp, values):
    model = TableModel(COLUMNS)
    model.load({"amount": values})
    model.sort(1, UP)
    shown = [model.value(row, "amount") for row in range(len(values))]
    assert shown == sorted([v for v in values if v is not None]) + [None] * values.count(None)
