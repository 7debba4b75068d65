"""Files through guard and reader, in the child: real ones, made ones, and the odd ones of others."""

import time
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
import pytest
from openpyxl import Workbook

from app.jobs import Cancelled, Job
from app.refusals import Refused
from app.spreadsheets import child, reading
from app.spreadsheets.reading import read_workbook
from app.wording.sentences import refusal
from exposures.headers import find_table
from exposures.importing import read_lines
from exposures.issues import Rule
from exposures.mapping import propose, shipped
from tests.app.spreadsheets import work
from tests.conftest import REPOSITORY

SHARED = REPOSITORY.parent / "shared" / "data" / "workbooks"


def bad_workbook(path: Path) -> Path:
    """A book as an office makes it, with every kind of mistake in it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "敞口"
    sheet.append(["某银行境外敞口表"])
    sheet.append(["单位:元"])
    sheet.append(
        [
            "编号",
            "客户名称",
            "国别",
            "币种",
            "余额",
            "未用额度",
            "到期日",
            "五级分类",
            "是否循环",
            "逾期天数",
            "备注",
            "备注",
        ]
    )
    good = ["客户", "土耳其", "USD", 1000.5, 0, date(2027, 1, 31), "正常", "否", 0]
    for number in range(4, 28):
        sheet.append([f"L{number}", *good])
    for cell, value in {
        "E4": "12,5OO", "G5": "2026-02-30", "C6": "土尔其", "E7": -5, "A8": None, "A10": "L9", "E11": "#N/A",
        "F12": "=E12*2", "B13": None, "D14": "USX", "D15": None, "H16": "关注类?", "I17": "maybe", "J18": 1.5,
        "E19": 1.005,
        "G20": 46000, "C21": None, "J22": -4, "G23": "03/04/2027", "E24": 1e25, "D25": "CNH",
    }.items():  # fmt: skip
        sheet[cell] = value
    sheet["G20"].number_format = "General"
    sheet.append(["编号", "客户名称", "国别", "币种", "余额"])
    sheet.append([None, "合计", None, None, 99])
    sheet.append(["制表人:张三"])
    sheet.merge_cells("K3:L3")
    sheet.row_dimensions[26].hidden = True
    sheet.column_dimensions["F"].hidden = True
    rates = book.create_sheet("rates")
    rates.append(["currency", "per USD", "date"])
    rates.append(["CNY", 7.18, date(2026, 5, 22)])
    book.save(path)
    return path


EXPECTED = {
    "E4": Rule.TEXT_IN_NUMBER, "G5": Rule.IMPOSSIBLE_DATE, "C6": Rule.UNKNOWN_COUNTRY, "E7": Rule.NEGATIVE_AMOUNT,
    "A8": Rule.MISSING_ID, "A9": Rule.DUPLICATE_ID, "A10": Rule.DUPLICATE_ID, "E11": Rule.ERROR_CELL,
    "F12": Rule.NO_CACHED_VALUE, "B13": Rule.MISSING_COUNTERPARTY, "D14": Rule.UNKNOWN_CURRENCY,
    "D15": Rule.MISSING_CURRENCY, "H16": Rule.UNKNOWN_CODE, "I17": Rule.UNREADABLE_FLAG, "J18": Rule.NOT_WHOLE_NUMBER,
    "E19": Rule.MORE_DECIMALS, "G20": Rule.DATE_FROM_NUMBER, "C21": Rule.MISSING_COUNTRY, "J22": Rule.OUT_OF_RANGE,
    "G23": Rule.AMBIGUOUS_DATE, "E24": Rule.AMOUNT_TOO_LARGE, "D25": Rule.CURRENCY_ALIAS, "A26": Rule.HIDDEN_ROW,
    "A28": Rule.REPEATED_HEADER, "E29": Rule.TOTAL_DIFFERS, "A30": Rule.NOTE_ROW, "K3": Rule.MERGED_HEADER,
    "F3": Rule.HIDDEN_COLUMN,
}  # fmt: skip


def test_every_bad_cell_of_a_workbook_is_told_in_one_pass(tmp_path: Path) -> None:
    workbook = child.run(work.read, bad_workbook(tmp_path / "bad.xlsx"))
    assert workbook.names == ("敞口", "rates")
    cells = find_table(workbook.sheets[0])
    assert cells is not None
    found = read_lines(cells, propose(cells), date(2026, 5, 25))
    told = {(issue.cell, issue.rule) for issue in found.issues}
    assert set(EXPECTED.items()) <= told
    # 27 rows: 24 lines of which E19, G20, D25 and the hidden L26 and L27 stay, and three rows that are no lines.
    assert (found.rows_read, found.imported, len(found.quarantined), found.not_counted) == (27, 5, 19, 3)
    assert found.lines["line_id"].tolist() == ["L19", "L20", "L25", "L26", "L27"]
    for row in found.reconciliation:
        assert abs(row.difference) <= Decimal("0.005") * row.rows


def test_rates_are_read_beside_the_book(tmp_path: Path) -> None:
    from exposures.rates import Rate, read_rates

    sheet = read_workbook(bad_workbook(tmp_path / "bad.xlsx"), Job()).sheet("Rates")
    assert sheet is not None
    assert read_rates(sheet) == ((Rate("CNY", Decimal("7.18"), date(2026, 5, 22)),), ())


def test_rows_are_told_as_they_are_read_and_a_cancel_is_heard_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1,200 rows in blocks of 512 after the first 64, told every 400; the rates beside have two more."""
    monkeypatch.setattr(reading, "_TOLD", 400)
    book = Workbook()
    for number in range(1_200):
        book.active.append([f"L{number}", number])
    book.create_sheet("rates").append(["USD", 1])
    book.save(tmp_path / "long.xlsx")
    seen: list[tuple[str, int, int]] = []
    read_workbook(tmp_path / "long.xlsx", Job(lambda *step: seen.append(step)))
    read = [(0, 1_201), (576, 1_201), (1_088, 1_201), (1_201, 1_201)]
    assert seen == [("inspect", 0, 1), ("inspect", 1, 1), *(("read", *step) for step in read)]
    job = Job(lambda _phase, done, _total: job.cancel() if done == 576 else None)
    with pytest.raises(Cancelled):
        read_workbook(tmp_path / "long.xlsx", job)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["IBRD_loans_snapshot_converted.xlsx", "IBRD_Statement_of_Loans_snapshot.csv"])
