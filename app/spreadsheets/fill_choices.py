"""The rows and texts of the sheet that owners fill in, and what can be chosen in its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from app.spreadsheets.cell_text import clean

#: The first column of the hidden sheet that holds what can be decided; before it stand statuses and owners.
_FIRST = 3


@dataclass(frozen=True, slots=True)
class FillRow:
    """A row: what it shows and the fields as they stand; `status` is a code.

    `decided` is the decision that stands, as codes and words: action, target (plain digits, "" none), new grade.
    """

    item: str
    shown: tuple[str, str, str, str]
    owner: str
    due: date | None
    status: str
    decided: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True)
class FillWords:
    """The sheet's texts: title, explanation, headings of the open and shown columns, what can be chosen.

    `actions` are the words of what can be decided on each list by their codes, `grades` those of the loan classes.
    """

    title: str
    explanation: str
    headings: Mapping[str, str]
    statuses: Sequence[str]
    bad_date: str
    bad_amount: str
    actions: Mapping[str, Mapping[str, str]]
    grades: Mapping[str, str]


def list_of(item: str) -> str:
    """The list of an item: "L1" of "L1-0417"."""
    return item.partition("-")[0]


def offer(
    workbook: Workbook, sheet: Any, words: FillWords, rows: Sequence[FillRow], owners: Sequence[str],
    where: Mapping[str, str], start: int,
) -> None:  # fmt: skip
    """Drop-downs of statuses and of owners, which may be others too, of what can be decided on each row's own list and
    of the loan classes; days and amounts only where they are asked for. `where` are the columns' letters, `start` is
    the first row.
    """
    last = max(start, start + len(rows) - 1)
    lists = workbook.create_sheet(f"{sheet.title} lists")
    lists.sheet_state = "hidden"
    lists.protection.sheet = True
    for place, entries in enumerate((words.statuses, owners), start=1):
        _list(lists, place, entries)
    for name, letter, count, strict in (("status", "A", len(words.statuses), True), ("owner", "B", len(owners), False)):
        if count:
            _offer(sheet, lists, letter, count, f"{where[name]}{start}:{where[name]}{last}", strict=strict)
    days = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
    days.error, days.showErrorMessage = clean(words.bad_date)[:220], True
    days.add(f"{where['due']}{start}:{where['due']}{last}")
    sheet.add_data_validation(days)
    _offer_decisions(sheet, lists, words, rows, where, start, last)


def _offer_decisions(
    sheet: Any, lists: Any, words: FillWords, rows: Sequence[FillRow], where: Mapping[str, str], start: int, last: int
) -> None:
    offered = {
        list_id: (list(actions.values()), [at for at, row in enumerate(rows, start) if list_of(row.item) == list_id])
        for list_id, actions in words.actions.items()
    }
    entries = [("decide", said, lines) for said, lines in offered.values() if lines]
    every = (*entries, ("grade", list(words.grades.values()), [start, last]))
    for column, (name, said, lines) in enumerate(every, start=_FIRST):
        letter = get_column_letter(column)
        _list(lists, column, said)
        _offer(sheet, lists, letter, len(said), f"{where[name]}{min(lines)}:{where[name]}{max(lines)}")
    amounts = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    amounts.error, amounts.showErrorMessage = clean(words.bad_amount)[:220], True
    amounts.add(f"{where['target']}{start}:{where['target']}{last}")
    sheet.add_data_validation(amounts)


def _offer(sheet: Any, lists: Any, letter: str, count: int, cells: str, *, strict: bool = True) -> None:
    """Let these cells be chosen from a column of `lists`; not `strict`: anything else may be written there too."""
    source = f"'{lists.title}'!${letter}$1:${letter}${count}"
    choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=strict)
    choice.add(cells)
    sheet.add_data_validation(choice)


def _list(lists: Any, column: int, entries: Sequence[str]) -> None:
    for number, entry in enumerate(entries, start=1):
        cell = lists.cell(number, column, clean(entry))
        cell.data_type = "s"
