"""The whole import of one table, at the level of cells: real figures, and every kind of bad cell with its address."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from exposures.cells import Sheet
from exposures.exposure import FIELDS
from exposures.headers import find_table
from exposures.importing import Imported, read_lines
from exposures.issues import Issue, Rule, Severity
from exposures.lines import live, typed
from exposures.mapping import Mapping, propose, shipped

ON = date(2026, 5, 25)
HEADERS = ["编号", "客户名称", "国别", "币种", "余额", "未用额度", "到期日", "五级分类", "是否循环", "逾期天数"]
GOOD = ["L1", "Bosfor Tekstil", "土耳其", "USD", 1250.5, 0.0, date(2027, 1, 31), "正常", "否", 0.0]


def read(rows: list[list[Any]], mapping: Mapping | None = None, **marks: Any) -> Imported:
    """The lines of a sheet that starts with HEADERS unless the rows bring their own."""
    sheet = Sheet("敞口", rows, **marks)
    cells = find_table(sheet, wanted=mapping.wanted if mapping else ())
    assert cells is not None
    return read_lines(cells, mapping or propose(cells), ON)


def with_cell(column: int, value: Any, *, id_: str = "L2") -> list[list[Any]]:
    """Two good lines, one cell of the second (row 3) replaced."""
    second = [id_, *GOOD[1:]]
    second[column] = value
    return [HEADERS, GOOD, second]


def issues_at(found: Imported, cell: str) -> list[Issue]:
    return [issue for issue in found.issues if issue.cell == cell]


# The World Bank's statement of loans: figures of the issue, acceptance 3.

OUTSTANDING = {"AR": (278, "9360245800.22"), "TR": (334, "11134721462.11"), "CL": (111, "140025999.99")}
LIVE = {"AR": 67, "TR": 73, "CL": 2}
# Part 4, acceptance 2: what is only approved is pending.
UNDRAWN = {"AR": "3853297415.08", "TR": "4974682268.60", "CL": "10100000.00"}
PENDING = {"AR": "150000000.00", "TR": "686520180.00", "CL": "0.00"}


def bank_rows(shared_data: Path, kind: str) -> list[list[Any]]:
    folder = shared_data / "books"
    if kind == "xlsx":
        book = CalamineWorkbook.from_path(str(folder / "IBRD_loans_snapshot_converted.xlsx"))
        return [[None if v == "" else v for v in row] for row in book.get_sheet_by_index(0).to_python()]
    with (folder / "IBRD_Statement_of_Loans_snapshot.csv").open(encoding="utf-8-sig", newline="") as file:
        return [[value or None for value in row] for row in csv.reader(file)]


@pytest.fixture(scope="module")
def bank_books(shared_data: Path) -> dict[str, Imported]:
    mapping = shipped()["IBRD Statement of Loans"]
    made = {}
    for kind in ("xlsx", "csv"):
        cells = find_table(Sheet("Loans", bank_rows(shared_data, kind)), wanted=mapping.wanted)
        assert cells is not None
        made[kind] = read_lines(cells, mapping, date(2023, 5, 31))
    return made


@pytest.mark.shared
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_real_book_gives_the_published_sums_to_the_cent(bank_books: dict[str, Imported], kind: str) -> None:
    found = bank_books[kind]
    assert (found.rows_read, found.imported, len(found.quarantined), found.not_counted) == (9012, 9012, 0, 0)
    lines = found.lines
    for country, (count, outstanding) in OUTSTANDING.items():
        here = lines[lines["country"] == country]
        assert len(here) == count
        assert Decimal(int(here["outstanding"].sum())).scaleb(-2) == Decimal(outstanding)
        assert Decimal(int(here["undrawn"].sum())).scaleb(-2) == Decimal(UNDRAWN[country])
        assert Decimal(int(here["pending"].sum())).scaleb(-2) == Decimal(PENDING[country])
    assert int(lines["outstanding"].sum()) == 24_144_344_498_016
    assert set(lines["currency"]) == {"USD"}
    assert all(row.difference == 0 and row.quarantined == 0 for row in found.reconciliation)
    assert sum(row.in_file for row in found.reconciliation if row.field == "outstanding") == Decimal("241443444980.16")


@pytest.mark.shared
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_live_lines_of_the_real_book(bank_books: dict[str, Imported], kind: str) -> None:
    """Most lines of the statement are repaid or cancelled; amounts within the layout's tolerance keep none alive."""
    lines = typed(bank_books[kind].lines)
    beneath = lines[live(lines, shipped()["IBRD Statement of Loans"].tolerance)]["country"].value_counts()
    assert {country: int(beneath[country]) for country in LIVE} == LIVE


