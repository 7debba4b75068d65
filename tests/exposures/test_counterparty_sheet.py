"""A sheet of counterparties fills in, differs, repeats and lacks; nothing of it is silent."""

from datetime import date
from typing import Any

import pytest

from exposures.cells import Cells, Sheet
from exposures.counterparty_sheet import fill
from exposures.headers import find_table
from exposures.imported import Imported
from exposures.importing import read_lines
from exposures.issues import Issue, Rule, Severity
from exposures.mapping import propose

ON = date(2026, 5, 22)
HEADERS = ["line id", "counterparty id", "counterparty", "country", "currency", "outstanding", "rating"]


def lines(*rows: list[Any]) -> Imported:
    cells = find_table(Sheet("Assets", [HEADERS, *rows]))
    assert cells is not None
    return read_lines(cells, propose(cells), ON)


def table(*rows: list[Any], name: str = "Counterparties") -> Cells:
    cells = find_table(Sheet(name, list(rows)))
    assert cells is not None
    return cells


def of(found: Imported, rule: Rule) -> Issue:
    (issue,) = (issue for issue in found.issues if issue.rule is rule)
    return issue


def test_what_lines_lack_is_filled_in_by_kind() -> None:
    given = lines(["A1", "C1", None, "TR", "USD", 5.0, None], ["A2", "C9", "Own", "TR", "USD", 5.0, None])
    found = fill(
        given,
        table(
            ["客户编号", "客户名称", "集团", "母公司编号", "客户类型", "lei", "评级", "是否分行", "下次复评日"],
            ["C1", "Ege", "G1", "C0", "银行", "529900T8BM49AURSDO55", "BB", "是", "2026-06-30"],
        ),
    )
    row = found.lines.set_index("line_id").loc["A1"]
    fields = ["counterparty_name", "group_id", "parent_id", "sector", "rating", "dependent_branch", "next_review"]
    assert row[fields].tolist() == ["Ege", "G1", "C0", "bank", "BB", True, date(2026, 6, 30)]
    assert of(found, Rule.FILLED_IN).values["count"] == 8
    assert (of(found, Rule.ORPHANS).value, of(found, Rule.ORPHANS).severity) == ("C9", Severity.WARNING)


def test_a_lines_own_value_stands_and_the_difference_is_told_at_the_sheets_cell() -> None:
    given = lines(["A1", "C1", "Ege", "TR", "USD", 5.0, "B"], ["A2", "C1", "Ege", "TR", "USD", 5.0, "B"],
                  ["A3", "C1", "Ege", "TR", "USD", 5.0, None])  # fmt: skip
    found = fill(given, table(["counterparty id", "country", "rating"], ["C1", "Chile", "BB"]))
    assert found.lines["rating"].tolist() == ["B", "B", "BB"]
    assert set(found.lines["country"]) == {"TR"}
    told = {issue.field: issue for issue in found.issues if issue.rule is Rule.MASTER_DIFFERS}
    assert (told["rating"].cell, told["rating"].value) == ("C2", "BB")
    assert told["rating"].values == {"count": 2, "value": "B", "line": "A1"}
    assert (told["country"].cell, told["country"].value, told["country"].values["count"]) == ("B2", "CL", 3)


def test_a_number_listed_twice_counts_once_and_is_told() -> None:
    found = fill(
        lines(["A1", "C1", None, "TR", "USD", 5.0, None]),
        table(["counterparty id", "rating"], ["C1", "BB"], ["C1", "B"], ["C2", "A"]),
    )
    assert found.lines["rating"].tolist() == ["BB"]
    again = of(found, Rule.LISTED_AGAIN)
    assert (again.cell, again.value, again.values["first"]) == ("A3", "C1", "A2")
    assert of(found, Rule.WITHOUT_LINES).value == "C2"


def test_an_unreadable_cell_says_nothing_and_is_told() -> None:
    found = fill(
        lines(["A1", "C1", "Ege", "TR", "USD", 5.0, None]),
        table(["counterparty id", "sector"], ["C1", "corporat"]),
    )
    issue = of(found, Rule.UNKNOWN_CODE)
    assert (issue.sheet, issue.cell, issue.suggestion) == ("Counterparties", "B2", "corporate")
    assert found.lines["sector"].isna().all()


@pytest.mark.parametrize("name", ["Counterparties", "Ratings"])
def test_a_sheet_without_numbers_is_not_read_and_says_so(name: str) -> None:
    given = lines(["A1", "C1", "Ege", "TR", "USD", 5.0, None])
    found = fill(given, table(["name of it", "rating"], ["Ege", "BB"], name=name), name.lower())
    assert of(found, Rule.SHEET_NOT_READ).values["role"] == name.lower()
    assert found.lines["rating"].isna().all()