def test_the_real_book_is_read_and_checked_within_seconds(shared_data: Path, name: str) -> None:
    start = time.monotonic()
    workbook = read_workbook(shared_data / "books" / name, Job())
    mapping = shipped()["IBRD Statement of Loans"]
    cells = find_table(workbook.sheets[0], wanted=mapping.wanted)
    assert cells is not None
    found = read_lines(cells, mapping, date(2023, 5, 31))
    assert (found.rows_read, found.imported) == (9012, 9012)
    assert time.monotonic() - start < 10  # 1 s alone; the machine may be busy


WORKBOOKS = sorted(path.relative_to(SHARED).as_posix() for path in SHARED.rglob("*.*") if path.suffix != ".md")


@pytest.mark.shared
@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_workbook_of_others_ends_in_data_or_a_clear_refusal(shared_data: Path, name: str) -> None:
    start = time.monotonic()
    try:
        workbook = read_workbook(shared_data / "workbooks" / name, Job())
        assert workbook.sheets
        for sheet in workbook.sheets:
            cells = find_table(sheet)
            if cells is not None:
                found = read_lines(cells, propose(cells), date(2026, 5, 25))
                assert found.rows_read == found.imported + len(found.quarantined) + found.not_counted
    except Refused as error:
        what, remedy = refusal(error)
        assert "(importing." not in what
        assert remedy
    assert time.monotonic() - start < 10


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", [name for name in WORKBOOKS if name.endswith((".xlsx", ".xlsm"))])
def test_where_another_reader_sees_more_or_less_it_is_told(shared_data: Path, name: str) -> None:
    """The other reader is openpyxl: wherever its cells are not ours, a mark or a note says why."""
    if name.endswith(("issue_174.xlsx", "large_strings.xlsx")):
        pytest.skip("openpyxl pads the first to 17 billion cells and needs 8 s for the second")
    path = shared_data / "workbooks" / name
    try:
        workbook = read_workbook(path, Job())
        other = openpyxl.load_workbook(BytesIO(path.read_bytes()), read_only=False, data_only=True)
    except (Refused, KeyError, IndexError, TypeError, BadZipFile):
        return  # one of the two does not open it: there is nothing to compare
    for sheet in workbook.sheets:
        theirs = {} if sheet.name not in other.sheetnames else _cells_of(other[sheet.name])
        ours = {(n, c) for n, row in enumerate(sheet.rows, 1) for c, v in enumerate(row) if v is not None}
        told = set(sheet.errors) | sheet.uncached
        rules = {note.rule for note in workbook.notes if note.sheet in ("", sheet.name)}
        for place in set(theirs) ^ ours:
            blank = place in theirs and str(theirs[place]).strip() == ""
            assert (
                place in told or (blank and Rule.BLANK_TEXTS in rules) or rules & {Rule.STRICT_FORM, Rule.TEXTS_MISSING}
            ), (sheet.name, place, theirs.get(place))


def _cells_of(sheet: Any) -> dict[tuple[int, int], Any]:
    if not hasattr(sheet, "iter_rows"):
        return {}
    return {
        (cell.row, cell.column - 1): cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
    }


@pytest.mark.shared
def test_what_the_reader_loses_is_marked(shared_data: Path) -> None:
    sheets = read_workbook(shared_data / "workbooks" / "calamine" / "errors.xlsx", Job()).sheets
    # The seven error values of Excel, one below the other.
    assert set(sheets[0].errors.values()) == {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
    assert all(value is None for row in sheets[0].rows for value in row)