@pytest.mark.shared
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_real_book_warns_of_exactly_what_is_odd(bank_books: dict[str, Imported], kind: str) -> None:
    issues = bank_books[kind].issues
    warned = Counter((issue.rule, issue.field) for issue in issues if issue.severity is Severity.WARNING)
    assert warned == {
        (Rule.NEGATIVE_WITHIN_TOLERANCE, "outstanding"): 181,
        (Rule.NEGATIVE_WITHIN_TOLERANCE, "undrawn"): 13,
        (Rule.MISSING_COUNTERPARTY, "counterparty_name"): 57,
        # Eighteen loans of Zimbabwe, in arrears since 2000, and one each of Morocco, Belarus and Costa Rica.
        (Rule.MATURITY_PASSED, "maturity"): 21,
    }
    both = {
        issue.cell[1:]
        for field in ("outstanding", "undrawn")
        for issue in issues
        if issue.rule is Rule.NEGATIVE_WITHIN_TOLERANCE and issue.field == field
    }
    assert len(both) == 194  # the thirteen are other rows than the 181
    from_name = [issue.cell for issue in issues if issue.rule is Rule.COUNTRY_FROM_NAME and issue.field == "country"]
    assert from_name == (["E6917", "E7055"] if kind == "xlsx" else [])


@pytest.mark.shared
def test_both_files_of_the_real_book_give_the_same_lines(bank_books: dict[str, Imported]) -> None:
    pd.testing.assert_frame_equal(bank_books["xlsx"].lines, bank_books["csv"].lines)


@pytest.mark.shared
def test_old_codes_areas_and_ids_of_the_real_book(bank_books: dict[str, Imported]) -> None:
    lines = bank_books["csv"].lines
    found = set(lines["country"])
    assert {"RS", "TL", "CD", "YU", "3E", "3S", "3W", "6R", "XK", "NA"} <= found
    assert not {"YF", "TP", "ZR"} & found
    assert (lines["country"] == "NA").sum() == 2
    first = lines.iloc[0]
    assert (first["line_id"], first["counterparty_id"]) == ("IBRD00010", "FR/credit national")
    assert set(lines["stage"]) == {
        "approved", "signed", "effective", "disbursing", "repaying", "repaid", "cancelled", "transferred",
    }  # fmt: skip
    assert first["maturity"] == date(1977, 5, 1)


# Every kind of bad cell.

