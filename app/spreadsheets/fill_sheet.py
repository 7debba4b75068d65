"""The sheet of a list workbook that owners fill in, and the seal by which its rows are known again.

Everything but the owner's cells is locked; every row bears a seal (HMAC-SHA256 with the workspace's own key) over what
it must not change, so that a row of another workspace or an altered one is refused by name.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter

from app.spreadsheets.cell_text import clean
from app.spreadsheets.fill_choices import FillRow, FillWords, list_of, offer
from exposures.amounts import date_of
from exposures.cells import Workbook as ReadWorkbook

#: The sheets' names are the same in every language: they are looked for.
SHEET, MARK = "fill in", "tidewatch"
FORMAT = "2"
#: The machine's names of the columns, in a hidden row above the headings.
SHOWN = ("item", "list", "subject", "action", "status_now")
OPEN = ("owner", "due", "decide", "target", "grade", "status", "comment")
BASE = ("base_owner", "base_due", "base_status", "base_decide", "base_target", "base_grade")
KEPT = (*BASE, "seal")
COLUMNS = (*SHOWN, *OPEN, *KEPT)
#: The columns of every format that is still read: a workbook that was exported before decisions could be filled in
#: has none of them, so that none of them changes anything.
_OLD = (*SHOWN, "owner", "due", "status", "comment", *BASE[:3], "seal")
_FORMATS: Mapping[str, tuple[str, ...]] = {"1": _OLD, FORMAT: COLUMNS}
_WIDTHS = {"item": 11, "list": 20, "subject": 34, "action": 30, "status_now": 18, "owner": 18, "due": 13,
           "decide": 24, "target": 18, "grade": 16, "status": 20, "comment": 48}  # fmt: skip
_NAMES_ROW = 4


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a workbook comes from: the workspace's id, the making of the lists, and the key that seals its rows."""

    workspace: str
    run: int
    key: str
    format: str = FORMAT


