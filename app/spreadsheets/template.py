"""Writes an empty book to be filled in: headers, drop-downs, an example, what each column means, a sheet of rates."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

#: Rows that the drop-downs and the number forms reach.
_ROWS = 5_000
_HEAD, _NEEDED = PatternFill("solid", fgColor="E0EEF1"), PatternFill("solid", fgColor="FBE9C7")
_FORMS = {"date": "yyyy-mm-dd", "money": "#,##0.00##", "percent": "0.00", "text": "@"}


@dataclass(frozen=True)
class TemplateColumn:
    """A column: header, what it means, whether a line needs it, its form (date, money, percent, text, "") and words.

    `words` are offered as a drop-down; others are refused only where `strict`.
    """

    header: str
    meaning: str
    needed: bool
    form: str
    words: Sequence[str] = ()
    strict: bool = True


@dataclass(frozen=True)
class Template:
    """The names of the sheets, the columns, example lines in their order, and the rates of the example."""

    book: str
    explanations: str
    lists: str
    heads: tuple[str, str, str, str]  # of the explanations: column, meaning, needed, words
    yes: str
    columns: Sequence[TemplateColumn]
    examples: Sequence[Sequence[Any]]
    rates: Sequence[tuple[str, float, date]]


def write_template(path: Path, template: Template) -> None:
    """Write the workbook, whole or not at all. Raises OSError where it cannot be written."""
    workbook = Workbook()
    book = workbook.active
    book.title = template.book
    lists = workbook.create_sheet(template.lists)
    for place, column in enumerate(template.columns, 1):
        _head(book, place, column)
        letter = get_column_letter(place)
        if column.form in _FORMS:
            for row in range(2, 2 + len(template.examples)):
                book.cell(row, place).number_format = _FORMS[column.form]
            book.column_dimensions[letter].number_format = _FORMS[column.form]
        if column.words:
            _offer(book, lists, place, column)
    for number, example in enumerate(template.examples, 2):
        for place, value in enumerate(example, 1):
            if value is not None:
                cell = book.cell(number, place, value)
                if isinstance(value, str):
                    cell.data_type = "s"
    book.freeze_panes = "B2"
    _explain(workbook.create_sheet(template.explanations, 1), template)
    rates = workbook.create_sheet("rates")
    rates.append(["currency", "per USD", "date"])
    for rate in template.rates:
        rates.append(list(rate))
        rates.cell(rates.max_row, 3).number_format = _FORMS["date"]
    draft = path.with_name(f".{path.name}.part")
    try:
        workbook.save(draft)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _head(sheet: Worksheet, place: int, column: TemplateColumn) -> None:
    cell = sheet.cell(1, place, column.header)
    cell.font = Font(bold=True)
    cell.fill = _NEEDED if column.needed else _HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.comment = Comment(column.meaning, "Tidewatch", height=90, width=260)
    width = sum(2 if ord(c) > 0x2E80 else 1 for c in column.header)
    sheet.column_dimensions[get_column_letter(place)].width = max(12, min(30, width + 3))


def _offer(book: Worksheet, lists: Worksheet, place: int, column: TemplateColumn) -> None:
    """A drop-down of the column's words, which stand in a column of the sheet of lists."""
    held = lists.max_column + 1 if lists.cell(1, 1).value is not None else 1
    lists.cell(1, held, column.header).font = Font(bold=True)
    for row, word in enumerate(column.words, 2):
        lists.cell(row, held, word)
    letter, held_letter = get_column_letter(place), get_column_letter(held)
    source = f"'{lists.title}'!${held_letter}$2:${held_letter}${len(column.words) + 1}"
    choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=column.strict)
    choice.add(f"{letter}2:{letter}{_ROWS}")
    book.add_data_validation(choice)


def _explain(sheet: Worksheet, template: Template) -> None:
    sheet.append(list(template.heads))
    for column in template.columns:
        words = ", ".join(column.words) if column.strict else ""
        sheet.append([column.header, column.meaning, template.yes if column.needed else "", words])
    _finish_explanations(sheet)


def _finish_explanations(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.row == 1:
                cell.font, cell.fill = Font(bold=True), _HEAD
            else:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCD", (40, 70, 10, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def write_sheets(
    path: Path,
    sheets: Mapping[str, Sequence[TemplateColumn]],
    explanations: str,
    lists: str,
    heads: Sequence[str],
    yes: str,
) -> None:
    """Write several empty sheets by name, with their columns explained on one sheet. Raises OSError."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    meant = workbook.create_sheet(explanations)
    meant.append(list(heads))
    offered = workbook.create_sheet(lists)
    for name, columns in sheets.items():
        sheet = workbook.create_sheet(name)
        for place, column in enumerate(columns, 1):
            _head(sheet, place, column)
            if column.form in _FORMS:
                sheet.column_dimensions[get_column_letter(place)].number_format = _FORMS[column.form]
            if column.words:
                _offer(sheet, offered, place, column)
            words = ", ".join(column.words) if column.strict else ""
            meant.append([f"{name}: {column.header}", column.meaning, yes if column.needed else "", words])
        sheet.freeze_panes = "A2"
    _finish_explanations(meant)
    draft = path.with_name(f".{path.name}.part")
    try:
        workbook.save(draft)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