BAD_CELLS = [
    (4, "12,5OO", "E3", Rule.TEXT_IN_NUMBER, Severity.ERROR, "12,500"),
    (4, -3.0, "E3", Rule.NEGATIVE_AMOUNT, Severity.ERROR, ""),
    (4, 1e30, "E3", Rule.AMOUNT_TOO_LARGE, Severity.ERROR, ""),
    (4, 1.005, "E3", Rule.MORE_DECIMALS, Severity.WARNING, ""),
    (4, 1234567890123456.75, "E3", Rule.MORE_DIGITS, Severity.WARNING, ""),
    (6, "2026-02-30", "G3", Rule.IMPOSSIBLE_DATE, Severity.ERROR, ""),
    (6, "03/04/2027", "G3", Rule.AMBIGUOUS_DATE, Severity.ERROR, ""),
    (6, 46000.0, "G3", Rule.DATE_FROM_NUMBER, Severity.WARNING, ""),
    (2, "土尔其", "C3", Rule.UNKNOWN_COUNTRY, Severity.ERROR, "TR"),
    (2, None, "C3", Rule.MISSING_COUNTRY, Severity.ERROR, ""),
    (3, "USX", "D3", Rule.UNKNOWN_CURRENCY, Severity.ERROR, "USD"),
    (3, None, "D3", Rule.MISSING_CURRENCY, Severity.ERROR, ""),
    (3, "CNH", "D3", Rule.CURRENCY_ALIAS, Severity.INFO, ""),
    (0, None, "A3", Rule.MISSING_ID, Severity.ERROR, ""),
    (0, "-", "A3", Rule.MISSING_ID, Severity.ERROR, ""),
    (0, "L1", "A3", Rule.DUPLICATE_ID, Severity.ERROR, ""),
    (0, 12345678901234567.0, "A3", Rule.ID_ROUNDED, Severity.WARNING, ""),
    (1, "n/a", "B3", Rule.MISSING_COUNTERPARTY, Severity.ERROR, ""),
    (1, None, "B3", Rule.MISSING_COUNTERPARTY, Severity.ERROR, ""),
    (7, "关注类?", "H3", Rule.UNKNOWN_CODE, Severity.ERROR, "special_mention"),
    (8, "maybe", "I3", Rule.UNREADABLE_FLAG, Severity.ERROR, ""),
    (9, 12.5, "J3", Rule.NOT_WHOLE_NUMBER, Severity.ERROR, ""),
    (9, -1.0, "J3", Rule.OUT_OF_RANGE, Severity.ERROR, ""),
]


@pytest.mark.parametrize(("column", "value", "cell", "rule", "severity", "suggestion"), BAD_CELLS)
def test_a_bad_cell_is_told_with_its_address(
    column: int, value: Any, cell: str, rule: Rule, severity: Severity, suggestion: str
) -> None:
    found = read(with_cell(column, value))
    issue = next(issue for issue in issues_at(found, cell) if issue.rule is rule)
    assert (issue.sheet, issue.severity, issue.suggestion) == ("敞口", severity, suggestion)
    aside = 0 if severity is not Severity.ERROR else 2 if rule is Rule.DUPLICATE_ID else 1
    assert (found.rows_read, found.imported, len(found.quarantined)) == (2, 2 - aside, aside)
    for row in found.quarantined.itertuples():
        assert rule in row.rules


def test_marked_cells_are_errors_where_they_are_needed_and_warnings_elsewhere() -> None:
    rows = [[*HEADERS, "本行内部"], [*GOOD, "a"], ["L2", *GOOD[1:], None], ["L3", *GOOD[1:], None]]
    rows[2][4] = None
    found = read(
        rows, errors={(3, 4): "#REF!", (4, 10): "#N/A"}, uncached=frozenset({(4, 5)})
    )  # fmt: skip
    told = {(i.cell, i.rule): (i.severity, i.value) for i in found.issues}
    assert told["E3", Rule.ERROR_CELL] == (Severity.ERROR, "#REF!")
    assert told["K4", Rule.ERROR_CELL] == (Severity.WARNING, "#N/A")
    assert told["F4", Rule.NO_CACHED_VALUE][0] is Severity.ERROR
    assert found.lines["line_id"].tolist() == ["L1"]
    outstanding = next(row for row in found.reconciliation if row.field == "outstanding")
    assert (outstanding.in_file, outstanding.imported, outstanding.quarantined, outstanding.unreadable) == (
        Decimal("2501.0"), Decimal("1250.50"), Decimal("1250.5"), 1,
    )  # fmt: skip


