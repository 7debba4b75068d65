"""A whole column decides what one cell cannot."""

from datetime import date
from decimal import Decimal

import pytest

from exposures.cells import Sheet
from exposures.conventions import DayOrder, day_order, decimal_mark
from exposures.headers import find_table
from exposures.importing import read_lines
from exposures.issues import Rule, Severity
from exposures.mapping import propose


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["03/04/2027", "31/05/2023"], DayOrder.DAY_FIRST),
        (["03/04/2027", "05/31/2023 12:00:00 AM", None, 4.0], DayOrder.MONTH_FIRST),
        (["03/04/2027", "05/06/2023"], None),
        (["31/05/2023", "05/31/2023"], None),  # it contradicts itself
        (["2027-04-03"], None),
    ],
)
def test_day_order(column: list[object], order: DayOrder | None) -> None:
    assert day_order(column) is order


@pytest.mark.parametrize(
    ("column", "usual", "found"),
    [
        (["1.234,56", "7,5"], ".", (",", True)),
        (["1,234.56"], ",", (".", True)),
        (["1.234.567"], ".", (",", True)),
        (["1.234"], ".", (".", False)),
        (["1.234", "0,5"], ".", (",", True)),
        (["1,234"], ".", (".", True)),  # a group, as everybody writes it
        (["1,234"], ",", (",", False)),
        (["7,5", "7.5"], ".", (".", False)),
        ([1.5, None, "n/a"], ".", (".", True)),
    ],
)
def test_decimal_mark(column: list[object], usual: str, found: tuple[str, bool]) -> None:
    assert decimal_mark(column, usual) == found


def test_a_book_in_the_german_manner_is_read_and_told() -> None:
    rows = [
        ["line id", "counterparty", "country", "currency", "outstanding", "maturity"],
        ["1", "Ege", "TR", "EUR", "1.234", "03/04/2027"],
        ["2", "Ege", "TR", "EUR", "7,50", "31/05/2027"],
    ]
    cells = find_table(Sheet("s", rows))
    assert cells is not None
    found = read_lines(cells, propose(cells), date(2026, 5, 22))
    assert found.lines["outstanding"].tolist() == [123_400, 750]
    assert found.lines["maturity"].tolist() == [date(2027, 4, 3), date(2027, 5, 31)]
    assert {(i.cell, i.rule, i.severity) for i in found.issues if i.rule is not Rule.NO_RATE} == {
        ("E1", Rule.DECIMAL_MARK, Severity.INFO),
        ("F1", Rule.DAY_ORDER, Severity.INFO),
    }
    assert sum(row.in_file for row in found.reconciliation) == Decimal("1241.50")


def test_hidden_rows_and_columns_are_left_out_where_the_layout_says_so() -> None:
    from dataclasses import replace

    rows = [["line id", "counterparty", "country", "currency", "outstanding", "undrawn"]]
    rows += [[f"{n}", "Ege", "TR", "USD", "10", "5"] for n in range(3)]
    cells = find_table(Sheet("s", rows, hidden_rows=frozenset({3}), hidden_columns=frozenset({5})))
    assert cells is not None
    layout = propose(cells)
    read = read_lines(cells, layout, date(2026, 5, 22))
    assert (read.imported, int(read.lines["undrawn"].sum())) == (3, 1500)
    assert {Rule.HIDDEN_ROW, Rule.HIDDEN_COLUMN} <= {issue.rule for issue in read.issues}
    columns = {name: header for name, header in layout.columns.items() if name != "undrawn"}
    left = read_lines(cells, replace(layout, columns=columns, hidden="skip"), date(2026, 5, 22))
    assert left.lines["line_id"].tolist() == ["0", "2"]
    (issue,) = left.issues
    assert (issue.rule, dict(issue.values)) == (Rule.HIDDEN_LEFT_OUT, {"rows": 1, "columns": 1})
