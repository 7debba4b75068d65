"""Which rows of a sheet are shown beside what is wrong with it."""

from datetime import date

import pytest

from exposures import excerpt
from exposures.cells import Cells, Sheet
from exposures.excerpt import FIRST
from exposures.headers import find_table
from exposures.issues import Issue, Rule, Severity


def table(count: int, **marks: object) -> Cells:
    rows = [["编号", "余额"], *([f"L{number}", float(number)] for number in range(count))]
    found = find_table(Sheet("敞口", [["title"], *rows], **marks))  # type: ignore[arg-type]
    assert found is not None
    return found


def issue(cell: str, sheet: str = "敞口", severity: Severity = Severity.ERROR) -> Issue:
    return Issue(sheet, cell, Rule.TEXT_IN_NUMBER, severity)


def test_the_first_rows_and_each_with_a_problem_between_its_neighbours() -> None:
    """Data begin in row 3; rows 3 to 62 are the first sixty, and row 150 stands between 149 and 151."""
    shown = excerpt.excerpt(table(200), [issue("B150"), issue("", "敞口"), issue("B999"), issue("B120", "other")])
    assert [row.number for row in shown.rows] == [*range(3, 3 + FIRST), 149, 150, 151]
    assert (shown.letters, shown.headers, shown.header_row, shown.count) == (("A", "B"), ("编号", "余额"), 2, 200)
    assert shown.rows[-2].cells == ("L147", "147")
    assert shown.holds("敞口", 150)
    assert not shown.holds("敞口", 120)
    assert not shown.holds("other", 150)


def test_an_error_cell_is_shown_as_the_workbook_shows_it() -> None:
    sheet = Sheet("敞口", [["编号", "到期日"], ["L1", None], ["L2", date(2027, 1, 31)]], errors={(2, 1): "#REF!"})
    found = find_table(sheet)
    assert found is not None
    assert [row.cells for row in excerpt.excerpt(found, ()).rows] == [("L1", "#REF!"), ("L2", "2027-01-31")]


def test_the_gravest_stay_where_not_all_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excerpt, "NAMED", 1)
    shown = excerpt.excerpt(table(200), [issue("B100", severity=Severity.WARNING), issue("B150")])
    assert shown.holds("敞口", 150)
    assert not shown.holds("敞口", 100)


@pytest.mark.parametrize(
    ("count", "case", "rows"),
    [(0, "import.sheet.none", 0), (5, "import.sheet.all", 5), (61, "import.sheet.some", 60)],
)
def test_the_sentence(count: int, case: str, rows: int) -> None:
    found = excerpt.answer(excerpt.excerpt(table(count), ()))
    assert (found.case, found.values["rows"], found.values["count"]) == (case, rows, count)


def test_nothing_was_read() -> None:
    assert excerpt.answer(excerpt.Excerpt()).case == "import.sheet.none"


def test_how_much_is_to_be_mended_in_a_sheet() -> None:
    found = [issue("B3"), issue("B4", severity=Severity.WARNING), issue("B5", severity=Severity.INFO), issue("B6", "x")]
    assert excerpt.excerpt(table(5), found).problems(found) == 2