def test_totals_notes_and_repeated_headers_are_no_lines() -> None:
    second = ["L2", *GOOD[1:]]
    rows = [
        ["某银行境外敞口"],
        HEADERS,
        GOOD,
        [None, "小计", None, None, 1250.5],
        HEADERS,
        second,
        [None, "小计", None, None, 1250.5],
        ["合计", None, None, None, 2600.0],
        ["制表人:张三"],
    ]
    found = read(rows)
    assert (found.rows_read, found.imported, len(found.quarantined), found.not_counted) == (7, 2, 0, 5)
    told = {issue.cell: issue.rule for issue in found.issues if issue.cell}
    assert told == {
        "E4": Rule.TOTAL_AGREES, "A5": Rule.REPEATED_HEADER, "E7": Rule.TOTAL_AGREES, "E8": Rule.TOTAL_DIFFERS,
        "A9": Rule.NOTE_ROW,
    }  # fmt: skip
    differs = next(issue for issue in found.issues if issue.rule is Rule.TOTAL_DIFFERS)
    assert (differs.values["stated"], differs.values["computed"]) == (Decimal("2600.0"), Decimal("2501.0"))
    assert found.lines["source_row"].tolist() == [3, 6]


def test_a_customer_called_total_is_no_total_row() -> None:
    second = [None, "TOTAL ENERGIES SE", *GOOD[2:]]
    found = read([HEADERS, GOOD, second])
    assert found.not_counted == 0
    assert [issue.rule for issue in issues_at(found, "A3")] == [Rule.MISSING_ID]


def test_hidden_rows_merged_headers_and_stray_cells_are_told() -> None:
    rows = [[*HEADERS, None], GOOD, ["L2", *GOOD[1:]], ["L3", *GOOD[1:], "stray"], ["L4", *GOOD[1:]]]
    found = read(
        rows, hidden_rows=frozenset({3, 4}), hidden_columns=frozenset({5}), merged=((1, 0, 1, 1), (2, 2, 3, 2))
    )
    told = {(issue.cell, issue.rule) for issue in found.issues}
    assert {
        ("A3", Rule.HIDDEN_ROW),
        ("F1", Rule.HIDDEN_COLUMN),
        ("A1", Rule.MERGED_HEADER),
        ("C2", Rule.MERGED_CELLS),
        ("K4", Rule.OUTSIDE_COLUMNS),
    } <= told
    hidden = next(issue for issue in found.issues if issue.rule is Rule.HIDDEN_ROW)
    assert (hidden.values["count"], hidden.values["last"]) == (2, 4)
    assert found.imported == 4


def test_a_title_whose_unit_is_not_clear_is_told_at_the_first_amount() -> None:
    found = read([["单位:万万亿亿户"], HEADERS, GOOD])
    (told,) = [issue for issue in found.issues if issue.rule is Rule.UNIT_UNCLEAR]
    assert (told.cell, told.severity, told.value) == ("E2", Severity.WARNING, "万万亿亿户")
    assert found.lines["outstanding"].tolist() == [125_050]
    assert not [issue for issue in read([["单位:元"], HEADERS, GOOD]).issues if issue.rule is Rule.UNIT_UNCLEAR]


def test_a_scale_in_the_title_counts_for_a_header_that_names_only_a_currency() -> None:
    found = read([["Amounts in millions"], [*HEADERS[:4], "Outstanding (USD)", *HEADERS[5:]], GOOD])
    assert found.lines["outstanding"].tolist() == [125_050_000_000]


def test_lines_in_another_currency_than_the_header_says_are_told_once() -> None:
    headers = [*HEADERS[:4], "余额(百万美元)", *HEADERS[5:]]
    lines = [["L1", *GOOD[1:]], ["L2", *GOOD[1:3], "EUR", *GOOD[4:]], ["L3", *GOOD[1:3], "TRY", *GOOD[4:]]]
    (told,) = [issue for issue in read([headers, *lines]).issues if issue.rule is Rule.OTHER_CURRENCY]
    assert (told.cell, told.severity, told.values["currency"], told.values["count"]) == (
        "E3",
        Severity.WARNING,
        "USD",
        2,
    )
    assert not [issue for issue in read([headers, lines[0]]).issues if issue.rule is Rule.OTHER_CURRENCY]