@dataclass(frozen=True, slots=True)
class Chosen:
    """The codes of what can be chosen by their words in every language, in small letters; actions by list."""

    statuses: Mapping[str, str]
    actions: Mapping[str, Mapping[str, str]]
    grades: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row: altered, twice, formula, bad_date, bad_amount, unknown_status, unknown_action,
    unknown_grade.
    """

    row: int
    item: str
    problem: str
    value: str = ""


def add(workbook: Workbook, words: FillWords, rows: Sequence[FillRow], owners: Sequence[str], origin: Origin) -> None:
    """Put the sheet and the mark of its origin into a workbook that is written."""
    sheet = workbook.create_sheet(SHEET)
    sheet.sheet_view.showGridLines = False
    sheet["A1"], sheet["A2"] = clean(words.title), clean(words.explanation)
    sheet["A1"].font, sheet["A2"].alignment = Font(size=16, bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells("A2:I2")
    sheet.row_dimensions[2].height = 44
    thin = Side(style="thin", color="FFC9D3DB")
    for place, name in enumerate(COLUMNS, start=1):
        letter = get_column_letter(place)
        sheet.cell(_NAMES_ROW, place, name)
        head = sheet.cell(_NAMES_ROW + 1, place, clean(words.headings.get(name, name)))
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="center")
        head.fill = PatternFill("solid", fgColor="FFFBE9C7" if name in OPEN else "FFE3EAF0")
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 12)
        sheet.column_dimensions[letter].hidden = name in KEPT
    sheet.row_dimensions[_NAMES_ROW].hidden = True
    for number, row in enumerate(rows, start=_NAMES_ROW + 2):
        base = (row.owner, "" if row.due is None else row.due.isoformat(), row.status, *row.decided)
        action, target, grade = row.decided
        said = words.actions[list_of(row.item)].get(action, "")
        decided = (said, Decimal(target) if target else "", words.grades.get(grade, ""))
        values = (row.item, *row.shown, row.owner, row.due, *decided, "", "", *base, seal(origin, row.item, base))
        for place, (name, value) in enumerate(zip(COLUMNS, values, strict=True), start=1):
            cell = sheet.cell(number, place)
            if isinstance(value, str):
                if value:
                    cell.value = clean(value)
                    cell.data_type = "s"  # "=1+1" is a name here, never a formula
                cell.number_format = "@"
            else:
                cell.value = value
                cell.number_format = "yyyy-mm-dd" if name == "due" else "#,##0.##"
            if name == "target":
                cell.number_format = "#,##0.##"
            cell.border = Border(bottom=thin)
            cell.alignment = Alignment(vertical="top", wrap_text=name in ("subject", "action", "comment"))
            cell.protection = Protection(locked=name not in OPEN)
    last = max(_NAMES_ROW + 2, _NAMES_ROW + 1 + len(rows))
    where = {name: get_column_letter(COLUMNS.index(name) + 1) for name in OPEN}
    offer(workbook, sheet, words, rows, owners, where, _NAMES_ROW + 2)
    sheet.freeze_panes = sheet.cell(_NAMES_ROW + 2, 2)
    sheet.auto_filter.ref = f"A{_NAMES_ROW + 1}:{get_column_letter(len(SHOWN) + len(OPEN))}{last}"
    sheet.protection.sheet, sheet.protection.autoFilter, sheet.protection.formatColumns = True, False, False
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    _mark(workbook, origin)


def seal(origin: Origin, item: str, base: Sequence[str]) -> str:
    """The seal over what a row must not change."""
    said = json.dumps([origin.format, origin.workspace, origin.run, item, *base], ensure_ascii=False)
    return hmac.new(origin.key.encode(), said.encode("utf-8"), hashlib.sha256).hexdigest()


def origin_of(book: ReadWorkbook) -> tuple[str, int, str] | None:
    """The workspace, the making and the format that a read workbook says it has; None where it says nothing usable."""
    sheet = book.sheet(MARK)
    if sheet is None or book.sheet(SHEET) is None:
        return None
    told = {str(row[0]): _text(row[1]) for row in sheet.rows if len(row) > 1 and row[0] is not None}
    run = told.get("run", "")
    known = told.get("format") in _FORMATS and run.isdecimal()
    return (told.get("workspace", ""), int(run), told["format"]) if known else None


def rows_of(book: ReadWorkbook, origin: Origin, chosen: Chosen) -> tuple[list[dict[str, Any]], list[RowFault]]:
    """The rows by column name with their number under "row", and every fault; what was chosen as its code."""
    columns = _FORMATS[origin.format]
    sheet = book.sheet(SHEET)
    assert sheet is not None
    names = next((row for row in sheet.rows if len(row) and row[0] == COLUMNS[0]), None)
    if names is None or [_text(name) for name in names[: len(columns)]] != list(columns):
        return [], [RowFault(_NAMES_ROW, "", "altered")]
    first = sheet.rows.index(names) + 2
    found: list[dict[str, Any]] = []
    faults: list[RowFault] = []
    seen: set[str] = set()
    for number, cells in enumerate(sheet.rows[first:], start=first + 1):
        if not any(cell is not None for cell in cells):
            continue
        raw = dict(zip(columns, [*cells, *[None] * len(columns)], strict=False))
        row: dict[str, Any] = dict.fromkeys(COLUMNS, "") | {name: _text(value) for name, value in raw.items()}
        row["row"] = number
        base = tuple(row[name] for name in BASE if name in columns)
        if not hmac.compare_digest(seal(origin, row["item"], base), row["seal"]):
            faults.append(RowFault(number, row["item"], "altered"))
            continue
        if row["item"] in seen:
            faults.append(RowFault(number, row["item"], "twice"))
        seen.add(row["item"])
        unread = [columns[column] for place, column in sheet.uncached if place == number and column < len(columns)]
        faults += [RowFault(number, row["item"], "formula", name) for name in unread]
        row["due_day"], problem = _day(raw["due"])
        faults += [RowFault(number, row["item"], "bad_date", row["due"])] if problem else []
        row["target"], problem = _amount(raw.get("target"))
        faults += [RowFault(number, row["item"], "bad_amount", row["target"])] if problem else []
        for name, codes, fault in (
            ("status", chosen.statuses, "unknown_status"),
            ("decide", chosen.actions.get(list_of(row["item"]), {}), "unknown_action"),
            ("grade", chosen.grades, "unknown_grade"),
        ):
            if row[name] and row[name].casefold() not in codes:
                faults.append(RowFault(number, row["item"], fault, row[name]))
            row[name] = codes.get(row[name].casefold(), "")
        found.append(row)
    return found, faults


def _mark(workbook: Workbook, origin: Origin) -> None:
    sheet = workbook.create_sheet(MARK)
    for row in (("format", FORMAT), ("workspace", origin.workspace), ("run", str(origin.run))):
        sheet.append(row)
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


def _day(value: Any) -> tuple[date | None, bool]:
    """A day, and whether the cell is none although something stands in it."""
    if value is None or value == "":
        return None, False
    if isinstance(value, date):
        return date(value.year, value.month, value.day), False
    found = date_of(str(value).strip())
    return found, found is None


def _amount(value: Any) -> tuple[str, bool]:
    """An amount in plain digits ("": none), and whether the cell is none although something stands in it."""
    text = _text(value)
    if not text:
        return "", False
    try:
        found = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return text, True
    return (plain(found), False) if found.is_finite() and found >= 0 else (text, True)


def plain(amount: Decimal | None) -> str:
    """An amount as a sealed row and a read one have it: plain digits without zeros at the end; "": none."""
    return "" if amount is None else format(amount.normalize(), "f")


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
