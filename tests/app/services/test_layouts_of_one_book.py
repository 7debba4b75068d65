"""Part 4, acceptance 2: the World Bank's book in the shapes departments give it, with the same sums to the cent."""

import csv
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook

from app.jobs import Job
from app.services import layouts
from app.spreadsheets.reading import read_workbook
from exposures.imported import Imported
from exposures.importing import read_lines
from exposures.issues import Rule
from exposures.mapping import Mapping, shipped
from tests.app.spreadsheets.forms import write_ods, write_xls

DAY = date(2023, 5, 31)
NAME = "IBRD Statement of Loans"
SUMS = {
    "AR": ("9360245800.22", "3853297415.08", "150000000.00"),
    "TR": ("11134721462.11", "4974682268.60", "686520180.00"),
    "CL": ("140025999.99", "10100000.00", "0.00"),
}
AMOUNTS = ("Undisbursed Amount", "Borrower's Obligation")
CHINESE = {
    "End of Period": "报告日期", "Loan Number": "贷款编号", "Country Code": "国家代码", "Country": "国家名称",
    "Borrower": "借款人", "Guarantor Country Code": "担保人国家代码", "Guarantor": "担保人", "Loan Type": "贷款品种",
    "Loan Status": "贷款状态", "Project Name": "备注", "Undisbursed Amount": "未提款金额",
    "Borrower's Obligation": "贷款余额", "Last Repayment Date": "到期日", "Agreement Signing Date": "签约日期",
}  # fmt: skip

Rows = list[list[Any]]


@pytest.fixture(scope="module")
def bank(shared_data: Path) -> tuple[Rows, pd.DataFrame]:
    """The file's rows (amounts as numbers, dates as days, only what the layout reads), and the lines that they make."""
    with (shared_data / "books" / "IBRD_Statement_of_Loans_snapshot.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        whole = list(csv.reader(file))
    kept = [place for place, header in enumerate(whole[0]) if header in CHINESE]
    rows: Rows = [[whole[0][place] for place in kept]]
    for given in whole[1:]:
        row: list[Any] = []
        for place in kept:
            header, text = whole[0][place], given[place]
            if not text:
                row.append(None)
            elif header in AMOUNTS:
                row.append(float(text))
            elif header.endswith(("Date", "Period")):
                row.append(datetime.strptime(text[:10], "%m/%d/%Y").date())  # noqa: DTZ007 - a day has no zone
            else:
                row.append(text)
        rows.append(row)
    from exposures.cells import Sheet
    from exposures.headers import find_table

    cells = find_table(Sheet("Loans", rows))
    assert cells is not None
    return rows, read_lines(cells, shipped()[NAME], DAY).lines


def xlsx(path: Path, rows: Rows, merged: str = "") -> Path:
    book = Workbook(write_only=not merged)
    sheet = book.create_sheet("Loans") if not merged else book.active
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    book.save(path)
    return path


def read(path: Path, layout: Mapping | None = None) -> Imported:
    workbook = read_workbook(path, Job())
    cells, chosen, _ = layouts.choose(workbook, shipped(), layout, None, path)
    return read_lines(cells, chosen, DAY)


def same(found: Imported, wanted: pd.DataFrame) -> None:
    assert (found.rows_read, found.imported) == (9012, 9012)
    lines = found.lines
    for country, sums in SUMS.items():
        here = lines[lines["country"] == country]
        got = [Decimal(int(here[name].sum())).scaleb(-2) for name in ("outstanding", "undrawn", "pending")]
        assert got == [Decimal(amount) for amount in sums]
    assert all(row.difference == 0 and row.quarantined == 0 for row in found.reconciliation)
    names = ["line_id", "country", "outstanding", "undrawn", "pending", "stage", "maturity", "signing_date"]
    left, right = (frame.sort_values("line_id")[names].reset_index(drop=True) for frame in (lines, wanted))
    pd.testing.assert_frame_equal(left, right)


def in_chinese() -> Mapping:
    layout = shipped()[NAME]
    return replace(
        layout,
        columns={name: CHINESE[header] for name, header in layout.columns.items()},
        fallbacks={name: CHINESE[header] for name, header in layout.fallbacks.items()},
        reporting_date=CHINESE[layout.reporting_date],
    )


def renamed(rows: Rows) -> Rows:
    return [[CHINESE[header] for header in rows[0]], *rows[1:]]


def as_texts(rows: Rows, form: str) -> Rows:
    return [[value.strftime(form) if isinstance(value, date) else value for value in row] for row in rows]


def shuffled(path: Path, rows: Rows) -> Imported:
    order = list(range(len(rows[0])))
    random.Random(5).shuffle(order)
    return read(xlsx(path / "shuffled.xlsx", [[row[place] for place in order] for row in rows]))


def chinese(path: Path, rows: Rows) -> Imported:
    return read(xlsx(path / "chinese.xlsx", renamed(rows)), in_chinese())


def titled(path: Path, rows: Rows) -> Imported:
    """Two title rows, and a header of two rows whose upper one spans the amounts."""
    first = rows[0].index("Undisbursed Amount")
    upper = [None] * len(rows[0])
    upper[first] = "Amounts"
    block = [["World Bank: statement of loans"], ["As of 31 May 2023"], upper]
    span = f"{chr(65 + first)}3:{chr(66 + first)}3"
    return read(xlsx(path / "titled.xlsx", [*block, *rows], merged=span), shipped()[NAME])


def in_ten_thousands(path: Path, rows: Rows) -> Imported:
    """From the exact decimals, as a spreadsheet would hold them."""
    places = [rows[0].index(name) for name in AMOUNTS]
    changed = [
        [float(Decimal(repr(v)) / 10_000) if p in places and v is not None else v for p, v in enumerate(row)]
        for row in renamed(rows)[1:]
    ]
    headers = [f"{text}(万元)" if place in places else text for place, text in enumerate(renamed(rows)[0])]
    layout = in_chinese()
    columns = {n: f"{h}(万元)" if n in ("outstanding", "undrawn") else h for n, h in layout.columns.items()}
    return read(xlsx(path / "wan.xlsx", [headers, *changed]), replace(layout, columns=columns))


def dates_in(form: str) -> Callable[[Path, Rows], Imported]:
    def change(path: Path, rows: Rows) -> Imported:
        return read(xlsx(path / "dates.xlsx", as_texts(rows, form)), replace(shipped()[NAME], date_format=""))

    return change


SHAPES: dict[str, Callable[[Path, Rows], Imported]] = {
    "columns shuffled": shuffled,
    "headers in Chinese": chinese,
    "title rows and a merged header": titled,
    "amounts in 万元": in_ten_thousands,
    "year first": dates_in("%Y-%m-%d"),
    "day first": dates_in("%d/%m/%Y"),
    "month first": dates_in("%m/%d/%Y"),
    "saved as .xls": lambda path, rows: read(write_xls(path / "loans.xls", rows)),
    "saved as .ods": lambda path, rows: read(write_ods(path / "loans.ods", rows)),
}


@pytest.mark.shared
@pytest.mark.parametrize("shape", SHAPES)
def test_the_sums_are_the_same_to_the_cent(bank: tuple[Rows, pd.DataFrame], tmp_path: Path, shape: str) -> None:
    rows, wanted = bank
    found = SHAPES[shape](tmp_path, rows)
    same(found, wanted)
    rules = {issue.rule for issue in found.issues}
    assert (Rule.DAY_ORDER in rules) == (shape in ("day first", "month first"))
    assert not rules & {Rule.AMBIGUOUS_DATE, Rule.MORE_DECIMALS, Rule.MORE_DIGITS}
