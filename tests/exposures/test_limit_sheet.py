"""Limits by sheet: scope by column or by word, units, dates, and every row that sets none with its cell."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exposures.book import Basis, Measure
from exposures.cells import Cells, Sheet
from exposures.headers import find_table
from exposures.issues import Rule
from exposures.limit_sheet import WANTED, orphans, read_limits
from exposures.limits import Limit, Scope

D = Decimal


def table(*rows: list[Any]) -> Cells:
    cells = find_table(Sheet("Limits", list(rows)), wanted=WANTED)
    assert cells is not None
    return cells


def read(*rows: list[Any]) -> list[Limit]:
    found, issues = read_limits(table(*rows), "USD")
    assert issues == ()
    return [row.limit for row in found]


def test_a_sheet_of_country_limits_in_wan_yuan() -> None:
    (limit,) = read(
        ["国别", "限额金额(万元)", "币种", "生效日期", "有效期至", "主责部门", "批准文号"],
        ["土耳其", 200000.0, "USD", date(2026, 1, 1), date(2026, 12, 31), "国别风险处", "风管〔2026〕3号"],
    )
    assert limit == Limit(
        "TR", D(2_000_000_000), "USD", Basis.GUARANTOR, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31),
        owner="国别风险处", source="风管〔2026〕3号",
    )  # fmt: skip
    assert limit.amount.as_tuple().exponent == -2


def test_the_column_that_names_the_subject_tells_the_scope() -> None:
    found = read(
        ["country", "group", "counterparty id", "sector", "product", "rating", "tenor", "amount"],
        ["TR", None, None, None, None, None, None, 9.0],
        [None, "G1", None, None, None, None, None, 8.0],
        [None, None, "C1", None, None, None, None, 7.0],
        [None, None, None, "银行", None, None, None, 6.0],
        ["Chile", None, None, None, "derivatives", None, None, 5.0],
        [None, None, None, None, None, "BB", None, 4.0],
        [None, None, None, None, None, None, "5", 3.0],
    )
    assert [(one.scope.value, one.key, one.within, int(one.amount)) for one in found] == [
        ("country", "TR", "", 9), ("group", "G1", "", 8), ("counterparty", "C1", "", 7), ("sector", "bank", "", 6),
        ("product", "derivative", "CL", 5), ("rating", "BB", "", 4), ("tenor", "5", "", 3),
    ]  # fmt: skip
    assert {one.basis for one in found} == {Basis.GUARANTOR, Basis.IMMEDIATE}


def test_scope_and_subject_in_columns_of_their_own() -> None:
    (first, second) = read(
        ["限额类型", "限额对象", "限额", "币种", "口径", "计量口径"],
        ["集团", "G1", 5.0, "CNY", "直接", "余额"],
        ["国别", "Turkey", 6.0, "USD", None, None],
    )
    assert (first.scope, first.key, first.currency, first.measure) == (Scope.GROUP, "G1", "CNY", Measure.DRAWN)
    assert (second.scope, second.key) == (Scope.COUNTRY, "TR")


@pytest.mark.parametrize(
    ("row", "cell", "field", "suggestion"),
    [
        (["Turkye", None, 5.0, "USD", None], "A2", "country", "TR"),
        (["TR", None, "five", "USD", None], "C2", "amount", ""),
        (["TR", None, -5.0, "USD", None], "C2", "amount", ""),
        (["TR", None, 0.001, "USD", None], "C2", "amount", ""),
        (["TR", None, 5.0, "XYZ", None], "D2", "currency", ""),
        (["TR", None, 5.0, "USD", "some day"], "E2", "valid_to", ""),
        ([None, "astronauts", 5.0, "USD", None], "B2", "sector", ""),
        ([None, None, 5.0, "USD", None], "C2", "key", ""),
    ],
)
def test_a_row_that_cannot_be_read_sets_nothing_and_names_its_cell(row, cell, field, suggestion) -> None:
    found, (issue,) = read_limits(table(["country", "sector", "amount", "currency", "valid to"], row))
    assert found == ()
    assert (issue.rule, issue.cell, issue.field) == (Rule.LIMIT_UNREADABLE, cell, field)
    assert issue.suggestion.startswith(suggestion)


def test_a_limit_stated_twice_counts_once() -> None:
    found, (issue,) = read_limits(table(["country", "amount"], ["TR", 5.0], ["Turkey", 6.0]), "USD")
    assert [int(row.limit.amount) for row in found] == [5]
    assert (issue.rule, issue.cell, issue.values["first"]) == (Rule.LIMIT_REPEATED, "B3", "B2")


def test_without_a_column_of_amounts_or_subjects_nothing_is_read() -> None:
    for headers, missing in ((["country", "remark"], "amount"), (["amount", "currency"], "key")):
        found, (issue,) = read_limits(table(headers, ["TR", 5.0]), "USD")
        assert (found, issue.rule, issue.field) == ((), Rule.LIMIT_COLUMN_MISSING, missing)


def test_limits_of_whom_the_book_does_not_know_are_told() -> None:
    found, _ = read_limits(table(["group", "counterparty id", "amount"], ["G1", None, 5.0], ["G2", None, 5.0],
                                 [None, "C9", 5.0]), "USD")  # fmt: skip
    lost = orphans(found, "Limits", {"C1"}, {"G1"})
    assert [(issue.rule, issue.value, issue.cell) for issue in lost] == [
        (Rule.LIMIT_WITHOUT_LINES, "G2", "C3"),
        (Rule.LIMIT_WITHOUT_LINES, "C9", "C4"),
    ]
