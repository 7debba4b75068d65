from datetime import date
from typing import Any

import pytest

from exposures.cells import Sheet
from exposures.headers import find_table
from exposures.held import Held
from exposures.importing import read_lines
from exposures.issues import Issue, Rule
from exposures.last_book import check
from exposures.lines import typed
from exposures.mapping import propose

LAST, NOW = date(2026, 5, 15), date(2026, 5, 22)
HEADERS = ["编号", "客户号", "客户名称", "国别", "币种", "余额"]


def line(number: str, amount: float | None, currency: str = "USD", name: str = "Bosfor Tekstil") -> list[Any]:
    return [number, "C1", name, "TR", currency, amount]


def told(before: list[list[Any]], now: list[list[Any]]) -> list[Issue]:
    cells = [find_table(Sheet("s", [HEADERS, *rows])) for rows in (before, now)]
    assert cells[0] is not None
    assert cells[1] is not None
    last = read_lines(cells[0], propose(cells[0]), LAST).lines
    layout = propose(cells[1])
    return check(read_lines(cells[1], layout, NOW), cells[1], layout, Held.of(typed(last)), LAST)


def test_an_amount_a_hundred_times_as_large_or_small_asks_for_its_unit() -> None:
    """14,000 became 8,400,000: 600 times. 2,000,000 became 20,000: a 100th. 99 times and small amounts say nothing."""
    before = [
        line("1", 14_000.0),
        line("2", 2e6),
        line("3", 20_000.0),
        line("4", 100.0),
        line("5", 9e6),
        line("6", None),
    ]
    now = [
        line("1", 8.4e6),
        line("2", 20_000.0),
        line("3", 1.98e6),
        line("4", 90_000.0),
        line("5", None),
        line("6", 9e6),
    ]
    found = told(before, now)
    assert [(one.cell, one.rule, one.values["times"], one.values["larger"]) for one in found] == [
        ("F2", Rule.AMOUNT_JUMPED, 600, True), ("F3", Rule.AMOUNT_JUMPED, 100, False),
    ]  # fmt: skip
    assert found[0].value == "8400000.0"
    assert not told([line("1", 100.0, "USD")], [line("1", 9e6, "CLP")])  # another currency has other amounts


def test_a_whole_column_in_another_unit_is_told_once() -> None:
    rows = range(1, 23)
    (found,) = told([line(f"{n}", 1e6 * n) for n in rows], [line(f"{n}", 100.0 * n) for n in rows])
    assert (found.cell, found.rule, found.values["count"]) == ("F1", Rule.AMOUNTS_JUMPED, 22)


@pytest.mark.parametrize(("name", "cells"), [("bosfor  TEKSTIL", []), ("Akar", ["C2"])])
def test_a_number_under_another_name_is_told_at_the_first_line(name: str, cells: list[str]) -> None:
    found = told([line("1", 1.0)], [line("1", 1.0, name=name), line("2", 1.0, name=name)])
    assert [one.cell for one in found] == cells
    assert {(one.rule, one.values["name"]) for one in found} <= {(Rule.NAME_CHANGED, "Bosfor Tekstil")}


def test_nothing_to_hold_against() -> None:
    assert told([], [line("1", 9e9)]) == []