def test_totals_of_totals_close_and_a_bare_word_is_a_total_however_much_stands_beside_it() -> None:
    def line(number: str, amount: float) -> list[Any]:
        return [number, *GOOD[1:4], amount, *GOOD[5:]]

    def total(word: str, amount: Any, *beside: str) -> list[Any]:
        return [None, word, *(*beside, None, None)[:2], amount]

    found = read([
        HEADERS, line("L1", 100.0), total("土耳其小计", 100.0), line("L2", 30.0), total("小计", 30.0, "智利", "USD"),
        total("第一区合计", 130.0), line("L3", 20.0), total("小计", 20.0), line("L4", 7.0), total("小计", 7.0),
        total("第二区合计", 27.0), total("总计", 157.0),
    ])  # fmt: skip
    told = [(issue.cell, issue.rule) for issue in found.issues if issue.rule in (Rule.TOTAL_AGREES, Rule.TOTAL_DIFFERS)]
    agreeing = [f"E{row}" for row in (3, 5, 6, 8, 10, 11, 12)]
    assert told == [*((cell, Rule.TOTAL_AGREES) for cell in agreeing)]
    assert found.lines["line_id"].tolist() == ["L1", "L2", "L3", "L4"]
    assert not len(found.quarantined)


def test_a_column_whose_decimal_mark_nobody_can_tell_waits_for_a_person() -> None:
    rows = [HEADERS, [*GOOD[:4], "1.234", *GOOD[5:]], ["L2", *GOOD[1:4], 5.5, *GOOD[5:]]]
    found = read(rows)
    assert (Rule.AMBIGUOUS_NUMBER, Severity.ERROR) in {(one.rule, one.severity) for one in issues_at(found, "E2")}
    assert found.lines["line_id"].tolist() == ["L2"]
    for mark, stored in ((",", 123_400), (".", 123)):
        cells = find_table(Sheet("敞口", rows))
        assert cells is not None
        assert read(rows, replace(propose(cells), decimal_mark=mark)).lines["outstanding"].tolist() == [stored, 550]


@pytest.mark.parametrize(
    ("header", "cells", "stored", "told"),
    [
        ("担保比例", [0.95, 0.8], [95.0, 80.0], None),
        ("担保比例", [95.0, 80.0], [95.0, 80.0], None),
        ("担保比例", [0.95, 80.0], [0.95, 80.0], (Severity.WARNING, "0.95")),  # 95 % was meant, perhaps
        ("担保比例", ["95%", "80%"], [95.0, 80.0], None),
        ("违约概率", [0.35, 0.02], [0.35, 0.02], (Severity.INFO, "2")),  # 35 %, or 0.35 %
        ("违约概率", [0.35, 2.0], [0.0035, 0.02], None),
    ],
)
def test_how_a_column_of_shares_was_read_is_told_where_it_could_be_another(
    header: str, cells: list[Any], stored: list[float], told: tuple[Severity, str] | None
) -> None:
    rows = [[f"L{n}", *GOOD[1:], "KfW", "DE", cell] for n, cell in enumerate(cells, 1)]
    found = read([[*HEADERS, "担保人", "担保人国别", header], *rows])
    name = "guarantee_percent" if header == "担保比例" else "pd"
    assert found.lines[name].tolist() == stored
    said = [(one.cell, one.severity, one.values["percent"]) for one in found.issues if one.rule is Rule.SHARES_READ]
    assert said == ([] if told is None else [("M1", told[0], Decimal(told[1]))])


def test_a_row_of_a_text_file_with_a_cell_too_many_is_set_aside() -> None:
    """1,234.50 without quotes makes two cells of one: 1.00 would be owed, and 234.50 be undrawn."""
    lines = [[f"L{n}", *GOOD[1:]] for n in range(1, 4)]
    shifted = [*lines[1][:4], "1", "234.50", *lines[1][5:]]
    found = read([HEADERS, lines[0], shifted, lines[2]], parted=True)
    assert found.lines["line_id"].tolist() == ["L1", "L3"]
    assert (Rule.ROW_SHIFTED, Severity.ERROR) in {(one.rule, one.severity) for one in issues_at(found, "K3")}
    every = [[*line, "a remark"] for line in lines]  # a column that nobody gave a header
    assert read([HEADERS, *every], parted=True).imported == 3
    assert read([HEADERS, lines[0], [*lines[1], "a remark"], lines[2]]).imported == 3  # in a workbook nothing moves


