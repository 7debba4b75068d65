"""Writes a table of cells as a department's ledger would look: title, unit line, headers, rows, a sheet of rates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

HEADER_ROW = 4


@dataclass(frozen=True)
class Ledger:
    """`rows` hold one value per header: text, number, date, None, "=…" for a formula, "#N/A" for an error cell.

    `hidden` counts rows from 0.
    """

    sheet: str
    title: str
    subtitle: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Any]]
    rates: Mapping[str, Decimal]
    rates_date: date
    hidden: frozenset[int] = field(default_factory=frozenset)


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Write the workbook; formulas carry no computed value, as a program without Excel leaves them."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = ledger.sheet
    sheet["A1"], sheet["A2"] = ledger.title, ledger.subtitle
    sheet["A1"].font = Font(bold=True, size=14)
    for column, header in enumerate(ledger.headers, 1):
        cell = sheet.cell(HEADER_ROW, column, header)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E0EEF1")
        sheet.column_dimensions[get_column_letter(column)].width = max(12, 2.2 * len(header) + 2)
    for place, row in enumerate(ledger.rows):
        number = HEADER_ROW + 1 + place
        for column, value in enumerate(row, 1):
            if value is None:
                continue
            cell = sheet.cell(number, column, float(value) if isinstance(value, Decimal) else value)
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(value, Decimal):
                cell.number_format = "#,##0.00##"
        sheet.row_dimensions[number].hidden = place in ledger.hidden
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 2)
    rates = workbook.create_sheet("rates")
    rates.append(["currency", "per USD", "date"])
    for currency, per_usd in sorted(ledger.rates.items()):
        rates.append([currency, float(per_usd), ledger.rates_date])
    workbook.save(path)
