"""A sheet of counterparties fills in, differs, repeats and lacks; nothing of it is silent."""

from datetime import date
from typing import Any

import pytest

from exposures.cells import Cells, Sheet
from exposures.counterparty_sheet import fill, places
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
    told = {issue.field: issue for issue in found.issues if issue.rule is Rule.FILLED_IN}
    assert len(told) == 8
    assert (told["sector"].cell, told["sector"].value) == ("E1", "客户类型")  # at the header of what was filled in
    assert dict(told["sector"].values) == {"count": 1, "named": "A1 (E2)"}
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


COUNTRIES = [["counterparty id", "country"], ["C1", "Turkey"], ["C2", "Atlantis"], ["C3", "Chile"]]


def read(*rows: list[Any], headers: list[str] = HEADERS) -> Imported:
    cells = find_table(Sheet("Assets", [headers, *rows]))
    assert cells is not None
    return read_lines(cells, propose(cells), ON, places=lambda: places([table(*COUNTRIES)]))


def test_a_country_is_supplied_where_a_line_has_none_and_its_origin_told() -> None:
    found = read(
        ["A1", "C1", "Ege", None, "USD", 5.0, None],
        ["A2", "C1", "Ege", "-", "USD", 5.0, None],
        ["A3", "C3", "Pampa", "AR", "USD", 5.0, None],  # its own country stands
        ["A4", "C3", "Pampa", "Chille?", "USD", 5.0, None],  # unreadable is not blank: it is set aside
        ["A5", "C2", "Atlas", None, "USD", 5.0, None],  # the sheet's own cell cannot be read
        ["A6", "C9", "Nobody", None, "USD", 5.0, None],
    )
    assert dict(zip(found.lines["line_id"], found.lines["country"], strict=True)) == {
        "A1": "TR",
        "A2": "TR",
        "A3": "AR",
    }
    issue = of(found, Rule.COUNTRY_SUPPLIED)
    assert (issue.sheet, issue.cell, issue.value, issue.severity) == ("Counterparties", "B2", "TR", Severity.INFO)
    assert dict(issue.values) == {"count": 2, "first": "Assets!D2", "counterparty": "C1"}
    assert [row["rules"] for _, row in found.quarantined.iterrows()] == [
        (Rule.UNKNOWN_COUNTRY,), (Rule.MISSING_COUNTRY,), (Rule.MISSING_COUNTRY,),
    ]  # fmt: skip


def test_a_sheet_of_lines_without_any_country_is_read_with_the_other_sheets() -> None:
    row = ["A1", "C1", "Ege", "USD", 5.0, None]
    headers = [header for header in HEADERS if header != "country"]
    assert read(row, headers=headers).lines["country"].tolist() == ["TR"]
    cells = find_table(Sheet("Assets", [headers, row]))
    assert cells is not None
    assert read_lines(cells, propose(cells), ON).blocked


def test_places_are_asked_for_only_where_a_country_is_missing() -> None:
    cells = find_table(Sheet("Assets", [HEADERS, ["A1", "C1", "Ege", "TR", "USD", 5.0, None]]))
    assert cells is not None
    assert read_lines(cells, propose(cells), ON, places=lambda: pytest.fail("asked")).imported == 1