@pytest.mark.parametrize(("since_1904", "day"), [(False, date(2027, 3, 15)), (True, date(2031, 3, 16))])
def test_a_number_that_is_a_day_counts_from_where_its_workbook_counts(since_1904: bool, day: date) -> None:
    """46,461 days from 30 December 1899 are 15 March 2027; a workbook that begins in 1904 has 1,462 days more."""
    found = read(with_cell(6, 46_461.0), since_1904=since_1904)
    assert found.lines["maturity"].tolist()[1] == day
    assert [issue.values["date"] for issue in issues_at(found, "G3")] == [day]


@pytest.mark.parametrize(
    ("written", "stage"),
    [("第一阶段", 1), ("阶段二", 2), ("第三階段", 3), ("Stage 2", 2), ("stage iii", 3), ("S1", 1), ("3", 3), (2.0, 2)],
)
def test_a_stage_in_words(written: Any, stage: int) -> None:
    found = read([[*HEADERS, "减值阶段"], [*GOOD, written]])
    assert found.lines["ifrs_stage"].tolist() == [stage]
    assert issues_at(read([[*HEADERS, "减值阶段"], [*GOOD, "第四阶段"]]), "K2")[0].severity is Severity.ERROR


def test_a_total_is_read_with_the_decimal_mark_of_its_column() -> None:
    rows = [HEADERS, [*GOOD[:4], "1.250,50", *GOOD[5:]], [None, "合计", None, None, "1.250,50"]]
    (told,) = [issue for issue in read(rows, decimal_mark=",").issues if issue.cell == "E3"]
    assert (told.rule, told.values["stated"]) == (Rule.TOTAL_AGREES, Decimal("1250.50"))


def test_a_doubled_header_reads_the_first_and_says_so() -> None:
    found = read([[*HEADERS, "余额"], [*GOOD, 9.0]])
    assert [issue.rule for issue in issues_at(found, "K1")] == [Rule.HEADER_DUPLICATE]
    assert found.lines["outstanding"].tolist() == [125050]


def test_a_missing_amount_column_blocks_everything() -> None:
    mapping = Mapping(
        "m", {"line_id": "编号", "country": "国别", "outstanding": "Drawn"}, constants={"currency": "USD"}
    )
    found = read([HEADERS, GOOD], mapping)
    assert found.blocked
    assert (found.imported, len(found.quarantined)) == (0, 1)
    assert [issue.rule for issue in found.issues] == [Rule.HEADER_MISSING]


def test_no_identifier_column_blocks_everything() -> None:
    found = read([HEADERS[1:], GOOD[1:]])
    assert found.blocked
    assert {(issue.rule, issue.field) for issue in found.issues} >= {(Rule.FIELD_MISSING, "line_id")}


def test_tolerance_keeps_small_negatives_and_lines_without_amount_may_lack_a_name() -> None:
    columns = {
        "line_id": "编号",
        "counterparty_name": "客户名称",
        "country": "国别",
        "currency": "币种",
        "outstanding": "余额",
    }
    mapping = Mapping("m", columns, tolerance=Decimal("0.50"))
    rows = [HEADERS] + [[name, customer, "TR", "USD", amount] for name, customer, amount in (
        ("A", "x", -0.5), ("B", "x", -0.51), ("C", None, 0.5), ("D", None, 0.51), ("E", None, -0.02))]  # fmt: skip
    found = read(rows, mapping)
    assert found.lines["line_id"].tolist() == ["A", "C", "E"]
    assert found.lines["outstanding"].tolist() == [-50, 50, -2]
    told = {(issue.cell, issue.rule, issue.severity) for issue in found.issues}
    assert ("B4", Rule.MISSING_COUNTERPARTY, Severity.WARNING) in told
    assert ("B5", Rule.MISSING_COUNTERPARTY, Severity.ERROR) in told
    assert ("E3", Rule.NEGATIVE_AMOUNT, Severity.ERROR) in told


