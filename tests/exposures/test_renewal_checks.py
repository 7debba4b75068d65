"""A renewal that counts in full is told at its own cell, whichever sheet the old line stands in."""

from datetime import date
from typing import Any

from exposures import sheets
from exposures.cells import Sheet
from exposures.headers import find_table
from exposures.importing import read_lines
from exposures.issues import Rule, Severity
from exposures.mapping import propose
from exposures.renewal_checks import check

ON = date(2026, 5, 22)
ASSETS = ["line id", "counterparty id", "counterparty", "country", "currency", "outstanding", "maturity"]
PIPELINE = ["编号", "客户号", "国别", "币种", "审批中金额", "原借据号", "额度起始日"]


def part(name: str, *rows: list[Any]) -> sheets.Part:
    cells = find_table(Sheet(name, list(rows)))
    assert cells is not None
    proposed = propose(cells)
    layout = sheets.layout_of(cells, proposed) or proposed
    return sheets.Part(cells, layout, read_lines(cells, layout, ON))


def found(*pipeline: list[Any]) -> dict[str, Rule]:
    parts = [
        part(
            "Assets",
            ASSETS,
            ["A1", "C1", "Ege", "TR", "USD", 5.0, "2026-06-30"],
            ["A2", "C1", "Ege", "TR", "USD", 5.0, None],
        ),
        part("pipeline", PIPELINE, *pipeline),
    ]
    issues = check(sheets.put_together(parts), parts)
    assert {(issue.sheet, issue.severity, issue.field) for issue in issues} <= {
        ("pipeline", Severity.WARNING, "replaces_line_id")
    }
    return {issue.cell: issue.rule for issue in issues}


def test_every_reason_is_told_at_the_cell_that_names_the_old_line() -> None:
    assert found(
        ["P1", "C1", "TR", "USD", 9.0, "A1", "2026-06-30"],  # counts with its increase: nothing to say
        ["P2", "C1", "TR", "USD", 9.0, "A9", "2026-06-30"],
        ["P3", "C2", "TR", "USD", 9.0, "A1", "2026-06-30"],
        ["P4", "C1", "TR", "USD", 9.0, "A1", "2026-06-29"],
        ["P5", "C1", "TR", "USD", 9.0, "A2", "2026-06-30"],
        ["P6", "C1", "TR", "USD", None, "A9", "2026-06-30"],  # nothing is pending
        ["P7", "C1", "TR", "USD", 9.0, None, None],
    ) == {
        "F3": Rule.RENEWAL_ORPHAN,
        "F4": Rule.RENEWAL_OTHER_PARTY,
        "F5": Rule.RENEWAL_OVERLAPS,
        "F6": Rule.RENEWAL_NO_DATES,
    }


def test_a_book_without_renewals_says_nothing() -> None:
    assert found(["P1", "C1", "TR", "USD", 9.0, None, None]) == {}
