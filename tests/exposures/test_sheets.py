"""Assets, liabilities and pipeline of one workbook become one book; counterparties fill in; nothing counts twice."""

from datetime import date
from typing import Any

import pytest

from exposures.cells import Sheet
from exposures.headers import find_table
from exposures.importing import read_lines
from exposures.issues import Rule
from exposures.mapping import propose
from exposures.sheets import Part, Role, layout_of, put_together, role, told

ON = date(2026, 5, 22)
HEADERS = ["line id", "counterparty id", "counterparty", "country", "currency", "outstanding"]


def part(name: str, *rows: list[Any]) -> Part:
    cells = find_table(Sheet(name, [HEADERS, *rows]))
    assert cells is not None
    layout = layout_of(cells, propose(cells))
    assert layout is not None
    return Part(cells, layout, read_lines(cells, layout, ON))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Assets", Role.ASSETS), ("负债", Role.LIABILITIES), ("Pipeline ", Role.PIPELINE),
        ("客户", Role.COUNTERPARTIES),
        ("Ratings", Role.RATINGS), ("国别限额", Role.LIMITS), ("Claims between others", Role.CLAIMS), ("Sheet1", None),
        ("last week's assets", None),
    ],
)  # fmt: skip
def test_a_name_says_what_a_sheet_holds(name: str, found: Role | None) -> None:
    assert role(name) is found


def test_three_sheets_are_one_book() -> None:
    whole = put_together(
        [
            part("Assets", ["A1", "C1", "Ege", "TR", "USD", 5.0], ["A2", "C1", "Ege", "TR", "USD", -1.0]),
            part("负债", ["L1", "C2", "Pampa", "AR", "USD", 7.0]),
            part("Pipeline", ["P1", "C1", "Ege", "TR", "USD", 9.0]),
        ]
    )
    lines = whole.lines.set_index("line_id")
    assert lines["side"].to_dict() == {"A1": "asset", "L1": "liability", "P1": "asset"}
    assert (lines.loc["P1", "pending"], lines.loc["P1", "stage"]) == (900, "in_approval")
    assert (whole.rows_read, whole.imported, len(whole.quarantined)) == (4, 3, 1)
    sums = {(row.field, row.country): (row.in_file, row.imported, row.quarantined) for row in whole.reconciliation}
    assert sums == {("outstanding", "TR"): (4, 5, -1), ("outstanding", "AR"): (7, 7, 0), ("pending", "TR"): (9, 9, 0)}


def test_a_currency_without_a_rate_is_told_whichever_sheet_has_it_and_once() -> None:
    whole = put_together(
        [
            part("Assets", ["A1", "C1", "Ege", "TR", "EUR", 5.0]),
            part("负债", ["L1", "C2", "Ege", "TR", "TRY", 7.0], ["L2", "C2", "Ege", "TR", "EUR", 7.0]),
        ]
    )
    assert [issue.value for issue in whole.issues if issue.rule is Rule.NO_RATE] == ["EUR", "TRY"]


def test_a_sheet_that_repeats_lines_is_left_out_and_told() -> None:
    row = ["A1", "C1", "Ege", "TR", "USD", 5.0]
    whole = put_together([part("Assets", row), part("资产", row)])
    assert whole.imported == 1
    (issue,) = whole.issues
    assert (issue.rule, issue.sheet, issue.value) == (Rule.SHEET_REPEATS, "资产", "A1")


def test_sheets_that_are_not_read_are_told() -> None:
    issues = told(["Assets", "Limits", "notes"], ["Assets"])
    assert [(issue.sheet, issue.rule, issue.values["role"]) for issue in issues] == [
        ("Limits", Rule.SHEET_NOT_READ, "limits")
    ]