def test_units_of_headers_and_title_and_minor_units_of_currencies() -> None:
    headers = ["Loan number", "Borrower", "Country", "Currency", "贷款余额(万元)", "Undrawn"]
    rows = [["Book of May"], ["单位:百万元"], headers,
            ["A", "x", "Chile", "CLP", 1.23456, 2.0], ["B", "y", "Kuwait", "KWD", "1.0", 0.0015]]  # fmt: skip
    found = read(rows)
    # 1.23456 × 10,000 = 12,345.6 pesos, which have no decimals: 12,346; undrawn is in millions by the title.
    assert found.lines["outstanding"].tolist() == [12346, 10_000_000]
    assert found.lines["undrawn"].tolist() == [2_000_000, 1_500_000]
    rounded = next(issue for issue in found.issues if issue.rule is Rule.MORE_DECIMALS)
    assert (rounded.cell, rounded.values["stored"]) == ("E4", Decimal(12346))
    peso = next(row for row in found.reconciliation if row.field == "outstanding" and row.currency == "CLP")
    assert (peso.in_file, peso.imported, peso.difference) == (Decimal("12345.6"), Decimal(12346), Decimal("-0.4"))


def test_a_row_of_another_date_is_set_aside() -> None:
    columns = {"line_id": "Ref", "country": "Country", "outstanding": "Drawn"}
    mapping = Mapping("m", columns, constants={"currency": "USD", "counterparty_name": "x"}, reporting_date="As at")
    rows = [["Ref", "Country", "Drawn", "As at"], ["A", "TR", 1.0, ON], ["B", "TR", 1.0, date(2026, 5, 22)]]
    found = read(rows, mapping)
    assert found.lines["line_id"].tolist() == ["A"]
    assert Rule.REPORTING_DATE_DIFFERS in {issue.rule for issue in issues_at(found, "D3")}


def test_the_layouts_owner_may_choose_to_be_warned_only() -> None:
    cells = find_table(Sheet("s", with_cell(8, "maybe")))
    assert cells is not None
    lenient = Mapping("m", propose(cells).columns, severities={"unreadable_flag": Severity.WARNING})
    found = read_lines(cells, lenient, ON)
    assert found.imported == 2
    assert found.lines["revolving"].isna().tolist() == [False, True]


def test_lines_carry_every_field_in_its_type() -> None:
    lines = read([HEADERS, GOOD]).lines
    assert list(lines.columns) == [*(field.name for field in FIELDS), "source_sheet", "source_row"]
    line = lines.iloc[0]
    assert (line["country"], line["loan_class"], line["revolving"], line["days_past_due"]) == ("TR", "pass", False, 0)
    assert line["counterparty_id"] == "TR/bosfor tekstil"
    assert str(lines["outstanding"].dtype) == "Int64"


CELL = st.one_of(
    st.none(), st.text(max_size=8), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(),
    st.timedeltas(), st.sampled_from(["Total", "合计", "USD", "TR", "L1", "12,5OO", "(1.5)", "-", "%", "5%", "1e9"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(CELL, max_size=12), max_size=8),
    st.dictionaries(st.tuples(st.integers(1, 9), st.integers(0, 11)), st.just("#N/A"), max_size=3),
)
def test_no_cells_whatever_raise_and_every_row_is_accounted_for(rows: list[list[Any]], errors: Any) -> None:
    found = read([HEADERS, *rows], errors=errors)
    assert found.rows_read == found.imported + len(found.quarantined) + found.not_counted
    for row in found.reconciliation:
        assert abs(row.difference) <= row.rows  # rounding only: half a minor unit a row
